import { PLATFORM } from '#db/audit.ts';
import type { Tx } from '#db/connection.ts';
import { insertUser } from '#db/people/users.ts';
import { hashPassword } from '#api/auth/passwords.ts';

import type { Loaded } from './load.ts';
import { newPassword } from './passwords.ts';

const EMAIL = 'admin@holdfast.localhost';

/** Makes the account with which an installation begins. */
export async function insertFirstAdmin(tx: Tx): Promise<Loaded> {
  const password = newPassword();
  const user = { email: EMAIL, name: 'Administrator', roles: ['admin'] as const };
  const { id } = await insertUser(tx, PLATFORM, user, await hashPassword(password, 'staff'));
  return { adminId: id, accounts: [{ role: 'admin', email: EMAIL, password }] };
}
