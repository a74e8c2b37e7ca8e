import { v7 as uuidv7 } from 'uuid';

import type { Queryable, Tx } from '#db/connection.ts';
import { AuthSessionModel } from '#db/models/auth-session.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { judgeRefresh, type RefreshVerdict } from '#domain/people/refresh.ts';
import type { Role } from '#domain/people/roles.ts';

/** One place where an account is logged in. */
export interface AuthSession {
  readonly id: string;
  readonly userAgent: string;
  readonly address: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number;
  readonly expiresAtMs: number;
}

/** What an access token is made of. */
export interface Grant {
  readonly userId: string;
  readonly roles: readonly Role[];
  readonly accessVersion: number;
  readonly authSessionId: string;
  /** Epoch ms by the clock of the database. */
  readonly issuedAtMs: number;
}

/** Where a log-in comes from, and how its first refresh token is known. */
export interface NewAuthSession {
  readonly userId: string;
  readonly passwordHash: string;
  readonly refreshHash: string;
  readonly refreshMs: number;
  readonly deviceHash: string;
  readonly userAgent: string;
  readonly address: string;
}

/**
 * Opens a log-in and remembers the device.
 * @returns undefined when the account was disabled, or its password changed, since the password was checked
 */
export async function insertAuthSession(tx: Tx, session: NewAuthSession): Promise<Grant | undefined> {
  // share: a change of rights or password waits for us, or we see it
  const { rows } = await tx.query<{ roles: Role[]; access_version: number; now: Date }>(
    'select roles, access_version, holdfast_now() as now from users where id = $1 and not disabled and password_hash = $2 for share',
    [session.userId, session.passwordHash],
  );
  const user = rows[0];
  if (user === undefined) return undefined;
  const id = uuidv7();
  const expiresAt = new Date(user.now.getTime() + session.refreshMs);
  const { userId, deviceHash, userAgent, address } = session;
  await AuthSessionModel.query(tx.trx).insert({ id, userId, deviceHash, userAgent, address, expiresAt, createdAt: user.now, lastUsedAt: user.now });
  await insertRefreshToken(tx, session.refreshHash, id, expiresAt);
  await tx.query(
    `insert into known_devices (user_id, device_hash) values ($1, $2)
     on conflict (user_id, device_hash) do update set seen_at = excluded.seen_at`,
    [userId, deviceHash],
  );
  return { userId, roles: user.roles, accessVersion: user.access_version, authSessionId: id, issuedAtMs: user.now.getTime() };
}

/** What became of a refresh. */
export type RefreshOutcome =
  | { readonly verdict: 'unknown' | 'over' }
  | { readonly verdict: 'reuse'; readonly userId: string; readonly authSessionId: string }
  | { readonly verdict: 'rotate' | 'repeat'; readonly grant: Grant };

/**
 * Uses a refresh token. Its log-in is locked first, so that two tabs that refresh at once get one after the other the same pair.
 * A token used again too late ends the log-in; that has to be committed.
 * @param next hash of the token that follows this one
 * @param refreshMs life of the next token, ms
 */
export async function useRefreshToken(tx: Tx, hash: string, next: string, refreshMs: number): Promise<RefreshOutcome> {
  const session = await lockSessionOf(tx, hash);
  if (session === undefined) return { verdict: 'unknown' };
  const { rows } = await tx.query<{ used_at: Date | null; expires_at: Date; now: Date }>(
    'select used_at, expires_at, holdfast_now() as now from refresh_tokens where token_hash = $1',
    [hash],
  );
  const token = rows[0];
  if (token === undefined) return { verdict: 'unknown' };
  const verdict: RefreshVerdict = judgeRefresh(
    { usedAtMs: token.used_at?.getTime() ?? null, expiresAtMs: token.expires_at.getTime(), ended: session.ended },
    token.now.getTime(),
  );
  if (verdict === 'over') return { verdict };
  if (verdict === 'reuse') {
    await revokeAuthSession(tx, session.id, 'refresh token used twice');
    return { verdict, userId: session.userId, authSessionId: session.id };
  }
  const usedAt = token.used_at ?? token.now;
  if (verdict === 'rotate') {
    const expiresAt = new Date(token.now.getTime() + refreshMs);
    await tx.query('update refresh_tokens set used_at = $2 where token_hash = $1', [hash, usedAt]);
    await insertRefreshToken(tx, next, session.id, expiresAt);
    await tx.query('update auth_sessions set last_used_at = $2, expires_at = $3 where id = $1', [session.id, usedAt, expiresAt]);
  }
  const { userId, roles, accessVersion } = session;
  return { verdict, grant: { userId, roles, accessVersion, authSessionId: session.id, issuedAtMs: usedAt.getTime() } };
}

/** The log-in that a refresh token belongs to, if it is open. */
export async function selectOptionalAuthSessionOfToken(runner: Queryable, hash: string): Promise<{ id: string; userId: string } | undefined> {
  const { rows } = await runner.query<{ id: string; userId: string }>(
    `select s.id, s.user_id as "userId" from refresh_tokens t join auth_sessions s on s.id = t.auth_session_id
     where t.token_hash = $1 and s.revoked_at is null`,
    [hash],
  );
  return rows[0];
}

/** The open log-ins of an account, the last used first. */
export async function listAuthSessions(runner: Runner, userId: string, limit: number): Promise<readonly AuthSession[]> {
  const rows = await AuthSessionModel.query(runnerOf(runner))
    .where('user_id', userId)
    .whereNull('revoked_at')
    .whereRaw('expires_at > holdfast_now()')
    .orderBy([{ column: 'last_used_at', order: 'desc' }, 'id'])
    .limit(limit);
  return rows.map(({ id, userAgent, address, createdAt, lastUsedAt, expiresAt }) => ({
    id, userAgent, address, createdAtMs: createdAt.getTime(), lastUsedAtMs: lastUsedAt.getTime(), expiresAtMs: expiresAt.getTime(),
  }));
}

/**
 * Ends one log-in.
 * @param ownerId when given, only if it belongs to this account
 * @returns whether there was an open one
 */
export async function revokeAuthSession(tx: Queryable, id: string, reason: string, ownerId: string | null = null): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update auth_sessions set revoked_at = holdfast_now(), revoke_reason = $2
     where id = $1 and revoked_at is null and ($3::uuid is null or user_id = $3)`,
    [id, reason, ownerId],
  );
  return rowCount === 1;
}

/** Ends every log-in of an account. @param exceptId a log-in that goes on. @returns ids of the ended ones */
export async function revokeAuthSessionsOf(tx: Queryable, userId: string, reason: string, exceptId: string | null = null): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update auth_sessions set revoked_at = holdfast_now(), revoke_reason = $2
     where user_id = $1 and revoked_at is null and id is distinct from $3 returning id`,
    [userId, reason, exceptId],
  );
  return rows.map((row) => row.id);
}

async function lockSessionOf(tx: Queryable, hash: string) {
  const { rows } = await tx.query<{ id: string; ended: boolean; userId: string; roles: Role[]; accessVersion: number }>(
    `select s.id, s.revoked_at is not null or u.disabled as ended, s.user_id as "userId", u.roles, u.access_version as "accessVersion"
     from refresh_tokens t join auth_sessions s on s.id = t.auth_session_id join users u on u.id = s.user_id
     where t.token_hash = $1 for update of s`,
    [hash],
  );
  return rows[0];
}

async function insertRefreshToken(tx: Queryable, hash: string, authSessionId: string, expiresAt: Date): Promise<void> {
  await tx.query('insert into refresh_tokens (token_hash, auth_session_id, expires_at) values ($1, $2, $3)', [hash, authSessionId, expiresAt]);
}
