import { randomUUID } from 'node:crypto';

import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { inTransaction } from '#db/connection.ts';
import { runSessionCommand } from '#db/session/commands.ts';
import type { SessionRow } from '#db/session/rows.ts';
import { submitSession } from '#db/session/submit.ts';
import { type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { type ExamRows, insertExam } from '#tests/support/exam-rows.ts';

import { createSessionActivities, INLINE_GRADING_LIMIT, type SessionActivities } from './session-activities.ts';

const NAMESPACE = randomUUID();
const RUN = randomUUID();

let bench: CoreBench;
let activities: SessionActivities;
let session: SessionRow;
let wakes: number;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  wakes = 0;
  activities = createSessionActivities({ db: bench.db, namespaceId: () => NAMESPACE, wake: () => (wakes += 1) });
  session = await begin();
});

async function begin(given: ExamRows = {}): Promise<SessionRow> {
  const { examId, studentIds } = await insertExam(bench.db, { durationMinutes: 60, endRule: 'duration', ...given });
  return await bench.start(examId, studentIds[0]!);
}

const asked = () => ({ sessionId: session.id, runId: RUN });
const command = (kind: 'pause' | 'resume' | 'reopen' | 'withdraw', seconds?: number) =>
  inTransaction(bench.db, (tx) => runSessionCommand(tx, {
    sessionId: session.id, commandId: randomUUID(), kind, reason: 'why', origin: originOf(null), ...(seconds === undefined ? {} : { seconds }),
  }));
const submit = () => inTransaction(bench.db, (tx) => submitSession(tx, { sessionId: session.id, commandId: randomUUID(), origin: originOf(null) }));
const noted = async () => (await bench.db.query('select namespace_id, run_id, seen_version, completed_at from session_workflows where session_id = $1', [session.id])).rows[0];

describe('reading a session', () => {
  test('answers instants and numbers, never a person, and records who has seen which version', async () => {
    const view = await activities.loadSession(asked());
    expect(view).toEqual({
      state: 'active', version: 1, nowMs: expect.any(Number), cutoffAtMs: session.cutoffAtMs, jitterMs: expect.any(Number),
      pausedAtMs: null, pauseLimitAtMs: null, closedVersion: null, gradeInline: true,
    });
    expect(Math.abs(view.nowMs - (await bench.clock.nowMs()))).toBeLessThan(1_000);
    expect(await noted()).toEqual({ namespace_id: NAMESPACE, run_id: RUN, seen_version: 1, completed_at: null });
  });

  test('that is not there is refused for good, not tried again', async () => {
    const failure = await activities.loadSession({ sessionId: randomUUID(), runId: RUN }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ type: 'not-found', nonRetryable: true });
  });

  test('of a large exam leaves the marking to a run, unless students get their results at once', async () => {
    const many = async (examId: string): Promise<void> => {
      await bench.owner.query(
        `with people as (insert into users (id, email, name, roles) select gen_random_uuid(), gen_random_uuid() || '@example.org', 'S', '{student}'
           from generate_series(1, $2) returning id)
         insert into exam_assignments (exam_id, student_id) select $1, id from people`,
        [examId, INLINE_GRADING_LIMIT],
      );
    };
    await many(session.examId);
    expect((await activities.loadSession(asked())).gradeInline).toBe(false);
    session = await begin();
    await many(session.examId);
    await bench.owner.query(`update exams set results = results || '{"release": "immediate"}' where id = $1`, [session.examId]);
    expect((await activities.loadSession(asked())).gradeInline).toBe(true);
  });
});

describe('closing a session', () => {
  test('that is not due changes nothing and answers the row', async () => {
    expect(await activities.closeSession(asked())).toMatchObject({ state: 'active', version: 1 });
  });

  test('that is due by the database clock closes it, and a second time finds nothing to do', async () => {
    await bench.clock.advance(3_600_000 + 10_500);
    expect(await activities.closeSession(asked())).toMatchObject({ state: 'expired', version: 2, closedVersion: 2 });
    expect(await activities.closeSession(asked())).toMatchObject({ state: 'expired', version: 2, closedVersion: 2 });
    expect(wakes).toBeGreaterThan(0);
  });

  test('that was withdrawn asks for no marks', async () => {
    await command('withdraw');
    expect(await activities.closeSession(asked())).toMatchObject({ state: 'withdrawn', gradeInline: false });
  });
});

describe('a hold that nobody lifts', () => {
  const alerts = async () => ({
    audit: (await bench.db.query(`select from audit_log where session_id = $1 and action = 'session.left-paused'`, [session.id])).rowCount,
    events: (await bench.db.query(`select from stream_events where session_id = $1 and kind = 'incident'`, [session.id])).rowCount,
  });

  test('is told to staff once, however often it is asked for', async () => {
    await command('pause');
    expect(await activities.alertPause(asked())).toMatchObject({ state: 'paused', version: 2, pausedAtMs: expect.any(Number) });
    await activities.alertPause(asked());
    expect(await alerts()).toEqual({ audit: 1, events: 1 });
  });

  test('is told again for a second hold, and not for one that was lifted', async () => {
    await command('pause');
    await activities.alertPause(asked());
    await command('resume');
    await activities.alertPause(asked());
    expect(await alerts()).toEqual({ audit: 1, events: 1 });
    await command('pause');
    await activities.alertPause(asked());
    expect(await alerts()).toEqual({ audit: 2, events: 2 });
  });
});

describe('completing', () => {
  test('is recorded for the version that the workflow worked on', async () => {
    await submit();
    expect(await activities.completeSession({ ...asked(), version: 2 })).toMatchObject({ state: 'submitted', version: 2 });
    expect(await noted()).toMatchObject({ seen_version: 2, completed_at: expect.any(Date) });
  });

  test('over a session that was re-opened meanwhile is not complete: the workflow has seen the open row and goes on', async () => {
    await submit();
    await command('reopen', 600);
    expect(await activities.completeSession({ ...asked(), version: 2 })).toMatchObject({ state: 'active', version: 3 });
    expect(await noted()).toMatchObject({ seen_version: 3, completed_at: null });
  });

  test('is undone by the next read, so that a re-opened session counts as followed again', async () => {
    await submit();
    await activities.completeSession({ ...asked(), version: 2 });
    await command('reopen', 600);
    await activities.loadSession(asked());
    expect(await noted()).toMatchObject({ seen_version: 3, completed_at: null });
  });

  test('after the close-out of the exam asks the window for another certificate', async () => {
    await bench.owner.query(`insert into close_outs (exam_id, certificate, closed_at) values ($1, '{}', holdfast_now() - interval '1 minute')`, [session.examId]);
    await submit();
    await activities.completeSession({ ...asked(), version: 2 });
    const { rows } = await bench.db.query(`select payload ->> 'kind' as kind from outbox where topic = 'window' and payload ->> 'id' = $1`, [session.examId]);
    expect(rows).toEqual([{ kind: 'nudge' }]);
  });
});
