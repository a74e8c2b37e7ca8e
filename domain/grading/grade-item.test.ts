import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, decimal, divide, formatDecimal, multiply, ONE, ZERO } from '#domain/decimal.ts';
import type { NumericKey, QuestionContent, RichText, ShortTextKey, VisibleOption } from '#domain/questions/types.ts';
import { gradeItem } from './grade-item.ts';

const plain = (value: string): RichText => ({ format: 'plain', value });
const option = (id: string): VisibleOption => ({ id, text: plain(id) });
const base = { text: plain('?'), points: '7' };
const abcde = ['a', 'b', 'c', 'd', 'e'].map(option);

const single = (weights?: Record<string, string>): QuestionContent => ({
  ...base,
  type: 'single-choice',
  options: abcde,
  key: { optionId: 'b', ...(weights === undefined ? {} : { weights }) },
});
const multiple = (scoring: 'all-or-nothing' | 'partial', optionIds = ['a', 'b', 'c']): QuestionContent => ({
  ...base,
  type: 'multiple-choice',
  options: abcde,
  key: { optionIds, scoring },
});
const weighted = (weights: Record<string, string>, minRatio?: string): QuestionContent => ({
  ...base,
  type: 'multiple-choice',
  options: abcde,
  key: { optionIds: [], scoring: 'weights', weights, ...(minRatio === undefined ? {} : { minRatio }) },
});
const short = (key: Partial<ShortTextKey>): QuestionContent => ({
  ...base,
  type: 'short-text',
  key: { accepted: [], matchCase: false, collapseSpaces: true, ...key },
});
const numeric = (key: NumericKey): QuestionContent => ({ ...base, type: 'numeric', key });

function points(question: QuestionContent, response: unknown, worth = '1'): string | null {
  return gradeItem(question, response, worth).points;
}

describe('single choice', () => {
  it.each<[QuestionContent, string, string, string]>([
    [single(), 'b', '2.5', '2.5'],
    [single(), 'a', '2.5', '0'],
    [single({ a: '0.5' }), 'a', '1', '0.5'],
    [single({ a: '0.5' }), 'b', '1', '1'],
    [single({ b: '0.9' }), 'b', '1', '0.9'],
    [single({ c: '-0.25' }), 'c', '2', '-0.5'],
    [single({ a: '0.3333333333' }), 'a', '3', '1'],
  ])('%# gives option %s of a %s point item %s', (question, optionId, worth, expected) => {
    expect(points(question, { optionId }, worth)).toBe(expected);
  });
});

describe('multiple choice', () => {
  it.each<[string, string[], string]>([
    ['every right option', ['c', 'a', 'b'], '1'],
    ['one right option short', ['a', 'b'], '0'],
    ['one wrong option too many', ['a', 'b', 'c', 'd'], '0'],
    ['nothing', [], '0'],
  ])('all or nothing: %s', (_name, optionIds, expected) => {
    expect(points(multiple('all-or-nothing'), { optionIds })).toBe(expected);
  });

  it.each<[string, string[], string, string]>([
    ['three of three', ['a', 'b', 'c'], '1', '1'],
    ['two of three', ['a', 'b'], '1', '0.6667'],
    ['one of three', ['a'], '1', '0.3333'],
    ['one of three of a 3 point item', ['a'], '3', '1'],
    ['two right, one wrong', ['a', 'b', 'd'], '1', '0.3333'],
    ['one right, one wrong', ['a', 'd'], '1', '0'],
    ['one right, two wrong, never below 0', ['a', 'd', 'e'], '1', '0'],
    ['everything', ['a', 'b', 'c', 'd', 'e'], '1', '0.3333'],
    ['nothing', [], '1', '0'],
  ])('partial: %s', (_name, optionIds, worth, expected) => {
    expect(points(multiple('partial'), { optionIds }, worth)).toBe(expected);
  });

  it.each<[string, QuestionContent, string[], string]>([
    ['the sum of what was chosen', weighted({ a: '0.5', b: '0.5', c: '-0.5' }), ['a'], '0.5'],
    ['a negative weight takes back', weighted({ a: '0.5', b: '0.5', c: '-0.25' }), ['a', 'b', 'c'], '0.75'],
    ['never below 0 without a floor', weighted({ a: '0.5', c: '-1' }), ['a', 'c'], '0'],
    ['down to the floor', weighted({ a: '0.5', c: '-1', d: '-1' }, '-0.5'), ['c', 'd'], '-0.5'],
    ['below 0 above the floor', weighted({ a: '0.5', c: '-0.25' }, '-0.5'), ['c'], '-0.25'],
    ['never above 1', weighted({ a: '0.75', b: '0.75' }), ['a', 'b'], '1'],
    ['options without weight count nothing', weighted({ a: '1' }), ['b'], '0'],
    ['three thirds make one', weighted({ a: '0.3333333333', b: '0.3333333333', c: '0.3333333334' }), ['a', 'b', 'c'], '1'],
    ['thirds of ten places round to one', weighted({ a: '0.3333333333', b: '0.3333333333', c: '0.3333333333' }), ['a', 'b', 'c'], '1'],
  ])('weights: %s', (_name, question, optionIds, expected) => {
    expect(points(question, { optionIds })).toBe(expected);
  });
});

describe('true or false', () => {
  it.each([
    [true, '1'],
    [false, '0'],
  ])('%s gives %s when true is right', (value, expected) => {
    expect(points({ ...base, type: 'true-false', key: { value: true } }, { value })).toBe(expected);
  });
});

describe('short text', () => {
  const dna = short({ accepted: [{ text: 'Deoxyribonucleic acid' }, { text: 'DNA', ratio: '0.5' }] });
  it.each<[string, QuestionContent, string, string]>([
    ['an accepted text', dna, 'Deoxyribonucleic acid', '1'],
    ['another case', dna, 'deoxyRIBONUCLEIC ACID', '1'],
    ['spaces around and doubled, also unbreakable ones', dna, '  deoxyribonucleic \u00a0\t acid\n', '1'],
    ['a text of part credit', dna, 'dna', '0.5'],
    ['something else', dna, 'RNA', '0'],
    ['a text inside', dna, 'the DNA', '0'],
    ['case where it counts', short({ accepted: [{ text: 'Na' }], matchCase: true }), 'NA', '0'],
    ['equal case where it counts', short({ accepted: [{ text: 'Na' }], matchCase: true }), ' Na ', '1'],
    ['spaces where they count', short({ accepted: [{ text: 'a  b' }], collapseSpaces: false }), 'a b', '0'],
    ['equal spaces where they count, ends ignored', short({ accepted: [{ text: 'a  b' }], collapseSpaces: false }), ' a  b ', '1'],
    ['a decomposed letter', short({ accepted: [{ text: 'é' }], matchCase: true }), 'e\u0301', '1'],
    ['sharp s in capitals', short({ accepted: [{ text: 'Straße' }] }), 'STRASSE', '1'],
    ['final sigma', short({ accepted: [{ text: 'ΟΔΟΣ' }] }), 'οδος', '1'],
    ['a star that stands for itself', short({ accepted: [{ text: 'a*' }] }), 'abc', '0'],
    ['a typed star', short({ accepted: [{ text: 'a*' }] }), 'A*', '1'],
    ['the best of several ratios', short({ accepted: [{ text: 'x', ratio: '0.2' }, { text: 'X', ratio: '0.7' }] }), 'x', '0.7'],
    ['a pattern', short({ pattern: 'colou?r' }), 'COLOR', '1'],
    ['a pattern inside a longer text', short({ pattern: 'colou?r' }), 'colors', '0'],
    ['a pattern where case counts', short({ pattern: 'colou?r', matchCase: true }), 'Color', '0'],
    ['a pattern before part credit', short({ pattern: 'col.*', accepted: [{ text: 'colour', ratio: '0.5' }] }), 'colour', '1'],
    ['part credit beside a pattern', short({ pattern: 'x', accepted: [{ text: 'colour', ratio: '0.5' }] }), 'colour', '0.5'],
  ])('judges %s', (_name, question, text, expected) => {
    expect(points(question, { text })).toBe(expected);
  });
});

describe('number', () => {
  const pi: NumericKey = { accepted: [{ value: '3.14', tolerance: '0.01' }, { value: '3', tolerance: '0.5', ratio: '0.5' }] };
  const range: NumericKey = { accepted: [{ min: '-1', max: '2.5' }] };
  const length: NumericKey = { accepted: [{ value: '1.5', tolerance: '0' }], units: [{ name: 'm', factor: '1' }, { name: 'cm', factor: '0.01' }, { name: 'µm', factor: '0.000001' }] };
  it.each<[string, NumericKey, object, string]>([
    ['the value', pi, { value: '3.14' }, '1'],
    ['the upper end of the tolerance', pi, { value: '3.15' }, '1'],
    ['the lower end of the tolerance', pi, { value: '3.13' }, '1'],
    ['just above the tolerance', pi, { value: '3.1500000001' }, '0.5'],
    ['the wider answer of part credit', pi, { value: '2.5' }, '0.5'],
    ['just outside everything', pi, { value: '2.4999999999' }, '0'],
    ['a decimal comma', pi, { value: '3,14' }, '1'],
    ['words', pi, { value: 'pi' }, '0'],
    ['a tolerance that floats get wrong', { accepted: [{ value: '0.3', tolerance: '0.1' }] }, { value: '0.4' }, '1'],
    ['a sum that floats get wrong', { accepted: [{ value: '0.3' }] }, { value: '0.30' }, '1'],
    ['no tolerance given', { accepted: [{ value: '4' }] }, { value: '4.0000001' }, '0'],
    ['the lower end of a range', range, { value: '-1' }, '1'],
    ['the upper end of a range', range, { value: '2.5' }, '1'],
    ['just below a range', range, { value: '-1.0001' }, '0'],
    ['just above a range', range, { value: '2.5001' }, '0'],
    ['a real minus sign', range, { value: '−0.5' }, '1'],
    ['a thousands comma', { accepted: [{ value: '1234' }] }, { value: '1,234' }, '1'],
    ['the other reading of the comma', { accepted: [{ value: '1.234' }] }, { value: '1,234' }, '1'],
    ['thousands and decimals', { accepted: [{ value: '1234567.5' }] }, { value: '1.234.567,5' }, '1'],
    ['an exponent', { accepted: [{ value: '6.022e23', tolerance: '1e20' }] }, { value: '6,022 × 10^23' }, '1'],
    ['the unit of the key left out', length, { value: '1.5' }, '1'],
    ['a unit chosen', length, { value: '150', unit: 'cm' }, '1'],
    ['a unit typed', length, { value: '150 cm' }, '1'],
    ['a unit with a look-alike letter', length, { value: '1500000 \u03bcm' }, '1'],
    ['an empty unit', length, { value: '1.5', unit: '' }, '1'],
    ['an unknown unit', length, { value: '1.5 km' }, '0'],
    ['the wrong unit', length, { value: '1.5', unit: 'cm' }, '0'],
    ['two units', length, { value: '150 cm', unit: 'm' }, '0'],
    ['the same unit twice', length, { value: '150 cm', unit: 'cm' }, '1'],
    ['a unit where none is known', { accepted: [{ value: '5' }] }, { value: '5 kg' }, '0'],
  ])('judges %s', (_name, key, response, expected) => {
    expect(points(numeric(key), response)).toBe(expected);
  });

  it('can not be graded with a key that holds no number', () => {
    expect(() => points(numeric({ accepted: [{ value: 'x' }] }), { value: '1' })).toThrow(TypeError);
  });
});

describe('matching, ordering and gaps', () => {
  const matching: QuestionContent = {
    ...base,
    type: 'matching',
    options: { left: abcde.slice(0, 3), right: abcde.slice(2) },
    key: { pairs: { a: 'c', b: 'd', c: 'e' } },
  };
  it.each<[Record<string, string>, string]>([
    [{ a: 'c', b: 'd', c: 'e' }, '3'],
    [{ a: 'c', b: 'd' }, '2'],
    [{ a: 'd', b: 'd', c: 'd' }, '1'],
    [{ a: 'e' }, '0'],
  ])('a matching %j gives %s of 3 points', (pairs, expected) => {
    expect(points(matching, { pairs }, '3')).toBe(expected);
  });

  const ordering: QuestionContent = { ...base, type: 'ordering', options: abcde.slice(0, 4), key: { order: ['a', 'b', 'c', 'd'] } };
  it.each<[string, string]>([
    ['abcd', '3'],
    ['bcda', '2'],
    ['abdc', '1'],
    ['cdab', '2'],
    ['badc', '0'],
    ['dcba', '0'],
    ['ab', '1'],
    ['d', '0'],
  ])('the order %s gives %s of 3 points', (order, expected) => {
    expect(points(ordering, { order: [...order] }, '3')).toBe(expected);
  });

  const cloze: QuestionContent = {
    ...base,
    type: 'cloze',
    options: { gaps: { g1: { kind: 'text' }, g2: { kind: 'choice', options: abcde }, g3: { kind: 'numeric' } } },
    key: {
      gaps: {
        g1: { accepted: [{ text: 'x' }, { text: 'y', ratio: '0.5' }], matchCase: false, collapseSpaces: true },
        g2: { optionId: 'c' },
        g3: { accepted: [{ value: '2' }], points: '2' },
      },
    },
  };
  it.each<[string, object, string]>([
    ['all gaps', { g1: { text: 'X' }, g2: { optionId: 'c' }, g3: { value: '2' } }, '1'],
    ['the heavy gap', { g3: { value: '2.0' } }, '0.5'],
    ['half a gap', { g1: { text: 'y' } }, '0.125'],
    ['cleared gaps', { g1: null, g2: { optionId: 'c' } }, '0.25'],
    ['wrong gaps', { g1: { text: 'z' }, g2: { optionId: 'a' }, g3: { value: '3' } }, '0'],
  ])('a cloze with %s', (_name, gaps, expected) => {
    expect(points(cloze, { gaps })).toBe(expected);
  });

  it('adds three thirds inside one item to exactly the whole', () => {
    const key = { accepted: [{ text: 'x' }], matchCase: false, collapseSpaces: true };
    const thirds: QuestionContent = { ...base, type: 'cloze', options: { gaps: {} }, key: { gaps: { a: key, b: key, c: key } } };
    const x = { text: 'x' };
    expect(points(thirds, { gaps: { a: x } })).toBe('0.3333');
    expect(points(thirds, { gaps: { a: x, b: x } })).toBe('0.6667');
    expect(points(thirds, { gaps: { a: x, b: x, c: x } })).toBe('1');
  });
});

describe('what nobody can grade by rule', () => {
  const essay: QuestionContent = { ...base, type: 'essay', key: {} };
  const pending = { state: 'pending', points: null, maxPoints: '5', ratio: null, answered: true };
  const empty = { state: 'graded', points: '0', maxPoints: '5', ratio: '0', answered: false };
  it.each<[QuestionContent, unknown, object]>([
    [essay, { text: 'It depends.' }, pending],
    [essay, { text: '<p><img src="/m/1"></p>', format: 'html' }, pending],
    [essay, { text: '<p>&nbsp;</p>', format: 'html' }, empty],
    [essay, { text: '<p>', format: 'plain' }, pending],
    [essay, { text: ' \n' }, empty],
    [essay, null, empty],
    [{ ...base, type: 'file-upload' }, { fileIds: ['f'] }, pending],
    [{ ...base, type: 'file-upload' }, { fileIds: [] }, empty],
    [{ ...base, type: 'code' }, { text: 'x' }, pending],
    [{ ...base, type: 'code' }, { text: '' }, empty],
  ])('%# waits for a person only when something was handed in', (question, response, expected) => {
    expect(gradeItem(question, response, '5.0')).toEqual(expected);
  });
});

describe('unanswered items', () => {
  it.each<[QuestionContent, unknown]>([
    [single({ a: '-1' }), null],
    [multiple('partial'), { optionIds: [] }],
    [short({ pattern: '.*' }), { text: '  ' }],
    [numeric({ accepted: [{ min: '-1', max: '1' }] }), { value: '' }],
    [{ ...base, type: 'true-false', key: { value: false } }, null],
    [{ ...base, type: 'matching', options: { left: [], right: [] }, key: { pairs: {} } }, { pairs: {} }],
    [{ ...base, type: 'ordering', options: [], key: { order: [] } }, { order: [] }],
    [{ ...base, type: 'cloze', options: { gaps: {} }, key: { gaps: {} } }, { gaps: { a: null, b: { text: ' ' } } }],
    [{ ...base, type: 'hot-spot', key: { areas: [] } }, { points: [] }],
  ])('%# get 0 and count as graded', (question, response) => {
    expect(gradeItem(question, response, '2')).toEqual({ state: 'graded', points: '0', maxPoints: '2', ratio: '0', answered: false });
  });
});

describe('properties', () => {
  const ids = fc.subarray(['a', 'b', 'c', 'd', 'e']);
  const worth = fc.integer({ min: 0, max: 99_999_999 }).map((n) => formatDecimal(divide(decimal(n), decimal('1000'))));

  it('a partial mark lies between 0 and the points, and is full only for exactly the right options', () => {
    fc.assert(
      fc.property(ids.filter((key) => key.length > 0), ids, worth, (key, chosen, points_) => {
        const grade = gradeItem(multiple('partial', key), { optionIds: chosen }, points_);
        if (grade.state !== 'graded') throw new Error('not graded');
        const earned = decimal(grade.points);
        expect(compare(earned, ZERO)).toBeGreaterThanOrEqual(0);
        expect(compare(earned, decimal(points_))).toBeLessThanOrEqual(0);
        expect(grade.ratio === '1').toBe([...key].sort().join() === [...chosen].sort().join());
      }),
    );
  });

  it('the order in which options are chosen never matters', () => {
    fc.assert(
      fc.property(ids, fc.constantFrom('all-or-nothing', 'partial'), (chosen, scoring) => {
        const reversed = { optionIds: [...chosen].reverse() };
        return points(multiple(scoring), { optionIds: chosen }) === points(multiple(scoring), reversed);
      }),
    );
  });

  it('a number is right exactly when it lies within the tolerance, at any size', () => {
    const number = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: -2000, max: 2000 }), (value, tolerance, distance) => {
        const text = (n: number): string => formatDecimal(multiply(decimal(n), divide(ONE, decimal(1000))));
        const key = { accepted: [{ value: text(value), tolerance: text(tolerance) }] };
        return points(numeric(key), { value: text(value + distance) }) === (Math.abs(distance) <= tolerance ? '1' : '0');
      }),
    );
  });

  it('any typed text is graded without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const grade = gradeItem(numeric({ accepted: [{ value: '1' }] }), { value: text }, '1');
        const other = gradeItem(short({ accepted: [{ text: 'x' }], pattern: 'a+' }), { text }, '1');
        return grade.state === 'graded' && other.state === 'graded';
      }),
    );
  });
});
