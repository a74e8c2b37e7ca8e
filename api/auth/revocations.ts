import type { Tokens } from '#api/auth/tokens.ts';
import { ACCESS_SECONDS } from '#api/auth/tokens.ts';
import type { Queryable } from '#db/connection.ts';
import { listRevocations } from '#db/people/revocations.ts';

const INTERVAL_MS = 1_000;
/** A row appears up to one transaction after the instant that it carries; no transaction lasts this long. */
const OVERLAP_MS = 30_000;
/** A process that starts has to know of everything that can still be used. */
const FIRST_LOOK_MS = (ACCESS_SECONDS + 60) * 1000;

/** Tells the tokens of this process what ended elsewhere. */
export interface Revocations {
  /** Looks once, then every second. A look that fails is made up for by the next one, which looks farther back. */
  start(): Promise<void>;
  stop(): void;
}

/** Makes the look-out of one process: a disabled account, other roles, a log-out end within about a second everywhere. */
export function createRevocations(db: Queryable, tokens: Pick<Tokens, 'revokeSession' | 'revokeUser'>, intervalMs = INTERVAL_MS): Revocations {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let seenUpTo = performance.now() - FIRST_LOOK_MS;

  async function look(): Promise<void> {
    const began = performance.now();
    try {
      const { authSessionIds, users } = await listRevocations(db, began - seenUpTo + OVERLAP_MS);
      for (const id of authSessionIds) tokens.revokeSession(id);
      for (const user of users) tokens.revokeUser(user.userId, user.disabled ? Infinity : user.accessVersion);
      seenUpTo = began;
    } catch {
      // the database is away: nothing can be saved either, and the next look covers this one
    }
    if (!stopped) timer = setTimeout(() => void look(), intervalMs).unref();
  }

  return {
    start: look,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
