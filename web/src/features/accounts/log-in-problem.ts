import { ApiProblem, Offline } from '#web/lib/problem.ts';

/** What a refused log-in comes to: one of the texts of the page, and how long to wait. */
export interface LogInProblem {
  readonly kind: 'wrong' | 'rateLimited' | 'locked' | 'disabled' | 'offline' | 'broken';
  readonly waitMs: number;
  readonly requestId?: string;
}

const UNSAID_WAIT_MS = 60_000;

/** Reads what was thrown at a log-in. */
export function readLogInProblem(thrown: unknown): LogInProblem {
  if (thrown instanceof Offline) return { kind: 'offline', waitMs: 0 };
  if (!(thrown instanceof ApiProblem)) return { kind: 'broken', waitMs: 0 };
  const { code, requestId, retryAfterMs } = thrown;
  switch (code) {
    case 'unauthenticated':
    // an address that is none, or an empty password
    case 'validation-failed':
      return { kind: 'wrong', waitMs: 0, requestId };
    case 'rate-limited':
      return { kind: 'rateLimited', waitMs: retryAfterMs ?? UNSAID_WAIT_MS, requestId };
    case 'account-locked':
      return { kind: 'locked', waitMs: retryAfterMs ?? UNSAID_WAIT_MS, requestId };
    case 'forbidden':
      return { kind: 'disabled', waitMs: 0, requestId };
    default:
      return { kind: 'broken', waitMs: 0, requestId };
  }
}
