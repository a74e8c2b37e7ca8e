import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { StudentOutcome, TimeChangeResult, TimeChangeRow } from '#db/schedule/time-changes.ts';

/** What a time change did until now. */
export function presentVerdict(verdict: TimeChangeResult): Record<string, unknown> {
  return { commandId: verdict.commandId, state: verdict.state, affected: verdict.affected, skipped: verdict.skipped };
}

/** A time change that was made. */
export function presentChange(change: TimeChangeRow): Record<string, unknown> {
  return {
    ...presentVerdict(change),
    examId: change.examId,
    kind: change.kind,
    seconds: change.seconds,
    scaled: change.scaled,
    scope: change.scope,
    reason: change.reason,
    actorId: change.actorId,
    actor: change.actorId === null ? null : { id: change.actorId, name: change.actorName ?? '' },
    at: instant(change.atMs),
  };
}

/** What a time change did to one student. */
export function presentOutcome(outcome: StudentOutcome): Record<string, unknown> {
  return {
    studentId: outcome.studentId,
    sessionId: outcome.sessionId,
    state: outcome.state,
    ...(outcome.code === undefined ? {} : { code: outcome.code }),
    oldDeadlineAt: maybeInstant(outcome.oldDeadlineAtMs),
    newDeadlineAt: maybeInstant(outcome.newDeadlineAtMs),
  };
}
