import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { RunRow } from '#db/runs/rows.ts';

/** A run for staff. */
export function presentRun(run: RunRow): Record<string, unknown> {
  return {
    id: run.id,
    kind: run.kind,
    examId: run.examId,
    state: run.state,
    progress: { done: run.done, failed: run.failed, total: run.total },
    detail: run.detail,
    createdAt: instant(run.createdAtMs),
    startedAt: maybeInstant(run.startedAtMs),
    finishedAt: maybeInstant(run.finishedAtMs),
  };
}
