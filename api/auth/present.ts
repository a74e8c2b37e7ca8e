import type { Actor } from '#api/http/actor.ts';
import type { AuthSession } from '#db/people/auth-sessions.ts';

/** One log-in, for the person it belongs to. */
export function presentAuthSession(session: AuthSession, actor: Actor) {
  return {
    id: session.id,
    current: session.id === actor.authSessionId,
    userAgent: session.userAgent,
    address: session.address,
    createdAt: new Date(session.createdAtMs).toISOString(),
    lastUsedAt: new Date(session.lastUsedAtMs).toISOString(),
    expiresAt: new Date(session.expiresAtMs).toISOString(),
  };
}
