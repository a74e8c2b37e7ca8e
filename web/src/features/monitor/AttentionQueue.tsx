import AppWindow from 'lucide-solid/icons/app-window';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import Hand from 'lucide-solid/icons/hand';
import Pause from 'lucide-solid/icons/pause';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, type Accessor, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { currentUser } from '#web/lib/auth.ts';
import { formatDuration, formatTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Kbd } from '#web/ui/Kbd.tsx';
import { LinkButton } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { isWriting } from '#web/ui/Toolbar.tsx';

import { claimHelp, resolveHelp } from './api.ts';
import { summarize, type AttentionItem } from './attention.ts';
import { kindText } from './kind-text.ts';
import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';

import './attention-queue.css';

const ICONS = { help: Hand, offline: WifiOff, paused: Pause, incident: AppWindow } as const;
/** Items that are shown before somebody asks for all. */
const FEW = 5;

/** Who needs somebody, the most urgent first; exactly one primary button. */
export function AttentionQueue(props: { items: readonly AttentionItem[] }): JSX.Element {
  const t = useMessages(messages);
  const [isLong, setLong] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  let list: HTMLOListElement | undefined;
  const sums = createMemo(() => summarize(props.items));
  const byId = createMemo(() => new Map(props.items.map((item) => [item.id, item])));
  // the element of an item stays the same while its time goes on
  const ids = createMemo(() => props.items.map(({ id }) => id), [], { equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]) });
  const shown = (): readonly string[] => (isLong() ? ids() : ids().slice(0, FEW));
  const firstOpen = createMemo(() => props.items.find((item) => item.kind === 'help' && item.help.claimedBy === null)?.id);

  onMount(() => {
    const step = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'j' || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      // in the table the same key moves between rows, and a dialog over the page has its own keys
      if (!(event.target instanceof HTMLElement) || list?.contains(event.target) !== true) return;
      const items = [...list.querySelectorAll<HTMLElement>(':scope > li')];
      const at = items.findIndex((item) => item.contains(event.target as Node));
      items[(at + 1) % items.length]?.querySelector<HTMLElement>('button, a')?.focus();
      event.preventDefault();
    };
    document.addEventListener('keydown', step);
    onCleanup(() => document.removeEventListener('keydown', step));
  });

  return (
    <Card
      flush
      class="Queue"
      title={t('needsAttention')}
      badge={
        <Show when={props.items.length > 0}>
          <Show when={sums().act > 0}><Badge tone="act" icon={CircleAlert}>{t('actNow', sums().act)}</Badge></Show>
          <span class="soft">{t('moreInQueue', sums().more, sums().theirs)}</span>
        </Show>
      }
      actions={<Show when={ids().length > 1}><span class="soft Queue__keys">{t('nextKey')} <Kbd keys="J" /></span></Show>}
    >
      <Show when={problem()}>{(thrown) => <div class="Queue__problem"><ProblemView compact problem={thrown()} title={t('claimFailed')} /></div>}</Show>
      <Show when={ids().length > 0} fallback={<EmptyState bare title={t('calmTitle')}>{t('calmText')}</EmptyState>}>
        <ol class="Queue__list" ref={list}>
          <For each={shown()}>
            {(id) => <QueueItem item={createHeld(() => byId().get(id))} isFirst={firstOpen() === id} onProblem={setProblem} />}
          </For>
        </ol>
        <Show when={ids().length > FEW}>
          <p class="Queue__more"><LinkButton aria-expanded={isLong()} onClick={() => setLong(!isLong())}>{isLong() ? t('showLessItems') : t('showMoreItems', ids().length - FEW)}</LinkButton></p>
        </Show>
      </Show>
    </Card>
  );
}

/** Keeps the last value, for an element that is on its way out. */
function createHeld<Value>(read: Accessor<Value | undefined>): Accessor<Value> {
  return createMemo<Value>((before) => read() ?? before!);
}

function QueueItem(props: { item: Accessor<AttentionItem>; isFirst: boolean; onProblem: (problem: unknown) => void }): JSX.Element {
  const t = useMessages(messages);
  const desk = useDesk();
  const [isBusy, setBusy] = createSignal(false);
  const item = props.item;
  const waited = (): string => formatDuration(Math.max(0, desk.nowMs() - item().sinceMs));
  let claimKey = commandKey();
  let resolveKey = commandKey();
  createEffect(on(() => item().urgency, () => setBusy(false), { defer: true }));

  async function run(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    props.onProblem(undefined);
    try {
      await work();
      claimKey = commandKey();
      resolveKey = commandKey();
    } catch (thrown) {
      props.onProblem(thrown);
    }
    setBusy(false);
  }

  return (
    <li class="Queue__item" data-urgency={item().urgency}>
      <Dynamic component={ICONS[item().kind]} />
      <Told item={item()} />
      <span class="Queue__wait"><b>{waited()}</b><span>{holder()}</span></span>
      <span class="Queue__acts"><Acts /></span>
    </li>
  );

  function holder(): string {
    const now = item();
    if (now.kind === 'help') return now.isMine ? t('you') : (now.help.claimedBy?.name ?? t('nobodyYet'));
    return now.kind === 'offline' ? t('nobodyYet') : '';
  }

  function Acts(): JSX.Element {
    return (
      <>
        {(() => {
          const now = item();
          if (now.kind === 'help') {
            const { id } = now.help;
            if (now.isMine) return <Button size="small" busy={isBusy()} onClick={() => void run(async () => desk.monitor.setHelp(await resolveHelp(id, resolveKey)))}>{t('resolve')}</Button>;
            if (now.urgency === 'theirs') return <Button size="small" busy={isBusy()} onClick={() => void run(async () => desk.monitor.setHelp(await claimHelp(id, claimKey, true)))}>{t('takeOver')}</Button>;
            return <Button size="small" kind={props.isFirst ? 'primary' : 'secondary'} busy={isBusy()} onClick={() => void run(async () => desk.monitor.setHelp(await claimHelp(id, claimKey)))}>{t('claim')}</Button>;
          }
          if (now.kind === 'paused') return <Button size="small" onClick={() => desk.ask({ type: 'time', act: 'resume', scope: { kind: 'students', keys: now.students.map(({ key }) => key) } })}>{t('resume')}</Button>;
          return null;
        })()}
        {(() => {
          const now = item();
          const keys = now.kind === 'help' ? [now.help.sessionId] : now.students.map(({ key }) => key);
          if (keys.length > 1) return <Button size="small" onClick={() => desk.showOnly(keys)}>{t('show', keys.length)}</Button>;
          return <Button size="small" onClick={() => desk.openStudent(keys[0])}>{t('open')}</Button>;
        })()}
      </>
    );
  }
}

function Told(props: { item: AttentionItem }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const words = (): { name: string; rest: string; more: string } => {
    const item = props.item;
    switch (item.kind) {
      case 'help': {
        const facts = item.student === undefined ? '' : ` ${t('savedOfTotal', item.student.answered, item.student.total)}`;
        return { name: item.help.student.name, rest: item.isMine ? t('askedForHelp') : t('asksForHelp'), more: `“${item.help.reason}”${facts}` };
      }
      case 'offline': {
        const [first] = item.students;
        if (item.students.length > 1) return { name: t('manyOffline', item.students.length), rest: t('withinAMinute'), more: names(item.students) };
        return { name: first!.name, rest: t('isOffline', formatDuration(item.leftMs)), more: t('savedOfTotal', first!.answered, first!.total) };
      }
      case 'paused': {
        const [first] = item.students;
        const many = item.students.length > 1;
        const reason = first!.lastChange?.reason;
        const at = formatTime(item.sinceMs);
        const who = monitor.latest.actorOf(first!);
        const since = who === null ? t('pausedSince', at) : who.id === currentUser()?.id ? t('youPausedAt', at) : t('pausedBy', who.name, at);
        return { name: many ? t('manyPaused', item.students.length) : first!.name, rest: many ? '' : t('isPaused'), more: reason == null ? since : `${since}: “${reason}”` };
      }
      case 'incident': {
        const [first] = item.students;
        if (item.students.length > 1) return { name: t('noticedMany', kindText(item.name), item.students.length), rest: '', more: t('evidence') };
        return { name: `${first!.name}:`, rest: t('noticedOne', lower(kindText(item.name)), item.count), more: t('evidence') };
      }
    }
  };
  return (
    <span class="Queue__text">
      <span class="Queue__line"><b dir="auto">{words().name}</b> {words().rest}</span>
      <span class="Queue__sub" title={words().more}>{words().more}</span>
    </span>
  );
}

function names(students: readonly { name: string }[]): string {
  const few = students.slice(0, 3).map(({ name }) => name).join(', ');
  return students.length > 3 ? `${few} +${students.length - 3}` : few;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
