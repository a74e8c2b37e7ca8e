import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, decimal, formatDecimal, ZERO } from '#domain/decimal.ts';
import type { QuestionContent, RichText } from '#domain/questions/types.ts';
import { gradeSession, isPassed, type Mark, percentOf, totalsOf } from './grade-session.ts';

const plain = (value: string): RichText => ({ format: 'plain', value });
const options = ['a', 'b', 'c'].map((id) => ({ id, text: plain(id) }));
const third: QuestionContent = { type: 'multiple-choice', text: plain('?'), points: '1', options, key: { optionIds: ['a', 'b', 'c'], scoring: 'partial' } };
const yes: QuestionContent = { type: 'true-false', text: plain('?'), points: '1', key: { value: true } };
const essay: QuestionContent = { type: 'essay', text: plain('?'), points: '1', key: {} };

const items = [
  { id: 'i1', question: third, points: '1' },
  { id: 'i2', question: yes, points: '2.5' },
  { id: 'i3', question: essay, points: '4' },
];

describe('gradeSession', () => {
  it('gives marks, totals, percent and what waits for a person', () => {
    const answers = new Map<string, unknown>([
      ['i1', { optionIds: ['a'] }],
      ['i2', { value: true }],
      ['i3', { text: 'Because.' }],
    ]);
    const grade = gradeSession(items, answers);
    expect(grade.items.map((item) => [item.itemId, item.state, item.points, item.maxPoints])).toEqual([
      ['i1', 'graded', '0.3333', '1'],
      ['i2', 'graded', '2.5', '2.5'],
      ['i3', 'pending', null, '4'],
    ]);
    expect(grade).toMatchObject({ state: 'pending', points: '2.8333', maxPoints: '7.5', percent: '37.78', gradedCount: 2, pendingCount: 1 });
  });

  it('grades a session without any answer completely, with 0', () => {
    expect(gradeSession(items, new Map())).toMatchObject({ state: 'graded', points: '0', maxPoints: '7.5', percent: '0', gradedCount: 3, pendingCount: 0 });
  });

  it('ignores answers to items that are not on the paper', () => {
    expect(gradeSession([], new Map([['x', { value: true }]]))).toMatchObject({ points: '0', maxPoints: '0', percent: null, state: 'graded' });
  });

  it('totals what is shown: three items with a third each give 0.9999', () => {
    const three = ['x', 'y', 'z'].map((id) => ({ id, question: third, points: '1' }));
    const grade = gradeSession(three, new Map(three.map((item) => [item.id, { optionIds: ['b'] }])));
    expect(grade.points).toBe('0.9999');
    expect(grade.percent).toBe('33.33');
  });
});

describe('totalsOf', () => {
  it.each<[string, Mark[], string, string | null]>([
    ['tenths that floats get wrong', [{ points: '0.1', maxPoints: '0.1' }, { points: '0.2', maxPoints: '0.2' }], '0.3', '100'],
    ['negative marks', [{ points: '-0.25', maxPoints: '1' }, { points: '0', maxPoints: '1' }], '-0.25', '-12.5'],
    ['two thirds', [{ points: '2', maxPoints: '3' }], '2', '66.67'],
    ['half of a hundredth of a percent up', [{ points: '0.6667', maxPoints: '2' }], '0.6667', '33.34'],
    ['nothing to earn', [{ points: '0', maxPoints: '0' }], '0', null],
    ['large totals', Array.from({ length: 100 }, () => ({ points: '999999.9999', maxPoints: '999999.9999' })), '99999999.99', '100'],
  ])('adds up %s', (_name, marks, points, percent) => {
    expect(totalsOf(marks)).toMatchObject({ points, percent });
  });

  it('is the exact sum of the marks, in any order', () => {
    const mark = fc.integer({ min: -99_999, max: 9_999_999 }).map((n) => formatDecimal({ num: BigInt(n), den: 10_000n }));
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 30 }), (points) => {
        const totals = totalsOf(points.map((each) => ({ points: each, maxPoints: '1000' })));
        const sum = points.reduceRight((total, each) => add(total, decimal(each)), ZERO);
        return totals.points === formatDecimal(sum) && totals.maxPoints === String(points.length * 1000);
      }),
    );
  });
});

describe('passing', () => {
  it.each<[string, string, string | number, boolean]>([
    ['5', '10', 50, true],
    ['4.9999', '10', 50, false],
    ['49.9951', '100', '50.00', false],
    ['2', '3', '66.6666', true],
    ['2', '3', '66.6667', false],
    ['0', '10', 0, true],
    ['0', '0', 0, false],
    ['-1', '10', 0, false],
  ])('%s of %s points against %s %%: %s', (points, maxPoints, passPercent, expected) => {
    expect(isPassed(points, maxPoints, passPercent)).toBe(expected);
  });

  it('shows 50 % for what just fails, rounded to two places', () => {
    expect(percentOf('49.9951', '100')).toBe('50');
    expect(percentOf('1', '0')).toBeNull();
  });
});
