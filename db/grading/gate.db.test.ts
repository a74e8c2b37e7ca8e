import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { inTransaction } from '#db/connection.ts';
import { resultGate } from '#db/grading/gate.ts';
import { submitSession } from '#db/session/submit.ts';
import { type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

async function closedSession(grade = true): Promise<{ examId: string; sessionId: string }> {
  const { examId, studentIds } = await insertExam(bench.db, { closesInMs: 60_000 });
  const session = await bench.start(examId, studentIds[0]!);
  const { session: closed } = await inTransaction(bench.db, (tx) => submitSession(tx, { sessionId: session.id, commandId: randomUUID(), origin: originOf(studentIds[0]!) }));
  if (grade) {
    await bench.db.query(
      "insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state) values ($1, $2, $3, 7.5, 10, 4, 0, 'graded')",
      [session.id, closed.closedVersion, examId],
    );
  }
  return { examId, sessionId: session.id };
}

const isOpen = async (sessionId: string): Promise<boolean | undefined> => (await resultGate(bench.db, sessionId))?.open;
const set = (examId: string, assignment: string) => bench.db.query(`update exams set ${assignment} where id = $1`, [examId]);
const release = (examId: string, results: object) => bench.db.query('update exams set results = $2 where id = $1', [examId, JSON.stringify(results)]);

test('the gate is shut until publication, and shut again after it is taken back', async () => {
  const { examId, sessionId } = await closedSession();
  expect(await isOpen(sessionId)).toBe(false);
  await set(examId, 'results_published_at = holdfast_now()');
  expect(await resultGate(bench.db, sessionId)).toMatchObject({ open: true, grade: { state: 'graded', points: '7.5000', maxPoints: '10.0000' }, visibility: { score: true, items: false, key: false, feedback: false } });
  await set(examId, 'results_published_at = null');
  expect(await isOpen(sessionId)).toBe(false);
});

test('a release at an hour opens at that millisecond, not before', async () => {
  const { examId, sessionId } = await closedSession();
  const hour = (await bench.clock.nowMs()) + 3_600_000;
  await release(examId, { release: 'at', releaseAt: new Date(hour).toISOString(), score: true });
  await bench.clock.advance(3_500_000);
  expect(await isOpen(sessionId)).toBe(false);
  await bench.clock.advance(100_000);
  expect(await isOpen(sessionId)).toBe(true);
});

test('an exam that answers at once opens with the grade', async () => {
  const { examId, sessionId } = await closedSession(false);
  await release(examId, { release: 'immediate', score: true });
  expect(await isOpen(sessionId)).toBe(false);
  await bench.db.query(
    `insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state)
     select id, closed_version, exam_id, 1, 1, 1, 0, 'graded' from exam_sessions where id = $1`,
    [sessionId],
  );
  expect(await isOpen(sessionId)).toBe(true);
});

test('a withheld result and a grade of an earlier hand-in stay behind the gate although the exam is published', async () => {
  const { examId, sessionId } = await closedSession();
  await set(examId, 'results_published_at = holdfast_now()');
  await bench.db.query("insert into result_holds (session_id, reason, held_by) values ($1, 'to be checked', $2)", [sessionId, randomUUID()]);
  expect(await isOpen(sessionId)).toBe(false);
  await bench.db.query('delete from result_holds where session_id = $1', [sessionId]);
  expect(await isOpen(sessionId)).toBe(true);
  await bench.db.query('update exam_sessions set closed_version = closed_version + 1 where id = $1', [sessionId]);
  expect(await resultGate(bench.db, sessionId)).toMatchObject({ open: false, grade: null });
});

test('a session that is open, or that does not exist, has nothing behind the gate', async () => {
  const { examId, studentIds } = await insertExam(bench.db);
  await set(examId, 'results_published_at = holdfast_now()');
  const session = await bench.start(examId, studentIds[0]!);
  expect(await resultGate(bench.db, session.id)).toMatchObject({ open: false, grade: null });
  expect(await resultGate(bench.db, randomUUID())).toBeUndefined();
});
