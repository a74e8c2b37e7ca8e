import { describe, expect, test } from 'vitest';

import type { SessionView } from '#activities/session/session-activities.ts';

import { isOpen, LOOK_AGAIN_MS, nextWake, PAUSE_ALERT_AFTER_MS } from './plan.ts';

const NOW = 1_800_000_000_000;

function buildView(change: Partial<SessionView> = {}): SessionView {
  return {
    state: 'active', version: 1, nowMs: NOW, cutoffAtMs: NOW + 60_000, jitterMs: 250,
    pausedAtMs: null, pauseLimitAtMs: null, closedVersion: null, gradeInline: true, ...change,
  };
}

describe('what an open session waits for', () => {
  test('an active session waits for its cut-off and its share of the jitter', () => {
    expect(nextWake(buildView(), null, 0)).toEqual({ purpose: 'deadline', inMs: 60_250 });
  });

  test('an overdue session is looked at at once', () => {
    expect(nextWake(buildView({ cutoffAtMs: NOW - 5_000 }), null, 0)).toEqual({ purpose: 'deadline', inMs: 0 });
  });

  test('an overdue session that could not be closed is looked at again after a second, not in a circle', () => {
    expect(nextWake(buildView({ cutoffAtMs: NOW - 5_000 }), null, LOOK_AGAIN_MS).inMs).toBe(1_000);
  });

  test('a hold is brought to the attention of staff once', () => {
    const view = buildView({ state: 'paused', pausedAtMs: NOW, pauseLimitAtMs: NOW + 86_400_000 });
    expect(nextWake(view, null, 0)).toEqual({ purpose: 'pause-alert', inMs: PAUSE_ALERT_AFTER_MS });
    expect(nextWake(view, NOW, 0)).toEqual({ purpose: 'pause-limit', inMs: 86_400_250 });
  });

  test('a second hold of the same session alerts again', () => {
    const view = buildView({ state: 'paused', pausedAtMs: NOW, pauseLimitAtMs: null });
    expect(nextWake(view, NOW - 3_600_000, 0).purpose).toBe('pause-alert');
  });

  test('a hold without a limit waits for a person', () => {
    expect(nextWake(buildView({ state: 'paused', pausedAtMs: NOW }), NOW, 0)).toEqual({ purpose: 'pause-limit', inMs: undefined });
  });

  test('a hold whose limit comes before the alert goes straight to its limit', () => {
    const view = buildView({ state: 'paused', pausedAtMs: NOW, pauseLimitAtMs: NOW + 1_000 });
    expect(nextWake(view, null, 0)).toEqual({ purpose: 'pause-limit', inMs: 1_250 });
  });

  test.each([['active', true], ['paused', true], ['submitted', false], ['expired', false], ['terminated', false], ['withdrawn', false]] as const)(
    'a session in state %s is open: %s',
    (state, open) => {
      expect(isOpen({ state })).toBe(open);
    },
  );
});
