import { type Origin, insertAudit } from '#db/audit.ts';
import type { Queryable, Tx } from '#db/connection.ts';

import { revokeAuthSessionsOf } from './auth-sessions.ts';

/** What a log-in is checked against. */
export interface Credentials {
  readonly userId: string;
  readonly passwordHash: string | null;
  readonly disabled: boolean;
  /** Whether the device of this attempt logged in to the account before. */
  readonly knownDevice: boolean;
}

/** The credentials behind an e-mail address (lower case), seen from a device. */
export async function selectOptionalCredentials(db: Queryable, email: string, deviceHash: string): Promise<Credentials | undefined> {
  const { rows } = await db.query<Credentials>(`${SELECT} where lower(u.email) = $2`, [deviceHash, email]);
  return rows[0];
}

/** The credentials of an account, seen from a device. */
export async function selectOptionalCredentialsOf(db: Queryable, userId: string, deviceHash: string): Promise<(Credentials & { email: string }) | undefined> {
  const { rows } = await db.query<Credentials & { email: string }>(`${SELECT} where u.id = $2`, [deviceHash, userId]);
  return rows[0];
}

/**
 * Replaces the password that its owner proved to know; every other log-in of the account ends.
 * @param known hash of the proven password
 * @returns ids of the ended log-ins; undefined when the password changed meanwhile
 */
export async function updateOwnPassword(
  tx: Tx,
  origin: Origin,
  change: { userId: string; authSessionId: string; known: string; next: string },
): Promise<readonly string[] | undefined> {
  const { rowCount } = await tx.query(
    `update users set password_hash = $3, updated_at = holdfast_now() where id = $1 and password_hash = $2 and not disabled`,
    [change.userId, change.known, change.next],
  );
  if (rowCount === 0) return undefined;
  const ended = await revokeAuthSessionsOf(tx, change.userId, 'password changed', change.authSessionId);
  await insertAudit(tx, origin, { action: 'user.change-password', resourceType: 'user', resourceId: change.userId, after: { endedLogins: ended.length } });
  return ended;
}

const SELECT = `
  select u.id as "userId", u.email, u.password_hash as "passwordHash", u.disabled,
    exists (select from known_devices d where d.user_id = u.id and d.device_hash = $1) as "knownDevice"
  from users u`;
