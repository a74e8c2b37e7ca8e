import type { DrawnItem } from '#domain/paper/types.ts';
import type { QuestionContent, QuestionResponse } from '#domain/questions/types.ts';

import type { DemoQuestion } from '../bank/forms.ts';
import type { Chance } from '../chance.ts';
import { MINUTE, SECOND } from '../times.ts';
import type { Arrival } from './class.ts';
import { type DemoEssay, writeEssay } from './essays.ts';
import { respond, successRate } from './responses.ts';

/** One accepted save. */
export interface Save {
  readonly itemId: string;
  readonly response: QuestionResponse;
  readonly atMs: number;
}

/** What one student did. */
export interface Sitting {
  /** In order of time. */
  readonly saves: readonly Save[];
  /** The moment of the command that ended it; for a sitting that ran out, the moment at which the database closed it. */
  readonly endedAtMs: number;
  readonly seen: readonly string[];
  readonly flagged: readonly string[];
  readonly essays: readonly HandedInEssay[];
}

/** What a person has to mark, and how the teacher does it. */
export interface HandedInEssay {
  readonly itemId: string;
  /** Decimal string. */
  readonly points: string;
  readonly comment: string;
}

/** The instants that a sitting keeps to. */
export interface SittingTimes {
  /** With the extension. */
  readonly deadlineAtMs: number;
  readonly cutoffAtMs: number;
}

/** Seconds that an item takes. */
const SECONDS: Readonly<Partial<Record<QuestionContent['type'], number>>> = {
  'true-false': 25, 'single-choice': 45, 'short-text': 40, ordering: 60, 'multiple-choice': 70, matching: 80, cloze: 90, numeric: 100, essay: 600,
};

interface Step {
  readonly item: DrawnItem;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Lets a student work through the paper: item by item, with a look back near the end. */
export function sit(arrival: Arrival, times: SittingTimes, items: readonly DrawnItem[], questionOf: (id: string) => DemoQuestion, chance: Chance): Sitting {
  const { endsAtMs, endedAtMs } = endOf(arrival, times, chance);
  const steps = pace(arrival, endsAtMs, items, chance);
  const essays: HandedInEssay[] = [];
  const saves = steps.flatMap((step): Save[] => {
    const question = questionOf(step.item.questionId);
    if (question.content.type !== 'essay') return answer(arrival, step, question, endsAtMs, chance);
    if (chance.happens(0.12 - 0.05 * arrival.ability)) return [];
    const essay = writeEssay(Math.min(1, Math.max(0, 0.55 + 0.2 * arrival.ability)), chance);
    const kept = write(step, essay, endsAtMs);
    const last = essay.drafts[kept.length - 1];
    const comment = kept.length === essay.drafts.length ? essay.comment : 'Not finished.';
    if (last !== undefined) essays.push({ itemId: step.item.id, points: last.points, comment });
    return kept;
  });
  return {
    saves: afterOutage(arrival, saves.filter(({ atMs }) => atMs <= endsAtMs)).sort((left, right) => left.atMs - right.atMs),
    endedAtMs,
    seen: steps.map((step) => step.item.id),
    flagged: steps.filter(() => chance.happens(0.08)).map((step) => step.item.id),
    essays,
  };
}

function endOf({ fate, startedAtMs, extension }: Arrival, { deadlineAtMs, cutoffAtMs }: SittingTimes, chance: Chance): { endsAtMs: number; endedAtMs: number } {
  const whole = (ms: number): number => Math.round(ms);
  // whoever stays in until the end is typing when it comes
  if (fate === 'expire') return { endsAtMs: whole(deadlineAtMs + chance.between(-50, 3) * SECOND), endedAtMs: whole(cutoffAtMs + chance.between(20, 480)) };
  if (fate === 'submit') {
    const longest = deadlineAtMs - 4 * MINUTE - startedAtMs;
    const endsAtMs = whole(startedAtMs + longest * (extension === null ? chance.between(0.62, 1) : 0.97));
    return { endsAtMs, endedAtMs: whole(endsAtMs + chance.between(10, 100) * SECOND) };
  }
  const endedAtMs = whole(startedAtMs + (fate === 'withdraw' ? 18 : 33) * MINUTE + chance.between(0, 60) * SECOND);
  return { endsAtMs: endedAtMs - 20 * SECOND, endedAtMs };
}

/** Shares the time out over the items; who stops early or runs out of time does not come to the last ones. */
function pace({ fate, startedAtMs }: Arrival, endsAtMs: number, items: readonly DrawnItem[], chance: Chance): Step[] {
  const lengths = items.map(({ question }) => (SECONDS[question.type] ?? 60) * chance.between(0.6, 1.6) * SECOND);
  const wanted = lengths.reduce((sum, length) => sum + length, 0);
  const given = (endsAtMs - startedAtMs) * 0.88;
  const scale = fate === 'submit' ? given / wanted : fate === 'expire' ? Math.max(1, (1.25 * given) / wanted) : 1.2;
  let fromMs = startedAtMs + 8 * SECOND;
  return items.flatMap((item, index): Step[] => {
    const step = { item, fromMs, toMs: Math.round(fromMs + lengths[index]! * scale) };
    fromMs = step.toMs;
    return step.fromMs < endsAtMs ? [step] : [];
  });
}

function answer({ ability }: Arrival, { item, fromMs, toMs }: Step, question: DemoQuestion, endsAtMs: number, chance: Chance): Save[] {
  const right = chance.happens(successRate(ability, question));
  const free = !question.content.type.includes('choice') && question.content.type !== 'true-false';
  if (!right && chance.happens(free ? 0.25 : 0.05)) return [];
  const final = { itemId: item.id, response: respond(question, right, chance), atMs: Math.round(chance.between(fromMs + 0.6 * (toMs - fromMs), toMs)) };
  if (!chance.happens(0.18)) return [final];
  const first = { ...final, response: respond(question, !right && chance.happens(0.4), chance) };
  return [first, { ...final, atMs: Math.round(chance.between(Math.max(toMs, endsAtMs - 6 * MINUTE), endsAtMs)) }];
}

function write({ item, fromMs, toMs }: Step, essay: DemoEssay, endsAtMs: number): Save[] {
  const space = (toMs - fromMs) / essay.drafts.length;
  return essay.drafts
    .map(({ text }, index): Save => ({ itemId: item.id, response: { text, format: 'plain' }, atMs: Math.round(fromMs + space * (index + 1)) }))
    .filter((save) => save.atMs <= endsAtMs);
}

/** What was typed without a connection arrives when it is back. */
function afterOutage({ startedAtMs, outage }: Arrival, saves: readonly Save[]): Save[] {
  if (outage === null) return [...saves];
  const goneMs = startedAtMs + outage.afterMs;
  const backMs = goneMs + outage.forMs;
  return saves.map((save) => (save.atMs >= goneMs && save.atMs < backMs ? { ...save, atMs: backMs + Math.round((save.atMs - goneMs) / 1_000) } : save));
}
