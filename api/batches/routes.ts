import { can } from '#api/batches/policy.ts';
import { presentBatch } from '#api/batches/present.ts';
import type { Actor } from '#api/http/actor.ts';
import { presentPage, readPage } from '#api/http/keyset.ts';
import { authorize, defineRoute, demandVersion, permit, reply, type Reply, type Route } from '#api/http/route.ts';
import { idSchema } from '#contracts/common.ts';
import {
  batchByExternalIdSchema, batchPageSchema, batchPatchSchema, batchQuerySchema, batchSchema, batchStudentsSchema, externalIdSchema, newBatchSchema,
} from '#contracts/people.ts';
import type { Tx } from '#db/connection.ts';
import { deleteBatchStudent, insertBatchStudent, updateBatchStudents } from '#db/people/batch-students.ts';
import {
  BATCH_SORTS, deleteBatch, insertBatch, listBatches, selectBatch, selectBatchForUpdate, selectOptionalBatchByExternalIdForUpdate, updateBatch,
} from '#db/people/batches.ts';
import type { Batch, BatchChange } from '#domain/people/types.ts';
import { z } from 'zod';

const params = z.strictObject({ batchId: idSchema });
const memberParams = z.strictObject({ batchId: idSchema, studentId: idSchema });
const READERS = ['admin', 'teacher', 'proctor'] as const;
const EDITORS = ['admin', 'teacher'] as const;
const ASSIGNS = 'Who is new in the batch is also assigned to every exam that the batch was assigned to and that is not over; who leaves it stays assigned.';

/** Groups of students. */
export const batchRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/batches', tag: 'people', summary: 'Search batches',
    access: READERS,
    query: batchQuerySchema,
    replies: { 200: batchPageSchema },
    async handle({ query, db }) {
      const page = await listBatches(db, query, readPage(query, BATCH_SORTS));
      return reply(200, presentPage(page, presentBatch, page.total));
    },
  }),
  defineRoute({
    method: 'post', path: '/batches', tag: 'people', summary: 'Create a batch',
    description: 'It belongs to who creates it; an admin may name another owner.',
    access: EDITORS,
    key: 'optional',
    body: newBatchSchema,
    replies: { 201: batchSchema },
    async handle({ actor, body, tx, origin }) {
      permit(can(actor, 'create') && mayGive(actor, body, actor.id), NOT_YOURS_TO_GIVE);
      return created(await insertBatch(tx, origin, { ownerId: actor.id, ...body }));
    },
  }),
  defineRoute({
    method: 'put', path: '/batches/by-external-id/{externalId}', tag: 'people', summary: 'Create or change the batch with an id of another system',
    access: EDITORS,
    ifMatch: 'optional',
    params: z.strictObject({ externalId: externalIdSchema }),
    body: batchByExternalIdSchema,
    replies: { 200: batchSchema, 201: batchSchema },
    async handle({ actor, params: { externalId }, body, ifMatch, tx, origin }) {
      const before = await selectOptionalBatchByExternalIdForUpdate(tx, externalId);
      permit(mayGive(actor, body, before?.ownerId ?? actor.id), NOT_YOURS_TO_GIVE);
      if (before === undefined) return created(await insertBatch(tx, origin, { ownerId: actor.id, ...body, externalId }));
      permit(can(actor, 'change', before), NOT_YOURS);
      demandVersion(ifMatch, before.version);
      return found(await updateBatch(tx, origin, before, body));
    },
  }),
  defineRoute({
    method: 'get', path: '/batches/{batchId}', tag: 'people', summary: 'Read one batch',
    description: 'Its students: GET /users?batchId=.',
    access: READERS,
    params,
    replies: { 200: batchSchema },
    async handle({ actor, params: { batchId }, db }) {
      const batch = await selectBatch(db, batchId);
      authorize(can(actor, 'read', batch));
      return found(batch);
    },
  }),
  defineRoute({
    method: 'patch', path: '/batches/{batchId}', tag: 'people', summary: 'Change a batch',
    description: 'JSON Merge Patch (RFC 7396).',
    access: EDITORS,
    ifMatch: 'required',
    params,
    body: batchPatchSchema,
    replies: { 200: batchSchema },
    async handle({ actor, params: { batchId }, body, ifMatch, tx, origin }) {
      const before = await batchToChange(tx, actor, batchId);
      permit(mayGive(actor, body, before.ownerId), NOT_YOURS_TO_GIVE);
      demandVersion(ifMatch, before.version);
      return found(Object.keys(body).length === 0 ? before : await updateBatch(tx, origin, before, body));
    },
  }),
  defineRoute({
    method: 'delete', path: '/batches/{batchId}', tag: 'people', summary: 'Remove a batch',
    description: 'A batch that exams were assigned to stays: set active to false instead.',
    access: EDITORS,
    ifMatch: 'optional',
    params,
    replies: { 204: null },
    async handle({ actor, params: { batchId }, ifMatch, tx, origin }) {
      const before = await batchToChange(tx, actor, batchId);
      demandVersion(ifMatch, before.version);
      await deleteBatch(tx, origin, before);
      return reply(204);
    },
  }),
  defineRoute({
    method: 'put', path: '/batches/{batchId}/students', tag: 'people', summary: 'Replace the students of a batch',
    description: ASSIGNS,
    access: EDITORS,
    params,
    body: batchStudentsSchema,
    replies: { 200: batchSchema },
    async handle({ actor, params: { batchId }, body, tx, origin }) {
      await updateBatchStudents(tx, origin, await batchToChange(tx, actor, batchId), body.studentIds);
      return found(await selectBatch(tx, batchId));
    },
  }),
  defineRoute({
    method: 'put', path: '/batches/{batchId}/students/{studentId}', tag: 'people', summary: 'Add a student to a batch',
    description: ASSIGNS,
    access: EDITORS,
    params: memberParams,
    replies: { 200: batchSchema },
    async handle({ actor, params: { batchId, studentId }, tx, origin }) {
      await insertBatchStudent(tx, origin, await batchToChange(tx, actor, batchId), studentId);
      return found(await selectBatch(tx, batchId));
    },
  }),
  defineRoute({
    method: 'delete', path: '/batches/{batchId}/students/{studentId}', tag: 'people', summary: 'Take a student out of a batch',
    description: 'Assignments to exams stay.',
    access: EDITORS,
    params: memberParams,
    replies: { 204: null },
    async handle({ actor, params: { batchId, studentId }, tx, origin }) {
      await deleteBatchStudent(tx, origin, await batchToChange(tx, actor, batchId), studentId);
      return reply(204);
    },
  }),
];

const NOT_YOURS = 'This batch belongs to somebody else.';
const NOT_YOURS_TO_GIVE = 'Only an admin names another owner.';

async function batchToChange(tx: Tx, actor: Actor, batchId: string): Promise<Batch> {
  const batch = await selectBatchForUpdate(tx, batchId);
  authorize(can(actor, 'read', batch));
  // staff may read every batch, so this tells nothing new
  permit(can(actor, 'change', batch), NOT_YOURS);
  return batch;
}

function mayGive(actor: Actor, change: BatchChange, ownerId: string): boolean {
  return change.ownerId === undefined || change.ownerId === ownerId || can(actor, 'give');
}

function created(batch: Batch): Reply {
  return reply(201, presentBatch(batch), { etag: batch.version, location: `/api/v1/batches/${batch.id}` });
}

function found(batch: Batch): Reply {
  return reply(200, presentBatch(batch), { etag: batch.version });
}
