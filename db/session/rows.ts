import { Refusal } from '#domain/problem.ts';
import type { SessionState } from '#domain/session/state.ts';

import type { Queryable } from '../connection.ts';

/** Why a session is closed: the close reason that goes with its state. */
export type CloseReason = 'submitted' | 'deadline' | 'pause-limit' | 'ended' | 'terminated' | 'withdrawn' | 'cancelled';

/** One session as the database holds it; instants are epoch milliseconds. */
export interface SessionRow {
  readonly id: string;
  readonly examId: string;
  readonly studentId: string;
  readonly attempt: number;
  readonly state: SessionState;
  /** Raised by one with every change; fences everything that follows the row. */
  readonly version: number;
  readonly startedAtMs: number;
  /** The student's own time: duration, multiplier, extra minutes. */
  readonly entitledMs: number;
  readonly durationMs: number;
  /** Decimal string. */
  readonly timeMultiplier: string;
  /** Null when only the duration ends the session. */
  readonly capAtMs: number | null;
  readonly extraMs: number;
  readonly pausedTotalMs: number;
  /** What the student sees; stands still while the session is paused. */
  readonly deadlineAtMs: number;
  readonly graceMs: number;
  /** From here on nothing is accepted. */
  readonly cutoffAtMs: number;
  readonly pausedAtMs: number | null;
  readonly pauseLimitAtMs: number | null;
  /** The logical end: the deadline for an expired session, the moment of the command for the others. */
  readonly endedAtMs: number | null;
  /** When the database closed the row. */
  readonly closedAtMs: number | null;
  readonly closeReason: CloseReason | null;
  readonly closedVersion: number | null;
  /** 63 random bits as a decimal string. */
  readonly seed: string;
}

interface RawSession {
  id: string;
  exam_id: string;
  student_id: string;
  attempt: number;
  state: SessionState;
  version: number;
  started_at: Date;
  entitled_ms: number;
  duration_ms: number;
  time_multiplier: string;
  cap_at: Date | null;
  extra_ms: number;
  paused_total_ms: number;
  deadline_at: Date;
  grace_ms: number;
  cutoff_at: Date;
  paused_at: Date | null;
  pause_limit_at: Date | null;
  ended_at: Date | null;
  closed_at: Date | null;
  close_reason: CloseReason | null;
  closed_version: number | null;
  seed: string;
}

const NAMES = [
  'id', 'exam_id', 'student_id', 'attempt', 'state', 'version', 'started_at', 'entitled_ms', 'duration_ms', 'time_multiplier', 'cap_at',
  'extra_ms', 'paused_total_ms', 'deadline_at', 'grace_ms', 'cutoff_at', 'paused_at', 'pause_limit_at', 'ended_at', 'closed_at',
  'close_reason', 'closed_version',
];

/** The columns that `toSessionRow` needs, taken from `source`: a table alias, or a composite value in parentheses. */
export function sessionColumns(source: string): string {
  return [...NAMES.map((name) => `${source}.${name}`), `${source}.seed::text as seed`].join(', ');
}

/** The same for `exam_sessions` without an alias. */
export const SESSION_COLUMNS: string = sessionColumns('exam_sessions');

/** Maps a row selected with `SESSION_COLUMNS`. */
export function toSessionRow(raw: object): SessionRow {
  const row = raw as RawSession;
  return {
    id: row.id,
    examId: row.exam_id,
    studentId: row.student_id,
    attempt: row.attempt,
    state: row.state,
    version: row.version,
    startedAtMs: row.started_at.getTime(),
    entitledMs: row.entitled_ms,
    durationMs: row.duration_ms,
    timeMultiplier: row.time_multiplier,
    capAtMs: toMs(row.cap_at),
    extraMs: row.extra_ms,
    pausedTotalMs: row.paused_total_ms,
    deadlineAtMs: row.deadline_at.getTime(),
    graceMs: row.grace_ms,
    cutoffAtMs: row.cutoff_at.getTime(),
    pausedAtMs: toMs(row.paused_at),
    pauseLimitAtMs: toMs(row.pause_limit_at),
    endedAtMs: toMs(row.ended_at),
    closedAtMs: toMs(row.closed_at),
    closeReason: row.close_reason,
    closedVersion: row.closed_version,
    seed: row.seed,
  };
}

/** Maps a nullable instant of the database to epoch milliseconds. */
export function toMs(at: Date | null): number | null {
  return at === null ? null : at.getTime();
}

/**
 * Reads one session.
 * @throws Refusal `not-found`
 */
export async function selectSession(q: Queryable, id: string): Promise<SessionRow> {
  const session = await selectOptionalSession(q, id);
  if (session === undefined) throw new Refusal('not-found', 'There is no such session.');
  return session;
}

/** Reads some sessions by id; those that do not exist are missing. */
export async function selectSessions(q: Queryable, ids: readonly string[]): Promise<SessionRow[]> {
  const { rows } = await q.query(`select ${SESSION_COLUMNS} from exam_sessions where id = any($1::uuid[])`, [ids]);
  return rows.map(toSessionRow);
}

/** Reads one session, or undefined. */
export async function selectOptionalSession(q: Queryable, id: string): Promise<SessionRow | undefined> {
  const { rows } = await q.query(`select ${SESSION_COLUMNS} from exam_sessions where id = $1`, [id]);
  return rows[0] === undefined ? undefined : toSessionRow(rows[0]);
}

/**
 * Locks one session until the end of the transaction, waiting for whoever holds it. Read the clock after this, never in the
 * same statement: it would be the time before the wait.
 * @throws Refusal `not-found`
 */
export async function lockSession(tx: Queryable, id: string): Promise<SessionRow> {
  const { rows } = await tx.query(`select ${SESSION_COLUMNS} from exam_sessions where id = $1 for update`, [id]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such session.');
  return toSessionRow(rows[0]);
}

/** The clock that every predicate reads, as epoch milliseconds. */
export async function databaseNowMs(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ now: Date }>('select holdfast_now() as now');
  return (rows[0] as { now: Date }).now.getTime();
}
