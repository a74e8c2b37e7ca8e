import type { z } from 'zod';

import type { accommodationsSchema, batchPageSchema, batchSchema, userBulkResultSchema, userPageSchema, userPatchSchema, userSchema } from '#contracts/people.ts';
import type { Role } from '#domain/people/roles.ts';
import { commandKey, request } from '#web/lib/http.ts';

/** An account. */
export type User = z.output<typeof userSchema>;
/** A group of students. */
export type Batch = z.output<typeof batchSchema>;
/** Standing arrangements of a student. */
export type Accommodations = z.output<typeof accommodationsSchema>;
/** Verdicts of many rows. */
export type BulkResult = z.output<typeof userBulkResultSchema>;
/** What of an account changes. */
export type UserPatch = z.input<typeof userPatchSchema>;

/** What people are searched by. */
export interface PeopleQuery {
  readonly q: string;
  readonly role: Role | undefined;
  readonly disabled: boolean | undefined;
  readonly batchId?: string;
  readonly sort?: string;
}

/** A page of accounts. */
export async function listUsers(query: PeopleQuery, cursor: string | undefined, signal?: AbortSignal): Promise<{ items: User[]; nextCursor: string | null; total?: number }> {
  const page = await request<z.output<typeof userPageSchema>>('GET', '/users', { query: { ...query, cursor, limit: 50 }, ...(signal === undefined ? {} : { signal }) });
  return { items: page.items as User[], nextCursor: page.nextCursor, ...(page.total === undefined ? {} : { total: page.total }) };
}

/** Makes an account. */
export function createUser(user: { name: string; email: string; externalId: string | null; roles: Role[]; password?: string }): Promise<User> {
  return request('POST', '/users', { body: user, key: commandKey() });
}

/** Changes an account. @throws ApiProblem version-conflict when somebody else changed it */
export function patchUser(user: Pick<User, 'id' | 'version'>, patch: UserPatch): Promise<User> {
  return request('PATCH', `/users/${user.id}`, { body: patch, ifMatch: user.version });
}

/** Takes many rows; each gets a verdict. */
export function importUsers(rows: readonly object[], key: string): Promise<BulkResult> {
  return request('POST', '/users/bulk', { body: { rows }, key });
}

/** Arrangements of a student. */
export function readAccommodations(userId: string): Promise<Accommodations> {
  return request('GET', `/users/${userId}/accommodations`);
}

/** Replaces the arrangements of a student. */
export function putAccommodations(userId: string, accommodations: Accommodations): Promise<Accommodations> {
  return request('PUT', `/users/${userId}/accommodations`, { body: accommodations });
}

/** A page of batches. */
export function listBatches(query: { q: string; active: boolean | undefined }, cursor: string | undefined, signal?: AbortSignal): Promise<z.output<typeof batchPageSchema>> {
  return request('GET', '/batches', { query: { ...query, cursor, limit: 50 }, ...(signal === undefined ? {} : { signal }) });
}

/** One batch. */
export function readBatch(batchId: string): Promise<Batch> {
  return request('GET', `/batches/${batchId}`);
}

/** Makes a batch. */
export function createBatch(batch: { name: string; description: string }): Promise<Batch> {
  return request('POST', '/batches', { body: batch, key: commandKey() });
}

/** Changes a batch. */
export function patchBatch(batch: Pick<Batch, 'id' | 'version'>, patch: { name?: string; description?: string; active?: boolean }): Promise<Batch> {
  return request('PATCH', `/batches/${batch.id}`, { body: patch, ifMatch: batch.version });
}

/** Removes a batch; its students stay. */
export function deleteBatch(batchId: string): Promise<void> {
  return request('DELETE', `/batches/${batchId}`);
}

/** Adds a student to a batch. */
export function addToBatch(batchId: string, studentId: string): Promise<unknown> {
  return request('PUT', `/batches/${batchId}/students/${studentId}`);
}

/** Takes a student out of a batch. */
export function takeFromBatch(batchId: string, studentId: string): Promise<unknown> {
  return request('DELETE', `/batches/${batchId}/students/${studentId}`);
}
