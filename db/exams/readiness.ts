import { add, decimal, formatDecimal, multiply, type DecimalLimits, ZERO } from '#domain/decimal.ts';
import type { ExamContent, FrozenQuestion } from '#domain/paper/types.ts';
import type { FieldError } from '#domain/problem.ts';
import type { Difficulty } from '#domain/questions/types.ts';

import type { Bank } from './bank.ts';
import type { StaffExam } from './exams.ts';
import { freezeExam } from './freeze.ts';

/** A pool that a section draws from. */
export interface PoolFigures extends Readonly<Record<Difficulty, number>> {
  /** Index of the section. */
  readonly section: number;
  readonly tag: string;
  readonly wanted: number;
  /** Questions with the tag that stand nowhere else as fixed items. */
  readonly available: number;
}

/** What is missing before a draft can be published, what is odd, and what there is. */
export interface Readiness {
  readonly errors: readonly FieldError[];
  readonly warnings: readonly FieldError[];
  readonly totals: { readonly questions: number; readonly points: string; readonly gradedByHand: number };
  readonly pools: readonly PoolFigures[];
}

const HOUR_MS = 3_600_000;
/** Sums of points may be longer than points. */
const SUMS: DecimalLimits = { digits: 14, places: 4 };
/** Types whose answers wait for a person. */
const BY_HAND: ReadonlySet<string> = new Set(['essay', 'file-upload', 'code']);

/** Looks at a draft with the checks of the publication, and for what an author may not have meant. */
export function readinessOf(exam: StaffExam, bank: Bank, nowMs: number): Readiness {
  const { content, errors, shortages } = freezeExam(exam, bank, nowMs);
  return {
    errors: [...errors, ...shortages],
    warnings: [...windowWarnings(exam, nowMs), ...peopleWarnings(exam), ...mediaWarnings(exam, content)],
    totals: totalsOf(content),
    pools: content.sections.flatMap((section, index) => (section.draw === undefined ? [] : [poolFigures(index, section.draw, content, bank)])),
  };
}

/** How many items a paper has, what they are worth, and how many a person has to mark at most. */
export function totalsOf(content: ExamContent): Readiness['totals'] {
  let questions = 0;
  let gradedByHand = 0;
  let points = ZERO;
  const byHand = (question: FrozenQuestion | undefined): boolean => question !== undefined && BY_HAND.has(question.content.type);
  for (const { items, draw } of content.sections) {
    questions += items.length + (draw?.count ?? 0);
    gradedByHand += items.filter((item) => byHand(content.questions[item.questionId])).length;
    for (const item of items) points = add(points, decimal(item.points));
    if (draw === undefined) continue;
    gradedByHand += Math.min(draw.count, draw.pool.filter((id) => byHand(content.questions[id])).length);
    points = add(points, multiply(decimal(draw.points), decimal(draw.count, SUMS)));
  }
  return { questions, points: formatDecimal(points), gradedByHand };
}

function windowWarnings(exam: StaffExam, nowMs: number): FieldError[] {
  const { window } = exam;
  if (window === null || window.closesAtMs <= nowMs) return [];
  const warnings: FieldError[] = [];
  const minutes = Math.floor((window.closesAtMs - window.opensAtMs) / 60_000);
  if (exam.endRule === 'window' && minutes < exam.durationMinutes) {
    warnings.push({ pointer: '/window', message: `is open for ${minutes} minutes, so nobody gets the ${exam.durationMinutes} minutes of the exam` });
  }
  if (window.opensAtMs <= nowMs) warnings.push({ pointer: '/window/localStart', message: 'has begun already: the exam opens at once when it is published' });
  else if (window.opensAtMs - nowMs < HOUR_MS) warnings.push({ pointer: '/window/localStart', message: 'is less than an hour away' });
  return warnings;
}

function peopleWarnings(exam: StaffExam): FieldError[] {
  return exam.assignedCount === 0 ? [{ pointer: '/assignments', message: 'nobody is assigned yet' }] : [];
}

function mediaWarnings(exam: StaffExam, content: ExamContent): FieldError[] {
  return exam.sections.flatMap((section, index) =>
    section.items.flatMap((item, place) => {
      const media = content.questions[item.questionId]?.content.media ?? [];
      const silent = media.some(({ alt }) => alt === undefined || alt.trim() === '');
      return silent ? [{ pointer: `/sections/${index}/items/${place}`, message: 'shows media without a description for those who can not see them' }] : [];
    }),
  );
}

function poolFigures(section: number, draw: NonNullable<ExamContent['sections'][number]['draw']>, content: ExamContent, bank: Bank): PoolFigures {
  const fixed = new Set(content.sections.flatMap(({ items }) => items.map((item) => item.questionId)));
  const free = draw.pool.filter((id) => !fixed.has(id));
  const count = (difficulty: Difficulty): number => free.filter((id) => bank.difficulties.get(id) === difficulty).length;
  return { section, tag: draw.tag, wanted: draw.count, available: free.length, easy: count('easy'), medium: count('medium'), hard: count('hard') };
}
