import { inTurn } from '#api/auth/in-turn.ts';
import { verifyPassword } from '#api/auth/passwords.ts';
import { hashSecret, REFRESH_MS } from '#api/auth/tokens.ts';
import { type Origin, insertAudit } from '#db/audit.ts';
import { type Db, inTransaction } from '#db/connection.ts';
import { type Grant, insertAuthSession } from '#db/people/auth-sessions.ts';
import { deleteLoginFailures, insertLoginFailure, selectOptionalStop, type Stop } from '#db/people/login-failures.ts';
import { type Credentials, selectOptionalCredentials } from '#db/people/passwords.ts';
import { selectUser } from '#db/people/users.ts';
import { lockScopes, type LockScope } from '#domain/people/lockout.ts';
import type { User } from '#domain/people/types.ts';
import { Refusal } from '#domain/problem.ts';

/** Somebody who says who they are. */
export interface Attempt {
  readonly email: string;
  readonly password: string;
  readonly deviceHash: string;
}

/** A password that was right, and the counters that it makes good. */
export interface Proof {
  readonly passwordHash: string;
  readonly scopes: readonly LockScope[];
}

/**
 * Opens a log-in: checks the password behind the counters of wrong ones, and remembers the device.
 * @param refreshToken the first refresh token of the log-in
 * @throws unauthenticated, rate-limited, account-locked; forbidden for a disabled account with the right password
 */
export async function logIn(
  db: Db,
  origin: Origin,
  attempt: Attempt & { userAgent: string; refreshToken: string },
): Promise<{ grant: Grant; user: User }> {
  const credentials = await selectOptionalCredentials(db, attempt.email, attempt.deviceHash);
  const proof = await provePassword(db, origin, credentials, attempt);
  if (credentials === undefined || proof === null) throw wrongPassword();
  if (credentials.disabled) throw new Refusal('forbidden', 'This account is disabled. Ask your administrator.');
  const { userId } = credentials;
  return inTransaction(db, async (tx) => {
    await deleteLoginFailures(tx, proof.scopes);
    const grant = await insertAuthSession(tx, {
      userId,
      passwordHash: proof.passwordHash,
      refreshHash: hashSecret(attempt.refreshToken),
      refreshMs: REFRESH_MS,
      deviceHash: attempt.deviceHash,
      userAgent: attempt.userAgent,
      address: origin.address ?? '',
    });
    if (grant === undefined) throw wrongPassword();
    await insertAudit(tx, { ...origin, actorId: userId }, { action: 'auth.login', resourceType: 'auth-session', resourceId: grant.authSessionId });
    return { grant, user: await selectUser(tx, userId) };
  });
}

/**
 * Checks a password and counts it when it is wrong. A right one never counts.
 * @returns null for a wrong one
 * @throws rate-limited, account-locked while the counters stop this attempt, however right it is
 */
export async function provePassword(db: Db, origin: Origin, credentials: Credentials | undefined, attempt: Attempt): Promise<Proof | null> {
  const known = credentials?.knownDevice === true ? { userId: credentials.userId, deviceHash: attempt.deviceHash } : null;
  const scopes = lockScopes({ email: attempt.email, address: origin.address ?? '', known });
  return inTurn(scopes[0]!.key, async () => {
    const stop = await selectOptionalStop(db, scopes);
    if (stop !== undefined) throw stopped(stop);
    const passwordHash = credentials?.passwordHash ?? null;
    if (await verifyPassword(passwordHash, attempt.password)) return { passwordHash: passwordHash!, scopes };
    await countFailure(db, origin, credentials?.userId ?? null, scopes);
    return null;
  });
}

async function countFailure(db: Db, origin: Origin, userId: string | null, scopes: readonly LockScope[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    const stop = await insertLoginFailure(tx, scopes);
    if (stop === undefined) return;
    const after = { code: stop.code, seconds: Math.ceil(stop.retryAfterMs / 1000), knownDevice: scopes[0]!.scope === 'device' };
    await insertAudit(tx, origin, { action: 'auth.stop', resourceType: 'user', resourceId: userId, after });
  });
}

function stopped(stop: Stop): Refusal {
  const retryAfterSeconds = Math.ceil(stop.retryAfterMs / 1000);
  const extra = { retryAfterSeconds };
  if (stop.code === 'rate-limited') return new Refusal('rate-limited', `Too many wrong passwords. Try again in ${retryAfterSeconds} s.`, { extra });
  return new Refusal(
    'account-locked',
    `Too many wrong passwords: locked for ${retryAfterSeconds} s on devices that have not been used for this account before.`,
    { extra },
  );
}

function wrongPassword(): Refusal {
  return new Refusal('unauthenticated', 'E-mail address or password is wrong.');
}
