import { expect, test } from 'vitest';

import type { CountingItem } from './api.ts';
import { type CorrectionForm, correctionOf, hasKey, keyDraft, keyErrors } from './correction.ts';

const text = (value: string) => ({ format: 'plain' as const, value });
const item = (question: object): CountingItem => ({ itemId: 'i', questionId: 'q', number: 1, drawn: null, points: '2', rule: null, corrected: false, question: { text: text('Which [[g]]?'), media: [], ...question } }) as unknown as CountingItem;
const CHOICE = item({ type: 'single-choice', options: [{ id: 'a', text: text('A') }, { id: 'b', text: text('B') }], key: { optionId: 'a' } });
const form = (change: Partial<CorrectionForm>): CorrectionForm => ({ kind: 'drop', who: 'everybody', points: undefined, draft: undefined, ...change });

test.each<[string, Partial<CorrectionForm>, unknown]>([
  ['drop', {}, { kind: 'drop', itemId: 'i' }],
  ['all correct', { kind: 'all-correct', who: 'answered' }, { kind: 'all-correct', itemId: 'i', who: 'answered' }],
  ['points that are missing', { kind: 'points' }, undefined],
  ['points', { kind: 'points', points: 0 }, { kind: 'points', itemId: 'i', points: 0 }],
  ['a key that is not loaded', { kind: 'key' }, undefined],
  ['the key of before', { kind: 'key', draft: keyDraft(CHOICE) }, undefined],
  ['another key', { kind: 'key', draft: { ...keyDraft(CHOICE), key: { optionId: 'b' } } as never }, { kind: 'key', itemId: 'i', key: { optionId: 'b' } }],
  ['a key that fits no option', { kind: 'key', draft: { ...keyDraft(CHOICE), key: { optionId: 'c' } } as never }, undefined],
])('%s', (_name, change, wanted) => {
  expect(correctionOf(CHOICE, form(change))).toEqual(wanted);
});

test.each([
  ['multiple-choice', { options: [{ id: 'a', text: text('A') }, { id: 'b', text: text('B') }], key: { optionIds: ['a'], scoring: 'partial' } }],
  ['true-false', { key: { value: true } }],
  ['short-text', { key: { accepted: [{ text: 'x' }], matchCase: false, collapseSpaces: true } }],
  ['numeric', { key: { accepted: [{ value: '1', tolerance: '0.1' }] } }],
  ['matching', { options: { left: [{ id: 'l1', text: text('L') }], right: [{ id: 'r1', text: text('R') }, { id: 'r2', text: text('S') }] }, key: { pairs: { l1: 'r1' } } }],
  ['ordering', { options: [{ id: 'a', text: text('A') }, { id: 'b', text: text('B') }], key: { order: ['b', 'a'] } }],
  ['cloze', { options: { gaps: { g: { kind: 'text' } } }, key: { gaps: { g: { accepted: [{ text: 'x' }], matchCase: false, collapseSpaces: true } } } }],
  ['hot-spot', { media: [{ id: 'm' }], options: { maxPoints: 1 }, key: { areas: [{ shape: 'rect', points: [[0, 0], [1, 1]] }] } }],
])('the key of a %s question goes through the form unchanged', (type, question) => {
  const one = item({ type, ...question });
  const draft = keyDraft(one);
  expect([hasKey(one), keyErrors(draft), correctionOf(one, form({ kind: 'key', draft }))]).toEqual([true, [], undefined]);
  expect(draft.key).toEqual(one.question.key);
});

test('what people mark has no key to correct', () => expect([hasKey(item({ type: 'essay', key: {} })), hasKey(item({ type: 'file-upload', key: {} }))]).toEqual([false, false]));
