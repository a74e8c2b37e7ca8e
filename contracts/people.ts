import type { Role } from '#domain/people/roles.ts';
import type { Accommodations, BatchChange, UserChange } from '#domain/people/types.ts';
import { z } from 'zod';

import { decimalInSchema, decimalSchema, flagSchema, idSchema, instantInSchema, instantSchema, pageOf, pageQuery, textSchema, timeZoneSchema } from './common.ts';

/** What a person may be. */
export const roleSchema = z.enum(['student', 'teacher', 'proctor', 'admin']) satisfies z.ZodType<Role>;

/** An e-mail address; kept in lower case. */
export const emailSchema = z.string().trim().toLowerCase().max(254).regex(z.regexes.email, 'must be an e-mail address');

/** A name of a person or a batch. */
export const nameSchema = textSchema(200).trim().min(1, 'must not be empty');

/**
 * A new password: long enough, no rules about characters.
 * @source NIST SP 800-63B-4 section 3.1.1.2 (length, no composition rules)
 */
export const newPasswordSchema = textSchema(200).min(8, 'must have at least 8 characters');

/** A BCP 47 language tag. */
export const localeSchema = z.string().max(35).regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as "en" or "de-CH"');

/** The id that another system gives something. */
export const externalIdSchema = textSchema(200).trim().min(1, 'must not be empty');

const rolesSchema = z.array(roleSchema).min(1, 'must name at least one role').max(10);

/** An account. */
export const userSchema = z
  .object({
    id: idSchema,
    externalId: z.string().nullable(),
    email: z.string(),
    name: z.string(),
    roles: z.array(roleSchema),
    disabled: z.boolean(),
    timeZone: z.string(),
    locale: z.string(),
    createdAt: instantSchema,
    version: z.int(),
  })
  .meta({ id: 'User' });

/** What a proctor sees of an account. */
export const personSchema = z.object({ id: idSchema, externalId: z.string().nullable(), name: z.string() }).meta({ id: 'Person' });

/** An account as far as the caller may see it: all of it, or only who it is. */
export const userOrPersonSchema = z.union([userSchema, personSchema]).meta({ id: 'UserOrPerson' });

/** A page of accounts. */
export const userPageSchema = pageOf(userOrPersonSchema).meta({ id: 'UserPage' });

/** A new account. */
export const newUserSchema = z
  .strictObject({
    externalId: externalIdSchema.nullable().optional(),
    email: emailSchema,
    name: nameSchema,
    roles: rolesSchema.default(['student']),
    disabled: z.boolean().default(false),
    timeZone: timeZoneSchema.default('UTC'),
    locale: localeSchema.default('en'),
    password: newPasswordSchema.optional().describe('write-only; without one the account can not log in yet'),
  })
  .meta({ id: 'NewUser' });

/** A merge patch of an account (RFC 7396). */
export const userPatchSchema = z
  .strictObject({
    externalId: externalIdSchema.nullable(),
    email: emailSchema,
    name: nameSchema,
    roles: rolesSchema,
    disabled: z.boolean(),
    timeZone: timeZoneSchema,
    locale: localeSchema,
    password: newPasswordSchema.describe('write-only; ends every log-in of the account'),
  })
  .partial()
  .meta({ id: 'UserPatch' }) satisfies z.ZodType<UserChange & { password?: string | undefined }>;

/** An account by the id of another system: what is absent takes its default in a new account and stays as it is in an old one. */
export const userByExternalIdSchema = z
  .strictObject({
    email: emailSchema,
    name: nameSchema,
    roles: rolesSchema.optional(),
    disabled: z.boolean().optional(),
    timeZone: timeZoneSchema.optional(),
    locale: localeSchema.optional(),
    password: newPasswordSchema.optional(),
  })
  .meta({ id: 'UserByExternalId' });

/** Query of the list of accounts. */
export const userQuerySchema = z.strictObject({
  ...pageQuery,
  q: textSchema(200).optional().describe('part of the name, the e-mail address or the external id'),
  role: roleSchema.optional(),
  disabled: flagSchema.optional(),
  batchId: idSchema.optional().describe('students of this batch'),
  changedSince: instantInSchema.optional(),
  sort: z.enum(['name', '-name', 'email', '-email', 'createdAt', '-createdAt']).default('name'),
});

/** Most rows of one bulk request. */
export const MAX_BULK_USERS = 2_000;

/** One row of a bulk request: found by external id, else by e-mail address; what is absent stays as it is. */
export const userRowSchema = z
  .strictObject({
    externalId: externalIdSchema,
    email: emailSchema,
    name: nameSchema,
    roles: rolesSchema,
    disabled: z.boolean(),
    timeZone: timeZoneSchema,
    locale: localeSchema,
    password: newPasswordSchema,
  })
  .partial()
  .refine((row) => row.externalId !== undefined || row.email !== undefined, { path: ['email'], message: 'give an e-mail address or an external id' })
  .meta({ id: 'UserRow' });

/** Many accounts at once. Rows are judged one by one, so a wrong row is not refused here. */
export const userBulkSchema = z
  .strictObject({ rows: z.array(z.unknown().describe('a UserRow')).min(1).max(MAX_BULK_USERS, `at most ${MAX_BULK_USERS} rows in one request`) })
  .meta({ id: 'UserBulk' });

/** What became of each row. */
export const userBulkResultSchema = z
  .object({
    results: z.array(
      z.object({
        index: z.int(),
        verdict: z.enum(['created', 'updated', 'refused']),
        id: idSchema.optional(),
        code: z.enum(['validation-failed', 'already-exists', 'state-conflict']).optional(),
        errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
      }),
    ),
    counts: z.object({ created: z.int(), updated: z.int(), refused: z.int() }),
  })
  .meta({ id: 'UserBulkResult' });

const minutesSchema = z.int().min(0).max(1440);

/** The standing arrangements of a student, replaced as a whole; what is absent is none. */
export const accommodationsInSchema = z
  .strictObject({
    timeMultiplier: decimalInSchema.refine((value) => !(Number(value) < 1 || Number(value) > 5), 'must be from 1 to 5').default('1'),
    extraMinutes: minutesSchema.default(0),
    breakMinutes: minutesSchema.default(0),
    note: textSchema(2_000).default(''),
  })
  .meta({ id: 'AccommodationsIn' }) satisfies z.ZodType<Accommodations>;

/** The standing arrangements of a student. */
export const accommodationsSchema = z
  .object({ timeMultiplier: decimalSchema, extraMinutes: z.int(), breakMinutes: z.int(), note: z.string() })
  .meta({ id: 'Accommodations' });

/** A group of students. */
export const batchSchema = z
  .object({
    id: idSchema,
    externalId: z.string().nullable(),
    name: z.string(),
    description: z.string(),
    ownerId: idSchema,
    active: z.boolean(),
    studentCount: z.int(),
    version: z.int(),
  })
  .meta({ id: 'Batch' });

/** A page of batches. */
export const batchPageSchema = pageOf(batchSchema).meta({ id: 'BatchPage' });

const batchMembers = {
  name: nameSchema,
  description: textSchema(5_000),
  ownerId: idSchema.describe('a teacher or admin; only an admin may name somebody else'),
  active: z.boolean(),
};

/** A new batch. */
export const newBatchSchema = z
  .strictObject({ externalId: externalIdSchema.nullable(), ...batchMembers })
  .partial({ externalId: true, description: true, ownerId: true, active: true })
  .meta({ id: 'NewBatch' }) satisfies z.ZodType<BatchChange>;

/** A merge patch of a batch (RFC 7396). */
export const batchPatchSchema = z
  .strictObject({ externalId: externalIdSchema.nullable(), ...batchMembers })
  .partial()
  .meta({ id: 'BatchPatch' }) satisfies z.ZodType<BatchChange>;

/** A batch by the id of another system. */
export const batchByExternalIdSchema = z.strictObject(batchMembers).partial({ description: true, ownerId: true, active: true }).meta({ id: 'BatchByExternalId' });

/** Query of the list of batches. */
export const batchQuerySchema = z.strictObject({
  ...pageQuery,
  active: flagSchema.optional(),
  ownerId: idSchema.optional(),
  changedSince: instantInSchema.optional(),
  sort: z.enum(['name', '-name', 'createdAt', '-createdAt']).default('name'),
});

/** The students of a batch, all of them. */
export const batchStudentsSchema = z.strictObject({ studentIds: z.array(idSchema).max(10_000) }).meta({ id: 'BatchStudents' });
