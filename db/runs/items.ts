import { inTransaction, type Db, type Queryable, type Tx } from '../connection.ts';
import { insertStreamEvent } from '../stream-events.ts';
import { RUN_COLUMNS, type RawRun, type RunKind, type RunRow, type RunState, toRunRow } from './rows.ts';

/** What a run has to work through, as the workflow may hold it: numbers only. */
export interface RunPlan {
  readonly state: RunState;
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  readonly firstShard: number;
  readonly shards: number;
}

/** Items of one shard: some seconds of work. A pause and the counters wait for the shards in work. */
const SHARD_SIZES: Readonly<Record<RunKind, number>> = { grading: 100, 'plagiarism-scan': 100, report: 10 };
/** More shards than this would make the history of the run long; the shards grow instead. */
const MAX_SHARDS = 300;

/**
 * Takes stock of what the run has to mark (the items of a report run were named when it was asked for) and cuts everything that is pending into shards. Run a second time (the
 * workflow was started again, the Temporal store was rebuilt) it cuts only what is still pending.
 * @param namespaceId the Temporal store that now has the workflow of the run
 */
export async function planRun(db: Db, runId: string, namespaceId: string): Promise<RunPlan> {
  return await inTransaction(db, async (tx) => {
    const run = await lockRun(tx, runId);
    if (isOver(run.state)) return asPlan(run, 0, 0);
    await tx.query(
      `insert into run_items (run_id, shard, item_id)
       select $1, 0, s.id from exam_sessions s
        where s.exam_id = $2 and $4 <> 'report' and s.state in ('submitted', 'expired', 'terminated')
          and ($3::text is distinct from 'ungraded'
               or not exists (select 1 from grades g where g.session_id = s.id and g.closed_version = s.closed_version))
       on conflict (run_id, item_id) do nothing`,
      [runId, run.examId, run.params['only'] ?? null, run.kind],
    );
    await tx.query(
      `update runs set state = case state when 'queued' then 'running' else state end,
              started_at = coalesce(started_at, holdfast_now()), params = params || jsonb_build_object('namespaceId', $2::text)
        where id = $1`,
      [runId, namespaceId],
    );
    return await cutShards(tx, run);
  });
}

/** Makes the failed items pending again, cut into new shards. */
export async function planRetry(db: Db, runId: string): Promise<RunPlan> {
  return await inTransaction(db, async (tx) => {
    const run = await lockRun(tx, runId);
    if (run.state !== 'completed') return isOver(run.state) ? asPlan(run, 0, 0) : await cutShards(tx, run);
    await tx.query(`update run_items set state = 'pending', error = null where run_id = $1 and state = 'failed'`, [runId]);
    await tx.query(`update runs set state = 'running', finished_at = null where id = $1`, [runId]);
    return await cutShards(tx, run);
  });
}

/** Ids of the pending sessions of a shard, in order. */
export async function listPendingItems(q: Queryable, runId: string, shard: number): Promise<string[]> {
  const { rows } = await q.query<{ item_id: string }>(
    `select item_id from run_items where run_id = $1 and shard = $2 and state = 'pending' order by item_id`,
    [runId, shard],
  );
  return rows.map((row) => row.item_id);
}

/** What became of one item. */
export interface ItemOutcome {
  readonly itemId: string;
  /** Why it failed; null when it is done. */
  readonly error: string | null;
}

/** Notes the outcome of items, in the transaction of their work; an item that is no longer pending stays as it is. */
export async function finishItems(tx: Queryable, runId: string, outcomes: readonly ItemOutcome[]): Promise<void> {
  await tx.query(
    `update run_items i set state = case when o.error is null then 'done' else 'failed' end, error = o.error
       from unnest($2::uuid[], $3::text[]) as o (item_id, error)
      where i.run_id = $1 and i.item_id = o.item_id and i.state = 'pending'`,
    [runId, outcomes.map((outcome) => outcome.itemId), outcomes.map((outcome) => outcome.error)],
  );
}

/** Fails everything that is pending in a shard that could not be worked through. */
export async function failShard(db: Db, runId: string, shard: number): Promise<RunRow> {
  return await inTransaction(db, async (tx) => {
    await tx.query(
      `update run_items set state = 'failed', error = 'the shard could not be worked through' where run_id = $1 and shard = $2 and state = 'pending'`,
      [runId, shard],
    );
    return await countRun(tx, runId);
  });
}

/** Brings the counters of the run up to date and tells the staff who watch. */
export async function countRun(tx: Queryable, runId: string): Promise<RunRow> {
  const { rows } = await tx.query<RawRun>(
    `update runs r set done = c.done, failed = c.failed, total = c.total
       from (select count(*) filter (where state = 'done') as done, count(*) filter (where state = 'failed') as failed, count(*) as total
               from run_items where run_id = $1) c
      where r.id = $1 returning ${RUN_COLUMNS.split(', ').map((column) => `r.${column}`).join(', ')}`,
    [runId],
  );
  const [raw] = rows;
  if (raw === undefined) throw new Error('the run is gone');
  const run = toRunRow(raw);
  await tellProgress(tx, run);
  return run;
}

/** Pauses a running run or lets a paused one go on; any other state stays. */
export async function markRun(db: Db, runId: string, state: 'running' | 'paused'): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await tx.query<RawRun>(
      `update runs set state = $2 where id = $1 and state in ('running', 'paused') and state <> $2 returning ${RUN_COLUMNS}`,
      [runId, state],
    );
    if (rows[0] !== undefined) await tellProgress(tx, toRunRow(rows[0]));
  });
}

/** Ends a run: completed when everything was worked through, cancelled with the rest marked so. A run that is over stays. */
export async function endRun(db: Db, runId: string, as: 'completed' | 'cancelled'): Promise<RunRow> {
  return await inTransaction(db, async (tx) => {
    const run = await lockRun(tx, runId);
    if (isOver(run.state)) return run;
    if (as === 'cancelled') await tx.query(`update run_items set state = 'cancelled' where run_id = $1 and state = 'pending'`, [runId]);
    await tx.query('update runs set state = $2, finished_at = holdfast_now() where id = $1', [runId, as]);
    return await countRun(tx, runId);
  });
}

/**
 * Asks the relay to start the runs that are not over and unknown to the Temporal store of this namespace id: their
 * workflow was never started for a minute, or the store was rebuilt.
 */
export async function reconcileRuns(q: Queryable, namespaceId: string): Promise<number> {
  const { rowCount } = await q.query(
    `insert into outbox (topic, key, payload)
     select 'run', id || ':1', jsonb_build_object('id', id, 'version', 1, 'kind', kind) from runs
      where state in ('queued', 'running', 'paused') and created_at < holdfast_now() - interval '1 minute'
        and params->>'namespaceId' is distinct from $1
     on conflict (topic, key) do nothing`,
    [namespaceId],
  );
  return rowCount ?? 0;
}

async function lockRun(tx: Tx, runId: string): Promise<RunRow> {
  const { rows } = await tx.query<RawRun>(`select ${RUN_COLUMNS} from runs where id = $1 for update`, [runId]);
  if (rows[0] === undefined) throw new Error('the run is gone');
  return toRunRow(rows[0]);
}

async function cutShards(tx: Tx, { id: runId, kind }: RunRow): Promise<RunPlan> {
  const { rows } = await tx.query<{ first: number; shards: number }>(
    `with base as (select coalesce(max(shard), 0) + 1 as first, count(*) filter (where state = 'pending') as pending from run_items where run_id = $1),
          size as (select first, greatest($2::int, ceil(pending / $3::numeric)::int) as size from base),
          cut as (select item_id, (row_number() over (order by item_id) - 1) / (select size from size) as part
                    from run_items where run_id = $1 and state = 'pending'),
          moved as (update run_items i set shard = (select first from size) + cut.part from cut
                     where i.run_id = $1 and i.item_id = cut.item_id returning i.shard)
     select (select first from base)::int as first, (select count(distinct shard) from moved)::int as shards`,
    [runId, SHARD_SIZES[kind], MAX_SHARDS],
  );
  const [cut] = rows;
  return asPlan(await countRun(tx, runId), cut?.first ?? 0, cut?.shards ?? 0);
}

function asPlan(run: RunRow, firstShard: number, shards: number): RunPlan {
  return { state: run.state, done: run.done, failed: run.failed, total: run.total, firstShard, shards };
}

function isOver(state: RunState): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}

async function tellProgress(tx: Queryable, run: RunRow): Promise<void> {
  if (run.examId === null) return;
  await insertStreamEvent(tx, {
    examId: run.examId,
    kind: 'run-progress',
    data: { runId: run.id, kind: run.kind, state: run.state, done: run.done, failed: run.failed, total: run.total },
  });
}
