import type { Translator } from '@solid-primitives/i18n';

import { formatDuration, formatTime } from '#web/lib/format.ts';

import { clock, exactTime } from './clock-text.ts';
import type { Happening } from './lanes.ts';
import type { messages } from './messages.ts';

/** Texts of the feature. */
export type Words = Translator<(typeof messages)['en']>;

/** What happened, in a sentence or two. */
export interface Sentence {
  /** What happened; shown strong unless it is everyday work. */
  readonly what: string;
  readonly more?: string | undefined;
  /** What a person wrote, as they wrote it. */
  readonly quote?: string | undefined;
  readonly proof?: string | undefined;
}

type Detail = Readonly<Record<string, unknown>>;
interface Told { readonly who: string; readonly detail: Detail; readonly t: Words; readonly what: Happening }
type Teller = (told: Told) => Sentence;

const REFUSALS: ReadonlySet<string> = new Set(['deadline-passed', 'session-closed', 'session-paused', 'stale-revision', 'item-locked']);

const TELLERS: Readonly<Record<string, Teller>> = {
  start: ({ t, detail }) => ({ what: t('say.start'), more: typeof detail['entitledMs'] === 'number' ? t('say.start.rest', { own: formatDuration(detail['entitledMs']), end: exact(detail['deadlineAt']) }) : undefined }),
  connected: ({ t }) => ({ what: t('say.connected') }),
  disconnected: ({ t }) => ({ what: t('say.disconnected') }),
  'answers-saved': ({ t, detail }) => ({ what: t('say.saves', { saves: count(detail['saves']), items: 0 }), more: t('say.saves.rest', { items: count(detail['items']) }) }),
  'answers-refused': ({ t, detail }) => {
    const code = String(detail['code']);
    return {
      what: t('say.refused', { answers: count(detail['answers']) }),
      more: REFUSALS.has(code) ? t(`refused.${code as 'stale-revision'}`) : t('refused.other', { code }),
      proof: code,
    };
  },
  pause: ({ t, who }) => ({ what: t('say.pause', { who }) }),
  resume: ({ t, who, detail }) => ({ what: t('say.resume', { who }), more: t('say.resume.rest', { given: clock(Math.max(0, moved(detail) ?? 0)), end: exact(detail['newDeadlineAt']) }) }),
  extend: (told) => change(told, 'say.extend'),
  shorten: (told) => change(told, 'say.shorten'),
  credit: (told) => change(told, 'say.credit'),
  window: ({ t, who, detail }) => ({ what: t('say.window', { who }), more: movedText(t, detail) }),
  'window-changed': ({ t, who }) => ({ what: t('say.windowChanged', { who }) }),
  reopen: ({ t, who, detail }) => ({ what: t('say.reopen', { who }), more: t('say.reopen.rest', { end: exact(detail['newDeadlineAt']) }) }),
  submit: ({ t }) => ({ what: t('say.submit'), more: t('say.submit.rest') }),
  expire: ({ t }) => ({ what: t('say.expire'), more: t('say.expire.rest') }),
  end: ({ t, who }) => ({ what: t('say.end', { who }) }),
  terminate: ({ t, who }) => ({ what: t('say.terminate', { who }) }),
  withdraw: ({ t, who }) => ({ what: t('say.withdraw', { who }) }),
  cancel: ({ t, who }) => ({ what: t('say.cancel', { who }) }),
  message: ({ t, who, detail }) => ({ what: t(detail['forAll'] === true ? 'say.messageAll' : 'say.message', { who, text: String(detail['text']) }) }),
  'help-requested': ({ t }) => ({ what: t('say.help') }),
  'help-claimed': ({ t, who }) => ({ what: t('say.helpClaimed', { who }) }),
  'help-resolved': ({ t, who }) => ({ what: t('say.helpResolved', { who }) }),
  file: ({ t, detail }) => ({ what: t('say.file'), more: String(detail['fileName'] ?? '') }),
  acknowledged: ({ t }) => ({ what: t('say.acknowledged') }),
  observations: ({ t, detail }) => ({ what: t('say.observations'), more: `${observed(t, detail).join(', ')}.` }),
  incident: ({ t, detail }) => ({ what: t('say.incident', { kind: spaced(detail['type'] ?? detail['kind']) }) }),
  'left-paused': ({ t }) => ({ what: t('say.leftPaused') }),
  graded: ({ t, detail }) => ({
    what: detail['state'] === 'needs-manual' ? t('say.needsManual') : t('say.graded'),
    more: detail['state'] === 'needs-manual' ? undefined : t('say.graded.rest', { done: count(detail['gradedCount']), waiting: count(detail['pendingCount']) }),
  }),
  'mark.set': ({ t, who }) => ({ what: t('say.gradedByHand', { who }) }),
  'results-published': ({ t, who }) => ({ what: t('say.published', { who }) }),
  'results-unpublished': ({ t, who }) => ({ what: t('say.unpublished', { who }) }),
  'result-withhold': ({ t, who }) => ({ what: t('say.withhold', { who }) }),
  'result-release': ({ t, who }) => ({ what: t('say.release', { who }) }),
  'workflow.nudge': ({ t, who }) => ({ what: t('say.nudge', { who }) }),
  workflow: ({ what }) => ({ what: what.step?.text ?? '' }),
};

/** Tells what happened. @param wasAway the page had been without a connection */
export function tell(what: Happening, t: Words, wasAway = false): Sentence {
  const detail = what.entry?.detail ?? {};
  const who = what.entry?.actor?.name ?? t('platform');
  const teller = TELLERS[what.kind];
  const told = what.kind === 'connected' && wasAway ? { what: t('say.back') } : teller === undefined ? { what: t('say.other', { kind: spaced(what.kind) }) } : teller({ who, detail, t, what });
  const version = detail['sessionVersion'];
  return {
    ...told,
    quote: what.entry?.reason ?? undefined,
    proof: told.proof ?? (typeof version === 'number' ? t('proofVersion', { version }) : undefined),
  };
}

function change({ t, who, detail }: Told, key: 'say.extend' | 'say.shorten' | 'say.credit'): Sentence {
  const ms = moved(detail);
  return { what: t(key, { who, time: ms === undefined ? '' : formatDuration(Math.abs(ms)) }), more: movedText(t, detail) };
}

function movedText(t: Words, detail: Detail): string | undefined {
  const ms = moved(detail);
  if (ms === undefined) return undefined;
  return ms === 0 ? t('say.endStayed', { to: exact(detail['newDeadlineAt']) }) : t('say.endMoved', { from: exact(detail['oldDeadlineAt']), to: exact(detail['newDeadlineAt']) });
}

function moved(detail: Detail): number | undefined {
  const { oldDeadlineAt, newDeadlineAt } = detail;
  return typeof oldDeadlineAt === 'string' && typeof newDeadlineAt === 'string' ? Date.parse(newDeadlineAt) - Date.parse(oldDeadlineAt) : undefined;
}

/** What the exam page noticed, each kind with how often. */
export function observed(t: Words, detail: Detail): string[] {
  const kinds = (detail['kinds'] ?? {}) as Record<string, number>;
  return Object.entries(kinds).map(([kind, times]) => {
    const known = t(`observed.${kind as 'copy'}`) as string | undefined;
    const what = known ?? spaced(kind);
    return times === 1 ? what : t('observedTimes', { what, count: times });
  });
}

// an end on the second reads better without its milliseconds
function exact(at: unknown): string {
  if (typeof at !== 'string') return '–';
  return Date.parse(at) % 1_000 === 0 ? formatTime(at, { seconds: true }) : exactTime(at);
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function spaced(value: unknown): string {
  return String(value ?? '').replace(/[.-]/g, ' ');
}
