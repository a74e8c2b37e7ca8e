import type { Logger } from 'pino';

import type { Tokens } from '#api/auth/tokens.ts';
import type { ApiConfig } from '#api/config.ts';
import type { Limits } from '#api/http/limits.ts';
import type { HealthHistory } from '#api/operations/history.ts';
import type { ServerClock } from '#api/server-clock.ts';
import type { StreamHub } from '#api/stream/hub.ts';
import type { WorkflowLink } from '#api/workflow-link.ts';
import type { Bus } from '#db/bus.ts';
import type { Db } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import type { AnswerLane } from '#db/session/answers.ts';

/** Everything that handlers use, made once per process in `api/app.ts`. */
export interface Deps {
  readonly config: ApiConfig;
  readonly log: Logger;
  readonly db: Db;
  /** The clock of the database, as far as this process can tell it without asking. */
  readonly clock: ServerClock;
  /** Wake-ups to the other processes; call `bus.wake()` after a commit that streams should show. */
  readonly bus: Bus;
  readonly limits: Limits;
  readonly tokens: Tokens;
  /** Group-committed answer saves. */
  readonly lane: AnswerLane;
  /** The last hour of this process, for the health page. */
  readonly history: HealthHistory;
  /** Frozen content of published exams. */
  readonly contents: ContentCache;
  /** Live streams of this process. */
  readonly streams: StreamHub;
  /** Signals and looks into Temporal; every call is bounded and may fail. */
  readonly workflows: WorkflowLink;
}
