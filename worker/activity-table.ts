import { createGradingActivities } from '#activities/grading/grading-activities.ts';
import { createMarker } from '#activities/grading/mark-session.ts';
import { createRunActivities } from '#activities/grading/run-activities.ts';
import { createWindowActivities } from '#activities/schedule/window-activities.ts';
import { createSessionActivities } from '#activities/session/session-activities.ts';
import type { Db } from '#db/connection.ts';
import { createContentCache } from '#db/exams/content.ts';

import type { ActivityTable } from './temporal/workers.ts';

/** What activities are made with. */
export interface ActivityDeps {
  readonly db: Db;
  /** Tells the other processes that something was committed. */
  readonly wake: () => void;
  /** Id of the Temporal store that the worker is connected to. */
  readonly namespaceId: () => string;
}

/** All activities by name; which of them a process gets to do is decided by the queues that it polls. */
export function createActivityTable(deps: ActivityDeps): ActivityTable {
  const marker = createMarker({ db: deps.db, contents: createContentCache(deps.db) });
  return {
    ...createSessionActivities(deps),
    ...createWindowActivities(deps),
    ...createGradingActivities({ ...deps, marker }),
    ...createRunActivities({ ...deps, marker }),
  };
}
