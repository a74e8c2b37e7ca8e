import { performance } from 'node:perf_hooks';
import type pg from 'pg';

import { type Queryable, sqlState } from '../connection.ts';
import { hasSoundIds, preparedOn, saveBatch } from './answer-batch.ts';
import type { AnswerInput, AnswerVerdict } from './answer-types.ts';

export type { AnswerInput, AnswerRefusal, AnswerVerdict, CurrentAnswer } from './answer-types.ts';

/** The one way by which saves of a process reach the database. */
export interface AnswerLane {
  /** Resolves when the save is committed or refused; never rejects. */
  save(input: AnswerInput): Promise<AnswerVerdict>;
  /** Saves of one request, in one batch; of one item the last counts, and the earlier ones share its verdict. */
  saveMany(sessionId: string, inputs: readonly Omit<AnswerInput, 'sessionId'>[]): Promise<AnswerVerdict[]>;
  /** Calls back after each committed batch: how many saves it held and how long it took, s. */
  onBatch(listener: (saves: number, seconds: number) => void): void;
  /** Waits for what is queued and gives the connection back. */
  close(): Promise<void>;
}

interface Pending {
  readonly input: AnswerInput;
  readonly key: string;
  readonly giveUpAtMs: number;
  readonly resolve: (verdict: AnswerVerdict) => void;
}

const MAX_ROWS = 500;
const MAX_BYTES = 4 * 1024 * 1024;
/** How long a batch waits for those who are saving at present, ms: a batch costs as much as a dozen of its saves. */
const GATHER_MS = 1;
const RETRY_MS = 25;
const PATIENCE_MS = 2_000;
/** SQLSTATE classes that one row brings upon its whole batch: data, constraints, a row twice. */
const CONTENT_CLASSES: ReadonlySet<string> = new Set(['21', '22', '23']);

/** The plan never depends on the values; hash joins hold for one row and for five hundred. */
const PLAN = 'set plan_cache_mode = force_generic_plan; set enable_nestloop = off; set enable_mergejoin = off; set jit = off';

/**
 * Opens the lane: what is queued while one batch commits, and at most 1 ms later, is the next batch, with at most one save per
 * (session, item) in it.
 * Every caller gets its own verdict, after the commit. A session that somebody holds is tried again every 25 ms for 2 s, then
 * `unavailable`; so is a database that is away. A row that the database can not store is refused alone.
 * @param pool one connection of it is kept while the lane is open
 */
export function createAnswerLane(pool: pg.Pool): AnswerLane {
  let queue: Pending[] = [];
  let waiting = 0;
  let running = false;
  let expected = 1;
  let gathered: (() => void) | undefined;
  let client: pg.PoolClient | undefined;
  let idle: (() => void) | undefined;
  let tellBatch: ((saves: number, seconds: number) => void) | undefined;

  const enqueue = (pending: Pending): void => {
    queue.push(pending);
    if (!running) {
      running = true;
      void run();
    } else if (queue.length >= expected) {
      gathered?.();
    }
  };

  const run = async (): Promise<void> => {
    // everything that arrives in this turn of the event loop shares the first batch
    await endOfTurn();
    let tell = NOTHING_TO_TELL;
    for (;;) {
      if (queue.length < expected) {
        tell();
        tell = NOTHING_TO_TELL;
        await gather();
      }
      if (queue.length === 0) break;
      const batch = takeBatch();
      const committing = commit(batch);
      // the database is at work on this batch while the process answers those of the last one
      tell();
      tell = await committing;
      expected = Math.min(MAX_ROWS, batch.length + queue.length);
    }
    running = false;
    if (waiting === 0) idle?.();
  };

  /**
   * Waits, for a moment at most, until everybody is back who was answered or has come during the last batch, so that batches do not fall
   * apart into ever smaller ones. Somebody who saves alone waits for nobody.
   */
  const gather = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      gathered = resolve;
      timer = setTimeout(resolve, GATHER_MS);
    });
    gathered = undefined;
    clearTimeout(timer);
    await endOfTurn();
  };

  const takeBatch = (): Pending[] => {
    const keys = new Set<string>();
    const batch: Pending[] = [];
    const later: Pending[] = [];
    let bytes = 0;
    for (const pending of queue) {
      const size = pending.input.responseJson?.length ?? 0;
      if (batch.length >= MAX_ROWS || (bytes + size > MAX_BYTES && batch.length > 0) || keys.has(pending.key)) {
        later.push(pending);
        continue;
      }
      keys.add(pending.key);
      bytes += size;
      batch.push(pending);
    }
    queue = later;
    return batch;
  };

  /** @returns what tells the callers their verdicts */
  const commit = async (batch: readonly Pending[]): Promise<() => void> => {
    try {
      client ??= await connect(pool);
      const began = performance.now();
      const verdicts = await saveBatch(preparedOn(client), batch.map((pending) => pending.input));
      tellBatch?.(batch.length, (performance.now() - began) / 1000);
      return () => batch.forEach((pending, index) => settle(pending, verdicts[index]));
    } catch (error) {
      return recover(batch, sqlState(error) ?? '');
    }
  };

  const recover = async (batch: readonly Pending[], state: string): Promise<() => void> => {
    const isContent = CONTENT_CLASSES.has(state.slice(0, 2));
    if (isContent && batch.length > 1) {
      for (const pending of batch) (await commit([pending]))();
      return NOTHING_TO_TELL;
    }
    if (isContent) return () => batch.forEach(({ input, resolve }) => resolve({ ok: false, itemId: input.itemId, code: 'validation-failed' }));
    if (!state.startsWith('40') && state !== '55P03') discard();
    // unknown outcome: the same client and sequence number again is answered with the first result
    return () => batch.forEach((pending) => settle(pending, undefined));
  };

  const settle = (pending: Pending, verdict: AnswerVerdict | undefined): void => {
    if (verdict !== undefined) {
      pending.resolve(verdict);
    } else if (performance.now() >= pending.giveUpAtMs) {
      pending.resolve({ ok: false, itemId: pending.input.itemId, code: 'unavailable' });
    } else {
      waiting += 1;
      setTimeout(() => {
        waiting -= 1;
        enqueue(pending);
      }, RETRY_MS);
    }
  };

  const discard = (): void => {
    client?.release(true);
    client = undefined;
  };

  const save = (input: AnswerInput): Promise<AnswerVerdict> => {
    if (!hasSoundIds(input)) return Promise.resolve({ ok: false, itemId: input.itemId, code: 'validation-failed' });
    return new Promise((resolve) => {
      enqueue({ input, key: (input.sessionId + input.itemId).toLowerCase(), giveUpAtMs: performance.now() + PATIENCE_MS, resolve });
    });
  };

  return {
    save,
    saveMany: async (sessionId, inputs) => {
      const verdicts = new Map<string, Promise<AnswerVerdict>>();
      for (const [itemId, input] of new Map(inputs.map((one) => [one.itemId, one]))) verdicts.set(itemId, save({ ...input, sessionId }));
      return Promise.all(inputs.map((input) => verdicts.get(input.itemId) as Promise<AnswerVerdict>));
    },
    onBatch: (listener) => void (tellBatch = listener),
    close: async () => {
      if (running || waiting > 0) await new Promise<void>((resolve) => (idle = resolve));
      discard();
    },
  };
}

const NOTHING_TO_TELL = (): void => undefined;

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pool.connect();
  // a connection that breaks between two batches fails the next one, which then takes a new connection
  client.on('error', () => undefined);
  try {
    await client.query(PLAN);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** One stored answer. */
export interface StoredAnswer {
  readonly itemId: string;
  readonly revision: number;
  readonly response: unknown;
  readonly savedAtMs: number;
}

/** The answers of a session as they stand, by item. */
export async function listAnswers(q: Queryable, sessionId: string): Promise<StoredAnswer[]> {
  return list(q, 'select item_id, revision, response, saved_at from answers where session_id = $1 order by item_id', sessionId);
}

/** Every accepted save of a session in the order in which they were made. */
export async function listAnswerRevisions(q: Queryable, sessionId: string): Promise<StoredAnswer[]> {
  return list(
    q,
    'select item_id, revision, response, saved_at from answer_revisions where session_id = $1 order by saved_at, item_id, revision',
    sessionId,
  );
}

async function list(q: Queryable, text: string, sessionId: string): Promise<StoredAnswer[]> {
  const { rows } = await q.query<{ item_id: string; revision: number; response: unknown; saved_at: Date }>(text, [sessionId]);
  return rows.map((row) => ({ itemId: row.item_id, revision: row.revision, response: row.response, savedAtMs: row.saved_at.getTime() }));
}
