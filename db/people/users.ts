import { v7 as uuidv7 } from 'uuid';

import { type Origin, insertAudit } from '#db/audit.ts';
import { sqlState, type Tx } from '#db/connection.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { UserModel } from '#db/models/user.ts';
import { accessConsequence, removesAdmin } from '#domain/people/access.ts';
import type { NewUser, User, UserChange } from '#domain/people/types.ts';
import { Refusal } from '#domain/problem.ts';

import { revokeAuthSessionsOf } from './auth-sessions.ts';
import { auditOf, columnsOf, lockExternalId, noUser, taken, userOf } from './rows.ts';

const FOREIGN_KEY_VIOLATION = '23503';

/** One account. @throws not-found */
export async function selectUser(runner: Runner, id: string): Promise<User> {
  const row = await UserModel.query(runnerOf(runner)).findById(id);
  if (row === undefined) throw noUser();
  return userOf(row);
}

/** One account, locked until the transaction ends. @throws not-found */
export async function selectUserForUpdate(tx: Tx, id: string): Promise<User> {
  const row = await UserModel.query(tx.trx).findById(id).forUpdate();
  if (row === undefined) throw noUser();
  return userOf(row);
}

/** The account with an id of another system; the id is locked until the transaction ends, also when nobody has it yet. */
export async function selectOptionalUserByExternalIdForUpdate(tx: Tx, externalId: string): Promise<User | undefined> {
  await lockExternalId(tx, 'users', externalId);
  const row = await UserModel.query(tx.trx).findOne('external_id', externalId).forUpdate();
  return row === undefined ? undefined : userOf(row);
}

/**
 * Adds an account. Somebody who registers is their own actor.
 * @param passwordHash null: nobody can log in with a password yet
 * @throws already-exists
 */
export async function insertUser(tx: Tx, origin: Origin, user: NewUser, passwordHash: string | null): Promise<User> {
  await refuseTaken(tx, null, user);
  const row = await UserModel.query(tx.trx).insert({ id: uuidv7(), ...columnsOf(user), passwordHash }).returning('*');
  const added = userOf(row);
  await insertAudit(tx, { ...origin, actorId: origin.actorId ?? added.id }, {
    action: 'user.create', resourceType: 'user', resourceId: added.id, after: { ...auditOf(added), passwordSet: passwordHash !== null },
  });
  return added;
}

/**
 * Changes an account whose row the transaction holds, and ends the log-ins and tokens that must not outlive the change.
 * @param passwordHash a password that somebody else sets; undefined leaves it as it is
 * @throws already-exists; state-conflict when no admin would be left
 */
export async function updateUser(tx: Tx, origin: Origin, before: User, change: UserChange, passwordHash?: string): Promise<User> {
  await refuseTaken(tx, before.id, change);
  if (removesAdmin(before, change)) await demandOtherAdmin(tx, before.id);
  const { endTokens, endSessions } = accessConsequence(before, change, passwordHash !== undefined);
  const now = UserModel.raw('holdfast_now()');
  const [row] = await UserModel.query(tx.trx)
    .patch({
      ...columnsOf(change),
      passwordHash,
      version: before.version + 1,
      updatedAt: now,
      ...(endTokens ? { accessVersion: UserModel.raw('access_version + 1'), accessChangedAt: now } : {}),
    })
    .where('id', before.id)
    .returning('*');
  if (row === undefined) throw noUser();
  if (endSessions) await revokeAuthSessionsOf(tx, before.id, change.disabled === true ? 'account disabled' : 'password set by staff');
  const after = userOf(row);
  await insertAudit(tx, origin, {
    action: 'user.change', resourceType: 'user', resourceId: after.id,
    before: auditOf(before), after: { ...auditOf(after), ...(passwordHash === undefined ? {} : { passwordSet: true }) },
  });
  return after;
}

/**
 * Removes an account whose row the transaction holds. Whoever sat an exam, or owns something, is disabled instead: what
 * they did must stay explainable.
 * @returns the disabled account, or null when nothing is left of it
 * @throws state-conflict when no admin would be left
 */
export async function deleteUser(tx: Tx, origin: Origin, before: User): Promise<User | null> {
  if (removesAdmin(before, { disabled: true })) await demandOtherAdmin(tx, before.id);
  await tx.query('savepoint delete_user');
  try {
    await tx.query('delete from exam_assignments where student_id = $1', [before.id]);
    await tx.query('delete from users where id = $1', [before.id]);
  } catch (error) {
    if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
    await tx.query('rollback to savepoint delete_user');
    return before.disabled ? before : updateUser(tx, origin, before, { disabled: true });
  }
  await insertAudit(tx, origin, { action: 'user.delete', resourceType: 'user', resourceId: before.id, before: auditOf(before) });
  return null;
}

/** One after the other, so that two admins can not remove each other at the same time. */
async function demandOtherAdmin(tx: Tx, exceptId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('holdfast.admins'))`);
  const { rows } = await tx.query(
    `select from users where 'admin' = any(roles) and not disabled and password_hash is not null and id <> $1 limit 1`,
    [exceptId],
  );
  if (rows.length === 0) throw new Refusal('state-conflict', 'This is the last admin who can log in. Make somebody else an admin first.');
}

async function refuseTaken(tx: Tx, ownId: string | null, change: UserChange): Promise<void> {
  const { rows } = await tx.query<{ email: string }>(
    'select email from users where (lower(email) = $1 or external_id = $2) and id is distinct from $3',
    [change.email ?? null, change.externalId ?? null, ownId],
  );
  if (rows.length > 0) throw taken(rows.some((row) => row.email === change.email) ? 'email' : 'externalId', 'an account');
}
