import { describe, expect, it } from 'vitest';
import { entryRefusalAt, type EXAM_STATES, type ExamMoment, examStateAt } from './exam-state.ts';

const window = { opensAtMs: 1_000_000, closesAtMs: 2_000_000 };
const published: ExamMoment = { lifecycle: 'published', cancelled: false, window };

describe('examStateAt', () => {
  it.each<[string, Partial<ExamMoment>, number, (typeof EXAM_STATES)[number]]>([
    ['a draft inside its window', { lifecycle: 'draft' }, 1_500_000, 'draft'],
    ['an archived exam inside its window', { lifecycle: 'archived' }, 1_500_000, 'archived'],
    ['one millisecond before the opening', {}, 999_999, 'published'],
    ['at the opening', {}, 1_000_000, 'open'],
    ['one millisecond before the close', {}, 1_999_999, 'open'],
    ['at the close', {}, 2_000_000, 'closed'],
    ['long after', {}, 9e12, 'closed'],
    ['cancelled before the opening', { cancelled: true }, 0, 'closed'],
    ['cancelled while open', { cancelled: true }, 1_500_000, 'closed'],
    ['without a window', { window: null }, 1_500_000, 'published'],
  ])('%s', (_name, change, nowMs, expected) => {
    expect(examStateAt({ ...published, ...change }, nowMs)).toBe(expected);
  });
});

describe('entryRefusalAt', () => {
  it.each<[string, Partial<ExamMoment>, number | null, number, string | null]>([
    ['before the opening', {}, null, 999_999, 'exam-not-open'],
    ['at the opening', {}, null, 1_000_000, null],
    ['just before the close', {}, null, 1_999_999, null],
    ['at the close', {}, null, 2_000_000, 'exam-closed'],
    ['at the last moment of late entry', {}, 5, 1_300_000, null],
    ['just after late entry', {}, 5, 1_300_001, 'late-entry-closed'],
    ['at the opening without late entry', {}, 0, 1_000_000, null],
    ['just after the opening without late entry', {}, 0, 1_000_001, 'late-entry-closed'],
    ['after the close, late entry being longer', {}, 600, 2_000_000, 'exam-closed'],
    ['for a draft', { lifecycle: 'draft' }, null, 1_500_000, 'exam-not-open'],
    ['for an archived exam', { lifecycle: 'archived' }, null, 1_500_000, 'exam-closed'],
    ['for a cancelled exam', { cancelled: true }, null, 1_500_000, 'exam-closed'],
  ])('%s', (_name, change, lateEntryMinutes, nowMs, expected) => {
    expect(entryRefusalAt({ ...published, ...change }, lateEntryMinutes, nowMs)).toBe(expected);
  });
});
