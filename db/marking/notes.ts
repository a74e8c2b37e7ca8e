import { Refusal } from '#domain/problem.ts';
import { v7 as uuidv7 } from 'uuid';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import type { LockedAnswer } from './leases.ts';

/** A comment that graders share. */
export interface ReusableComment {
  readonly id: string;
  readonly itemId: string;
  readonly text: string;
  readonly createdById: string;
  readonly createdByName: string;
  readonly createdAtMs: number;
  readonly uses: number;
}

/** The reusable comments of an item, those used most first. */
export async function listComments(q: Queryable, examId: string, itemId: string): Promise<ReusableComment[]> {
  const { rows } = await q.query<{ id: string; item_id: string; text: string; created_by: string; name: string; created_at: Date; uses: number }>(
    `select c.id, c.item_id, c.text, c.created_by, u.name, c.created_at, c.uses from marking_comments c join users u on u.id = c.created_by
      where c.exam_id = $1 and c.item_id = $2 order by c.uses desc, c.created_at, c.id`,
    [examId, itemId],
  );
  return rows.map((row) => ({
    id: row.id, itemId: row.item_id, text: row.text, createdById: row.created_by, createdByName: row.name, createdAtMs: row.created_at.getTime(), uses: row.uses,
  }));
}

/** Adds a reusable comment; the same text again is the one that is there. */
export async function addComment(tx: Queryable, examId: string, itemId: string, text: string, origin: Origin): Promise<ReusableComment> {
  await tx.query(
    `insert into marking_comments (id, exam_id, item_id, text, created_by)
     select $1, $2, $3, $4, $5 where not exists (select from marking_comments where exam_id = $2 and item_id = $3 and text = $4)`,
    [uuidv7(), examId, itemId, text, origin.actorId],
  );
  await insertAudit(tx, origin, { action: 'marking.comment-add', resourceType: 'rubric', resourceId: itemId, examId, after: { text } });
  return (await listComments(tx, examId, itemId)).find((comment) => comment.text === text)!;
}

/**
 * Removes a reusable comment; marks that hold its text keep it.
 * @param by only one of this author; null: of anybody
 * @throws not-found, forbidden
 */
export async function removeComment(tx: Queryable, examId: string, itemId: string, commentId: string, by: string | null, origin: Origin): Promise<void> {
  const comment = (await listComments(tx, examId, itemId)).find((each) => each.id === commentId);
  if (comment === undefined) throw new Refusal('not-found', 'There is no such comment.');
  if (by !== null && comment.createdById !== by) throw new Refusal('forbidden', 'Only its author or the owner of the exam removes a comment.');
  await tx.query('delete from marking_comments where id = $1', [commentId]);
  await insertAudit(tx, origin, { action: 'marking.comment-remove', resourceType: 'rubric', resourceId: itemId, examId, before: { text: comment.text } });
}

/** Counts the use of reusable comments. */
export async function countUses(tx: Queryable, examId: string, itemId: string, commentIds: readonly string[]): Promise<void> {
  if (commentIds.length === 0) return;
  await tx.query(
    `update marking_comments set uses = uses + 1 where id in (select id from marking_comments where exam_id = $1 and item_id = $2 and id = any($3::uuid[]) order by id for update)`,
    [examId, itemId, commentIds],
  );
}

/** Sets the flag of a grader on an answer, or clears it with null. */
export async function writeFlag(tx: Queryable, answer: LockedAnswer, graderId: string, note: string | null, origin: Origin): Promise<void> {
  const { sessionId, closedVersion, itemId, examId } = answer;
  const key = [sessionId, closedVersion, itemId, graderId];
  const { rowCount } = note === null
    ? await tx.query('delete from marking_flags where (session_id, closed_version, item_id, grader_id) = ($1, $2, $3, $4)', key)
    : await tx.query(
        `insert into marking_flags (session_id, closed_version, item_id, grader_id, exam_id, note) values ($1, $2, $3, $4, $5, $6)
         on conflict (session_id, closed_version, item_id, grader_id) do update set note = excluded.note, flagged_at = holdfast_now()`,
        [...key, examId, note],
      );
  if (rowCount === 0) return;
  await insertAudit(tx, origin, { action: note === null ? 'marking.unflag' : 'marking.flag', resourceType: 'mark', resourceId: `${sessionId}/${itemId}`, examId, sessionId });
}
