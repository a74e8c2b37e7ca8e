import { describe, expect, it } from 'vitest';

import { checkQuestion } from '#domain/questions/check-question.ts';
import { QUESTION_TYPES, type QuestionContent } from '#domain/questions/types.ts';

import type { Question } from '../api.ts';
import { convertDraft, type DraftOf, draftOf, emptyDraft, freshId, inputOf } from './draft.ts';

const text = (value: string) => ({ format: 'plain' as const, value });
const check = (input: Record<string, unknown>) => checkQuestion(input as unknown as QuestionContent);

describe('a question under edit', () => {
  it('is judged by the rules of the bank without a throw, for every type', () => {
    for (const type of QUESTION_TYPES) expect(check(inputOf(emptyDraft(type))).ok, type).toBe(false);
  });

  it('comes back from the bank and goes there again unchanged', () => {
    const draft = emptyDraft('single-choice') as DraftOf<'single-choice'>;
    draft.text = text('Which?');
    draft.options.forEach((option, index) => (option.text = text(`option ${index}`)));
    draft.key.optionId = 'b';
    const input = inputOf(draft);
    expect(check(input).ok).toBe(true);
    const stored = { ...input, explanation: null, subject: null, topic: null } as unknown as Question;
    expect(inputOf(draftOf(stored))).toEqual(input);
  });

  it('leaves out what is empty and takes a decimal comma', () => {
    const draft = emptyDraft('multiple-choice') as DraftOf<'multiple-choice'>;
    draft.key = { optionIds: [], scoring: 'weights', weights: { a: '1', b: '-0,5', c: '' } };
    draft.points = '2,5';
    expect(inputOf(draft)).toMatchObject({ points: '2.5', key: { scoring: 'weights', weights: { a: '1', b: '-0.5' }, optionIds: ['a'] }, subject: null });
    expect(inputOf(draft)).not.toHaveProperty('explanation');
  });

  it('sends only the gaps that are marked, and keeps the others for an undo', () => {
    const draft = emptyDraft('cloze') as DraftOf<'cloze'>;
    draft.text = text('The capital is [[g2]].');
    for (const id of ['g1', 'g2']) {
      draft.options.gaps[id] = { kind: 'text' };
      draft.key.gaps[id] = { accepted: [{ text: 'Oslo' }], matchCase: false, collapseSpaces: true };
    }
    const input = inputOf(draft) as unknown as { key: { gaps: object } };
    expect(Object.keys(input.key.gaps)).toEqual(['g2']);
    expect(check(inputOf(draft)).ok).toBe(true);
    expect(Object.keys(draft.key.gaps)).toEqual(['g1', 'g2']);
  });

  it('takes options and the right one along to another type', () => {
    const single = emptyDraft('single-choice') as DraftOf<'single-choice'>;
    single.text = text('kept');
    single.key.optionId = 'c';
    const multiple = convertDraft(single, 'multiple-choice') as DraftOf<'multiple-choice'>;
    expect(multiple.text.value).toBe('kept');
    expect(multiple.key.optionIds).toEqual(['c']);
    const ordering = convertDraft(multiple, 'ordering') as DraftOf<'ordering'>;
    expect(ordering.key.order).toEqual(['a', 'b', 'c', 'd']);
    expect(convertDraft(ordering, 'essay').text.value).toBe('kept');
  });

  it('gives ids that nobody has', () => {
    expect(freshId([{ id: 'a' }, { id: 'c' }])).toBe('b');
    expect(freshId([{ id: 'l1' }], 'l')).toBe('l2');
  });
});
