import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { examStatistics } from './exam-statistics.ts';
import type { CellFacts, ExamFacts, ItemFacts, SessionFacts } from './facts.ts';

const choices = ['a', 'b'].map((id) => ({ id, text: id, isKey: id === 'a' }));
const item = (index: number): ItemFacts => ({ itemId: `i${index}`, questionId: `q${index}`, number: index + 1, section: '', type: 'single-choice', text: '', choices });

function cell(index: number, points: number, maxPoints = 1): CellFacts {
  return { item: index, points, maxPoints, answered: true, chosen: [points > 0 ? 'a' : 'b'] };
}

function factsOf(sessions: readonly (readonly CellFacts[])[], items: number): ExamFacts {
  return {
    passPercent: null, items: Array.from({ length: items }, (_, index) => item(index)), closed: sessions.length, counted: sessions.length, pending: 0, batches: [], times: [],
    completion: { assigned: 0, started: 0, submitted: 0, expired: 0, terminated: 0, withdrawn: 0, minutes: [] },
    sessions: sessions.map((cells, index): SessionFacts => {
      const [points, maxPoints] = [cells.reduce((sum, { points: each }) => sum + each, 0), cells.reduce((sum, each) => sum + each.maxPoints, 0)];
      return { studentId: `s${index}`, points, maxPoints, percent: maxPoints > 0 ? (100 * points) / maxPoints : null, passed: null, cells };
    }),
  };
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('the statistics of an exam', () => {
  test('have only finite numbers, whatever the students did', () => {
    const mark = fc.record({ present: fc.boolean(), points: fc.constantFrom(-1, 0, 0.1, 0.3, 1, 2), maxPoints: fc.constantFrom(0, 1, 2) });
    fc.assert(
      fc.property(fc.array(fc.array(mark, { minLength: 4, maxLength: 4 }), { maxLength: 12 }), (rows) => {
        const facts = factsOf(rows.map((row) => row.flatMap(({ present, points, maxPoints }, index) => (present ? [cell(index, points, maxPoints)] : []))), 4);
        const batches = [{ batchId: 'b', name: 'b', studentIds: ['s0', 's3'] }, { batchId: 'c', name: 'c', studentIds: [] }];
        expect(numbersIn(examStatistics({ ...facts, batches })).filter((value) => !Number.isFinite(value))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('an item that was not on the paper is not a zero', () => {
    const { itemStatistics, notes } = examStatistics(factsOf([[cell(0, 1), cell(1, 1)], [cell(0, 0), cell(2, 1)], [cell(0, 1), cell(1, 0)], [cell(0, 0), cell(2, 1)]], 4));
    expect(itemStatistics.map(({ n, facility }) => [n, facility])).toEqual([[4, 0.5], [2, 0.5], [2, 1], [0, null]]);
    expect(notes).toContainEqual({ value: 'reliability', reason: 'different-items' });
    expect(notes).toContainEqual({ value: 'reliability.cronbachAlpha', reason: 'items-never-together' });
    expect(notes).toContainEqual({ value: 'reliability.sem', reason: 'items-never-together' });
  });

  test('reliability below 0 is a number with a note', () => {
    const { notes, reliability } = examStatistics(factsOf([[cell(0, 1), cell(1, 0), cell(2, 0)], [cell(0, 0), cell(1, 1), cell(2, 0)], [cell(0, 1), cell(1, 0), cell(2, 1)]], 3));
    expect(reliability.cronbachAlpha).toBeLessThan(0);
    expect(reliability.kr20).toBeCloseTo(reliability.cronbachAlpha!, 12);
    expect(notes).toContainEqual({ value: 'reliability.cronbachAlpha', reason: 'negative-reliability' });
  });

  test('points at an item that works against the others, and at a distractor that nobody takes', () => {
    const rows = Array.from({ length: 20 }, (_, index) => [cell(0, index < 10 ? 1 : 0), cell(1, index < 8 ? 1 : 0), cell(2, index < 10 ? 0 : 1), cell(3, 1)]);
    const { itemStatistics } = examStatistics(factsOf(rows, 4));
    expect(itemStatistics[2]!.flags).toContain('negative-discrimination');
    expect(itemStatistics[2]!.flags).toContain('distractor-beats-key');
    expect(itemStatistics[3]!.flags).toEqual(['too-easy', 'distractor-unused']);
    expect(examStatistics(factsOf(rows.slice(5, 12), 4)).itemStatistics[2]!.flags).toEqual([]);
  });

  test('models wait for enough students and for items that are right or wrong', () => {
    const row = (seed: number): CellFacts[] => Array.from({ length: 6 }, (_, index) => cell(index, (seed * (index + 3) * 7919) % 11 > 3 + index ? 1 : 0));
    const few = examStatistics(factsOf(Array.from({ length: 99 }, (_, index) => row(index)), 6));
    expect([few.irt, few.notes.filter(({ value }) => value.startsWith('irt')).map(({ reason }) => reason)]).toEqual([{ rasch: null, twoPl: null }, ['too-few-sessions', 'too-few-sessions']]);
    const partial = examStatistics(factsOf([[cell(0, 1, 2), cell(1, 1, 2)], [cell(0, 2, 2), cell(1, 0, 2)]], 2));
    expect(partial.notes).toContainEqual({ value: 'irt.rasch', reason: 'not-dichotomous' });
  });
});
