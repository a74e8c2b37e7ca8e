import type { Queryable } from '#db/connection.ts';

/** Log-ins and rights that ended lately. */
export interface Revocations {
  readonly authSessionIds: readonly string[];
  /** Tokens issued under an older access version are void; all of them while the account is disabled. */
  readonly users: readonly { readonly userId: string; readonly accessVersion: number; readonly disabled: boolean }[];
}

/**
 * Lists what ended within the last `windowMs` by the clock of the database. A row carries the instant of its statement, not of
 * its commit: look back farther than a transaction can last.
 */
export async function listRevocations(db: Queryable, windowMs: number): Promise<Revocations> {
  const [sessions, users] = await Promise.all([
    db.query<{ id: string }>(`select id from auth_sessions where revoked_at > holdfast_now() - $1 * interval '1 millisecond'`, [windowMs]),
    db.query<{ userId: string; accessVersion: number; disabled: boolean }>(
      `select id as "userId", access_version as "accessVersion", disabled from users
       where access_changed_at > holdfast_now() - $1 * interval '1 millisecond'`,
      [windowMs],
    ),
  ]);
  return { authSessionIds: sessions.rows.map((row) => row.id), users: users.rows };
}
