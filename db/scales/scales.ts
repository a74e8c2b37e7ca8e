import { resultOf } from '#domain/grading/result.ts';
import type { GradeScale, ResolvedScale } from '#domain/grading/scale.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { cohortOf } from './cohort.ts';
import { resolveRules, scaleIn, selectStoredRules } from './rules.ts';
import { tellChangedResults } from './tell.ts';

/** The scale of an exam with what it makes of the results. */
export interface ExamScale {
  readonly examId: string;
  readonly scale: GradeScale;
  readonly resolved: ResolvedScale;
  readonly isDefault: boolean;
  /** Graded attempts that count, and how many of them have each grade. */
  readonly cohort: number;
  readonly counts: ReadonlyMap<string, number>;
  /** 0 while the exam has no scale of its own. */
  readonly version: number;
  readonly updatedAtMs: number | null;
}

/** Reads the scale of an exam, or the one of the institution. */
export async function selectExamScale(q: Queryable, examId: string): Promise<ExamScale> {
  const stored = await selectStoredRules(q, examId);
  const rules = await resolveRules(q, stored);
  const cohort = await cohortOf(q, examId);
  const labels = cohort.map((total) => resultOf({ ...total, isFinal: true }, rules).gradeLabel ?? '');
  const { rows } = await q.query<{ version: number; updated_at: Date }>('select version, updated_at from grade_scales where exam_id = $1', [examId]);
  return {
    examId, scale: scaleIn(stored), resolved: rules.scale, isDefault: stored.scale === null, cohort: cohort.length,
    counts: new Map([...Map.groupBy(labels, (label) => label)].map(([label, all]) => [label, all.length])),
    version: rows[0]?.version ?? 0, updatedAtMs: rows[0]?.updated_at.getTime() ?? null,
  };
}

/** Locks the scale of an exam against other writers. @returns its version, 0 for none */
export async function lockExamScale(tx: Queryable, examId: string): Promise<number> {
  await tx.query('select id from exams where id = $1 for no key update', [examId]);
  return (await tx.query<{ version: number }>('select version from grade_scales where exam_id = $1', [examId])).rows[0]?.version ?? 0;
}

/** Stores the scale of an exam. The caller holds the lock. */
export async function saveExamScale(tx: Queryable, examId: string, scale: GradeScale, origin: Origin): Promise<void> {
  const { scale: before } = await selectStoredRules(tx, examId);
  await tx.query(
    `insert into grade_scales as g (exam_id, scale, updated_by) values ($1, $2, $3)
     on conflict (exam_id) do update set scale = excluded.scale, updated_by = excluded.updated_by, updated_at = holdfast_now(), version = g.version + 1`,
    [examId, JSON.stringify(scale), origin.actorId],
  );
  await insertAudit(tx, origin, { action: 'exam.grade-scale', resourceType: 'exam', resourceId: examId, examId, before, after: scale });
  await tellChangedResults(tx, examId);
}
