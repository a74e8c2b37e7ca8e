import { cancelled, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';

import type { OfShard, RunActivities, RunCounts } from '#activities/grading/run-activities.ts';
import type { RunState } from '#workflows/runs/messages.ts';

/** A grading run held in memory. */
export interface FakeRun {
  state: RunState;
  done: number;
  failed: number;
  readonly total: number;
  readonly activities: RunActivities;
  /** Shards in the order in which they were begun. */
  readonly shards: number[];
  /** Most shards that were in work at the same time. */
  mostAtOnce: number;
  /** States that were noted in the row. */
  readonly marks: string[];
  /** Sessions of a shard that can not be marked, taken away by a retry. */
  failures: Map<number, number>;
  /** Shards that break down altogether. */
  readonly broken: Set<number>;
  /** What a shard waits for before it ends. */
  gate: (shard: number) => Promise<void>;
}

/**
 * @param shards number of shards of the first wave
 * @param perShard sessions in each
 */
export function createFakeRun(shards: number, perShard: number): FakeRun {
  let inWork = 0;
  let nextShard = shards + 1;
  const fake: FakeRun = {
    state: 'queued', done: 0, failed: 0, total: shards * perShard,
    shards: [], mostAtOnce: 0, marks: [], failures: new Map(), broken: new Set(),
    gate: () => Promise.resolve(),
    activities: {
      planRun() {
        if (fake.state === 'queued') fake.state = 'running';
        return Promise.resolve({ ...counts(), firstShard: 1, shards: isOver() ? 0 : shards });
      },
      planRetry() {
        fake.state = 'running';
        const again = fake.failures.size;
        const firstShard = nextShard;
        nextShard += again;
        fake.failures = new Map();
        fake.failed = 0;
        return Promise.resolve({ ...counts(), firstShard, shards: again });
      },
      async gradeShard({ shard }: OfShard) {
        fake.shards.push(shard);
        inWork += 1;
        fake.mostAtOnce = Math.max(fake.mostAtOnce, inWork);
        try {
          // the answer to a heartbeat tells of a cancelled run
          heartbeat();
          await Promise.race([fake.gate(shard), cancelled()]);
          if (fake.broken.has(shard)) throw ApplicationFailure.create({ message: 'broken', nonRetryable: true });
        } finally {
          inWork -= 1;
        }
        const failed = fake.failures.get(shard) ?? 0;
        fake.failed += failed;
        fake.done = Math.min(fake.total, fake.done + (shard > shards ? 1 : perShard - failed));
        return counts();
      },
      failShard({ shard }) {
        fake.failures.set(shard, perShard);
        fake.failed += perShard;
        return Promise.resolve(counts());
      },
      markRun({ state }) {
        fake.state = state;
        fake.marks.push(state);
        return Promise.resolve();
      },
      finishRun: () => end('completed'),
      cancelRun: () => end('cancelled'),
    },
  };

  const isOver = (): boolean => ['completed', 'failed', 'cancelled'].includes(fake.state);
  const counts = (): RunCounts => ({ state: fake.state, done: fake.done, failed: fake.failed, total: fake.total });
  function end(as: 'completed' | 'cancelled'): Promise<RunCounts> {
    if (!isOver()) fake.state = as;
    return Promise.resolve(counts());
  }
  return fake;
}
