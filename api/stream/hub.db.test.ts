import { randomUUID } from 'node:crypto';

import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createServerClock } from '#api/server-clock.ts';
import { createStreamHub, type StreamHub } from '#api/stream/hub.ts';
import type { StreamSink } from '#api/stream/sink.ts';
import type { ResolvedTopic } from '#api/stream/subscriber.ts';
import { createBus } from '#db/bus.ts';
import { insertStreamEvent } from '#db/stream-events.ts';
import { type CoreBench, openBench } from '#tests/support/core.ts';

let bench: CoreBench;
const hubs: StreamHub[] = [];

beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  hubs.forEach((hub) => hub.close());
  await bench.close();
});

/** One API process as far as streams go. */
function startHub(): StreamHub {
  const hub = createStreamHub({ db: bench.db, bus: createBus(undefined, 'test'), clock: createServerClock(bench.db), log: pino({ level: 'silent' }) });
  hub.start();
  hubs.push(hub);
  return hub;
}

function createReader(hub: StreamHub, topics: ResolvedTopic[], after: number | null = null) {
  let text = '';
  const closers: (() => void)[] = [];
  const sink: StreamSink = {
    write: (frame) => void (text += frame.toString()), drained: () => Promise.resolve(true), end: () => closers.splice(0).forEach((close) => close()),
    closed: false, onClose: (listener) => void closers.push(listener),
  };
  const live = hub.subscribe({ sink, accountId: randomUUID(), topics, after, isValid: () => Promise.resolve(true) });
  return { live, sink, events: () => [...text.matchAll(/^id: (\d+)\nevent: \S+\ndata: (.*)$/gm)].map(([, id, data]) => ({ id: Number(id), text: String((JSON.parse(data!) as { text?: string }).text) })) };
}

const board = (examId: string): ResolvedTopic => ({ kind: 'exam', examId, sessionId: null, audience: 'exam-staff' });
const say = (examId: string, text: string) => insertStreamEvent(bench.db, { examId, sessionId: randomUUID(), kind: 'message', data: { id: randomUUID(), text, from: 'proctor' } });

test('two processes number every event once, and the readers of both get all of them in one order', async () => {
  const examId = randomUUID();
  const readers = [createReader(startHub(), [board(examId)]), createReader(startHub(), [board(examId)])];
  await Promise.all(readers.map(({ live }) => live));
  await Promise.all(Array.from({ length: 300 }, (_, n) => say(examId, `event ${n}`)));
  await expect.poll(() => readers.map(({ events }) => events().length), { timeout: 10_000 }).toEqual([300, 300]);
  const [first, second] = readers.map(({ events }) => events());
  expect(first).toEqual(second);
  const ids = first!.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  expect(new Set(first!.map(({ text }) => text)).size).toBe(300);
});

test('a reader without a wake-up hears within the time of the fallback', async () => {
  const examId = randomUUID();
  const reader = createReader(startHub(), [board(examId)]);
  await reader.live;
  const began = performance.now();
  await say(examId, 'unannounced');
  await expect.poll(() => reader.events().length, { interval: 10, timeout: 5_000 }).toBe(1);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('a connection that closed is forgotten', async () => {
  const hub = startHub();
  const reader = createReader(hub, [board(randomUUID())]);
  await reader.live;
  expect(hub.openStreams()).toBe(1);
  reader.sink.end();
  expect(hub.openStreams()).toBe(0);
});

test('a hub that is closed ends what is open and takes no more', async () => {
  const hub = startHub();
  const reader = createReader(hub, [board(randomUUID())]);
  await reader.live;
  hub.close();
  expect(hub.openStreams()).toBe(0);
  await createReader(hub, [board(randomUUID())]).live;
  expect(hub.openStreams()).toBe(0);
});

test('readers who come all at once while events are written each hear everything after their greeting, once', async () => {
  const examId = randomUUID();
  const hub = startHub();
  await expect.poll(() => hub.position()).toBeDefined();
  let told = 0;
  let isOver = false;
  const talking = (async () => {
    for (; !isOver; told += 1) await say(examId, String(told));
  })();
  const readers = await Promise.all(Array.from({ length: 40 }, async (_, n) => {
    await new Promise((resolve) => setTimeout(resolve, n * 5));
    const reader = createReader(hub, [board(examId)]);
    await reader.live;
    return { reader, saidAfter: told };
  }));
  isOver = true;
  await talking;
  const last = told - 1;
  for (const { reader, saidAfter } of readers) {
    await expect.poll(() => reader.events().at(-1)?.text, { timeout: 10_000 }).toBe(String(last));
    const heard = reader.events().map(({ text }) => Number(text));
    expect(heard).toEqual(Array.from({ length: heard.length }, (_, index) => last - heard.length + 1 + index));
    expect(heard[0]).toBeLessThanOrEqual(saidAfter + 1);
  }
});
