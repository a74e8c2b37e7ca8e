import { moderate, type ModerationStep } from '#domain/grading/moderation.ts';
import type { ResultRules } from '#domain/grading/result.ts';
import { type GradeBand, type GradeScale, institutionScale, resolveScale } from '#domain/grading/scale.ts';

import type { Queryable } from '../connection.ts';
import { cohortOf, type CohortTotal, keptWith } from './cohort.ts';

/** What an exam makes results with, as it is stored. */
export interface StoredRules {
  readonly examId: string;
  readonly passPercent: string | null;
  /** Null: the scale of the institution. */
  readonly scale: GradeScale | null;
  /** The letters that the institution had when the exam was published, or has now; null: none of its own. */
  readonly letters: readonly GradeBand[] | null;
  /** Null: none. */
  readonly steps: readonly ModerationStep[] | null;
}

/** SQL of the columns `scale`, `letters` and `steps` of an exam `e`: new letters of the institution change no grade of an exam that is out. */
export const RULE_COLUMNS = `(select gs.scale from grade_scales gs where gs.exam_id = e.id) as scale,
  (select il.bands from institution_letters il where il.since <= coalesce(e.published_at, 'infinity') order by il.number desc limit 1) as letters,
  (select jsonb_agg(case m.kind when 'scale' then jsonb_build_object('kind', 'scale', 'factor', m.amount::text, 'cap', m.cap::text)
                                else jsonb_build_object('kind', 'add', 'points', m.amount::text, 'cap', m.cap::text) end order by m.number)
     from exam_moderations m where m.exam_id = e.id and m.undone_at is null) as steps`;

/** Reads what an exam makes results with. */
export async function selectStoredRules(q: Queryable, examId: string): Promise<StoredRules> {
  const { rows } = await q.query<{ pass_percent: string | null; scale: GradeScale | null; letters: GradeBand[] | null; steps: ModerationStep[] | null }>(
    `select e.pass_percent::text, ${RULE_COLUMNS} from exams e where e.id = $1`, [examId],
  );
  return { examId, passPercent: rows[0]?.pass_percent ?? null, scale: rows[0]?.scale ?? null, letters: rows[0]?.letters ?? null, steps: rows[0]?.steps ?? null };
}

/** The scale that an exam grades with: its own, or the letters of the institution. */
export function scaleIn({ scale, letters }: Pick<StoredRules, 'scale' | 'letters'>): GradeScale {
  return scale ?? institutionScale(letters);
}

const keptRules = keptWith<ResultRules>();

/** Fixes the cut-offs; only those by rank need the other results of the exam. */
export async function resolveRules(q: Queryable, stored: StoredRules): Promise<ResultRules> {
  const scale = scaleIn(stored);
  if (scale.kind !== 'percentile') return rulesFor(stored, []);
  const cohort = await cohortOf(q, stored.examId);
  return keptRules(cohort, JSON.stringify(stored), () => rulesFor(stored, cohort));
}

/** The rules for a cohort that is known, for example as it would be. */
export function rulesFor(stored: StoredRules, cohort: readonly CohortTotal[]): ResultRules {
  const steps = stored.steps ?? [];
  const scale = scaleIn(stored);
  const totals = scale.kind === 'percentile' ? cohort.map(({ points, maxPoints }) => ({ points: moderate(points, maxPoints, steps), maxPoints })) : [];
  return { passPercent: stored.passPercent, steps, scale: resolveScale(scale, totals) };
}
