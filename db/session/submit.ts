import { refusalOf, type SessionRefusal } from '#domain/session/state.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { saveInTransaction } from './answer-batch.ts';
import type { AnswerInput, AnswerVerdict } from './answer-types.ts';
import { applyChange, auditView, hashArgs, selectStoredCommand } from './commands.ts';
import { databaseNowMs, lockSession, type SessionRow } from './rows.ts';

/** One hand-in. */
export interface SubmitRequest {
  readonly sessionId: string;
  readonly commandId: string;
  readonly origin: Origin;
  /** The last answers of the window that hands in, saved in the same transaction. */
  readonly answers?: readonly AnswerInput[];
}

/** What a hand-in did. */
export interface SubmitResult {
  readonly session: SessionRow;
  readonly counts: { readonly answered: number };
  /** One verdict per answer that came with the hand-in. */
  readonly results: readonly AnswerVerdict[];
  /**
   * Set when the session could not be handed in. The answers that came along are kept as refused in this transaction: commit it, then
   * answer the problem.
   */
  readonly refusal?: SessionRefusal;
}

/**
 * Hands a session in: last answers, row, command, stream event, audit and outbox in the caller's transaction. Begins with the
 * exclusive row lock, so that a double click can not deadlock. The session handed in before is answered as it is, whatever the
 * command id; a session closed otherwise, paused or past its time comes back with `refusal`.
 * @throws Refusal `not-found`, `idempotency-key-reused`
 */
export async function submitSession(tx: Queryable, request: SubmitRequest): Promise<SubmitResult> {
  const session = await lockSession(tx, request.sessionId);
  const actorId = request.origin.actorId;
  const argsHash = hashArgs('submit');
  await selectStoredCommand(tx, session.id, request.commandId, { argsHash, actorId });
  const answers = request.answers ?? [];
  // also a refused hand-in goes through the save: what was accepted before is a success, the rest is kept
  const results = answers.length === 0 ? [] : await saveInTransaction(tx, answers);
  const counts = { answered: await countAnswered(tx, session.id) };
  if (session.state === 'submitted') return { session, counts, results };

  const nowMs = await databaseNowMs(tx);
  const refusal = refusalOf('submit', { state: session.state, nowMs, cutoffAtMs: session.cutoffAtMs });
  if (refusal !== null) return { session, counts, results, refusal };

  const submitted = await applyChange(tx, session.id, {
    kind: 'submit', atMs: nowMs, ms: 0, scaled: false, commandId: request.commandId, argsHash, actorId, reason: null,
  });
  await insertAudit(tx, request.origin, {
    action: 'session.submit',
    resourceType: 'session',
    resourceId: session.id,
    examId: session.examId,
    sessionId: session.id,
    before: auditView(session),
    after: { ...auditView(submitted), answered: counts.answered, commandId: request.commandId },
  });
  return { session: submitted, counts, results };
}

/** How many items of a session have an answer that was not cleared. */
export async function countAnswered(q: Queryable, sessionId: string): Promise<number> {
  const { rows } = await q.query<{ answered: number }>(
    `select count(*) as answered from answers where session_id = $1 and response <> 'null'`,
    [sessionId],
  );
  return rows[0]?.answered ?? 0;
}
