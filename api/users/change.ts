import { hashPassword } from '#api/auth/passwords.ts';
import type { Actor } from '#api/http/actor.ts';
import { can } from '#api/users/policy.ts';
import type { Origin } from '#db/audit.ts';
import type { Tx } from '#db/connection.ts';
import { insertUser, updateUser } from '#db/people/users.ts';
import type { NewUser, User, UserChange } from '#domain/people/types.ts';
import { Refusal } from '#domain/problem.ts';

interface WithPassword {
  /** Never leaves this module but as a hash. */
  readonly password?: string | undefined;
}

/** Adds an account that an admin asks for. @throws already-exists */
export async function createUser(tx: Tx, origin: Origin, { password, ...user }: NewUser & WithPassword): Promise<User> {
  return insertUser(tx, origin, user, password === undefined ? null : await hashPassword(password, 'staff'));
}

/**
 * Changes an account that an admin asks for; a request that says nothing changes nothing.
 * @throws already-exists; state-conflict for admins who take their own account away
 */
export async function changeUser(tx: Tx, origin: Origin, actor: Actor, before: User, { password, ...change }: UserChange & WithPassword): Promise<User> {
  if (change.disabled === true && !can(actor, 'disable', before)) throw new Refusal('state-conflict', 'You can not disable your own account.');
  const isEmpty = password === undefined && Object.values(change).every((value) => value === undefined);
  if (isEmpty) return before;
  return updateUser(tx, origin, before, change, password === undefined ? undefined : await hashPassword(password, 'staff'));
}
