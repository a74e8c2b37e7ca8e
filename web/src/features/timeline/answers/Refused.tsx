import { For, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { loadRefused, type RefusedAnswer, type ReviewItem } from '../api.ts';
import { exactTime } from '../clock-text.ts';
import { messages } from '../messages.ts';
import { ResponseView } from './ResponseView.tsx';

const KNOWN: ReadonlySet<string> = new Set(['deadline-passed', 'session-closed', 'session-paused', 'stale-revision', 'item-locked']);

/** Responses that arrived and were not taken, kept as evidence. */
export function Refused(props: { sessionId: string; count: number; items: readonly ReviewItem[]; numbers: ReadonlyMap<string, number>; withContent: boolean }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => (props.count > 0 && props.withContent ? props.sessionId : undefined), loadRefused);
  const itemOf = (refused: RefusedAnswer): ReviewItem | undefined => props.items.find(({ itemId }) => itemId === refused.itemId);
  const why = (code: string): string => (KNOWN.has(code) ? t(`refused.${code as 'stale-revision'}`) : t('refused.other', { code }));
  return (
    <Show when={props.count > 0}>
      <section class="Refused" aria-label={t('refusedTitle')}>
        <div><h2>{t('refusedTitle')}</h2><p class="small soft">{props.withContent ? t('refusedHelp') : t('checkRefused', { count: props.count })}</p></div>
        <Show when={props.withContent}>
        <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="80px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
          {(refused) => (
            <For each={refused()}>
              {(answer) => (
                <article class="Refused__item">
                  <p class="Refused__head"><b>{t('refusedLine', { number: props.numbers.get(answer.itemId) ?? '?', time: exactTime(answer.at) })}</b><span>{why(answer.code)}</span></p>
                  <Show when={props.withContent && itemOf(answer)}>{(item) => <ResponseView item={{ type: item().type, options: item().options }} response={answer.response ?? null} />}</Show>
                </article>
              )}
            </For>
          )}
        </Show>
        </Show>
      </section>
    </Show>
  );
}
