import Check from 'lucide-solid/icons/check';
import Hourglass from 'lucide-solid/icons/hourglass';
import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Progress } from '#web/ui/Progress.tsx';

import { readTimeChange } from '../api.ts';
import { messages } from '../messages.ts';
import { useDesk } from '../monitor-context.ts';
import type { Verdict } from '../types.ts';

const FOLLOW_MS = 1_000;

/** What a time change did; followed until it has reached every session, with who has seen it. */
export function ChangeDone(props: { verdict: Verdict; absent?: number }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const [now, setNow] = createSignal<Pick<Verdict, 'state' | 'affected' | 'skipped'>>();
  const verdict = (): Pick<Verdict, 'state' | 'affected' | 'skipped'> => now() ?? props.verdict;
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(on(() => props.verdict.commandId, (commandId) => {
    monitor.latest.reloadSoon();
    const look = (): void => {
      if (verdict().state === 'applied') return;
      readTimeChange(monitor.examId, commandId).then((found) => {
        setNow(found);
        if (found.state === 'applied') monitor.latest.reloadSoon();
      }, () => undefined).finally(() => (timer = setTimeout(look, FOLLOW_MS)));
    };
    timer = setTimeout(look, FOLLOW_MS);
  }));
  onCleanup(() => clearTimeout(timer));
  const seen = (): { seen: number; total: number } | undefined => {
    const { latest } = monitor;
    if (latest.change()?.commandId !== props.verdict.commandId) return undefined;
    const total = latest.seen() + latest.unseen().length;
    return total === 0 ? undefined : { seen: latest.seen(), total };
  };
  return (
    <div class="CommandDone" role="status">
      <p class="CommandDone__line" data-waits={verdict().state === 'accepted' ? '' : undefined}>
        <Show when={verdict().state === 'applied'} fallback={<Hourglass />}><Check /></Show>
        <span>
          <b>{verdict().state === 'applied' ? t('done.applied', verdict().affected) : t('done.accepted', verdict().affected)}</b>
          <Show when={verdict().state === 'accepted'}> {t('following')}</Show>
          <Show when={verdict().skipped > 0}> {t('skippedCount', verdict().skipped)}</Show>
          <Show when={(props.absent ?? 0) > 0}> {t('absentToo', props.absent!)}</Show>
        </span>
      </p>
      <Show when={seen()}>{(count) => <Progress label={t('seenCount', count().seen, count().total)} value={count().seen} max={count().total} text={t('seenCount', count().seen, count().total)} />}</Show>
    </div>
  );
}
