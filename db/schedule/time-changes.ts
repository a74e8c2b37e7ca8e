import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { databaseNowMs } from '../session/rows.ts';
import { hashArgs } from '../session/commands.ts';
import { type ChangeScope, recordChange, runPass, selectRecordedChange, selectResult, type TimeChangeResult } from './bulk.ts';
import { lockExam } from './lock.ts';
import { type ExamTimes, lockExamTimes, updateWindow, type WindowUpdate } from './window-row.ts';

export { type ChangeScope, continueTimeChanges, type TimeChangeResult } from './bulk.ts';
export { listTimeChanges, selectTimeChange, type StudentOutcome, type TimeChangeRow } from './change-views.ts';

/** Kinds of bulk changes; a moved window is one too, see `moveWindow`. */
export type TimeChangeKind = 'extend' | 'shorten' | 'pause' | 'resume' | 'open' | 'end' | 'reopen' | 'credit' | 'cancel';

/** One bulk change. */
export interface TimeChangeRequest {
  readonly commandId: string;
  readonly examId: string;
  readonly kind: TimeChangeKind;
  /** For extend, shorten, credit and re-open; above 0. */
  readonly seconds?: number;
  /** Multiplies `seconds` by the multiplier of each session, rounded up to 1 s. */
  readonly scaled?: boolean;
  readonly scope: ChangeScope;
  readonly reason: string;
  readonly origin: Origin;
}

/**
 * Changes the time of an exam, of batches or of a selection of students in the caller's transaction: the record, the window where it
 * moves, and every session that nobody holds. Rows that are held follow by `continueTimeChanges` (`accepted`).
 *
 * Who has not started yet: an exam-wide extension moves the end of the window, and a start adds up the extensions that cover the
 * student. Caps are computed from the end *before* extensions (`closes_at - extended_ms`), and the extension comes on top of the cap,
 * so everybody gets it exactly once, whether the window or the own time ends the session, started before it or after. Credits move
 * nothing for them. A window that is over stays over.
 * @throws Refusal `not-found`, `state-conflict`, `exam-closed`, `exam-not-open`, `idempotency-key-reused`
 */
export async function applyTimeChange(tx: Queryable, request: TimeChangeRequest): Promise<TimeChangeResult> {
  await lockExam(tx, request.examId, 'exclusive');
  const { commandId, examId, kind, scope, reason, origin } = request;
  const args = { seconds: request.seconds, scaled: request.scaled ?? false };
  const argsHash = hashArgs(examId, kind, args.seconds ?? null, args.scaled, scope, reason);
  const recorded = await selectRecordedChange(tx, { commandId, argsHash, actorId: origin.actorId });
  if (recorded !== undefined) return recorded;

  const exam = await lockExamTimes(tx, examId);
  if (exam === undefined) throw new Refusal('not-found', 'There is no such exam.');
  const nowMs = await databaseNowMs(tx);
  refuseChange(exam, kind, nowMs);
  await recordChange(tx, { commandId, examId, kind, args, argsHash, scope, reason, origin });
  const update = windowUpdate(exam, request, nowMs);
  if (update !== undefined) await updateWindow(tx, exam, update, { kind, commandId, reason, origin });
  await runPass(tx, commandId);
  const result = await selectResult(tx, commandId);
  await insertAudit(tx, origin, {
    action: `exam.${kind}`,
    resourceType: 'exam',
    resourceId: examId,
    examId,
    reason,
    after: { commandId, ...args, scope, state: result.state, affected: result.affected, skipped: result.skipped },
  });
  return result;
}

function refuseChange(exam: ExamTimes, kind: TimeChangeKind, nowMs: number): void {
  if (exam.lifecycle !== 'published') throw new Refusal('state-conflict', 'Only the time of a published exam can be changed.');
  if (exam.cancelledAtMs !== null) throw new Refusal('state-conflict', 'The exam is cancelled.');
  const { opensAtMs, closesAtMs } = openWindow(exam);
  if (kind === 'open' && nowMs >= closesAtMs) throw new Refusal('exam-closed', 'The window is over; move it instead.');
  if (kind === 'end' && nowMs < opensAtMs) throw new Refusal('exam-not-open', 'The exam has not opened; move or cancel it instead.');
  if (kind === 'reopen' && exam.resultsOut) throw new Refusal('state-conflict', 'Results are published; withdraw them before you re-open sessions.');
}

function windowUpdate(exam: ExamTimes, request: TimeChangeRequest, nowMs: number): WindowUpdate | undefined {
  const { opensAtMs, closesAtMs } = openWindow(exam);
  if (request.kind === 'cancel') return { cancelledAtMs: nowMs };
  if (request.kind === 'open') return nowMs < opensAtMs ? { opensAtMs: nowMs } : undefined;
  if (!('all' in request.scope) || nowMs >= closesAtMs) return undefined;
  const ms = (request.seconds ?? 0) * 1000;
  if (request.kind === 'extend') return { closesAtMs: closesAtMs + ms, extendedMs: exam.extendedMs + ms };
  // a window has a length, and its end is never taken back behind the clock
  const earliestMs = Math.max(nowMs, opensAtMs + 1);
  if (request.kind === 'end') return { closesAtMs: Math.min(closesAtMs, earliestMs) };
  if (request.kind !== 'shorten') return undefined;
  const endMs = Math.min(closesAtMs, Math.max(closesAtMs - ms, earliestMs));
  return { closesAtMs: endMs, extendedMs: exam.extendedMs - (closesAtMs - endMs) };
}

function openWindow(exam: ExamTimes): { opensAtMs: number; closesAtMs: number } {
  if (exam.opensAtMs === null || exam.closesAtMs === null) throw new Refusal('state-conflict', 'The exam has no window yet.');
  return { opensAtMs: exam.opensAtMs, closesAtMs: exam.closesAtMs };
}
