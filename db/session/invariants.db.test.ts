import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { buildAnswer, type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createAnswerLane } from './answers.ts';
import { closeSessionIfDue } from './close.ts';
import { runSessionCommand } from './commands.ts';
import { checkInvariants } from './invariants.ts';
import { acknowledge, touchSession } from './presence.ts';
import type { SessionRow } from './rows.ts';

let bench: CoreBench;
let session: SessionRow;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const MINUTE = 60_000;
const broken = async (): Promise<string[]> => (await checkInvariants(bench.db, session.examId)).filter(({ holds }) => !holds).map(({ name }) => name);

/** A session with a save, an extension, a save, and its close. */
beforeEach(async () => {
  const { examId, studentIds } = await insertExam(bench.db, { durationMinutes: 10, endRule: 'duration' });
  session = await bench.start(examId, studentIds[0]!);
  const lane = createAnswerLane(bench.db.pool);
  const answer = buildAnswer({ sessionId: session.id });
  await lane.save(answer);
  await inTransaction(bench.db, (tx) =>
    runSessionCommand(tx, { sessionId: session.id, commandId: randomUUID(), kind: 'extend', seconds: 60, reason: null, origin: originOf(null) }));
  await lane.save({ ...answer, clientSeq: 2 });
  await bench.clock.advance(12 * MINUTE);
  session = await closeSessionIfDue(bench.db, session.id);
  await bench.clock.advance(-12 * MINUTE);
  await lane.close();
});

describe('the invariants', () => {
  it('hold for a session that was sat', async () => {
    expect(session.state).toBe('expired');
    expect(await broken()).toEqual([]);
    const all = await checkInvariants(bench.db);
    expect(all).toHaveLength(9);
    expect(all.every(({ violations, holds }) => holds === (violations === 0))).toBe(true);
  });

  it.each([
    ['no-late-save', `insert into answer_revisions select session_id, item_id, 3, client_id, 9, response, saved_at + interval '20 min', 1 from answers where session_id = $1`],
    ['no-save-after-close', 'update answers set session_version = 3 where session_id = $1'],
    ['versions-without-gap', 'delete from session_commands where session_id = $1 and version = 2'],
    ['deadline-equals-parts', 'update exam_sessions set extra_ms = extra_ms + 1 where id = $1'],
    ['closed-in-time', `update exam_sessions set state = 'active', closed_at = null, cutoff_at = holdfast_now() - interval '10 s' where id = $1`],
    ['workflow-completed', `update exam_sessions set closed_at = closed_at - interval '30 min' where id = $1`],
    ['saves-in-log', `update answers set response = '{"optionId": "z"}' where session_id = $1`],
    ['saves-in-log', 'update answers set revision = 3 where session_id = $1'],
  ])('%s finds what breaks it', async (name, sql) => {
    await bench.owner.query(sql, [session.id]);
    expect(await broken()).toContain(name);
    const verdict = (await checkInvariants(bench.db, session.examId)).find((one) => one.name === name);
    expect(verdict).toMatchObject({ holds: false, violations: 1 });
    expect(verdict!.detail).toContain(session.id);
  });

  it('find a workflow that still runs over a closed session, and two open sessions of one student', async () => {
    await bench.owner.query(`update exam_sessions set closed_at = closed_at - interval '30 min' where id = $1`, [session.id]);
    await bench.owner.query(
      `insert into session_workflows (session_id, namespace_id, run_id, seen_version, seen_at) values ($1, 'n', 'r', 3, holdfast_now() - interval '11 min')`, [session.id]);
    expect(await broken()).toContain('no-workflow-over-closed-session');
    await bench.owner.query('drop index exam_sessions_open_key');
    for (const attempt of [2, 3]) {
      await bench.owner.query(
        `insert into exam_sessions (id, exam_id, student_id, attempt, state, started_at, entitled_ms, duration_ms, deadline_at, grace_ms, cutoff_at, seed)
         select $1, $2, $3, $4, 'active', n, 60000, 60000, n + interval '1 min', 0, n + interval '1 min', 1 from holdfast_now() n`,
        [randomUUID(), session.examId, session.studentId, attempt],
      );
    }
    expect(await broken()).toContain('one-open-session');
    await bench.owner.query('delete from exam_sessions where attempt = 3');
    await bench.owner.query(`create unique index exam_sessions_open_key on exam_sessions (exam_id, student_id) where state in ('active','paused')`);
  });
});

describe('presence', () => {
  const read = async () => (await bench.db.query('select online, acknowledged_version as version from session_presence where session_id = $1', [session.id])).rows[0];
  const acknowledgeAt = (version: number) => inTransaction(bench.db, (tx) => acknowledge(tx, { sessionId: session.id, version }));

  it('notes signs of life and the version that a browser shows, which only grows and is told once', async () => {
    await touchSession(bench.db, { sessionId: session.id, examId: session.examId, online: false });
    expect(await read()).toEqual({ online: false, version: 1 });
    expect(await acknowledgeAt(2)).toBe(2);
    expect(await acknowledgeAt(1)).toBe(2);
    expect(await acknowledgeAt(99)).toBe(3);
    expect(await read()).toMatchObject({ version: 3 });
    const { rows } = await bench.db.query(`select count(*) as told from stream_events where session_id = $1 and kind = 'acknowledged'`, [session.id]);
    expect(rows[0]).toEqual({ told: 2 });
    await expect(inTransaction(bench.db, (tx) => acknowledge(tx, { sessionId: randomUUID(), version: 1 }))).rejects.toMatchObject({ code: 'not-found' });
  });
});
