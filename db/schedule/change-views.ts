import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';
import type { ChangeScope, TimeChangeResult } from './bulk.ts';

/** One recorded change of the time of an exam. */
export interface TimeChangeRow extends TimeChangeResult {
  readonly examId: string;
  /** Counts the changes of the exam from 1; the order of the list. */
  readonly changeNo: number;
  readonly kind: string;
  readonly seconds: number | null;
  readonly scaled: boolean;
  readonly scope: ChangeScope;
  readonly reason: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly atMs: number;
}

/** What a change did to one student. */
export interface StudentOutcome {
  readonly studentId: string;
  readonly sessionId: string;
  /**
   * `refused`: the session was not in a state for it (`code`); `acknowledged`: the student's client shows it; `applied`: nobody has to,
   * the session is closed; `unacknowledged` otherwise, and with no new deadline as long as somebody holds the row.
   */
  readonly state: 'applied' | 'refused' | 'unacknowledged' | 'acknowledged';
  readonly code?: 'session-closed' | 'state-conflict' | 'deadline-passed';
  readonly oldDeadlineAtMs: number | null;
  readonly newDeadlineAtMs: number | null;
}

interface RawChange {
  command_id: string;
  exam_id: string;
  change_no: number;
  kind: string;
  args: { seconds?: number; scaled?: boolean };
  scope: ChangeScope;
  reason: string;
  actor_id: string | null;
  actor_name: string | null;
  at: Date;
  done: boolean;
  affected: number;
  skipped: number;
}

const COLUMNS = `c.command_id, c.exam_id, c.change_no, c.kind, c.args, c.scope, c.reason, c.actor_id, c.at, c.done_at is not null as done,
  (select u.name from users u where u.id = c.actor_id) as actor_name,
  (select count(*) from session_commands k where k.command_id = c.command_id) as affected, count_skipped(c.command_id) as skipped`;

function toTimeChange(row: RawChange): TimeChangeRow {
  return {
    commandId: row.command_id,
    examId: row.exam_id,
    changeNo: row.change_no,
    kind: row.kind,
    seconds: row.args.seconds ?? null,
    scaled: row.args.scaled ?? false,
    scope: row.scope,
    reason: row.reason,
    actorId: row.actor_id,
    actorName: row.actor_name,
    atMs: row.at.getTime(),
    state: row.done ? 'applied' : 'accepted',
    affected: row.affected,
    skipped: row.skipped,
  };
}

/**
 * Reads the changes of an exam, newest first.
 * @param page `limit` most rows (default all); `before` only changes with a lower number, for the next page
 */
export async function listTimeChanges(q: Queryable, examId: string, page: { limit?: number; before?: number } = {}): Promise<TimeChangeRow[]> {
  const { rows } = await q.query<RawChange>(
    `select ${COLUMNS} from time_changes c where c.exam_id = $1 and ($2::int is null or c.change_no < $2) order by c.change_no desc limit $3`,
    [examId, page.before ?? null, page.limit ?? null],
  );
  return rows.map(toTimeChange);
}

/**
 * Reads one change with what it did to each student whose session it met; who started after it is not among them.
 * @throws Refusal `not-found`
 */
export async function selectTimeChange(q: Queryable, examId: string, commandId: string): Promise<TimeChangeRow & { students: StudentOutcome[] }> {
  const { rows } = await q.query<RawChange>(`select ${COLUMNS} from time_changes c where c.exam_id = $1 and c.command_id = $2`, [examId, commandId]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such change.');
  return { ...toTimeChange(rows[0]), students: await listOutcomes(q, commandId) };
}

async function listOutcomes(q: Queryable, commandId: string): Promise<StudentOutcome[]> {
  const { rows } = await q.query<{
    student_id: string; session_id: string; carried: boolean; waiting: boolean; closed: boolean; seen: boolean; code: StudentOutcome['code'] | null;
    old_ms: number | null; new_ms: number | null;
  }>(
    `select s.student_id, s.id as session_id, k.command_id is not null as carried, w.id is not null as waiting, s.closed_at is not null as closed,
       coalesce(p.acknowledged_version >= k.version, false) as seen,
       (k.result -> 'before' ->> 'deadlineAtMs')::bigint as old_ms, (k.result -> 'session' ->> 'deadlineAtMs')::bigint as new_ms,
       case when s.closed_at is not null then 'session-closed' when s.state = 'active' and s.cutoff_at <= c.at then 'deadline-passed'
         else 'state-conflict' end as code
     from time_changes c join exam_sessions s on s.exam_id = c.exam_id
     left join session_commands k on k.session_id = s.id and k.command_id = c.command_id
     left join session_presence p on p.session_id = s.id
     left join (select awaiting_sessions($1) as id) w on w.id = s.id
     where c.command_id = $1 and c.kind <> 'open' and s.change_no < c.change_no
       and (k.command_id is not null or (change_covers(c.scope, s.exam_id, s.student_id)
         and (c.kind <> 'window' or w.id is not null)
         and not exists (select from exam_sessions n where n.exam_id = s.exam_id and n.student_id = s.student_id and n.attempt > s.attempt)))
     order by s.student_id, s.attempt`,
    [commandId],
  );
  return rows.map((row) => {
    const who = { studentId: row.student_id, sessionId: row.session_id };
    if (!row.carried && !row.waiting) return { ...who, state: 'refused', code: row.code ?? 'state-conflict', oldDeadlineAtMs: null, newDeadlineAtMs: null };
    const state = row.seen ? 'acknowledged' : row.closed ? 'applied' : 'unacknowledged';
    return { ...who, state, oldDeadlineAtMs: row.old_ms, newDeadlineAtMs: row.new_ms };
  });
}
