import Check from 'lucide-solid/icons/check';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Show, type JSX } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';

import type { Review, TimelineEntry } from './api.ts';
import { exactTime, signedClock } from './clock-text.ts';
import { isClose } from './lanes.ts';
import { messages } from './messages.ts';
import { accountForEnd, type EndPart } from './why-ended.ts';

import './why-card.css';

const DONE_BY_HAND: ReadonlySet<string> = new Set(['terminate', 'withdraw', 'end', 'cancel']);

/** Adds up why a session ended (or will end) at that second. */
export function WhyCard(props: { review: Pick<Review, 'session' | 'time'>; entries: readonly TimelineEntry[] }): JSX.Element {
  const t = useMessages(messages);
  const session = (): Review['session'] => props.review.session;
  const account = () => accountForEnd(props.entries, props.review.time.deadlineAt);
  const close = (): TimelineEntry | undefined => props.entries.findLast(({ kind }) => isClose(kind));
  const isClosed = (): boolean => session().closedAt !== null;
  const closedMs = (): number => Date.parse(session().closedAt ?? session().startedAt);
  const isExpired = (): boolean => session().state === 'expired';
  const title = (): string => (isClosed() ? t('whyClosed', { time: formatTime(closedMs(), { seconds: true }) }) : t('whyOpen'));
  const row = (name: JSX.Element, value: string, kind?: 'total' | 'after'): JSX.Element => <tr data-kind={kind}><th scope="row">{name}</th><td class="num">{value}</td></tr>;
  return (
    <Card title={title()} {...(account()?.addsUp == null ? {} : { footer: <Footer deadlineAt={props.review.time.deadlineAt} addsUp={account()!.addsUp!} /> })}>
      <Show when={account()} fallback={<p class="small soft">{t('whyUnknown')}</p>}>
        {(sum) => (
          <table class="WhyCard">
            <tbody>
              {row(t('started'), exactTime(sum().startedMs))}
              <For each={sum().parts}>{(part) => row(<><span>{partName(part, t)}</span><Show when={part.reason}>{(reason) => <span class="WhyCard__reason" dir="auto">{t('quote', { reason: reason() })}</span>}</Show></>, signedClock(part.ms))}</For>
              {row(session().state === 'paused' ? t('deadlinePaused') : isClosed() ? t('deadline') : t('deadlineOpen'), short(sum().deadlineMs), 'total')}
              <Show when={!isClosed() || isExpired()}>
                {row(t('grace'), signedClock(props.review.time.graceMs), 'after')}
                {row(t('cutoff'), short(sum().deadlineMs + props.review.time.graceMs), isClosed() ? 'after' : 'total')}
              </Show>
              <Show when={isClosed()}>
                <Show when={!isExpired() && sum().deadlineMs > closedMs()}>{row(t('unused'), signedClock(closedMs() - sum().deadlineMs), 'after')}</Show>
                {row(closeName(session().state, t), exactTime(closedMs()), 'total')}
              </Show>
            </tbody>
          </table>
        )}
      </Show>
      <Show when={isClosed() && DONE_BY_HAND.has(close()?.kind ?? '') ? close() : undefined}>
        {(entry) => <p class="WhyCard__act" dir="auto">{t('terminatedBy', { who: entry().actor?.name ?? t('platform'), reason: entry().reason ?? '–' })}</p>}
      </Show>
      <Show when={session().state === 'paused'}><p class="WhyCard__act">{t('pausedNow')}</p></Show>
    </Card>
  );
}

function Footer(props: { deadlineAt: string | null; addsUp: boolean }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.addsUp} fallback={<><TriangleAlert class="ink-attention" />{t('addsNotUp', { deadline: exactTime(props.deadlineAt ?? 0) })}</>}>
      <Check class="ink-done" />{t('addsUp')}
    </Show>
  );
}

function partName({ kind, by }: EndPart, t: ReturnType<typeof useMessages<typeof messages.en>>): string {
  return t(`why.${kind as 'extend'}`, { by: by ?? t('platform') });
}

function closeName(state: string, t: ReturnType<typeof useMessages<typeof messages.en>>): string {
  if (state === 'submitted') return t('handedInAt');
  return state === 'expired' ? t('closedBy') : t('endedAt');
}

function short(ms: number): string {
  return ms % 1_000 === 0 ? formatTime(ms, { seconds: true }) : exactTime(ms);
}
