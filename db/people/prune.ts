import type { Queryable } from '#db/connection.ts';

/** Removes what no log-in needs any more: ended log-ins after 30 days, counters after a day, devices not seen for 400 days. */
export async function pruneLogins(db: Queryable): Promise<void> {
  await db.query(`delete from auth_sessions where least(expires_at, revoked_at) < holdfast_now() - interval '30 days'`);
  await db.query('delete from refresh_tokens where expires_at < holdfast_now()');
  await db.query(`delete from login_failures where greatest(failed_at, locked_until) < holdfast_now() - interval '1 day'`);
  await db.query(`delete from known_devices where seen_at < holdfast_now() - interval '400 days'`);
}
