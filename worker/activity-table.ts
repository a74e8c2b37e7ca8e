import { createGradingActivities } from '#activities/grading/grading-activities.ts';
import { createMarker } from '#activities/grading/mark-session.ts';
import { createRunActivities } from '#activities/grading/run-activities.ts';
import { createScanActivities } from '#activities/plagiarism/scan-activities.ts';
import { createReportActivities } from '#activities/report/report-activities.ts';
import { createReportStore } from '#activities/report/store.ts';
import type { Typesetter } from '#activities/report/typeset.ts';
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
  /** The folder that this process shares with the API; undefined: none. */
  readonly dataDir: string | undefined;
}

/** All activities by name; which of them a process gets to do is decided by the queues that it polls. */
export function createActivityTable(deps: ActivityDeps): ActivityTable {
  const contents = createContentCache(deps.db);
  const marker = createMarker({ db: deps.db, contents });
  // its compiler takes tens of megabytes, and not every process writes reports
  let typesetter: Promise<Typesetter> | undefined;
  return {
    ...createSessionActivities(deps),
    ...createWindowActivities(deps),
    ...createGradingActivities({ ...deps, marker }),
    ...createRunActivities({ ...deps, marker }),
    ...createScanActivities({ ...deps, contents }),
    ...createReportActivities({
      ...deps, contents,
      store: deps.dataDir === undefined ? undefined : createReportStore(deps.dataDir),
      typesetter: () => (typesetter ??= import('#activities/report/typeset.ts').then(({ createTypesetter }) => createTypesetter())),
    }),
  };
}
