import { describe, expect, it } from 'vitest';

import {
  ACCOUNT_AT_ADDRESS_RULE, ACCOUNT_RULE, ADDRESS_RULE, DEVICE_RULE, afterFailure, lockOf, lockScopes, networkOf, type FailureState, type LockRule,
} from './lockout.ts';

const MINUTE = 60_000;

function failing(times: number, rule: LockRule, nowMs: number, from?: FailureState): FailureState {
  let state = from;
  for (let count = 0; count < times; count += 1) state = afterFailure(state, nowMs, rule);
  return state!;
}

describe('wrong passwords for an account at one address', () => {
  const rule = ACCOUNT_AT_ADDRESS_RULE;

  it('do not stop anybody before the fifth', () => {
    expect(lockOf(failing(4, rule, 1_000), 1_000, rule)).toBeNull();
  });

  it('stop for a minute at the fifth, to the millisecond', () => {
    const state = failing(5, rule, 1_000);
    expect(lockOf(state, 1_000, rule)).toEqual({ code: 'rate-limited', retryAfterMs: MINUTE });
    expect(lockOf(state, 1_000 + MINUTE - 1, rule)).toEqual({ code: 'rate-limited', retryAfterMs: 1 });
    expect(lockOf(state, 1_000 + MINUTE, rule)).toBeNull();
  });

  it.each([[10, 5], [15, 15], [20, 60], [25, 60]])('lock the account at failure %i for %i minutes', (failures, minutes) => {
    expect(lockOf(failing(failures, rule, 0), 0, rule)).toEqual({ code: 'account-locked', retryAfterMs: minutes * MINUTE });
  });

  it('are forgotten 15 minutes after the stop has ended, to the millisecond', () => {
    const state = failing(5, rule, 0);
    const end = MINUTE + 15 * MINUTE;
    expect(afterFailure(state, end - 1, rule).failures).toBe(6);
    expect(afterFailure(state, end, rule)).toEqual({ failures: 1, failedAtMs: end, lockedUntilMs: null });
  });
});

describe('an address with a whole class behind it', () => {
  it('is never locked, only slowed down, and only beyond 300 wrong passwords in one minute', () => {
    expect(lockOf(failing(299, ADDRESS_RULE, 0), 0, ADDRESS_RULE)).toBeNull();
    expect(lockOf(failing(300, ADDRESS_RULE, 0), 0, ADDRESS_RULE)).toEqual({ code: 'rate-limited', retryAfterMs: MINUTE });
    expect(lockOf(failing(900, ADDRESS_RULE, 0), 0, ADDRESS_RULE)?.code).toBe('rate-limited');
  });

  it('starts to count afresh a minute after the first failure, however steadily more come', () => {
    const first = failing(200, ADDRESS_RULE, 0);
    const later = failing(99, ADDRESS_RULE, MINUTE - 1, first);
    expect(later).toEqual({ failures: 299, failedAtMs: 0, lockedUntilMs: null });
    expect(afterFailure(later, MINUTE, ADDRESS_RULE)).toEqual({ failures: 1, failedAtMs: MINUTE, lockedUntilMs: null });
  });
});

describe('a known device', () => {
  it('is held against a counter of its own that no stranger can reach', () => {
    const known = { userId: 'u', deviceHash: 'd' };
    expect(lockScopes({ email: 'a@b.c', address: '10.0.0.1', known })).toEqual([{ scope: 'device', key: 'u d', rule: DEVICE_RULE }]);
    const strange = lockScopes({ email: 'a@b.c', address: '10.0.0.1', known: null });
    expect(strange.map(({ scope, key }) => [scope, key])).toEqual([
      ['account-address', 'a@b.c 10.0.0.1'], ['account', 'a@b.c'], ['address', '10.0.0.1'],
    ]);
  });

  it('is slowed down to five wrong passwords a minute and never locked', () => {
    expect(lockOf(failing(5, DEVICE_RULE, 0), 0, DEVICE_RULE)).toEqual({ code: 'rate-limited', retryAfterMs: MINUTE });
    expect(lockOf(failing(50, DEVICE_RULE, 0), 0, DEVICE_RULE)?.code).toBe('rate-limited');
  });
});

it('an account tried from many addresses is stopped at the fiftieth failure', () => {
  expect(lockOf(failing(49, ACCOUNT_RULE, 0), 0, ACCOUNT_RULE)).toBeNull();
  expect(lockOf(failing(50, ACCOUNT_RULE, 0), 0, ACCOUNT_RULE)?.code).toBe('rate-limited');
  expect(lockOf(failing(100, ACCOUNT_RULE, 0), 0, ACCOUNT_RULE)?.code).toBe('account-locked');
});

it.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('the address %j belongs to the network %j', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
