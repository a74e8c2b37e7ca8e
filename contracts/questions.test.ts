import { describe, expect, it } from 'vitest';

import { examStateSchema } from '#contracts/exams.ts';
import { questionInSchema, questionTypeSchema } from '#contracts/questions.ts';
import { EXAM_STATES } from '#domain/exams/exam-state.ts';
import { QUESTION_TYPES } from '#domain/questions/types.ts';

describe('the contracts of questions and exams', () => {
  it('name what the domain names', () => {
    expect(questionTypeSchema.options).toEqual([...QUESTION_TYPES]);
    expect(questionInSchema.options.map((option) => option.shape.type.value)).toEqual([...QUESTION_TYPES]);
    expect(examStateSchema.options).toEqual([...EXAM_STATES]);
  });

  it('read numbers and bare strings, and fill in what is left out', () => {
    const parsed = questionInSchema.parse({ type: 'multiple-choice', text: 'Q', options: [{ id: 'a', text: 'A' }], key: { weights: { a: 0.5 } } });
    expect(parsed).toEqual({
      type: 'multiple-choice', text: { format: 'plain', value: 'Q' }, options: [{ id: 'a', text: { format: 'plain', value: 'A' } }],
      key: { optionIds: [], scoring: 'all-or-nothing', weights: { a: '0.5' } }, points: '1', tags: [], subject: null, topic: null, difficulty: 'medium',
    });
  });

  it('keep names of members out that mean something to JavaScript', () => {
    const body: unknown = JSON.parse('{"type":"matching","text":"Q","options":{"left":[],"right":[]},"key":{"pairs":{"__proto__":"a","constructor":"b"}}}');
    const parsed = questionInSchema.parse(body);
    expect(parsed.key).toEqual({ pairs: { constructor: 'b' } });
    expect(Object.getPrototypeOf((parsed as { key: { pairs: object } }).key.pairs)).toBe(Object.prototype);
    expect(questionInSchema.safeParse({ type: 'ordering', text: 'Q', options: [{ id: '__proto__', text: 'x' }], key: { order: [] } }).success).toBe(false);
  });
});
