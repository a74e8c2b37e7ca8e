import type { Queryable } from '#db/connection.ts';
import type { BatchModel } from '#db/models/batch.ts';
import type { UserModel } from '#db/models/user.ts';
import { canonicalRoles } from '#domain/people/roles.ts';
import type { Batch, User, UserChange } from '#domain/people/types.ts';
import { Refusal } from '#domain/problem.ts';

/** The account in a row. */
export function userOf(row: UserModel): User {
  return {
    id: row.id,
    externalId: row.externalId,
    email: row.email,
    name: row.name,
    roles: canonicalRoles(row.roles),
    disabled: row.disabled,
    timeZone: row.timeZone,
    locale: row.locale,
    createdAtMs: row.createdAt.getTime(),
    version: row.version,
  };
}

/** The columns that a change sets; absent members are left out. */
export function columnsOf(change: UserChange) {
  const { externalId, email, name, roles, disabled, timeZone, locale } = change;
  return { externalId, email, name, roles: roles === undefined ? undefined : [...canonicalRoles(roles)], disabled, timeZone, locale };
}

/** What the audit log keeps of an account: everything that can be changed but the password. */
export function auditOf(user: User): UserChange {
  const { externalId, email, name, roles, disabled, timeZone, locale } = user;
  return { externalId, email, name, roles, disabled, timeZone, locale };
}

/** The batch in a row. */
export function batchOf(row: BatchModel & { studentCount: number }): Batch {
  return {
    id: row.id,
    externalId: row.externalId,
    name: row.name,
    description: row.description,
    ownerId: row.ownerId,
    active: row.active,
    studentCount: row.studentCount,
    version: row.version,
  };
}

/** Makes two requests that put the same external id run one after the other, so that the second finds what the first made. */
export async function lockExternalId(tx: Queryable, table: 'users' | 'batches', externalId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${table} ${externalId}`]);
}

/** A refusal because nobody has this id. */
export function noUser(): Refusal {
  return new Refusal('not-found', 'There is no such account.');
}

/** A refusal because somebody has this e-mail address or external id already. */
export function taken(field: 'email' | 'externalId', thing: string): Refusal {
  const what = field === 'email' ? 'e-mail address' : 'external id';
  return new Refusal('already-exists', `There is ${thing} with this ${what} already.`, { errors: [{ pointer: `/${field}`, message: `belongs to ${thing} already` }] });
}
