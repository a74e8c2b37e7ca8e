import { hashSecret, REFRESH_MS, type Tokens } from '#api/auth/tokens.ts';
import { type Origin, insertAudit } from '#db/audit.ts';
import { type Db, inTransaction } from '#db/connection.ts';
import { type Grant, useRefreshToken } from '#db/people/auth-sessions.ts';
import { selectUser } from '#db/people/users.ts';
import type { User } from '#domain/people/types.ts';
import { Refusal } from '#domain/problem.ts';

/**
 * Exchanges a refresh token. The next one is derived from it, so a repeated exchange finds the same pair without any token
 * being stored.
 * @throws unauthenticated for a token that is unknown, over, or used twice (which ends its log-in)
 */
export async function refreshLogin(db: Db, tokens: Tokens, origin: Origin, token: string): Promise<{ grant: Grant; user: User; refreshToken: string }> {
  const refreshToken = tokens.nextRefresh(token);
  const done = await inTransaction(db, async (tx) => {
    const outcome = await useRefreshToken(tx, hashSecret(token), hashSecret(refreshToken), REFRESH_MS);
    if (outcome.verdict === 'reuse') {
      const { userId, authSessionId } = outcome;
      await insertAudit(tx, { ...origin, actorId: userId }, { action: 'auth.refresh-reused', resourceType: 'auth-session', resourceId: authSessionId });
    }
    // a refusal thrown in here would take the end of the log-in back
    return 'grant' in outcome ? { grant: outcome.grant, user: await selectUser(tx, outcome.grant.userId) } : outcome;
  });
  if ('grant' in done) return { ...done, refreshToken };
  if (done.verdict === 'reuse') tokens.revokeSession(done.authSessionId);
  throw new Refusal('unauthenticated', done.verdict === 'reuse' ? 'This refresh token was used before, so its log-in is ended. Log in again.' : 'Log in again.');
}
