import { describe, expect, it } from 'vitest';

import type { Queryable } from '#db/connection.ts';
import { createContentCache } from '#db/exams/content.ts';
import type { ExamContent } from '#domain/paper/types.ts';
import type { QuestionContent } from '#domain/questions/types.ts';

const plain = (value: string) => ({ format: 'plain' as const, value });
const choice: QuestionContent = { type: 'single-choice', text: plain('Q'), points: '1', options: [{ id: 'a', text: plain('A'), feedback: plain('SECRET') }, { id: 'b', text: plain('B') }], key: { optionId: 'a' } };
const ordering: QuestionContent = { type: 'ordering', text: plain('O'), points: '1', options: ['1', '2', '3', '4', '5', '6', '7', '8'].map((id) => ({ id, text: plain(id) })), key: { order: ['1', '2', '3', '4', '5', '6', '7', '8'] } };

const content: ExamContent = {
  algorithm: 1, examId: '0196e5a0-0000-7000-8000-000000000000', instructions: '', navigation: 'free', display: 'one', shuffleItems: false, shuffleOptions: false,
  sections: [{ title: 'S', items: [{ id: 'i1', questionId: 'q1', points: '1' }, { id: 'i2', questionId: 'q2', points: '2' }] }],
  questions: { q1: { version: 1, content: choice }, q2: { version: 1, content: ordering } },
};

/** A database that counts its reads; `stored` may be filled later. */
function fakeDb(stored: Map<string, ExamContent>): Queryable & { reads: number } {
  const db = {
    reads: 0,
    query: (text: string, values?: readonly unknown[]) => {
      if (text.includes('exam_corrections')) return Promise.resolve({ rows: [] });
      db.reads += 1;
      const found = stored.get(String(values?.[0]));
      return Promise.resolve({ rows: found === undefined ? [] : [{ content: found }] });
    },
  };
  return db as unknown as Queryable & { reads: number };
}

describe('the content cache', () => {
  it('reads an exam once, however many ask at the same time', async () => {
    const db = fakeDb(new Map([['e', content]]));
    const cache = createContentCache(db);
    await Promise.all([cache.paperOf('e', '1'), cache.paperOf('e', '2'), cache.contentOf('e'), cache.drawnPaperOf('e', '1')]);
    expect(db.reads).toBe(1);
  });

  it('shows a paper without keys and feedback, the same for the same seed', async () => {
    const cache = createContentCache(fakeDb(new Map([['e', content]])));
    const paper = await cache.paperOf('e', '42');
    expect(paper).toEqual(await cache.paperOf('e', '42'));
    expect(paper).toMatchObject({ itemCount: 2, sections: [{ title: 'S', items: [{ id: 'i1', points: '1' }, { id: 'i2', points: '2' }] }] });
    expect(JSON.stringify(paper)).not.toMatch(/SECRET|"key"|questionId/);
  });

  it('shares items that look the same on every paper, and none that are shuffled', async () => {
    const cache = createContentCache(fakeDb(new Map([['e', content]])));
    const [one, two] = await Promise.all(['1', '2'].map((seed) => cache.paperOf('e', seed)));
    expect(one!.sections[0]!.items[0]).toBe(two!.sections[0]!.items[0]);
    expect(one!.sections[0]!.items[1]).not.toBe(two!.sections[0]!.items[1]);
    expect(one!.sections[0]!.items[1]).not.toEqual(two!.sections[0]!.items[1]);
  });

  it('does not remember that an exam was not published yet', async () => {
    const stored = new Map<string, ExamContent>();
    const cache = createContentCache(fakeDb(stored));
    await expect(cache.contentOf('e')).rejects.toMatchObject({ code: 'not-found' });
    stored.set('e', content);
    expect((await cache.contentOf('e')).algorithm).toBe(1);
  });
});
