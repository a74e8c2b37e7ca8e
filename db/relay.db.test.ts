import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { insertOutbox } from '#db/outbox.ts';
import { closeSessionIfDue } from '#db/session/close.ts';
import { runSessionCommand } from '#db/session/commands.ts';
import type { SessionRow } from '#db/session/rows.ts';
import { completeSessionWorkflow, loadSessionForWorkflow } from '#db/session/workflow-rows.ts';
import { type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { outboxAgeMs, reconcileSessions, reconcileWindows } from './reconcile.ts';
import { claimOutbox, finishOutbox, postponeOutbox } from './relay.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.owner.query('truncate exam_sessions, session_workflows, session_commands, outbox, exams, window_workflows cascade');
});

const MINUTE = 60_000;
async function sit(): Promise<SessionRow> {
  const { examId, studentIds } = await insertExam(bench.db, { durationMinutes: 60 });
  const session = await bench.start(examId, studentIds[0]!);
  await bench.db.query('delete from outbox');
  return session;
}
const run = { namespaceId: 'store-1', runId: 'run-1' };
const extend = (sessionId: string) =>
  inTransaction(bench.db, (tx) => runSessionCommand(tx, { sessionId, commandId: randomUUID(), kind: 'extend', seconds: 60, reason: null, origin: originOf(null) }));
const waiting = async (): Promise<string[]> => (await bench.db.query<{ key: string }>('select key from outbox order by id')).rows.map(({ key }) => key);

describe('the outbox', () => {
  it('gives each wake-up to one relay, and again when its lease is over', async () => {
    for (const version of [1, 2, 3]) await insertOutbox(bench.db, 'session', 'a', version, { kind: 'extend' });
    const [left, right] = await Promise.all([claimOutbox(bench.db, 2, 10_000), claimOutbox(bench.db, 2, 10_000)]);
    expect([...left, ...right].map(({ key }) => key).sort()).toEqual(['a:1', 'a:2', 'a:3']);
    expect(left[0]).toMatchObject({ topic: 'session', attempts: 1, payload: { id: 'a', version: expect.any(Number) as number, kind: 'extend' } });
    expect(await claimOutbox(bench.db, 5, 10_000)).toEqual([]);
    await bench.clock.advance(10_000);
    expect((await claimOutbox(bench.db, 5, 10_000)).map(({ attempts }) => attempts)).toEqual([2, 2, 2]);
    await bench.clock.advance(-10_000);
  });

  it('gives a run before everything that waits', async () => {
    for (const version of [1, 2, 3]) await insertOutbox(bench.db, 'session', 'a', version);
    await insertOutbox(bench.db, 'run', 'r', 1);
    expect((await claimOutbox(bench.db, 2, 10_000)).map(({ key }) => key)).toEqual(['r:1', 'a:1']);
  });

  it('keyed by the version does not swallow a second change while the first still waits', async () => {
    await insertOutbox(bench.db, 'session', 'a', 1);
    await insertOutbox(bench.db, 'session', 'a', 1);
    await insertOutbox(bench.db, 'session', 'a', 2);
    expect(await waiting()).toEqual(['a:1', 'a:2']);
    // keyed by the session alone, as it must not be
    const { rowCount } = await bench.db.query(`insert into outbox (topic, key, payload) values ('x', 'a', '{}'), ('x', 'a', '{}') on conflict (topic, key) do nothing`);
    expect(rowCount).toBe(1);
  });

  it('forgets what was delivered, so that the same key can come again, and puts off what was not', async () => {
    await insertOutbox(bench.db, 'session', 'a', 1);
    const [row] = await claimOutbox(bench.db, 1, 10_000);
    await postponeOutbox(bench.db, row!.id, 5_000);
    expect(await claimOutbox(bench.db, 1, 10_000)).toEqual([]);
    await bench.clock.advance(5_000);
    expect(await outboxAgeMs(bench.db)).toBeGreaterThanOrEqual(5_000);
    const [late] = await claimOutbox(bench.db, 1, 10_000);
    await finishOutbox(bench.db, late!.id);
    await insertOutbox(bench.db, 'session', 'a', 1);
    expect(await waiting()).toEqual(['a:1']);
    await bench.db.query('delete from outbox');
    expect(await outboxAgeMs(bench.db)).toBeNull();
    await bench.clock.advance(-5_000);
  });
});

describe('the reconciler', () => {
  it('wakes a session without a workflow after a minute, and no sooner', async () => {
    const session = await sit();
    expect(await reconcileSessions(bench.db, 'store-1')).toBe(0);
    await bench.clock.advance(MINUTE);
    expect(await reconcileSessions(bench.db, 'store-1')).toBe(1);
    expect(await reconcileSessions(bench.db, 'store-1')).toBe(0);
    expect(await waiting()).toEqual([`${session.id}:1`]);
    await bench.clock.advance(-MINUTE);
  });

  it('wakes what ran in a Temporal store that is gone, and not what was complete', async () => {
    const [running, done] = [await sit(), await sit()];
    await loadSessionForWorkflow(bench.db, { ...run, sessionId: running.id });
    await bench.db.query(
      `insert into session_workflows (session_id, namespace_id, run_id, seen_version, completed_at) values ($1, 'store-1', 'r', 1, holdfast_now())`, [done.id]);
    expect(await reconcileSessions(bench.db, 'store-1')).toBe(0);
    expect(await reconcileSessions(bench.db, 'store-2')).toBe(1);
    expect(await waiting()).toEqual([`${running.id}:1`]);
  });

  it('wakes a workflow that has not seen a change for a minute, also one that was complete before a re-open', async () => {
    const session = await sit();
    await loadSessionForWorkflow(bench.db, { ...run, sessionId: session.id });
    await bench.db.query('update session_workflows set completed_at = holdfast_now()');
    await extend(session.id);
    await bench.db.query('delete from outbox');
    expect(await reconcileSessions(bench.db, 'store-1')).toBe(0);
    await bench.clock.advance(MINUTE);
    expect(await reconcileSessions(bench.db, 'store-1')).toBe(1);
    expect(await waiting()).toEqual([`${session.id}:2`]);
    await bench.clock.advance(-MINUTE);
  });

  it('wakes a workflow that has not completed ten minutes after the close', async () => {
    const session = await sit();
    await bench.clock.advance(61 * MINUTE);
    await closeSessionIfDue(bench.db, session.id);
    await loadSessionForWorkflow(bench.db, { ...run, sessionId: session.id });
    expect(await reconcileSessions(bench.db, 'store-1')).toBe(0);
    await bench.clock.advance(10 * MINUTE);
    expect(await reconcileSessions(bench.db, 'store-1')).toBe(1);
    await bench.db.query('delete from outbox');
    await completeSessionWorkflow(bench.db, { ...run, sessionId: session.id, version: 2 });
    expect(await reconcileSessions(bench.db, 'store-1')).toBe(0);
    await bench.clock.advance(-71 * MINUTE);
  });

  it('does the same for windows of published exams', async () => {
    const { examId } = await insertExam(bench.db, {});
    await insertExam(bench.db, { lifecycle: 'draft' });
    expect(await reconcileWindows(bench.db, 'store-1')).toBe(0);
    await bench.clock.advance(MINUTE);
    expect(await reconcileWindows(bench.db, 'store-1')).toBe(1);
    expect(await waiting()).toEqual([`${examId}:0`]);
    await bench.db.query('delete from outbox');
    await bench.db.query(`insert into window_workflows (exam_id, namespace_id, run_id, seen_version) values ($1, 'store-1', 'r', 0)`, [examId]);
    expect(await reconcileWindows(bench.db, 'store-1')).toBe(0);
    expect(await reconcileWindows(bench.db, 'store-2')).toBe(1);
    await bench.db.query('delete from outbox');
    await bench.db.query('update exams set schedule_version = 1, updated_at = holdfast_now()');
    expect(await reconcileWindows(bench.db, 'store-1')).toBe(0);
    await bench.clock.advance(MINUTE);
    expect(await reconcileWindows(bench.db, 'store-1')).toBe(1);
    await bench.clock.advance(-2 * MINUTE);
  });
});

describe('the row of a workflow', () => {
  it('notes what was seen, and completes only over a closed row at the version that was worked on', async () => {
    const session = await sit();
    const noted = async () => (await bench.db.query('select seen_version as seen, run_id as run, completed_at is not null as done from session_workflows')).rows[0];
    expect(await loadSessionForWorkflow(bench.db, { ...run, sessionId: session.id })).toEqual(session);
    await completeSessionWorkflow(bench.db, { ...run, sessionId: session.id, version: 1 });
    expect(await noted()).toEqual({ seen: 1, run: 'run-1', done: false });
    await bench.clock.advance(61 * MINUTE);
    await closeSessionIfDue(bench.db, session.id);
    // a close that the workflow has not seen yet: it has to go on with the row it gets
    expect((await completeSessionWorkflow(bench.db, { ...run, sessionId: session.id, version: 1 })).version).toBe(2);
    expect(await noted()).toMatchObject({ done: false });
    await completeSessionWorkflow(bench.db, { ...run, sessionId: session.id, version: 2 });
    expect(await noted()).toEqual({ seen: 2, run: 'run-1', done: true });
    await loadSessionForWorkflow(bench.db, { ...run, runId: 'run-2', sessionId: session.id });
    expect(await noted()).toEqual({ seen: 2, run: 'run-2', done: false });
    await expect(loadSessionForWorkflow(bench.db, { ...run, sessionId: randomUUID() })).rejects.toMatchObject({ code: 'not-found' });
    await bench.clock.advance(-61 * MINUTE);
  });
});
