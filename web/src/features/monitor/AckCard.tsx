import { createMemo, For, Show, type JSX } from 'solid-js';

import { currentUser } from '#web/lib/auth.ts';
import { formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { LinkButton } from '#web/ui/Link.tsx';

import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';
import { isOffline } from './student.ts';

import './ack-card.css';

const FEW = 3;
/** A change that everybody has seen is news for this long. */
const FRESH_MS = 3 * 60_000;
const KINDS: ReadonlySet<string> = new Set(['extend', 'shorten', 'credit', 'pause', 'resume', 'open', 'end', 'reopen', 'cancel', 'window']);

/** Whether there is a change that somebody has not seen, or one that everybody has just seen. */
export function hasAckNews(desk: ReturnType<typeof useDesk>): boolean {
  const change = desk.monitor.latest.change();
  if (change === undefined || change.students.length === 0) return false;
  return desk.monitor.latest.unseen().length > 0 || desk.nowMs() - Date.parse(change.at) < FRESH_MS;
}

/** The newest change of time and who has not seen it; the list shrinks by itself. */
export function AckCard(): JSX.Element {
  const t = useMessages(messages);
  const { monitor, view, nowMs, openStudent } = useDesk();
  const { latest } = monitor;
  const change = (): NonNullable<ReturnType<typeof latest.change>> => latest.change()!;
  const reached = (): number => latest.seen() + latest.unseen().length;
  const what = createMemo(() => {
    const { kind, seconds } = change();
    return t(`did.${KINDS.has(kind) ? (kind as 'extend') : 'window'}`, { time: formatDuration((seconds ?? 0) * 1_000) });
  });
  const who = (): string => {
    const { actorId, actor } = change();
    if (actorId !== null && actorId === currentUser()?.id) return t('you');
    return actor?.name ?? t('someone');
  };
  const whom = (): string => {
    const { scope } = change();
    if ('all' in scope) return t('everyone');
    if ('batchIds' in scope) return t('aBatch', (scope['batchIds'] as string[]).map((id) => monitor.batches().find((batch) => batch.id === id)?.name).filter((name) => name !== undefined).join(', '));
    return t('someStudents', (scope['studentIds'] as unknown[] | undefined)?.length ?? reached());
  };
  return (
    <Card class="AckCard" title={latest.unseen().length > 0 ? t('notSeenTitle', { what: what() }) : t('seenTitle', { what: what() })} footer={latest.unseen().length > 0 ? t('holdsAnyway') : undefined}>
      <p class="soft AckCard__why">{t('changedBy', who(), formatTime(change().at, { seconds: true }), whom())} “{change().reason}”</p>
      <div class="AckCard__meter" role="img" aria-label={`${t('seenOf', latest.seen(), reached())} ${t('haveSeen')}`}>
        <i style={{ 'flex-grow': latest.seen() }} /><i data-missing style={{ 'flex-grow': latest.unseen().length }} />
      </div>
      <Show when={latest.unseen().length > 0} fallback={<p>{t('allSeen')}</p>}>
        <p><b>{t('seenOf', latest.seen(), reached())}</b> {t('haveSeen')} {t('haveNot', latest.unseen().length)}</p>
        <ul class="AckCard__names">
          <For each={latest.unseen().slice(0, FEW)}>
            {(student) => (
              <li>
                <LinkButton class="clip" onClick={() => openStudent(student.key)}><span dir="auto">{student.name}</span></LinkButton>
                <Show when={isOffline(student)} fallback={<span class="soft">{t('onlineStill')}</span>}>
                  <span class="ink-act">{t('offlineFor', { time: formatDuration(Math.max(0, nowMs() - (student.offlineSinceMs ?? nowMs()))) })}</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
        <p class="AckCard__more">
          <span class="soft"><Show when={latest.unseen().length > FEW}>{t('othersUnseen', latest.unseen().length - FEW)}</Show></span>
          <LinkButton onClick={() => view.filter({ behind: true })}>{t('showInTable')}</LinkButton>
        </p>
      </Show>
    </Card>
  );
}
