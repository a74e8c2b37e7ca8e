import type { MarkerRole } from '#domain/marking/types.ts';
import { Refusal } from '#domain/problem.ts';
import { v7 as uuidv7 } from 'uuid';

import type { Queryable } from '../connection.ts';

/** Which answer a grader wants next. */
export interface NextRequest {
  readonly examId: string;
  readonly graderId: string;
  readonly role: MarkerRole;
  readonly by: 'item' | 'student';
  readonly itemId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Also those that the grader has flagged. */
  readonly flagged: boolean;
  readonly exclude: readonly AnswerKey[];
  readonly leaseMinutes: number;
}

/** Names an answer of the hand-in that counts. */
export interface AnswerKey {
  readonly sessionId: string;
  readonly itemId: string;
}

/** An answer locked for a change, with what the change has to know. */
export interface LockedAnswer extends AnswerKey {
  readonly examId: string;
  readonly closedVersion: number;
  readonly state: 'first' | 'second' | 'reconcile' | 'done';
  readonly draw: number;
  readonly firstBy: string | null;
  readonly secondBy: string | null;
  readonly settledVersion: number | null;
  /** Whoever has it now; null when the lease is over. */
  readonly holderId: string | null;
  /** Since when the holder has it; null without a lease. */
  readonly leasedAtMs: number | null;
}

// everything that decides is in the row that is locked: a row that changed while we waited for it is judged anew
const TAKEABLE = `a.exam_id = $1 and a.state = $3 and coalesce(case $3 when 'first' then a.first_grader else a.second_grader end, $2::uuid) = $2::uuid
  and a.first_by is distinct from $2::uuid and (a.lease_until is null or a.lease_until <= holdfast_now() or a.lease_holder = $2::uuid)
  and ($4::uuid is null or a.item_id = $4) and ($5::uuid is null or a.session_id = $5)
  and not exists (select from unnest($6::uuid[], $7::uuid[]) as x (session_id, item_id) where x.session_id = a.session_id and x.item_id = a.item_id)
  and ($8::bool or not exists (select from marking_flags f where f.session_id = a.session_id and f.closed_version = a.closed_version and f.item_id = a.item_id and f.grader_id = $2))
  and exists (select from exam_sessions s where s.id = a.session_id and s.closed_version = a.closed_version and s.closed_at is not null and s.state <> 'withdrawn')`;

/**
 * Leases the next answer to a grader: one that is dealt to nobody else, that nobody has now, and for a second look one that somebody
 * else marked. Rows that another grader is just taking are passed over, so two never get the same.
 * @returns null when there is none
 */
export async function leaseNext(tx: Queryable, request: NextRequest): Promise<AnswerKey | null> {
  const order = request.by === 'item' ? 'a.item_id, a.code, a.session_id' : 'a.code, a.session_id, a.item_id';
  const { rows } = await tx.query<{ session_id: string; item_id: string; closed_version: number }>(
    `select a.session_id, a.item_id, a.closed_version from marking_answers a where ${TAKEABLE}
      order by (a.lease_until > holdfast_now()) is true desc, (case $3 when 'first' then a.first_grader else a.second_grader end) is null, ${order}
      limit 1 for update of a skip locked`,
    valuesOf(request),
  );
  const row = rows[0];
  if (row === undefined) return null;
  await writeLease(tx, { sessionId: row.session_id, itemId: row.item_id, closedVersion: row.closed_version }, request);
  return { sessionId: row.session_id, itemId: row.item_id };
}

/** How many answers a grader could still take. */
export async function countTakeable(q: Queryable, request: NextRequest): Promise<number> {
  const { rows } = await q.query<{ count: number }>(`select count(*) as count from marking_answers a where ${TAKEABLE}`, valuesOf({ ...request, exclude: [] }));
  return rows[0]!.count;
}

/**
 * Locks an answer of the hand-in that counts.
 * @throws not-found
 */
export async function lockAnswer(tx: Queryable, sessionId: string, itemId: string): Promise<LockedAnswer> {
  const { rows } = await tx.query<{
    exam_id: string; closed_version: number; state: LockedAnswer['state']; draw: number; first_by: string | null; second_by: string | null;
    settled_version: number | null; holder: string | null; leased_at: Date | null;
  }>(
    `select a.exam_id, a.closed_version, a.state, a.draw, a.first_by, a.second_by, a.settled_version, a.leased_at,
            case when a.lease_until > holdfast_now() then a.lease_holder end as holder
       from marking_answers a join exam_sessions s on s.id = a.session_id and s.closed_version = a.closed_version and s.closed_at is not null
      where a.session_id = $1 and a.item_id = $2 for update of a`,
    [sessionId, itemId],
  );
  const row = rows[0];
  if (row === undefined) throw new Refusal('not-found', 'There is no such answer to mark: the machine marked it, or the session is open.');
  return {
    sessionId, itemId, examId: row.exam_id, closedVersion: row.closed_version, state: row.state, draw: row.draw, firstBy: row.first_by, secondBy: row.second_by,
    settledVersion: row.settled_version, holderId: row.holder, leasedAtMs: row.leased_at?.getTime() ?? null,
  };
}

/** Whether a grader may have an answer in a role now; the reason why not, else null. */
export function whyNotFree(answer: LockedAnswer, graderId: string, role: MarkerRole): string | null {
  if (answer.holderId !== null && answer.holderId !== graderId) return 'Somebody else is marking this answer now.';
  const by = role === 'first' ? answer.firstBy : answer.secondBy;
  if (by === graderId) return answer.firstBy !== null && answer.secondBy !== null ? 'Both marks are in. Who reconciles decides now.' : null;
  if (by !== null) return 'Somebody else has marked this answer meanwhile.';
  if (role === 'second' && answer.firstBy === graderId) return 'The second mark has to come from somebody else.';
  return answer.state === role ? null : 'This answer does not wait for such a mark.';
}

/** Takes or renews the lease of an answer that is locked and free. */
export async function writeLease(
  tx: Queryable, answer: AnswerKey & { readonly closedVersion: number }, { graderId, role, leaseMinutes }: Pick<NextRequest, 'graderId' | 'role' | 'leaseMinutes'>,
): Promise<void> {
  await tx.query(
    `update marking_answers set
       lease_id = case when lease_holder = $4 and lease_role = $5 and lease_until > holdfast_now() then lease_id else $6::uuid end,
       leased_at = case when lease_holder = $4 and lease_role = $5 and lease_until > holdfast_now() then leased_at else holdfast_now() end,
       lease_holder = $4, lease_role = $5, lease_until = holdfast_now() + $7 * interval '1 minute'
     where session_id = $1 and closed_version = $2 and item_id = $3`,
    [answer.sessionId, answer.closedVersion, answer.itemId, graderId, role, uuidv7(), leaseMinutes],
  );
}

/** The exam of a lease; undefined for one that is no more. */
export async function selectLease(q: Queryable, leaseId: string): Promise<{ examId: string; holderId: string } | undefined> {
  const { rows } = await q.query<{ examId: string; holderId: string }>('select exam_id as "examId", lease_holder as "holderId" from marking_answers where lease_id = $1', [leaseId]);
  return rows[0];
}

/** Gives an answer back to the others. */
export async function releaseLease(tx: Queryable, leaseId: string): Promise<void> {
  await tx.query('update marking_answers set lease_id = null, lease_holder = null, lease_role = null, leased_at = null, lease_until = null where lease_id = $1', [leaseId]);
}

function valuesOf({ examId, graderId, role, itemId, sessionId, exclude, flagged }: NextRequest): unknown[] {
  return [examId, graderId, role, itemId ?? null, sessionId ?? null, exclude.map((key) => key.sessionId), exclude.map((key) => key.itemId), flagged];
}
