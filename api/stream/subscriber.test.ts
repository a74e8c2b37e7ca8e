import { expect, test } from 'vitest';

import type { StreamSink } from '#api/stream/sink.ts';
import { audienceOf, createSubscriber, type ResolvedTopic } from '#api/stream/subscriber.ts';
import type { StreamEvent } from '#db/stream/reader.ts';

const own: ResolvedTopic = { kind: 'session', examId: 'e1', sessionId: 's1', audience: 'student' };
const watched: ResolvedTopic = { kind: 'session', examId: 'e1', sessionId: 's1', audience: 'session-staff' };
const board: ResolvedTopic = { kind: 'exam', examId: 'e1', sessionId: null, audience: 'exam-staff' };

function collect(drained: () => Promise<boolean> = () => Promise.resolve(true)): { sink: StreamSink; sent: string[] } {
  const sent: string[] = [];
  const sink: StreamSink = { write: (frame) => void sent.push(frame.toString()), drained, end: () => undefined, closed: false, onClose: () => undefined };
  return { sink, sent };
}

const event = (seq: number, sessionId: string | null = 's1'): StreamEvent => ({ seq, examId: 'e1', sessionId, kind: 'message', data: {}, atMs: 0 });
const frame = ({ seq }: { seq: number }): Buffer => Buffer.from(String(seq));

test('what comes live during a replay waits, and what the replay had is not sent twice', async () => {
  const { sink, sent } = collect();
  const subscriber = createSubscriber(sink, [own]);
  subscriber.deliver(3, frame({ seq: 3 }));
  subscriber.deliver(5, frame({ seq: 5 }));
  await subscriber.catchUp(1, () => Promise.resolve([event(2), event(3)]), frame);
  subscriber.deliver(6, frame({ seq: 6 }));
  subscriber.deliver(6, frame({ seq: 6 }));
  expect(sent).toEqual(['2', '3', '5', '6']);
});

test('a replay of many pages reads on from where it is', async () => {
  const { sink, sent } = collect();
  const subscriber = createSubscriber(sink, [own]);
  const reads: number[] = [];
  await subscriber.catchUp(0, (after, limit) => {
    reads.push(after);
    return Promise.resolve(Array.from({ length: Math.min(limit, 1_200 - after) }, (_, n) => event(after + n + 1)));
  }, frame);
  expect(reads).toEqual([0, 500, 1000]);
  expect(sent).toEqual(Array.from({ length: 1_200 }, (_, n) => String(n + 1)));
});

test('more live events than may wait are read from the database instead', async () => {
  const { sink, sent } = collect();
  const subscriber = createSubscriber(sink, [own]);
  let stored = 1;
  await subscriber.catchUp(0, (after) => {
    const events = Array.from({ length: stored - after }, (_, n) => event(after + n + 1));
    // while the first read is under way a flood comes
    if (stored === 1) for (stored = 2; stored < 5_000; stored += 1) subscriber.deliver(stored, frame({ seq: stored }));
    return Promise.resolve(events);
  }, frame);
  expect(sent).toEqual(Array.from({ length: 5_000 }, (_, n) => String(n + 1)));
});

test('what is not stored is worth nothing to somebody who is behind', async () => {
  const { sink, sent } = collect();
  const subscriber = createSubscriber(sink, [board]);
  subscriber.deliver(null, Buffer.from('early'));
  await subscriber.catchUp(0, () => Promise.resolve([]), frame);
  subscriber.deliver(null, Buffer.from('late'));
  expect(sent).toEqual(['late']);
});

test.each([
  ['a student', [own], 'student', null, 'student'],
  ['staff of one session', [watched], 'session-staff', null, 'session-staff'],
  ['staff of the exam', [board], 'exam-staff', 'exam-staff', 'exam-staff'],
  ['staff of both', [watched, board], 'session-staff', 'exam-staff', 'exam-staff'],
] as const)('%s hear their session, other sessions and the exam each in one form', (_name, topics, session, other, exam) => {
  const subscriber = createSubscriber(collect().sink, topics);
  expect([audienceOf(subscriber, event(1, 's1')), audienceOf(subscriber, event(1, 's2')), audienceOf(subscriber, event(1, null))]).toEqual([session, other, exam]);
});

test('a connection keeps only the session online whose own student sits at it', () => {
  expect(createSubscriber(collect().sink, [{ ...own, isExamPage: true }]).ownSessionIds).toEqual(['s1']);
  expect(createSubscriber(collect().sink, [own]).ownSessionIds).toEqual([]);
  expect(createSubscriber(collect().sink, [{ ...watched, isExamPage: true }]).ownSessionIds).toEqual([]);
  expect(createSubscriber(collect().sink, [watched, board]).ownSessionIds).toEqual([]);
});
