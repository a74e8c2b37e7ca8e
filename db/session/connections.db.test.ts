import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { markStaleOffline, writePresence } from '#db/session/connections.ts';
import { type CoreBench, openBench } from '#tests/support/core.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const presenceOf = async (sessionId: string) =>
  (await bench.db.query<{ online: boolean; seen: number }>('select online, instant_ms(last_seen_at) as seen from session_presence where session_id = $1', [sessionId])).rows[0];
const historyOf = async (sessionId: string) =>
  (await bench.db.query<{ online: boolean; at: number }>('select online, instant_ms(at) as at from session_connections where session_id = $1 order by id', [sessionId])).rows;

test('news become presence and history, a refresh only moves the last sign of life', async () => {
  const session = { sessionId: randomUUID(), examId: randomUUID() };
  const now = await bench.clock.nowMs();
  expect(await writePresence(bench.db, [{ ...session, online: true, atMs: now, isNews: true }])).toEqual([{ ...session, online: true }]);
  expect(await writePresence(bench.db, [{ ...session, online: true, atMs: now + 15_000, isNews: false }])).toEqual([]);
  expect(await presenceOf(session.sessionId)).toEqual({ online: true, seen: now + 15_000 });
  expect(await writePresence(bench.db, [{ ...session, online: false, atMs: now + 20_000, isNews: true }])).toEqual([{ ...session, online: false }]);
  expect(await presenceOf(session.sessionId)).toEqual({ online: false, seen: now + 20_000 });
  expect(await historyOf(session.sessionId)).toEqual([{ online: true, at: now }, { online: false, at: now + 20_000 }]);
});

test('a session that moved to another process is not called offline by the one that lost it', async () => {
  const session = { sessionId: randomUUID(), examId: randomUUID() };
  const now = await bench.clock.nowMs();
  await writePresence(bench.db, [{ ...session, online: true, atMs: now, isNews: true }]);
  // the stream broke at +1 s here and was opened again at +2 s there
  await writePresence(bench.db, [{ ...session, online: true, atMs: now + 2_000, isNews: true }]);
  expect(await writePresence(bench.db, [{ ...session, online: false, atMs: now + 1_000, isNews: true }])).toEqual([]);
  expect(await presenceOf(session.sessionId)).toEqual({ online: true, seen: now + 2_000 });
});

test('a second window in another process, called offline by mistake, is news again with its next refresh', async () => {
  const session = { sessionId: randomUUID(), examId: randomUUID() };
  const now = await bench.clock.nowMs();
  await writePresence(bench.db, [{ ...session, online: false, atMs: now, isNews: true }]);
  expect(await writePresence(bench.db, [{ ...session, online: true, atMs: now + 5_000, isNews: false }])).toEqual([{ ...session, online: true }]);
});

test('two processes that write the same sessions in another order do not deadlock', async () => {
  const now = await bench.clock.nowMs();
  const changes = Array.from({ length: 200 }, () => ({ sessionId: randomUUID(), examId: randomUUID(), online: true, atMs: now, isNews: false }));
  const rounds = Array.from({ length: 20 }, (_, n) => writePresence(bench.db, n % 2 === 0 ? changes : [...changes].reverse()));
  await expect(Promise.all(rounds)).resolves.toHaveLength(20);
});

test('a session whose process died is offline 45 s after its last sign of life, from that moment on', async () => {
  const session = { sessionId: randomUUID(), examId: randomUUID() };
  const now = await bench.clock.nowMs();
  await writePresence(bench.db, [{ ...session, online: true, atMs: now, isNews: true }]);
  await bench.clock.advance(40_000);
  expect((await markStaleOffline(bench.db)).map(({ sessionId }) => sessionId)).not.toContain(session.sessionId);
  await bench.clock.advance(10_000);
  expect(await markStaleOffline(bench.db)).toContainEqual(session);
  expect(await presenceOf(session.sessionId)).toEqual({ online: false, seen: now });
  expect(await historyOf(session.sessionId)).toEqual([{ online: true, at: now }, { online: false, at: now }]);
  expect(await markStaleOffline(bench.db)).toEqual([]);
});
