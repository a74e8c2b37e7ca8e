import Check from 'lucide-solid/icons/check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import Hourglass from 'lucide-solid/icons/hourglass';
import Radio from 'lucide-solid/icons/radio';
import ShieldAlert from 'lucide-solid/icons/shield-alert';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { Exam } from '#web/features/exams/api.ts';
import { formatDate, formatDateTime, formatNumber, formatTime, formatZone } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Mark } from '#web/ui/Mark.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import type { CloseOut } from './api.ts';
import { createCloseOut } from './create-close-out.ts';
import { messages } from './messages.ts';

import './close-out.css';

type Rule = CloseOut['invariants'][number];
type Words = ReturnType<typeof useMessages<typeof messages.en>>;

/** The close-out certificate of an exam: who ended how, and what was checked in the database, in plain words. Read again while the exam goes on. */
export function CloseOutCertificate(props: { exam: Pick<Exam, 'id' | 'title' | 'window' | 'state'>; brief?: boolean }): JSX.Element {
  const closeOut = createCloseOut(() => (props.exam.state === 'draft' ? undefined : props.exam.id));
  return (
    <Show
      when={closeOut.value()}
      fallback={closeOut.error() === undefined ? <Skeleton kind="block" height="420px" /> : <ProblemView problem={closeOut.error()} onRetry={closeOut.reload} busy={closeOut.isLoading()} />}
    >
      {(found) => <Certificate exam={props.exam} closeOut={found()} checkedMs={closeOut.checkedMs()} brief={props.brief ?? false} />}
    </Show>
  );
}

/** The certificate itself. */
function Certificate(props: { exam: Pick<Exam, 'title' | 'window'>; closeOut: CloseOut; checkedMs: number | undefined; brief: boolean }): JSX.Element {
  const t = useMessages(messages);
  const zone = (): string | undefined => props.exam.window?.timeZone;
  const isClosed = (): boolean => props.closeOut.state === 'closed';
  const broken = (): number => props.closeOut.invariants.filter(({ holds }) => !holds).length;
  const when = (): string => {
    const { closedAt, state } = props.closeOut;
    if (closedAt === null) return t(state === 'open' ? 'line.open' : 'line.closing');
    return t('closedAt', { when: `${formatTime(closedAt, { zone: zone(), seconds: true })}.${String(new Date(closedAt).getUTCMilliseconds()).padStart(3, '0')}`, zone: formatZone(closedAt, zone()) });
  };
  const day = (): string => {
    const at = props.closeOut.closedAt ?? props.exam.window?.opensAt;
    return at === undefined ? '' : `, ${formatDate(at, { zone: zone(), weekday: 'short' })}`;
  };
  return (
    <section class="CloseOut" data-state={props.closeOut.state} data-broken={broken() > 0 && isClosed() ? '' : undefined} aria-label={t('certificate')}>
      <header class="CloseOut__top">
        <Mark />
        <div>
          <h2>{t('certificate')}</h2>
          <p dir="auto">{props.exam.title}{day()}</p>
          <p>{when()}</p>
        </div>
        <span class="CloseOut__verdict"><Verdict state={props.closeOut.state} broken={broken()} /></span>
      </header>
      <div class="CloseOut__body">
        <p class="CloseOut__about">{isClosed() && broken() > 0 ? t('about.broken') : t(`about.${props.closeOut.state}`)}</p>
        <Counts closeOut={props.closeOut} />
        <h3 class="CloseOut__rulesTitle">{t('rules')}</h3>
        <ul class="CloseOut__rules">
          <For each={props.closeOut.invariants}>{(rule) => <RuleLine rule={rule} isClosed={isClosed()} brief={props.brief} t={t} />}</For>
          <Clock ms={props.closeOut.serverClockOffsetMs} isNetwork={props.closeOut.serverClock?.source === 'ntp'} brief={props.brief} t={t} />
        </ul>
      </div>
      <Show when={props.checkedMs}>{(at) => <footer class="CloseOut__foot">{t(isClosed() ? 'checkedOnce' : 'checkedAt', { time: formatDateTime(at(), { zone: zone(), seconds: true }) })}</footer>}</Show>
    </section>
  );
}

function Verdict(props: { state: CloseOut['state']; broken: number }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.state === 'closed'} fallback={<Badge tone={props.state === 'open' ? 'accent' : 'attention'} icon={props.state === 'open' ? Radio : Hourglass}>{t(`state.${props.state as 'open'}`)}</Badge>}>
      <Show when={props.broken > 0} fallback={<Badge tone="done" icon={ShieldCheck}>{t('state.holds')}</Badge>}><Badge tone="act" icon={ShieldAlert}>{t('state.broken', { count: props.broken })}</Badge></Show>
    </Show>
  );
}

function Counts(props: { closeOut: CloseOut }): JSX.Element {
  const t = useMessages(messages);
  const isClosed = (): boolean => props.closeOut.state === 'closed';
  const sitting = (): number => props.closeOut.assigned - Object.values(props.closeOut.counts).reduce((sum, count) => sum + count, 0);
  const rows = (): readonly (readonly [string, number])[] => {
    const { submitted, expired, terminated, withdrawn, absent } = props.closeOut.counts;
    return [
      [t('submitted'), submitted], [t('expired'), expired], [t('terminated'), terminated], [t('withdrawn'), withdrawn],
      [t(isClosed() ? 'absent' : 'absentOpen'), absent], ...(sitting() === 0 && isClosed() ? [] : [[t('sitting'), sitting()] as const]),
    ];
  };
  return (
    <table class="CloseOut__sum">
      <tbody>
        <For each={rows()}>{([name, count]) => <tr><th scope="row">{name}</th><td>{formatNumber(count)}</td></tr>}</For>
        <tr data-total=""><th scope="row">{t(isClosed() ? 'assignedEach' : 'assigned')}</th><td>{formatNumber(props.closeOut.assigned)}</td></tr>
      </tbody>
    </table>
  );
}

/** Rules that can only hold at the end: before it, that they do not is no trouble. */
const AT_THE_END: ReadonlySet<string> = new Set(['one-state-each', 'nobody-left-paused', 'workflow-completed']);

function RuleLine(props: { rule: Rule; isClosed: boolean; brief: boolean; t: Words }): JSX.Element {
  const name = (): string => (props.t(`rule.${props.rule.name as 'one-state-each'}`) as string | undefined) ?? props.rule.name;
  const help = (): string => (props.t(`rule.${props.rule.name as 'one-state-each'}.help`) as string | undefined) ?? props.rule.detail;
  const isPending = (): boolean => !props.isClosed && !props.rule.holds && AT_THE_END.has(props.rule.name);
  const isBroken = (): boolean => !props.rule.holds && !isPending();
  return (
    <li data-broken={isBroken() ? '' : undefined}>
      <Dynamic component={props.rule.holds ? Check : isPending() ? CircleDashed : TriangleAlert} class={props.rule.holds ? 'ink-done' : isPending() ? 'soft' : 'ink-act'} />
      <div>
        <p class="CloseOut__rule">{name()}</p>
        <Show when={!props.brief}><p class="CloseOut__help">{help()}</p></Show>
        <Show when={isBroken()}>
          <p class="CloseOut__broken"><b>{props.t('technical')}:</b> {props.rule.detail}</p>
          <p class="CloseOut__help">{props.t('brokeHelp')}</p>
        </Show>
      </div>
      <span class="CloseOut__says">{props.rule.holds ? props.t('holds') : isPending() ? props.t('pending') : props.t('broken')}</span>
    </li>
  );
}

function Clock(props: { ms: number | null; isNetwork: boolean; brief: boolean; t: Words }): JSX.Element {
  const isFar = (): boolean => props.ms !== null && Math.abs(props.ms) > 100;
  return (
    <li>
      <Dynamic component={props.ms === null ? CircleDashed : isFar() ? TriangleAlert : Check} class={props.ms === null ? 'soft' : isFar() ? 'ink-attention' : 'ink-done'} />
      <div><p class="CloseOut__rule">{props.t(props.isNetwork || props.ms === null ? 'serverClock' : 'workerClock')}</p><Show when={!props.brief}><p class="CloseOut__help">{props.t(props.isNetwork || props.ms === null ? 'clockHelp' : 'workerClockHelp')}</p></Show></div>
      <span class="CloseOut__says">{props.ms === null ? props.t('clockUnknown') : props.t('clockMs', { sign: Math.abs(props.ms) < 0.05 ? '' : props.ms < 0 ? '−' : '+', ms: formatNumber(Math.abs(props.ms), { maximumFractionDigits: 1 }) })}</span>
    </li>
  );
}
