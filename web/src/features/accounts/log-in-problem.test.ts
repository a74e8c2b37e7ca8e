import { describe, expect, it } from 'vitest';

import type { ProblemCode } from '#domain/problem.ts';
import { ApiProblem, Offline } from '#web/lib/problem.ts';
import { readLogInProblem } from './log-in-problem.ts';

const problem = (code: ProblemCode, retryAfterMs?: number): ApiProblem => new ApiProblem({ code, status: 400, title: '', detail: '', requestId: 'r1' }, retryAfterMs);

describe('readLogInProblem', () => {
  it.each([
    ['a wrong password', problem('unauthenticated'), 'wrong', 0],
    ['an address that is none', problem('validation-failed'), 'wrong', 0],
    ['too many tries', problem('rate-limited', 42_000), 'rateLimited', 42_000],
    ['too many tries without a wait', problem('rate-limited'), 'rateLimited', 60_000],
    ['a locked account', problem('account-locked', 120_000), 'locked', 120_000],
    ['a disabled account', problem('forbidden'), 'disabled', 0],
    ['no network', new Offline('no'), 'offline', 0],
    ['a broken server', problem('internal'), 'broken', 0],
    ['a bug', new TypeError('x'), 'broken', 0],
  ])('knows %s', (_name, thrown, kind, waitMs) => {
    expect(readLogInProblem(thrown)).toMatchObject({ kind, waitMs });
  });
});
