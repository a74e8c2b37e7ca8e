import { v7 as uuidv7 } from 'uuid';

import { type Origin, insertAudit } from '#db/audit.ts';
import { sqlState, type Queryable, type Tx } from '#db/connection.ts';
import { containing, cutPage, instantKey, type Page, pageBy, type PageRequest, type SortKey } from '#db/keyset.ts';
import { BatchModel } from '#db/models/batch.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import type { Batch, BatchChange } from '#domain/people/types.ts';
import { Refusal } from '#domain/problem.ts';

import { batchOf, lockExternalId, taken } from './rows.ts';

type Row = BatchModel & { studentCount: number; sortValue: string | number };

const FOREIGN_KEY_VIOLATION = '23503';
const STUDENT_COUNT = '(select count(*)::int from batch_students s where s.batch_id = batches.id) as student_count';

/** What a list of batches can be narrowed by. */
export interface BatchFilter {
  /** Part of the name or external id. */
  readonly q?: string | undefined;
  readonly active?: boolean | undefined;
  readonly ownerId?: string | undefined;
  /** Epoch ms. */
  readonly changedSince?: number | undefined;
}

/** Orders of the list of batches. */
export type BatchSort = 'name' | 'createdAt';

/** How each order is computed. */
export const BATCH_SORTS: Readonly<Record<BatchSort, SortKey>> = {
  name: { expression: 'batches.name', kind: 'text' },
  createdAt: instantKey('batches.created_at'),
};

/** One batch. @throws not-found */
export async function selectBatch(runner: Runner, id: string): Promise<Batch> {
  const row = (await selecting(runner).findById(id)) as Row | undefined;
  if (row === undefined) throw noBatch();
  return batchOf(row);
}

/** One batch, locked until the transaction ends. @throws not-found */
export async function selectBatchForUpdate(tx: Tx, id: string): Promise<Batch> {
  await tx.query('select from batches where id = $1 for update', [id]);
  return selectBatch(tx, id);
}

/** The batch with an id of another system; the id is locked until the transaction ends, also when there is no such batch yet. */
export async function selectOptionalBatchByExternalIdForUpdate(tx: Tx, externalId: string): Promise<Batch | undefined> {
  await lockExternalId(tx, 'batches', externalId);
  await tx.query('select from batches where external_id = $1 for update', [externalId]);
  const row = (await selecting(tx).findOne('external_id', externalId)) as Row | undefined;
  return row === undefined ? undefined : batchOf(row);
}

/** One page of batches; the first page also tells how many there are. */
export async function listBatches(runner: Runner, filter: BatchFilter, page: PageRequest<BatchSort>): Promise<Page<Batch> & { readonly total: number | undefined }> {
  const { q, active, ownerId, changedSince } = filter;
  const found = BatchModel.query(runnerOf(runner)).modify((query) => {
    if (q !== undefined) void query.where((any) => void any.where('name', 'ilike', containing(q)).orWhere('external_id', 'ilike', containing(q)));
    if (active !== undefined) void query.where({ active });
    if (ownerId !== undefined) void query.where('owner_id', ownerId);
    if (changedSince !== undefined) void query.whereRaw('batches.updated_at > to_timestamp(?::float8 / 1000)', [changedSince]);
  });
  const total = page.after === undefined ? await found.clone().resultSize() : undefined;
  const rows = (await pageBy(found.select('batches.*', BatchModel.raw(STUDENT_COUNT)), BATCH_SORTS[page.sort], 'batches.id', page)) as Row[];
  return { ...cutPage(rows, page.limit, (row) => row.id, batchOf), total };
}

/** Adds a batch. @throws already-exists; validation-failed when the owner is no teacher or admin */
export async function insertBatch(tx: Tx, origin: Origin, batch: BatchChange & { name: string; ownerId: string }): Promise<Batch> {
  await refuseTaken(tx, null, batch);
  await demandOwner(tx, batch.ownerId);
  const id = uuidv7();
  await BatchModel.query(tx.trx).insert({ id, ...columnsOf(batch) });
  const added = await selectBatch(tx, id);
  await insertAudit(tx, origin, { action: 'batch.create', resourceType: 'batch', resourceId: id, after: auditOf(added) });
  return added;
}

/** Changes a batch whose row the transaction holds. @throws already-exists; validation-failed when the owner is no teacher or admin */
export async function updateBatch(tx: Tx, origin: Origin, before: Batch, change: BatchChange): Promise<Batch> {
  await refuseTaken(tx, before.id, change);
  if (change.ownerId !== undefined && change.ownerId !== before.ownerId) await demandOwner(tx, change.ownerId);
  await BatchModel.query(tx.trx)
    .patch({ ...columnsOf(change), version: before.version + 1, updatedAt: BatchModel.raw('holdfast_now()') })
    .where('id', before.id);
  const after = await selectBatch(tx, before.id);
  await insertAudit(tx, origin, { action: 'batch.change', resourceType: 'batch', resourceId: before.id, before: auditOf(before), after: auditOf(after) });
  return after;
}

/** Removes a batch whose row the transaction holds. @throws state-conflict when exams were assigned to it */
export async function deleteBatch(tx: Tx, origin: Origin, before: Batch): Promise<void> {
  try {
    await tx.query('delete from batches where id = $1', [before.id]);
  } catch (error) {
    if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
    throw new Refusal('state-conflict', 'Exams were assigned to this batch. Set active to false instead.');
  }
  await insertAudit(tx, origin, { action: 'batch.delete', resourceType: 'batch', resourceId: before.id, before: auditOf(before) });
}

function selecting(runner: Runner) {
  return BatchModel.query(runnerOf(runner)).select('batches.*', BatchModel.raw(STUDENT_COUNT));
}

async function refuseTaken(tx: Queryable, ownId: string | null, change: BatchChange): Promise<void> {
  if (change.externalId == null) return;
  const { rows } = await tx.query('select from batches where external_id = $1 and id is distinct from $2', [change.externalId, ownId]);
  if (rows.length > 0) throw taken('externalId', 'a batch');
}

async function demandOwner(tx: Queryable, ownerId: string): Promise<void> {
  const { rows } = await tx.query(`select from users where id = $1 and roles && array['teacher','admin'] and not disabled`, [ownerId]);
  if (rows.length > 0) return;
  throw new Refusal('validation-failed', 'The owner of a batch is a teacher or an admin.', { errors: [{ pointer: '/ownerId', message: 'is no teacher or admin' }] });
}

function columnsOf({ externalId, name, description, ownerId, active }: BatchChange) {
  return { externalId, name, description, ownerId, active };
}

function auditOf({ externalId, name, description, ownerId, active }: Batch): BatchChange {
  return { externalId, name, description, ownerId, active };
}

function noBatch(): Refusal {
  return new Refusal('not-found', 'There is no such batch.');
}
