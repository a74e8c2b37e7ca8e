import type { SessionRow } from '#db/session/rows.ts';
import type { SentMessage } from '#db/monitor/messages.ts';
import type { CarriedOut } from '#db/monitor/commands.ts';
import { decimal, formatDecimal } from '#domain/decimal.ts';
import { isTerminal } from '#domain/session/state.ts';
import { remainingMs } from '#domain/session/timing.ts';

/** The fields of a session that staff are shown. */
export type StaffSessionFields = Pick<
  SessionRow,
  'id' | 'examId' | 'studentId' | 'attempt' | 'state' | 'startedAtMs' | 'deadlineAtMs' | 'pausedAtMs' | 'endedAtMs' | 'closedAtMs' | 'closeReason' | 'version'
>;

/**
 * A session for staff.
 * @param nowMs the clock of the database
 */
export function presentStaffSession(session: StaffSessionFields, nowMs: number): Record<string, unknown> {
  return {
    id: session.id,
    examId: session.examId,
    studentId: session.studentId,
    attempt: session.attempt,
    state: session.state,
    startedAt: instant(session.startedAtMs),
    deadlineAt: session.state === 'paused' ? null : instant(session.deadlineAtMs),
    remainingMs: isTerminal(session.state) ? 0 : remainingMs(session.deadlineAtMs, nowMs, session.pausedAtMs),
    pausedAt: maybeInstant(session.pausedAtMs),
    endedAt: maybeInstant(session.endedAtMs),
    closedAt: maybeInstant(session.closedAtMs),
    closeReason: session.closeReason,
    version: session.version,
  };
}

/** A command that was carried out. */
export function presentCommand(command: CarriedOut): Record<string, unknown> {
  return {
    commandId: command.commandId,
    sessionId: command.sessionId,
    kind: command.kind,
    state: 'applied',
    version: command.version,
    reason: command.reason,
    actorId: command.actorId,
    at: instant(command.atMs),
  };
}

/** A message as its sender sees it. */
export function presentMessage(message: SentMessage): Record<string, unknown> {
  return {
    id: message.id,
    examId: message.examId,
    sessionId: message.sessionId,
    text: message.text,
    at: instant(message.atMs),
    recipients: message.recipients,
  };
}

/** A multiplier without the zeros that the database stores: `1.2500` becomes `1.25`. */
export function multiplierText(stored: string): string {
  return formatDecimal(decimal(stored));
}

/** Epoch ms as the API writes instants. */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same for what may be absent. */
export function maybeInstant(ms: number | null): string | null {
  return ms === null ? null : instant(ms);
}
