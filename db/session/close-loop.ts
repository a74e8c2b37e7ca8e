import { performance } from 'node:perf_hooks';

import { insertAudit, PLATFORM } from '../audit.ts';
import { type Db, inTransaction, type Queryable } from '../connection.ts';
import { continueTimeChanges } from '../schedule/time-changes.ts';
import { createClockWatch } from './clock-watch.ts';
import { closeDueSessions } from './close-due.ts';

/** Where a loop says what it could not do. */
export interface LoopLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The loop that ends exams. */
export interface CloseLoop {
  /** One pass; answers how many sessions it changed. 0 when another process holds the loop. */
  tick(): Promise<number>;
  start(): void;
  /** Ends the loop after the pass that is under way. */
  stop(): Promise<void>;
}

const EVERY_MS = 500;
const ROWS_PER_PASS = 2_000;
/** Longest wait for one row when rows are closed one by one. */
const ROW_PATIENCE = '50ms';
const LOCK = 'close-loop';

interface Turn {
  held: boolean;
  now: Date;
}

/**
 * Closes every due session of every exam and carries unfinished bulk changes on, every 500 ms, in whichever process gets the lock.
 * Needs nothing but the database. A row that can not be closed does not keep the others open.
 * @param onClosed called after a pass that changed something, to wake who waits for events
 */
export function createCloseLoop(db: Db, options: { onClosed: (changed: number) => void; log: LoopLog }): CloseLoop {
  const watch = createClockWatch();
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<unknown> = Promise.resolve();
  let stopped = true;

  const readClock = async (tx: Queryable): Promise<{ held: boolean; trusted: boolean }> => {
    const beganMs = performance.now();
    const { rows } = await tx.query<Turn>('select pg_try_advisory_xact_lock(hashtextextended($1, 7)) as held, holdfast_now() as now', [LOCK]);
    const roundTripMs = performance.now() - beganMs;
    const { held, now } = rows[0] as Turn;
    const verdict = watch({ databaseMs: now.getTime(), monotonicMs: beganMs + roundTripMs / 2, roundTripMs });
    if (verdict.stepMs !== undefined) await reportStep(verdict.stepMs);
    return { held, trusted: verdict.trusted };
  };

  const reportStep = async (stepMs: number): Promise<void> => {
    options.log.error({ stepMs }, 'the clock of the database stepped; nothing is closed until it is steady');
    await insertAudit(db, PLATFORM, { action: 'platform.clock-step', resourceType: 'platform', after: { stepMs } });
  };

  const pass = async (): Promise<number> => {
    try {
      return await inTransaction(db, async (tx) => {
        const { held, trusted } = await readClock(tx);
        return held && trusted ? await closeDueSessions(tx, ROWS_PER_PASS) : 0;
      });
    } catch (error) {
      options.log.error({ err: error }, 'closing due sessions together failed; they are closed one by one');
      return await closeOneByOne(db, options.log);
    }
  };

  const carryOn = async (): Promise<number> => {
    try {
      return await continueTimeChanges(db);
    } catch (error) {
      options.log.error({ err: error }, 'an unfinished change of an exam could not be carried on; it is tried again');
      return 0;
    }
  };

  const tick = async (): Promise<number> => {
    let total = await carryOn();
    for (let changed = ROWS_PER_PASS; changed >= ROWS_PER_PASS; total += changed) changed = await pass();
    if (total > 0) options.onClosed(total);
    return total;
  };

  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      underWay = tick()
        .catch((error: unknown) => options.log.error({ err: error }, 'the close loop failed; it goes on'))
        .finally(schedule);
    }, EVERY_MS);
  };

  return {
    tick,
    start: () => {
      if (!stopped) return;
      stopped = false;
      schedule();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}

async function closeOneByOne(db: Db, log: LoopLog): Promise<number> {
  const { rows } = await db.query<{ id: string }>(
    `select id from exam_sessions where (state = 'active' and cutoff_at <= (select holdfast_now()))
       or (state = 'paused' and pause_limit_at <= (select holdfast_now())) order by id limit $1`,
    [ROWS_PER_PASS],
  );
  let closed = 0;
  for (const { id } of rows) {
    try {
      closed += Number(await closeOne(db, id));
    } catch (error) {
      log.error({ err: error, sessionId: id }, 'a due session could not be closed');
    }
  }
  return closed;
}

async function closeOne(db: Db, sessionId: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await tx.query(`set local lock_timeout = '${ROW_PATIENCE}'`);
    const { rows } = await tx.query<{ closed: boolean }>('select close_session_if_due($1) as closed', [sessionId]);
    return rows[0]?.closed === true;
  });
}
