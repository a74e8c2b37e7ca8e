import { describe, expect, test } from 'vitest';

import { drawPaper } from './draw.ts';
import { drawableContent } from './drawable.ts';
import type { ExamContent, FrozenQuestion } from './types.ts';

const plain = (value: string) => ({ format: 'plain' as const, value });
const question = (optionId = 'a'): FrozenQuestion => ({
  version: 1,
  content: { type: 'single-choice', text: plain('Q'), points: '1', options: [{ id: 'a', text: plain('A') }, { id: 'b', text: plain('B') }], key: { optionId } },
});
const item = (questionId: string) => ({ id: `i-${questionId}`, questionId, points: '1' });
const content = (sections: ExamContent['sections'], ids: readonly string[], broken: readonly string[] = []): ExamContent => ({
  algorithm: 1, examId: '01990000-0000-7000-8000-000000000001', instructions: '', navigation: 'free', display: 'one', shuffleItems: false, shuffleOptions: false, sections,
  questions: Object.fromEntries([...ids.map((id) => [id, question()] as const), ...broken.map((id) => [id, question('gone')] as const)]),
});
const itemsOf = (given: ExamContent): number[] => drawPaper(drawableContent(given), 7).sections.map((section) => section.items.length);

describe('what a preview is drawn from', () => {
  test('content that can be published stays as it is', () => {
    const whole = content([{ title: 'S', items: [item('q1')], draw: { tag: 't', count: 1, points: '1', pool: ['q2', 'q3'] } }], ['q1', 'q2', 'q3']);
    expect(drawableContent(whole)).toEqual(whole);
  });

  test('questions that are gone or not complete are left out, of pools too', () => {
    expect(itemsOf(content([{ title: 'S', items: [item('q1'), item('gone'), item('bad')], draw: { tag: 't', count: 2, points: '1', pool: ['q2', 'bad', 'gone'] } }], ['q1', 'q2'], ['bad']))).toEqual([2]);
  });

  test('a pool that is too small gives what it has, and nothing that stands on the paper already', () => {
    const pool = ['q1', 'q2', 'q3'];
    const draw = (count: number) => ({ tag: 't', count, points: '1', pool });
    expect(itemsOf(content([{ title: 'A', items: [item('q1')], draw: draw(1) }, { title: 'B', items: [], draw: draw(5) }, { title: 'C', items: [], draw: draw(1) }], pool))).toEqual([2, 1, 0]);
  });

  test('nothing at all is an empty paper', () => {
    expect(itemsOf(content([], []))).toEqual([]);
  });
});
