import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';

import { readReport } from '#api/reports/files.ts';
import { zipOf } from '#api/reports/zip.ts';
import { inTransaction } from '#db/connection.ts';
import { listReportsOfRun } from '#db/reports/files.ts';
import { queueReportRun } from '#db/reports/queue.ts';
import { until } from '#tests/support/workflow-environment.ts';
import { openWorkflowStack, type WorkflowStack } from '#tests/support/workflow-stack.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';

const STUDENTS = 24;
/** In the first and in the second shard; two shards are in work at the same time. */
const HELD = [5, 15];
const PATIENCE_MS = 100_000;

let stack: WorkflowStack;
beforeAll(async () => {
  stack = await openWorkflowStack();
  stack.startWorker('core');
});
afterAll(() => stack.close());

test('a run of reports whose worker is killed in the middle goes on with another one, and every result has one report', async () => {
  const { exam, sessionIds } = await stack.handedIn(STUDENTS);
  await stack.db.query(
    `insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state)
     select id, closed_version, exam_id, 6, 6, 3, 0, 'graded' from exam_sessions where exam_id = $1 on conflict do nothing`,
    [exam.examId],
  );
  const runId = randomUUID();
  await inTransaction(stack.db, (tx) => queueReportRun(tx, {
    runId, examId: exam.examId, report: 'student', audience: 'staff', locale: 'en', timeZone: null, origin: { actorId: null, address: null, requestId: null },
  }));
  const count = async (state: string): Promise<number> =>
    (await stack.db.query('select from run_items where run_id = $1 and state = $2', [runId, state])).rowCount ?? 0;

  // cut into shards, which touches every item
  await until(async () => (await stack.db.query('select from run_items where run_id = $1 and shard = 0', [runId])).rowCount === 0, PATIENCE_MS);
  await inTransaction(stack.db, async (tx) => {
    // held for as long as a process takes to start on a busy machine
    await tx.query('set local transaction_timeout = 0');
    await tx.query('set local idle_in_transaction_session_timeout = 0');
    // the bytes of these reports are written, and can not be noted: the worker stands in the middle of its shards
    await tx.query('select from run_items where run_id = $1 and item_id = any($2::uuid[]) for update', [runId, HELD.map((index) => sessionIds[index])]);
    const worker = await stack.spawnWorker('grading');
    await until(async () => (await count('done')) === 10, PATIENCE_MS);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  });
  expect(await count('pending')).toBe(STUDENTS - 10);

  await stack.spawnWorker('grading');
  await until(async () => (await stack.db.query(`select from runs where id = $1 and state = 'completed'`, [runId])).rowCount === 1, PATIENCE_MS);
  const { rows } = await stack.db.query('select done, failed, total from runs where id = $1', [runId]);
  expect(rows).toEqual([{ done: STUDENTS, failed: 0, total: STUDENTS }]);

  const reports = await listReportsOfRun(stack.db, runId);
  expect(reports.map(({ sessionId }) => sessionId).toSorted()).toEqual(sessionIds);
  const files = reports.map(({ createdAtMs, id, sha256 }) => ({ name: `${id}.pdf`, modifiedAtMs: createdAtMs, bytes: () => readReport(stack.dataDir, sha256) }));
  for (const [index, file] of files.entries()) expect(createHash('sha256').update(await file.bytes()).digest('hex')).toBe(reports[index]!.sha256);
  const pieces: Buffer[] = [];
  for await (const piece of zipOf(files)) pieces.push(piece);
  const zip = Buffer.concat(pieces);
  // the end of the directory: how many files there are
  expect([zip.readUInt32LE(zip.length - 22), zip.readUInt16LE(zip.length - 12)]).toEqual([0x0605_4b50, STUDENTS]);
}, 240_000);
