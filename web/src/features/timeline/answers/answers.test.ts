import { describe, expect, test } from 'vitest';

import { addUpMarks } from './marks-sum.ts';
import { readResponse, textOf } from './response-lines.ts';
import { diffWords } from './word-diff.ts';

const words = { true: 'True', false: 'False' };
const option = (id: string) => ({ id, text: { format: 'plain' as const, value: id.toUpperCase() } });

describe('what changed in a text', () => {
  test('words that came and went are told, and the white space is kept', () => {
    expect(diffWords('Insulin lowers  sugar', 'Insulin quickly lowers  glucose')).toEqual([
      { kind: 'same', text: 'Insulin ' }, { kind: 'added', text: 'quickly ' }, { kind: 'same', text: 'lowers  ' }, { kind: 'removed', text: 'sugar' }, { kind: 'added', text: 'glucose' },
    ]);
  });

  test('parts put together give both texts again', () => {
    const [older, newer] = ['a b c d e f', 'a x c d y f g'];
    const parts = diffWords(older, newer);
    expect(parts.filter(({ kind }) => kind !== 'added').map(({ text }) => text).join('')).toBe(older);
    expect(parts.filter(({ kind }) => kind !== 'removed').map(({ text }) => text).join('')).toBe(newer);
  });
});

describe('an answer beside its key', () => {
  test('options are chosen right, chosen wrong, missed, or play no part', () => {
    const item = { type: 'multiple-choice', options: ['a', 'b', 'c', 'd'].map(option), key: { optionIds: ['a', 'b'] } };
    const answered = readResponse(item, { optionIds: ['b', 'c'] }, words);
    expect(answered.kind === 'lines' && answered.lines.map(({ text, verdict }) => [text, verdict])).toEqual([['A', 'missed'], ['B', 'right'], ['C', 'wrong'], ['D', 'idle']]);
  });

  test('a wrong pair tells the right one', () => {
    const item = { type: 'matching', options: { left: [option('l1'), option('l2')], right: [option('r1'), option('r2')] }, key: { pairs: { l1: 'r1', l2: 'r2' } } };
    expect(readResponse(item, { pairs: { l1: 'r1', l2: 'r1' } }, words)).toEqual({ kind: 'lines', lines: [{ label: 'L1', text: 'R1', verdict: 'right' }, { label: 'L2', text: 'R1', verdict: 'wrong', expected: 'R2' }] });
  });

  test('a question without an answer still shows what was right', () => {
    const answered = readResponse({ type: 'single-choice', options: [option('a'), option('b')], key: { optionId: 'b' } }, null, words);
    expect(answered.kind === 'lines' && answered.lines.map(({ verdict }) => verdict)).toEqual(['idle', 'missed']);
  });

  test('the text of an answer holds no key', () => {
    expect(textOf({ type: 'single-choice', options: [option('a'), option('b')], key: { optionId: 'b' } }, { optionId: 'a' }, words)).toBe('A');
  });

  test('a type of a later release is told as it was stored', () => {
    expect(readResponse({ type: 'drawing' }, { strokes: 2 }, words)).toEqual({ kind: 'text', text: '{\n  "strokes": 2\n}', format: 'plain' });
  });
});

test('marks add up to the last digit', () => {
  const item = (points: string | null) => ({ points: '0.3', mark: points === null ? null : ({ points } as never) });
  expect(addUpMarks([item('0.1'), item('0.2'), item(null)])).toEqual({ points: '0.3', max: '0.9' });
});
