import { describe, expect, test } from 'vitest';

import type { Bank } from '#db/exams/bank.ts';
import type { StaffExam } from '#db/exams/exams.ts';
import { readinessOf } from '#db/exams/readiness.ts';
import type { FrozenQuestion } from '#domain/paper/types.ts';
import type { QuestionContent } from '#domain/questions/types.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const plain = (value: string) => ({ format: 'plain' as const, value });
const choice: QuestionContent = { type: 'single-choice', text: plain('Q'), points: '1', options: [{ id: 'a', text: plain('A') }, { id: 'b', text: plain('B') }], key: { optionId: 'a' } };
const essay: QuestionContent = { type: 'essay', text: plain('Why?'), points: '1', key: {} };
const item = (questionId: string, points = '1') => ({ id: `i-${questionId}`, questionId, points });

function exam(more: Partial<StaffExam> = {}): StaffExam {
  return {
    id: 'e', ownerId: 'o', externalId: null, title: 'T', description: '', instructions: '', durationMinutes: 60, graceSeconds: 10, passPercent: null, attempts: 1,
    attemptRule: 'best', navigation: 'free', display: 'one', shuffleItems: false, shuffleOptions: false, lateEntryMinutes: null, endRule: 'window', accessCodeHash: null,
    proctoring: 'none', results: { release: 'manual', releaseAt: null, score: true, items: false, key: false, feedback: false }, plagiarismScan: { automatic: false, level: 0.01 }, warnMinutes: [],
    sections: [{ title: 'S', items: [item('q1', '0.1'), item('q2', '2.2')] }], window: { localStart: '', localEnd: '', timeZone: 'UTC', opensAtMs: NOW + 2 * HOUR, closesAtMs: NOW + 4 * HOUR },
    lifecycle: 'draft', publishedAtMs: null, cancelledAtMs: null, resultsPublishedAtMs: null, scheduleVersion: 0, version: 1, createdAtMs: NOW, updatedAtMs: NOW, assignedCount: 1, ...more,
  };
}

function bank(contents: Record<string, QuestionContent>, pools: Record<string, readonly string[]> = {}): Bank {
  return {
    questions: new Map(Object.entries(contents).map(([id, content]): [string, FrozenQuestion] => [id, { version: 1, content }])),
    pools: new Map(Object.entries(pools)),
    difficulties: new Map(Object.keys(contents).map((id) => [id, id === 'q3' ? 'hard' : 'easy'])),
  };
}

const FULL = bank({ q1: choice, q2: essay, q3: choice, q4: choice }, { t: ['q1', 'q3', 'q4'] });
const pointers = (errors: readonly { pointer: string }[]): string[] => errors.map(({ pointer }) => pointer);
const at = (opensInMs: number, minutes: number): StaffExam['window'] => ({ localStart: '', localEnd: '', timeZone: 'UTC', opensAtMs: NOW + opensInMs, closesAtMs: NOW + opensInMs + minutes * 60_000 });

describe('readinessOf', () => {
  test('an exam that is complete has nothing against it, and its points add up exactly', () => {
    expect(readinessOf(exam(), FULL, NOW)).toEqual({ errors: [], warnings: [], totals: { questions: 2, points: '2.3', gradedByHand: 1 }, pools: [] });
  });

  test('what stands against the publication is what the publication says', () => {
    const found = readinessOf(exam({ window: null, sections: [{ title: 'S', items: [item('gone')], draw: { tag: 't', count: 9, points: '1' } }] }), FULL, NOW);
    expect(pointers(found.errors)).toEqual(['/window', '/sections/0/items/0/questionId', '/sections/0/draw']);
  });

  test.each<[string, Partial<StaffExam>, string[]]>([
    ['a window shorter than the exam', { window: at(2 * HOUR, 59) }, ['/window']],
    ['a window as long as the exam', { window: at(2 * HOUR, 60) }, []],
    ['a short window that does not end sessions', { window: at(2 * HOUR, 30), endRule: 'duration' }, []],
    ['a start in a millisecond less than an hour', { window: at(HOUR - 1, 90) }, ['/window/localStart']],
    ['a start in an hour', { window: at(HOUR, 90) }, []],
    ['a start that is over', { window: at(0, 90) }, ['/window/localStart']],
    ['nobody to sit it', { assignedCount: 0 }, ['/assignments']],
  ])('%s', (_title, more, expected) => {
    expect(pointers(readinessOf(exam(more), FULL, NOW).warnings)).toEqual(expected);
  });

  test('media without a description are pointed at', () => {
    const pictured = bank({ q1: { ...choice, media: [{ id: 'm' }] }, q2: { ...essay, media: [{ id: 'm', alt: 'A cell' }] } });
    expect(pointers(readinessOf(exam(), pictured, NOW).warnings)).toEqual(['/sections/0/items/0']);
  });

  test('pools tell what is left to draw, by difficulty', () => {
    const found = readinessOf(exam({ sections: [{ title: 'S', items: [item('q1')], draw: { tag: 't', count: 2, points: '1.5' } }] }), FULL, NOW);
    expect(found.pools).toEqual([{ section: 0, tag: 't', wanted: 2, available: 2, easy: 1, medium: 0, hard: 1 }]);
    expect(found.totals).toEqual({ questions: 3, points: '4', gradedByHand: 0 });
  });
});
