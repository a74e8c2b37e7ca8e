import { meanOf } from '#domain/grading/distribution.ts';
import { percentOf } from '#domain/grading/grade-session.ts';
import { moderate, type ModerationStep } from '#domain/grading/moderation.ts';
import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { canonical } from '../results/rows.ts';
import { cohortOf } from './cohort.ts';
import { tellChangedResults } from './tell.ts';

/** A name for an account. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** One step of moderation with its history. */
export interface ModerationRow {
  readonly id: string;
  readonly examId: string;
  /** Steps are applied in this order. */
  readonly number: number;
  readonly step: ModerationStep;
  readonly reason: string;
  readonly createdBy: Named;
  readonly createdAtMs: number;
  readonly undoneBy: Named | null;
  readonly undoneAtMs: number | null;
  readonly undoReason: string | null;
  /** What it does to the mean; null for one that was undone. */
  readonly effect: { readonly results: number; readonly meanBefore: number | null; readonly meanAfter: number | null } | null;
}

interface RawModeration {
  id: string;
  exam_id: string;
  number: number;
  kind: ModerationStep['kind'];
  amount: string;
  cap: string | null;
  reason: string;
  created_by: string;
  creator: string | null;
  created_at: Date;
  undone_by: string | null;
  undoer: string | null;
  undone_at: Date | null;
  undo_reason: string | null;
}

/** The moderations of an exam in their order, undone ones included. */
export async function listModerations(q: Queryable, examId: string): Promise<ModerationRow[]> {
  const { rows } = await q.query<RawModeration>(
    `select m.id, m.exam_id, m.number, m.kind, m.amount::text, m.cap::text, m.reason, m.created_by, c.name as creator, m.created_at,
            m.undone_by, u.name as undoer, m.undone_at, m.undo_reason
       from exam_moderations m left join users c on c.id = m.created_by left join users u on u.id = m.undone_by
      where m.exam_id = $1 order by m.number`,
    [examId],
  );
  const cohort = await cohortOf(q, examId);
  const means = (steps: readonly ModerationStep[]): number | null => meanOf(cohort.flatMap(({ points, maxPoints }) => {
    const percent = percentOf(moderate(points, maxPoints, steps), maxPoints);
    return percent === null ? [] : [Number(percent)];
  }));
  const before: ModerationStep[] = [];
  return rows.map((row) => {
    const step = stepOf(row);
    if (row.undone_at !== null) return toModeration(row, step, null);
    const meanBefore = means(before);
    before.push(step);
    return toModeration(row, step, { results: cohort.length, meanBefore, meanAfter: means(before) });
  });
}

/** Adds a step after all others. */
export async function insertModeration(tx: Queryable, request: { id: string; examId: string; step: ModerationStep; reason: string; origin: Origin }): Promise<void> {
  const { id, examId, step, reason, origin } = request;
  await tx.query('select id from exams where id = $1 for no key update', [examId]);
  await tx.query(
    `insert into exam_moderations (id, exam_id, number, kind, amount, cap, reason, created_by)
     select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7 from exam_moderations where exam_id = $2`,
    [id, examId, step.kind, step.kind === 'scale' ? step.factor : step.points, step.cap, reason, origin.actorId],
  );
  await insertAudit(tx, origin, { action: 'exam.moderate', resourceType: 'moderation', resourceId: id, examId, reason, after: step });
  await tellChangedResults(tx, examId);
}

/** Takes a step out; the others keep their order. @throws not-found, state-conflict for one that was undone */
export async function undoModeration(tx: Queryable, request: { id: string; examId: string; reason: string; origin: Origin }): Promise<void> {
  const { id, examId, reason, origin } = request;
  const { rows } = await tx.query<RawModeration>('select kind, amount::text, cap::text, undone_at from exam_moderations where id = $1 and exam_id = $2 for update', [id, examId]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such moderation of this exam.');
  if (rows[0].undone_at !== null) throw new Refusal('state-conflict', 'This moderation is undone already.');
  await tx.query('update exam_moderations set undone_by = $2, undone_at = holdfast_now(), undo_reason = $3 where id = $1', [id, origin.actorId, reason]);
  await insertAudit(tx, origin, { action: 'exam.moderate-undo', resourceType: 'moderation', resourceId: id, examId, reason, before: stepOf(rows[0]) });
  await tellChangedResults(tx, examId);
}

function stepOf({ kind, amount, cap: raw }: Pick<RawModeration, 'kind' | 'amount' | 'cap'>): ModerationStep {
  const cap = raw === null ? null : canonical(raw);
  return kind === 'scale' ? { kind, factor: canonical(amount), cap } : { kind, points: canonical(amount), cap };
}

function toModeration(row: RawModeration, step: ModerationStep, effect: ModerationRow['effect']): ModerationRow {
  return {
    id: row.id, examId: row.exam_id, number: row.number, step, reason: row.reason,
    createdBy: { id: row.created_by, name: row.creator ?? '' }, createdAtMs: row.created_at.getTime(),
    undoneBy: row.undone_by === null ? null : { id: row.undone_by, name: row.undoer ?? '' },
    undoneAtMs: row.undone_at?.getTime() ?? null, undoReason: row.undo_reason, effect,
  };
}
