import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { readStreamHead, readTopicEvents } from '#db/stream/topics.ts';
import { sequenceEvents } from '#db/stream/sequencer.ts';
import { insertStreamEvent } from '#db/stream-events.ts';
import { type CoreBench, openBench } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

async function emit(examId: string, sessionId: string | null, text: string): Promise<void> {
  await insertStreamEvent(bench.db, { examId, sessionId, kind: 'message', data: { text } });
}

test('without any event the head is 0 and nothing is kept', async () => {
  expect(await readStreamHead(bench.db, [])).toMatchObject({ last: 0, oldest: null, versions: {} });
});

test('the head tells the versions of sessions in the same look as the position', async () => {
  const { examId, studentIds } = await insertExam(bench.db);
  const session = await bench.start(examId, studentIds[0]!);
  await sequenceEvents(bench.db.pool);
  const head = await readStreamHead(bench.db, [session.id, randomUUID()]);
  expect(head.versions).toEqual({ [session.id]: 1 });
  expect(head.last).toBeGreaterThan(0);
});

test('a topic has its own rows and those for everybody, in order, each once, page by page', async () => {
  const [mine, theirs] = [randomUUID(), randomUUID()];
  const [one, two] = [randomUUID(), randomUUID()];
  const { last } = await readStreamHead(bench.db, []);
  for (let n = 0; n < 20; n += 1) {
    await emit(mine, one, `one ${n}`);
    await emit(mine, two, `two ${n}`);
    await emit(mine, null, `all ${n}`);
    await emit(theirs, null, `theirs ${n}`);
  }
  await sequenceEvents(bench.db.pool);
  const read = async (filter: Parameters<typeof readTopicEvents>[1], limit: number): Promise<string[]> => {
    const texts: string[] = [];
    for (let after = last; ;) {
      const page = await readTopicEvents(bench.db, filter, after, limit);
      texts.push(...page.map(({ data }) => String(data['text'])));
      if (page.length < limit) return texts;
      after = page.at(-1)!.seq;
    }
  };
  const expected = (names: string[]) => Array.from({ length: 20 }, (_, n) => names.map((name) => `${name} ${n}`)).flat();
  expect(await read({ sessionIds: [one], wholeExamIds: [], examIds: [mine] }, 7)).toEqual(expected(['one', 'all']));
  expect(await read({ sessionIds: [], wholeExamIds: [mine], examIds: [] }, 7)).toEqual(expected(['one', 'two', 'all']));
  expect(await read({ sessionIds: [one], wholeExamIds: [mine], examIds: [theirs] }, 500)).toEqual(expected(['one', 'two', 'all', 'theirs']));
  expect(await read({ sessionIds: [], wholeExamIds: [], examIds: [] }, 7)).toEqual([]);
});
