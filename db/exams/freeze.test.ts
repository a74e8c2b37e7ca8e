import { describe, expect, it } from 'vitest';

import { freezeExam } from '#db/exams/freeze.ts';
import type { ExamSection, StoredExam } from '#db/exams/types.ts';
import type { FrozenQuestion } from '#domain/paper/types.ts';

const NOW = 1_800_000_000_000;

function question(optionId = 'a'): FrozenQuestion {
  const text = (value: string) => ({ format: 'plain' as const, value });
  return {
    version: 3,
    content: { type: 'single-choice', text: text('Q'), points: '1', options: [{ id: 'a', text: text('A') }, { id: 'b', text: text('B') }], key: { optionId } },
  };
}

function exam(sections: readonly ExamSection[], window: StoredExam['window'] = { localStart: '', localEnd: '', timeZone: 'UTC', opensAtMs: NOW - 1, closesAtMs: NOW + 1 }): StoredExam {
  return {
    id: 'e', ownerId: 'o', externalId: null, title: 'T', description: '', instructions: 'I', durationMinutes: 10, graceSeconds: 10, passPercent: null, attempts: 1,
    attemptRule: 'best', navigation: 'forward', display: 'all', shuffleItems: true, shuffleOptions: false, lateEntryMinutes: null, endRule: 'window', accessCodeHash: null,
    proctoring: 'none', results: { release: 'manual', releaseAt: null, score: true, items: false, key: false, feedback: false }, plagiarismScan: { automatic: false, level: 0.01 }, warnMinutes: [], sections, window,
    lifecycle: 'draft', publishedAtMs: null, cancelledAtMs: null, resultsPublishedAtMs: null, scheduleVersion: 0, version: 1, createdAtMs: NOW, updatedAtMs: NOW,
  };
}

const bank = (ids: readonly string[], pools: Record<string, readonly string[]> = {}) => ({
  questions: new Map(ids.map((id) => [id, question()])), pools: new Map(Object.entries(pools)),
});
const item = (questionId: string, points = '1') => ({ id: `i-${questionId}`, questionId, points });

describe('freezeExam', () => {
  it('holds the questions of items and pools in their version, and no others', () => {
    const sections = [{ title: 'S', items: [item('q1', '2')], draw: { tag: 't', count: 1, points: '1' } }];
    const { content, errors, shortages } = freezeExam(exam(sections), bank(['q1', 'q2', 'q3', 'unused'], { t: ['q2', 'q3'] }), NOW);
    expect([errors, shortages]).toEqual([[], []]);
    expect(content).toMatchObject({ algorithm: 1, examId: 'e', instructions: 'I', navigation: 'forward', display: 'all', shuffleItems: true, shuffleOptions: false });
    expect(Object.keys(content.questions).sort()).toEqual(['q1', 'q2', 'q3']);
    expect(content.questions['q1']!.version).toBe(3);
    expect(content.sections).toEqual([{ title: 'S', items: [item('q1', '2')], draw: { tag: 't', count: 1, points: '1', pool: ['q2', 'q3'] } }]);
  });

  it.each<[string, number, boolean]>([['one millisecond before the end', NOW + 1, true], ['at the end', NOW, false], ['after the end', NOW - 1, false]])(
    'judges the window %s',
    (_title, closesAtMs, fine) => {
      const window = { localStart: '', localEnd: '', timeZone: 'UTC', opensAtMs: NOW - 10, closesAtMs };
      const { errors } = freezeExam(exam([{ title: '', items: [item('q1')] }], window), bank(['q1']), NOW);
      expect(errors.map((error) => error.pointer)).toEqual(fine ? [] : ['/window/localEnd']);
    },
  );

  it('names everything that is missing at once', () => {
    const broken = bank(['q1', 'q2']);
    broken.questions.set('q2', question('z'));
    const sections = [{ title: '', items: [item('q1', '0'), item('q2'), item('gone')] }, { title: '', items: [], draw: { tag: 'none', count: 1, points: '0' } }];
    const { errors, shortages } = freezeExam(exam(sections, null), broken, NOW);
    expect(errors.map((error) => error.pointer)).toEqual(['/window', '/sections/0/items/0/points', '/sections/0/items/1', '/sections/0/items/2/questionId', '/sections/1/draw/points']);
    expect(shortages.map((error) => error.pointer)).toEqual(['/sections/1/draw']);
    expect(freezeExam(exam([]), bank([]), NOW).errors.map((error) => error.pointer)).toEqual(['/sections']);
  });
});
