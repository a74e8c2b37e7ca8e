import { describe, expect, it } from 'vitest';

import { liveEntry } from './live-entry.ts';
import type { SessionCounts } from './types.ts';

const words = { toActOn: (count: number) => `${count} to act on`, offline: (count: number) => `${count} offline`, paused: (count: number) => `${count} paused`, allCalm: () => 'all calm', writingLeft: (count: number, left: string) => `${count} writing, ${left} left`, opensAt: (time: string) => `opens ${time}` };
const exam = { id: 'e', title: 'Biology', state: 'open' as const, window: { localStart: '', localEnd: '', timeZone: 'UTC', opensAt: '2026-01-01T09:00:00.000Z', closesAt: '2026-01-01T11:00:00.000Z' } };
const counts: SessionCounts = { assigned: 9, notStarted: 1, active: 5, paused: 1, submitted: 2, expired: 0, terminated: 0, withdrawn: 0, offline: 1, unacknowledged: 0, withIncidents: 0, helpOpen: 0, helpClaimed: 1, streamPosition: '1' };

describe('liveEntry', () => {
  it('is calm while everybody writes, tells who is away or paused, and calls when somebody waits for help', () => {
    const nowMs = Date.parse('2026-01-01T10:37:30.000Z');
    expect(liveEntry(exam, { ...counts, offline: 0, paused: 0 }, nowMs, words)).toMatchObject({ tone: 'done', note: 'all calm' });
    expect(liveEntry(exam, { ...counts, offline: 0 }, nowMs, words)).toMatchObject({ tone: 'attention', note: '1 paused' });
    expect(liveEntry(exam, counts, nowMs, words)).toMatchObject({ tone: 'attention', note: '1 offline', sub: '6 writing, 23 min left', href: '/staff/exams/e/monitor' });
    expect(liveEntry(exam, { ...counts, helpOpen: 2 }, nowMs, words)).toMatchObject({ tone: 'act', note: '2 to act on' });
  });

  it('shows hours and minutes, and an exam that has not opened with its start', () => {
    expect(liveEntry(exam, counts, Date.parse('2026-01-01T09:38:00.000Z'), words).sub).toBe('6 writing, 1:22 left');
    expect(liveEntry({ ...exam, state: 'published' }, undefined, 0, words)).toMatchObject({ tone: 'quiet' });
  });
});
