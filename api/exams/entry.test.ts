import { describe, expect, it } from 'vitest';

import { entryRefusal } from '#api/exams/entry.ts';
import type { StudentExam } from '#db/exams/student-exams.ts';

const OPENS = 1_800_000_000_000;
const CLOSES = OPENS + 3_600_000;

type Session = NonNullable<StudentExam['session']>;

function student(more: Partial<Omit<StudentExam, 'exam' | 'session'>> & { exam?: Partial<StudentExam['exam']>; session?: Partial<Session> } = {}): StudentExam {
  const exam = { lifecycle: 'published', cancelledAtMs: null, window: { opensAtMs: OPENS, closesAtMs: CLOSES }, attempts: 2, lateEntryMinutes: null, ...more.exam };
  const session = more.session === undefined ? null : { state: 'active', cutoffAtMs: CLOSES + 10_000, ...more.session };
  return { attemptsUsed: 0, timeMultiplier: '1', extraMinutes: 0, held: false, ...more, exam, session } as StudentExam;
}

describe('entryRefusal', () => {
  it.each<[string, StudentExam, number, string | null]>([
    ['one millisecond before the opening', student(), OPENS - 1, 'exam-not-open'],
    ['at the opening', student(), OPENS, null],
    ['one millisecond before the close', student(), CLOSES - 1, null],
    ['at the close', student(), CLOSES, 'exam-closed'],
    ['when cancelled', student({ exam: { cancelledAtMs: OPENS } }), OPENS, 'exam-closed'],
    ['when archived', student({ exam: { lifecycle: 'archived' } }), OPENS, 'exam-closed'],
    ['late, one millisecond before the limit', student({ exam: { lateEntryMinutes: 10 } }), OPENS + 599_999, null],
    ['late, after the limit', student({ exam: { lateEntryMinutes: 10 } }), OPENS + 600_001, 'late-entry-closed'],
    ['with all attempts used', student({ attemptsUsed: 2, session: { state: 'submitted' } }), OPENS, 'attempts-used'],
    ['with an attempt left', student({ attemptsUsed: 1, session: { state: 'submitted' } }), OPENS, null],
    ['after a termination', student({ attemptsUsed: 1, session: { state: 'terminated' } }), OPENS, 'session-closed'],
    ['after a withdrawal', student({ attemptsUsed: 1, session: { state: 'withdrawn' } }), OPENS, 'session-closed'],
    ['while everybody is paused', student({ held: true }), OPENS, 'session-paused'],
    ['with an open session, past the close', student({ attemptsUsed: 2, session: {} }), CLOSES + 1, null],
    ['with an open session, one millisecond before its cut-off', student({ attemptsUsed: 2, session: {} }), CLOSES + 9_999, null],
    ['with an open session at its cut-off, not closed by anybody yet', student({ attemptsUsed: 2, session: {} }), CLOSES + 10_000, 'exam-closed'],
    ['with a paused session past its cut-off', student({ attemptsUsed: 2, session: { state: 'paused' } }), CLOSES + 20_000, null],
  ])('%s', (_title, facts, nowMs, why) => {
    expect(entryRefusal(facts, nowMs)).toBe(why);
  });
});
