import { Refusal } from '#domain/problem.ts';

import type { Origin } from '../audit.ts';
import { type Db, inTransaction, type Queryable } from '../connection.ts';

/** Whom a time change reaches. */
export type ChangeScope = { readonly all: true } | { readonly batchIds: readonly string[] } | { readonly studentIds: readonly string[] };

/** What a bulk change did until now. */
export interface TimeChangeResult {
  readonly commandId: string;
  /** `accepted` while somebody holds rows that it still has to reach. */
  readonly state: 'applied' | 'accepted';
  /** Sessions changed until now. */
  readonly affected: number;
  /** Sessions in scope that it does not reach: closed already, or for a re-open not closed. */
  readonly skipped: number;
}

/** A change ready to be recorded. */
export interface ChangeRecord {
  readonly commandId: string;
  readonly examId: string;
  readonly kind: string;
  readonly args: { readonly seconds?: number; readonly scaled?: boolean };
  readonly argsHash: string;
  readonly scope: ChangeScope;
  readonly reason: string;
  readonly origin: Origin;
}

/**
 * The result of a change that was recorded before, as it stands now.
 * @throws Refusal `idempotency-key-reused` when the id belongs to another change or another person
 */
export async function selectRecordedChange(
  tx: Queryable, asked: { commandId: string; argsHash: string; actorId: string | null },
): Promise<TimeChangeResult | undefined> {
  const { rows } = await tx.query<{ args_hash: string; actor_id: string | null }>(
    'select args_hash, actor_id from time_changes where command_id = $1',
    [asked.commandId],
  );
  const stored = rows[0];
  if (stored === undefined) return undefined;
  if (stored.args_hash !== asked.argsHash || stored.actor_id !== asked.actorId) {
    throw new Refusal('idempotency-key-reused', 'This key belongs to another change.');
  }
  return selectResult(tx, asked.commandId);
}

/** Records a change under the next number of its exam; its instant is the clock of now, after every lock. Needs the exclusive exam lock. */
export async function recordChange(tx: Queryable, change: ChangeRecord): Promise<void> {
  await tx.query(
    `with numbered as (update exams set change_no = change_no + 1 where id = $2 returning change_no)
     insert into time_changes (command_id, exam_id, kind, args, args_hash, scope, actor_id, reason, change_no, at)
     select $1, $2, $3, $4, $5, $6, $7, $8, change_no, holdfast_now() from numbered`,
    [
      change.commandId, change.examId, change.kind, JSON.stringify(change.args), change.argsHash, JSON.stringify(change.scope),
      change.origin.actorId, change.reason,
    ],
  );
}

/**
 * One pass of a change: every session that it still has to reach and that nobody holds. Finished when a plain count, which locked rows
 * can not hide from, finds none, and every earlier change of the exam is finished.
 * @returns how many sessions this pass changed
 */
export async function runPass(tx: Queryable, commandId: string): Promise<number> {
  const { rows } = await tx.query<{ changed: number }>('select run_time_change($1) as changed', [commandId]);
  // counted by a statement of its own: the rows of the pass have to be visible to it
  await tx.query(
    `update time_changes set done_at = holdfast_now()
     where command_id = $1 and done_at is null and not exists (select awaiting_sessions(command_id)) and not has_earlier_change(command_id)`,
    [commandId],
  );
  return rows[0]?.changed ?? 0;
}

/** What a change did until now. */
export async function selectResult(q: Queryable, commandId: string): Promise<TimeChangeResult> {
  const { rows } = await q.query<{ done: boolean; affected: number; skipped: number }>(
    `select c.done_at is not null as done,
       (select count(*) from session_commands k where k.command_id = c.command_id) as affected,
       count_skipped(c.command_id) as skipped
     from time_changes c where c.command_id = $1`,
    [commandId],
  );
  const row = rows[0];
  if (row === undefined) throw new Refusal('not-found', 'There is no such change.');
  return { commandId, state: row.done ? 'applied' : 'accepted', affected: row.affected, skipped: row.skipped };
}

/**
 * Carries unfinished bulk changes on, the oldest of each exam first.
 * @returns how many sessions were changed
 */
export async function continueTimeChanges(db: Pick<Db, 'knex' | 'query'>): Promise<number> {
  const { rows } = await db.query<{ command_id: string }>(
    'select command_id from time_changes where done_at is null order by exam_id, change_no',
  );
  let changed = 0;
  for (const { command_id: commandId } of rows) changed += await inTransaction(db, (tx) => runPass(tx, commandId));
  return changed;
}
