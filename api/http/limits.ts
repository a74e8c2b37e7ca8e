import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import type { LimitGroup } from '#api/http/route.ts';
import { Refusal } from '#domain/problem.ts';

/** Requests a minute: per account, and per address before log-in (a whole class sits behind one address). */
const PER_MINUTE: Readonly<Record<Exclude<LimitGroup, 'none'>, { account: number; address: number }>> = {
  general: { account: 600, address: 6_000 },
  // a save costs so little that this only stops a loop gone wild; nobody who sits an exam meets it
  sitting: { account: 60_000, address: 60_000 },
  // failures are counted per account in SQL; this bounds a whole address
  login: { account: 600, address: 6_000 },
};

/** The budgets of one API process. */
export interface Limits {
  /**
   * Takes one request from a budget.
   * @returns headers that tell what is left
   * @throws rate-limited
   */
  take(group: LimitGroup, actorId: string | null, address: string): Promise<Readonly<Record<string, string>>>;
}

/** Counts requests in memory of this process. */
export function createLimits(): Limits {
  const limiters = new Map<string, RateLimiterMemory>();
  for (const [group, { account, address }] of Object.entries(PER_MINUTE)) {
    limiters.set(`${group}:account`, new RateLimiterMemory({ points: account, duration: 60 }));
    limiters.set(`${group}:address`, new RateLimiterMemory({ points: address, duration: 60 }));
  }
  return {
    async take(group, actorId, address) {
      if (group === 'none') return {};
      const limiter = limiters.get(`${group}:${actorId === null ? 'address' : 'account'}`)!;
      try {
        return headersOf(await limiter.consume(actorId ?? address), limiter.points);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
        throw new Refusal('rate-limited', `Too many requests. Try again in ${seconds} s.`, { extra: { retryAfterSeconds: seconds } });
      }
    },
  };
}

function headersOf(state: RateLimiterRes, limit: number): Record<string, string> {
  return {
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(state.remainingPoints),
    'RateLimit-Reset': String(Math.ceil(state.msBeforeNext / 1000)),
  };
}
