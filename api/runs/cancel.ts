import type { Deps } from '#api/deps.ts';
import type { Origin } from '#db/audit.ts';
import type { Queryable } from '#db/connection.ts';
import { auditRunControl, cancelQueuedRun } from '#db/results/grading-runs.ts';
import type { RunRow } from '#db/runs/rows.ts';

import { cancelRunningRun } from './control.ts';

/**
 * Cancels a run: in SQL while nothing has started it, through its workflow afterwards.
 * @throws state-conflict for a run that is over, unavailable when its workflow can not be reached
 */
export async function cancelRun(
  deps: Pick<Deps, 'db' | 'workflows'>, tx: Queryable, { run, origin, reason }: { run: RunRow; origin: Origin; reason: string | null },
): Promise<RunRow> {
  const queued = run.state === 'queued' ? await cancelQueuedRun(tx, run.id, origin, reason) : undefined;
  if (queued !== undefined) return queued;
  const cancelled = await cancelRunningRun(deps, run);
  await auditRunControl(tx, cancelled, 'cancel', origin, reason);
  return cancelled;
}
