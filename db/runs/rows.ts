import { v7 as uuidv7 } from 'uuid';

import { insertOutbox } from '#db/outbox.ts';
import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';

/** Kinds of long work that have a row in `runs`. */
export type RunKind = 'grading' | 'plagiarism-scan' | 'report';

/** Where a run stands. */
export type RunState = 'queued' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled';

/** One run of long work. */
export interface RunRow {
  readonly id: string;
  readonly kind: RunKind;
  readonly examId: string | null;
  readonly state: RunState;
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly detail: string | null;
  readonly createdBy: string | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
}

/** Raw columns of `runs`, for `toRunRow`. */
export const RUN_COLUMNS = 'id, kind, exam_id, state, done, failed, total, params, detail, created_by, created_at, started_at, finished_at';

/** One row of `runs` as the driver gives it. */
export interface RawRun {
  id: string;
  kind: RunKind;
  exam_id: string | null;
  state: RunState;
  done: number;
  failed: number;
  total: number;
  params: Record<string, unknown>;
  detail: string | null;
  created_by: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

/** Maps a raw row. */
export function toRunRow(raw: RawRun): RunRow {
  return {
    id: raw.id, kind: raw.kind, examId: raw.exam_id, state: raw.state, done: raw.done, failed: raw.failed, total: raw.total,
    params: raw.params, detail: raw.detail, createdBy: raw.created_by, createdAtMs: raw.created_at.getTime(),
    startedAtMs: raw.started_at?.getTime() ?? null, finishedAtMs: raw.finished_at?.getTime() ?? null,
  };
}

/**
 * Adds a queued run and asks the relay to start its workflow, in the transaction of the request: the row answers
 * `queued` before a workflow exists.
 * @param run `params.only: 'ungraded'` leaves out the sessions that have a grade already
 */
export async function insertRun(
  tx: Queryable,
  run: { id?: string; kind: RunKind; examId: string | null; params?: Record<string, unknown>; createdBy: string | null },
): Promise<RunRow> {
  const { rows } = await tx.query<RawRun>(
    `insert into runs (id, kind, exam_id, state, params, created_by) values ($1, $2, $3, 'queued', $4, $5) returning ${RUN_COLUMNS}`,
    [run.id ?? uuidv7(), run.kind, run.examId, JSON.stringify(run.params ?? {}), run.createdBy],
  );
  const row = toRunRow(only(rows));
  await insertOutbox(tx, 'run', row.id, 1, { kind: row.kind });
  return row;
}

/** @throws Refusal `not-found` */
export async function selectRun(q: Queryable, id: string): Promise<RunRow> {
  const run = await selectOptionalRun(q, id);
  if (run === undefined) throw new Refusal('not-found', 'There is no such run.');
  return run;
}

/** One run, or undefined. */
export async function selectOptionalRun(q: Queryable, id: string): Promise<RunRow | undefined> {
  const { rows } = await q.query<RawRun>(`select ${RUN_COLUMNS} from runs where id = $1`, [id]);
  return rows[0] === undefined ? undefined : toRunRow(rows[0]);
}

/** The newest runs of an exam first. */
export async function listRuns(q: Queryable, filter: { examId: string; kind?: RunKind; limit: number }): Promise<RunRow[]> {
  const { rows } = await q.query<RawRun>(
    `select ${RUN_COLUMNS} from runs where exam_id = $1 and ($2::text is null or kind = $2) order by created_at desc, id desc limit $3`,
    [filter.examId, filter.kind ?? null, filter.limit],
  );
  return rows.map(toRunRow);
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('the statement returned no row');
  return row;
}
