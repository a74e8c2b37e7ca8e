import { createHash } from 'node:crypto';

import { type ProblemCode, Refusal } from '#domain/problem.ts';
import { isTerminal, refusalOf } from '#domain/session/state.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { lockExam } from '../schedule/lock.ts';
import { databaseNowMs, lockSession, selectSession, sessionColumns, type SessionRow, toSessionRow } from './rows.ts';

/** Commands that staff give to one session. */
export type StaffCommandKind = 'extend' | 'shorten' | 'pause' | 'resume' | 'terminate' | 'withdraw' | 'reopen' | 'credit';

/** One command to one session. */
export interface SessionCommandRequest {
  readonly sessionId: string;
  /** Given by the caller; the same id again answers the first result. */
  readonly commandId: string;
  readonly kind: StaffCommandKind;
  readonly origin: Origin;
  readonly reason: string | null;
  /** For extend, shorten, credit and re-open; above 0. */
  readonly seconds?: number;
  /** Multiplies `seconds` by the multiplier of the session, rounded up to 1 s. */
  readonly scaled?: boolean;
}

/** What a command did. */
export interface SessionCommandResult {
  readonly session: SessionRow;
  readonly commandId: string;
  /** The command was carried out before; `session` is as it was then. */
  readonly replayed: boolean;
}

/** A change that has been decided, ready to be written. */
export interface DecidedChange {
  readonly kind: string;
  readonly atMs: number;
  readonly ms: number;
  readonly scaled: boolean;
  readonly commandId: string;
  readonly argsHash: string;
  readonly actorId: string | null;
  readonly reason: string | null;
}

const NEEDS_SECONDS: ReadonlySet<string> = new Set(['extend', 'shorten', 'credit', 'reopen']);

const DETAILS: Partial<Record<ProblemCode, string>> = {
  'session-closed': 'The session is closed; re-open it first.',
  'session-paused': 'The session is paused.',
  'deadline-passed': 'The time of the session is over; re-open it once it is closed.',
  'state-conflict': 'The session is not in a state for this command.',
};

/**
 * Carries out one command on one session: row, command, stream event, audit and outbox in the caller's transaction.
 * The row decides; the clock is read after its lock was granted. A refusal stores nothing.
 * @throws Refusal `not-found`, `session-closed`, `session-paused`, `deadline-passed`, `state-conflict`, `idempotency-key-reused`
 */
export async function runSessionCommand(tx: Queryable, request: SessionCommandRequest): Promise<SessionCommandResult> {
  if (request.kind === 'reopen') await lockExamOfSession(tx, request.sessionId);
  let session = await lockSession(tx, request.sessionId);
  const argsHash = hashArgs(request.kind, request.seconds ?? null, request.scaled ?? false, request.reason);
  const stored = await selectStoredCommand(tx, request.sessionId, request.commandId, { argsHash, actorId: request.origin.actorId });
  if (stored !== undefined) return { session: stored, commandId: request.commandId, replayed: true };

  if (request.kind === 'reopen') {
    session = await closeLockedIfDue(tx, session);
    await refuseReopen(tx, session);
  }
  const nowMs = await databaseNowMs(tx);
  const refusal = refusalOf(request.kind, { state: session.state, nowMs, cutoffAtMs: session.cutoffAtMs });
  if (refusal !== null) throw new Refusal(refusal, DETAILS[refusal] ?? 'The command is refused.');

  const changed = await applyChange(tx, session.id, {
    kind: request.kind,
    atMs: nowMs,
    ms: NEEDS_SECONDS.has(request.kind) ? (request.seconds ?? 0) * 1000 : 0,
    scaled: request.scaled ?? false,
    commandId: request.commandId,
    argsHash,
    actorId: request.origin.actorId,
    reason: request.reason,
  });
  await insertAudit(tx, request.origin, {
    action: `session.${request.kind}`,
    resourceType: 'session',
    resourceId: session.id,
    examId: session.examId,
    sessionId: session.id,
    reason: request.reason,
    before: auditView(session),
    after: { ...auditView(changed), commandId: request.commandId },
  });
  return { session: changed, commandId: request.commandId, replayed: false };
}

/** Writes a decided change to one locked session, with its command, stream event and outbox row. */
export async function applyChange(tx: Queryable, sessionId: string, change: DecidedChange): Promise<SessionRow> {
  const { rows } = await tx.query(
    `select ${sessionColumns('t')} from apply_session_change(array[$1::uuid], $2, to_timestamp($3::numeric / 1000.0), $4, $5, $6, $7, $8, $9, true, true) t`,
    [sessionId, change.kind, change.atMs, change.ms, change.scaled, change.commandId, change.argsHash, change.actorId, change.reason],
  );
  return toSessionRow(rows[0] as object);
}

/**
 * The result of a command that was carried out before.
 * @returns undefined when there is none
 * @throws Refusal `idempotency-key-reused` when the id belongs to another command or another person
 */
export async function selectStoredCommand(
  tx: Queryable, sessionId: string, commandId: string, asked: { argsHash: string; actorId: string | null },
): Promise<SessionRow | undefined> {
  const { rows } = await tx.query<{ args_hash: string; actor_id: string | null; result: { session: SessionRow } }>(
    'select args_hash, actor_id, result from session_commands where session_id = $1 and command_id = $2',
    [sessionId, commandId],
  );
  const stored = rows[0];
  if (stored === undefined) return undefined;
  if (stored.args_hash !== asked.argsHash || stored.actor_id !== asked.actorId) {
    throw new Refusal('idempotency-key-reused', 'This key belongs to another command.');
  }
  return stored.result.session;
}

/** A fingerprint of what a command was asked to do. */
export function hashArgs(...args: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(args)).digest('base64url');
}

/** What the audit log says about a session: its place in time, nothing personal. */
export function auditView(session: SessionRow): Record<string, unknown> {
  const { state, version, deadlineAtMs, extraMs, pausedTotalMs, closeReason } = session;
  return { state, version, deadlineAt: new Date(deadlineAtMs).toISOString(), extraMs, pausedTotalMs, closeReason };
}

async function lockExamOfSession(tx: Queryable, sessionId: string): Promise<void> {
  const { examId } = await selectSession(tx, sessionId);
  await lockExam(tx, examId, 'shared');
}

async function closeLockedIfDue(tx: Queryable, session: SessionRow): Promise<SessionRow> {
  if (isTerminal(session.state)) return session;
  const { rows } = await tx.query<{ closed: boolean }>('select close_session_if_due($1) as closed', [session.id]);
  return rows[0]?.closed === true ? selectSession(tx, session.id) : session;
}

async function refuseReopen(tx: Queryable, session: SessionRow): Promise<void> {
  const { rows } = await tx.query<{ published: boolean; cancelled: boolean; newer: boolean }>(
    `select results_are_out(e.id) as published, e.cancelled_at is not null as cancelled,
       exists (select from exam_sessions n where n.exam_id = e.id and n.student_id = $2 and n.attempt > $3) as newer
     from exams e where e.id = $1`,
    [session.examId, session.studentId, session.attempt],
  );
  const exam = rows[0] as { published: boolean; cancelled: boolean; newer: boolean };
  if (exam.published) throw new Refusal('state-conflict', 'Results are published; withdraw them before you re-open a session.');
  if (exam.cancelled) throw new Refusal('state-conflict', 'The exam is cancelled.');
  if (exam.newer) throw new Refusal('state-conflict', 'The student has a later attempt; re-open that one.');
}
