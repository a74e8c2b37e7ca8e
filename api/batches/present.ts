import type { Batch } from '#domain/people/types.ts';

/** A batch for staff; who is in it is asked of the list of accounts. */
export function presentBatch(batch: Batch) {
  return {
    id: batch.id,
    externalId: batch.externalId,
    name: batch.name,
    description: batch.description,
    ownerId: batch.ownerId,
    active: batch.active,
    studentCount: batch.studentCount,
    version: batch.version,
  };
}
