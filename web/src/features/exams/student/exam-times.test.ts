import { describe, expect, it } from 'vitest';

import type { Session, StudentExam } from './api.ts';
import { endOfStart, examTimes, placeExams, standingOf } from './exam-times.ts';

const at = (time: string): number => Date.parse(`2026-06-16T${time}:00.000Z`);

function buildExam({ rules, ...change }: Partial<Omit<StudentExam, 'rules'>> & { rules?: Partial<StudentExam['rules']> } = {}): StudentExam {
  return {
    id: 'e1', title: 'Biology', description: '', instructions: '', itemCount: 20, passPercent: null, cancelledAt: null, durationMinutes: 60, state: 'open', canStart: true,
    window: { localStart: '2026-06-16T10:00', localEnd: '2026-06-16T12:00', timeZone: 'UTC', opensAt: '2026-06-16T10:00:00.000Z', closesAt: '2026-06-16T12:00:00.000Z' },
    rules: {
      attempts: 1, attemptsLeft: 1, navigation: 'free', display: 'one', lateEntryMinutes: null, endRule: 'window', hasAccessCode: false, proctoring: 'none',
      warnMinutes: [10, 5, 1], resultsShown: { score: true, items: true, key: true, feedback: true }, ownMinutes: 60, addedMinutes: 0, latestEndAt: '2026-06-16T12:00:00.000Z', ...rules,
    },
    ...change,
  };
}

const session = (state: Session['state'], endedAt: string | null = null): Session => ({
  id: 's1', examId: 'e1', studentId: 'p1', attempt: 1, state, startedAt: '2026-06-16T10:00:00.000Z', deadlineAt: null, remainingMs: 0,
  pausedAt: null, endedAt, closedAt: endedAt, closeReason: null, version: 1,
});

describe('examTimes', () => {
  it.each([
    ['without late entry', null, '12:00'],
    ['with late entry', 15, '10:15'],
    ['with late entry beyond the close', 600, '12:00'],
    ['with none at all', 0, '10:00'],
  ])('lets in %s', (_name, lateEntryMinutes, expected) => {
    expect(examTimes(buildExam({ rules: { lateEntryMinutes } }))?.entryEndsMs).toBe(at(expected));
  });

  it('says until when the whole time is had', () => {
    expect(examTimes(buildExam())?.fullTimeUntilMs).toBe(at('11:00'));
    expect(examTimes(buildExam({ rules: { ownMinutes: 75, latestEndAt: '2026-06-16T12:15:00.000Z' } }))?.fullTimeUntilMs).toBe(at('11:00'));
    expect(examTimes(buildExam({ rules: { addedMinutes: 5, latestEndAt: '2026-06-16T12:05:00.000Z' } }))?.fullTimeUntilMs).toBe(at('11:00'));
    expect(examTimes(buildExam({ rules: { endRule: 'duration', latestEndAt: null } }))?.fullTimeUntilMs).toBeNull();
  });

  it('knows no times without a window', () => {
    expect(examTimes(buildExam({ window: null }))).toBeNull();
  });
});

describe('endOfStart', () => {
  it.each<[string, Partial<StudentExam['rules']>, string, string]>([
    ['a start in time', {}, '10:30', '11:30'],
    ['a late start', {}, '11:30', '12:00'],
    ['a late start with extra time', { ownMinutes: 75, latestEndAt: '2026-06-16T12:15:00.000Z' }, '11:30', '12:15'],
    ['a start after time was added', { addedMinutes: 5, latestEndAt: '2026-06-16T12:05:00.000Z' }, '10:30', '11:35'],
    ['a late start where only the duration counts', { endRule: 'duration', latestEndAt: null }, '11:30', '12:30'],
  ])('%s', (_name, rules, start, end) => {
    expect(endOfStart(buildExam({ rules }), at(start))).toBe(at(end));
  });
});

describe('standingOf', () => {
  it.each<[string, StudentExam, string, string]>([
    ['one minute before the opening', buildExam({ state: 'published' }), '09:59', 'upcoming'],
    ['at the opening, whatever the list said when it was loaded', buildExam({ state: 'published' }), '10:00', 'open'],
    ['at the close', buildExam(), '12:00', 'missed'],
    ['after late entry', buildExam({ rules: { lateEntryMinutes: 15 } }), '10:16', 'missed'],
    ['without a window', buildExam({ state: 'published', window: null }), '10:00', 'unscheduled'],
    ['cancelled before the opening', buildExam({ state: 'closed', cancelledAt: '2026-06-16T08:00:00.000Z' }), '09:00', 'cancelled'],
    ['cancelled after a hand-in', buildExam({ state: 'closed', cancelledAt: '2026-06-16T08:00:00.000Z', session: session('submitted') }), '11:00', 'done'],
    ['with a running session', buildExam({ session: session('active') }), '11:00', 'running'],
    ['with a paused session after the close', buildExam({ state: 'closed', session: session('paused') }), '13:00', 'running'],
    ['handed in', buildExam({ session: session('submitted'), rules: { attemptsLeft: 0 } }), '11:00', 'done'],
    ['handed in with an attempt left', buildExam({ session: session('submitted'), rules: { attempts: 2, attemptsLeft: 1 } }), '11:00', 'open'],
    ['terminated with an attempt left', buildExam({ session: session('terminated'), rules: { attempts: 2, attemptsLeft: 1 } }), '11:00', 'done'],
  ])('%s', (_name, exam, now, expected) => {
    expect(standingOf(exam, at(now))).toBe(expected);
  });
});

describe('placeExams', () => {
  it('puts running exams first, soon ones before later ones, and the past backwards', () => {
    const later = buildExam({ id: 'later', state: 'published', window: { ...buildExam().window!, opensAt: '2026-06-18T10:00:00.000Z', closesAt: '2026-06-18T12:00:00.000Z' } });
    const soon = buildExam({ id: 'soon', state: 'published', window: { ...buildExam().window!, opensAt: '2026-06-17T10:00:00.000Z', closesAt: '2026-06-17T12:00:00.000Z' } });
    const running = buildExam({ id: 'running', session: session('active') });
    const open = buildExam({ id: 'open' });
    const old = buildExam({ id: 'old', session: session('submitted', '2026-06-01T10:00:00.000Z'), rules: { attemptsLeft: 0 } });
    const recent = buildExam({ id: 'recent', session: session('submitted', '2026-06-16T10:30:00.000Z'), rules: { attemptsLeft: 0 } });
    const placed = placeExams([later, soon, old, recent, open, running], at('11:00'));
    expect(Object.values(placed).map((list) => list.map(({ exam }) => exam.id))).toEqual([['running', 'open'], ['soon', 'later'], ['recent', 'old']]);
  });
});
