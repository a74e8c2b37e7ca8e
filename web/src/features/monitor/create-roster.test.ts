import { createEffect, createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createRoster, type Roster } from './create-roster.ts';
import { createView } from './create-view.ts';
import { streamHandlers } from './stream-handlers.ts';
import { buildStudent } from './test-student.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'requestAnimationFrame', 'cancelAnimationFrame'] }));
afterEach(() => vi.useRealTimers());

const at = (ms: number): string => new Date(ms).toISOString();
const place = { examId: 'e', sessionId: 's1', at: at(5_000) };

function inRoot<Value>(work: (roster: Roster) => Value): Value {
  return createRoot((dispose) => {
    const roster = createRoster();
    const value = work(roster);
    dispose();
    return value;
  });
}

describe('createRoster', () => {
  it('shows many patches of a line as one, in the next frame', () => {
    const seen: number[] = [];
    const { roster, dispose } = createRoot((end) => {
      const made = createRoster();
      made.reset([buildStudent()]);
      createEffect(() => void seen.push(made.student('s1')!.answered));
      return { roster: made, dispose: end };
    });
    for (const answered of [4, 5, 6]) roster.patch('s1', { answered });
    expect(roster.peek('s1')!.answered).toBe(6);
    expect(seen).toEqual([3]);
    vi.advanceTimersByTime(20);
    expect(seen).toEqual([3, 6]);
    dispose();
  });

  it('counts again some times a second, and at once when lines come or go', () => inRoot((roster) => {
    roster.reset([buildStudent(), buildStudent({ key: 's2', state: 'absent' })]);
    expect(roster.counts()).toMatchObject({ all: 2, active: 1, absent: 1 });
    roster.patch('s1', { state: 'submitted' });
    vi.advanceTimersByTime(300);
    expect(roster.counts()).toMatchObject({ active: 0, submitted: 1 });
    roster.remove('s2');
    expect(roster.counts().all).toBe(1);
  }));
});

describe('streamHandlers', () => {
  const follow = (roster: Roster): { on: ReturnType<typeof streamHandlers>; refresh: ReturnType<typeof vi.fn> } => {
    const refresh = vi.fn();
    const nothing = (): void => undefined;
    const on = streamHandlers({ roster, examId: 'e', refresh, helpChanged: nothing, patchHelp: nothing, incident: nothing, changed: nothing, acknowledged: nothing, windowChanged: nothing, messageSent: nothing, heard: nothing, reset: nothing });
    return { on, refresh };
  };

  it('keeps what is left when a session is paused, and its new end when it goes on', () => inRoot((roster) => {
    roster.reset([buildStudent({ deadlineAtMs: 65_000 })]);
    const { on } = follow(roster);
    on['session-changed']!({ ...place, change: 'paused', sessionVersion: 2, state: 'paused', deadlineAt: null, reason: 'why' });
    expect(roster.peek('s1')).toMatchObject({ state: 'paused', remainingMs: 60_000, pausedAtMs: 5_000, deadlineAtMs: null, version: 2 });
    on['session-changed']!({ ...place, change: 'resumed', sessionVersion: 3, state: 'active', deadlineAt: at(90_000), reason: null });
    expect(roster.peek('s1')).toMatchObject({ state: 'active', deadlineAtMs: 90_000, pausedAtMs: null, version: 3 });
  }));

  it('takes no older version of a session over a newer one', () => inRoot((roster) => {
    roster.reset([buildStudent({ version: 5, deadlineAtMs: 99_000 })]);
    follow(roster).on['session-changed']!({ ...place, change: 'extend', sessionVersion: 4, deadlineAt: at(50_000), reason: null });
    expect(roster.peek('s1')).toMatchObject({ version: 5, deadlineAtMs: 99_000 });
  }));

  it('reads sessions that it does not know, and paused ones whose time was changed', () => inRoot((roster) => {
    roster.reset([buildStudent({ state: 'paused', deadlineAtMs: null })]);
    const { on, refresh } = follow(roster);
    on['session-changed']!({ ...place, sessionId: 'new', change: 'started', sessionVersion: 1, state: 'active', reason: null });
    on['session-changed']!({ ...place, change: 'extend', sessionVersion: 2, deadlineAt: null, reason: null });
    expect(refresh).toHaveBeenCalledTimes(2);
  }));
});

describe('createView', () => {
  it('keeps lines where they are while it is held, tells how many would move, and moves them when it is let go', () => {
    const [isHeld, setHeld] = createSignal(true);
    const { roster, view, dispose } = createRoot((end) => {
      const made = createRoster();
      made.reset([buildStudent({ key: 'a' }), buildStudent({ key: 'b' })]);
      return { roster: made, view: createView(made, isHeld), dispose: end };
    });
    view.filter({ state: 'active' });
    expect(view.keys()).toEqual(['a', 'b']);
    roster.patch('a', { state: 'submitted' });
    vi.advanceTimersByTime(3_000);
    expect(view.keys()).toEqual(['a', 'b']);
    expect(view.waiting()).toBe(1);
    expect(roster.student('a')!.state).toBe('submitted');
    setHeld(false);
    expect(view.keys()).toEqual(['b']);
    expect(view.waiting()).toBe(0);
    dispose();
  });

  it('shows everybody as soon as they are loaded, and never that nobody is there before', () => {
    const { roster, view, dispose } = createRoot((end) => {
      const made = createRoster();
      return { roster: made, view: createView(made, () => false), dispose: end };
    });
    expect(view.keys()).toEqual([]);
    roster.reset([buildStudent({ key: 'a' }), buildStudent({ key: 'b' })]);
    expect(view.keys()).toEqual(['a', 'b']);
    dispose();
  });
});
