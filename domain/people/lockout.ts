/** Wrong passwords counted under one key. */
export interface FailureState {
  readonly failures: number;
  /** Epoch ms: the last failure of a sliding rule, the first of a window otherwise. */
  readonly failedAtMs: number;
  /** Epoch ms until which nobody is let through under this key; null when nobody was stopped yet. */
  readonly lockedUntilMs: number | null;
}

/** When failures stop further tries, and for how long. */
export interface LockRule {
  /** A stop follows each such number of failures. */
  readonly every: number;
  /** Length of the first, second, … stop in ms; the last one repeats. */
  readonly waitsMs: readonly number[];
  /** Failures are forgotten this long (ms) after the last one, or after the first when the rule counts in windows. */
  readonly forgetAfterMs: number;
  readonly counts: 'sliding' | 'window';
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const BACK_OFF = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];

/** One account tried from one address: 5 wrong passwords, then a minute, then a lock that grows. */
export const ACCOUNT_AT_ADDRESS_RULE: LockRule = { every: 5, waitsMs: BACK_OFF, forgetAfterMs: 15 * MINUTE, counts: 'sliding' };
/** One account tried from many addresses. */
export const ACCOUNT_RULE: LockRule = { every: 50, waitsMs: BACK_OFF, forgetAfterMs: 15 * MINUTE, counts: 'sliding' };
/** One address, behind which a whole class may sit. */
export const ADDRESS_RULE: LockRule = { every: 300, waitsMs: [MINUTE], forgetAfterMs: MINUTE, counts: 'window' };
/** One account on a device that it logged in from before: slowed down, never locked. */
export const DEVICE_RULE: LockRule = { every: 5, waitsMs: [MINUTE], forgetAfterMs: MINUTE, counts: 'window' };

/** One counter that an attempt is held against. */
export interface LockScope {
  readonly scope: 'account-address' | 'account' | 'address' | 'device';
  readonly key: string;
  readonly rule: LockRule;
}

/**
 * The counters of one attempt. A known device has one of its own, so that wrong passwords typed by somebody else, from
 * wherever, never keep the owner out.
 * @param attempt account name, address, and account id with device mark when the device is known to that account
 */
export function lockScopes(attempt: { email: string; address: string; known: { userId: string; deviceHash: string } | null }): readonly LockScope[] {
  if (attempt.known !== null) return [{ scope: 'device', key: `${attempt.known.userId} ${attempt.known.deviceHash}`, rule: DEVICE_RULE }];
  const network = networkOf(attempt.address);
  return [
    { scope: 'account-address', key: `${attempt.email} ${network}`, rule: ACCOUNT_AT_ADDRESS_RULE },
    { scope: 'account', key: attempt.email, rule: ACCOUNT_RULE },
    { scope: 'address', key: network, rule: ADDRESS_RULE },
  ];
}

/**
 * What one subscriber holds: an IPv4 address, or the first 64 bits of an IPv6 address.
 * @source RFC 6177 section 2 (end sites get /64 or more)
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

/** The counter after one more wrong password at `nowMs`. */
export function afterFailure(state: FailureState | undefined, nowMs: number, rule: LockRule): FailureState {
  const known = state === undefined || isForgotten(state, nowMs, rule) ? undefined : state;
  const failures = (known?.failures ?? 0) + 1;
  const failedAtMs = known !== undefined && rule.counts === 'window' ? known.failedAtMs : nowMs;
  if (failures % rule.every !== 0) return { failures, failedAtMs, lockedUntilMs: known?.lockedUntilMs ?? null };
  const wait = rule.waitsMs[Math.min(failures / rule.every, rule.waitsMs.length) - 1] ?? 0;
  return { failures, failedAtMs, lockedUntilMs: nowMs + wait };
}

/** Why an attempt at `nowMs` is stopped, and for how many ms; null when it may go on. */
export function lockOf(
  state: FailureState | undefined,
  nowMs: number,
  rule: LockRule,
): { readonly code: 'rate-limited' | 'account-locked'; readonly retryAfterMs: number } | null {
  if (state?.lockedUntilMs == null || state.lockedUntilMs <= nowMs) return null;
  const grown = rule.waitsMs.length > 1 && state.failures >= 2 * rule.every;
  return { code: grown ? 'account-locked' : 'rate-limited', retryAfterMs: state.lockedUntilMs - nowMs };
}

function isForgotten(state: FailureState, nowMs: number, rule: LockRule): boolean {
  const since = rule.counts === 'window' ? state.failedAtMs : Math.max(state.failedAtMs, state.lockedUntilMs ?? 0);
  return nowMs - since >= rule.forgetAfterMs;
}
