import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import type { Deps } from '#api/deps.ts';
import { countBrokenPromises, type Figures, selectFigures } from '#db/admin/health.ts';

/** The metrics of one process. */
export interface Metrics {
  /** Counts one answered request. */
  observe(labels: { method: string; route: string; status: string }, seconds: number): void;
  /** The exposition text; figures of the database are read for it. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** The costly check of answers is repeated at most this often. */
const PROMISES_MS = 60_000;

/** Makes the registry of one process; the figures of the database are the same in each of them. */
export function createMetrics(deps: Pick<Deps, 'db' | 'history' | 'lane' | 'streams' | 'log'>): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'holdfast_http_request_seconds', help: 'Time to answer a request, by route. Streams are left out.',
    labelNames: ['method', 'route', 'status'] as const, registers: [register],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  });
  const batchSizes = new Histogram({
    name: 'holdfast_answer_batch_saves', help: 'Saves that were committed together.', registers: [register], buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
  });
  const batchSeconds = new Histogram({
    name: 'holdfast_answer_batch_seconds', help: 'Time to commit a batch of saves.', registers: [register],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
  });
  deps.lane.onBatch((saves, seconds) => {
    batchSizes.observe(saves);
    batchSeconds.observe(seconds);
    deps.history.noteBatch(saves, seconds);
  });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `holdfast_${name}`, help, registers: [register] });
  const openStreams = gauge('streams_open', 'Streams that are open to this process.');
  const postgresUp = gauge('postgres_up', '1 while the database answers.');
  const fromFigures: readonly [Gauge, (figures: Figures) => number][] = [
    [gauge('outbox_waiting', 'Wake-ups that wait for the relay.'), (figures) => figures.outboxWaiting],
    [gauge('outbox_oldest_seconds', 'Age of the oldest wake-up.'), (figures) => (figures.outboxOldestMs ?? 0) / 1000],
    [gauge('stream_events_unsequenced', 'Stream events without a position.'), (figures) => figures.unsequenced],
    [gauge('sequencer_lag_seconds', 'Age of the oldest stream event without a position.'), (figures) => (figures.sequencerLagMs ?? 0) / 1000],
    [gauge('sessions_active', 'Sessions whose clock runs.'), (figures) => figures.active],
    [gauge('sessions_paused', 'Sessions whose clock stands.'), (figures) => figures.paused],
    [gauge('sessions_past_cutoff', 'Active sessions 10 s after their cut-off; must be 0.'), (figures) => figures.pastCutoff],
    [gauge('time_changes_open', 'Bulk changes that still have to reach rows.'), (figures) => figures.openTimeChanges],
    [gauge('session_workflows_behind', 'Open sessions whose workflow is behind or missing.'), ({ sessionWorkflows: { behind, missing } }) => behind + missing],
    [gauge('window_workflows_behind', 'Open windows whose workflow is behind or missing.'), ({ windowWorkflows: { behind, missing } }) => behind + missing],
  ];
  const clockOffset = gauge('clock_offset_seconds', 'The clock that keeps the deadlines minus network time, as last measured.');
  const late = gauge('answers_late', 'Accepted answers at or after the cut-off, in sessions of the last hour; must be 0.');
  const lost = gauge('answers_lost', 'Accepted answers that the log of revisions does not have, in sessions of the last hour; must be 0.');
  let checkedAt = -Infinity;

  async function readDatabase(): Promise<void> {
    const figures = await selectFigures(deps.db);
    for (const [target, value] of fromFigures) target.set(value(figures));
    if (figures.clock !== null) clockOffset.set(figures.clock.offsetMs / 1000);
    if (performance.now() - checkedAt < PROMISES_MS) return;
    const broken = await countBrokenPromises(deps.db);
    late.set(broken.late);
    lost.set(broken.lost);
    checkedAt = performance.now();
  }

  return {
    observe: (labels, seconds) => requests.observe(labels, seconds),
    contentType: register.contentType,
    async text() {
      openStreams.set(deps.streams.openStreams());
      try {
        await readDatabase();
        postgresUp.set(1);
      } catch (error) {
        // the figures stay as they were; that the database is away is the news
        deps.log.warn({ err: error }, 'the metrics of the database can not be read');
        postgresUp.set(0);
      }
      return register.metrics();
    },
  };
}
