import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { inTransaction } from '#db/connection.ts';
import { runSessionCommand } from '#db/session/commands.ts';
import { type CoreBench, holdTransaction, openBench, originOf, waitUntilBlockedBy } from '#tests/support/core.ts';
import { insertGradedExam } from '#tests/support/graded-exam.ts';

import { publishResults, unpublishResults } from './publish.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const STAFF = originOf(randomUUID());
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: { code: string }) => error.code);

async function gradedExam(): Promise<{ examId: string; sessionId: string }> {
  const { examId, sessionIds } = await insertGradedExam(bench);
  return { examId, sessionId: sessionIds[0]! };
}

it('publication waits for a re-open that is under way, and then refuses', async () => {
  const { examId, sessionId } = await gradedExam();
  const held = await holdTransaction(bench.db);
  await runSessionCommand(held, { sessionId, commandId: randomUUID(), kind: 'reopen', origin: STAFF, reason: 'page missing', seconds: 60 });
  const publication = codeOf(inTransaction(bench.db, (tx) => publishResults(tx, { examId, origin: STAFF })));
  await waitUntilBlockedBy(bench.owner, held.pid);
  await held.commit();
  expect(await publication).toBe('state-conflict');
  const { rows } = await bench.db.query('select results_published_at as at from exams where id = $1', [examId]);
  expect(rows[0]).toEqual({ at: null });
});

it('a re-open waits for a publication that is under way, and is then refused', async () => {
  const { examId, sessionId } = await gradedExam();
  const held = await holdTransaction(bench.db);
  await publishResults(held, { examId, origin: STAFF });
  const reopened = codeOf(inTransaction(bench.db, (tx) =>
    runSessionCommand(tx, { sessionId, commandId: randomUUID(), kind: 'reopen', origin: STAFF, reason: 'page missing', seconds: 60 })));
  await waitUntilBlockedBy(bench.owner, held.pid);
  await held.commit();
  expect(await reopened).toBe('state-conflict');
  const { rows } = await bench.db.query('select state from exam_sessions where id = $1', [sessionId]);
  expect(rows[0]).toEqual({ state: 'submitted' });
});

it('publishing twice and taking back twice change nothing the second time', async () => {
  const { examId } = await gradedExam();
  const run = (act: typeof publishResults) => inTransaction(bench.db, (tx) => act(tx, { examId, origin: STAFF }));
  const first = await run(publishResults);
  expect(first).toMatchObject({ changed: true, sessions: 1, mails: 1 });
  expect(await run(publishResults)).toEqual({ ...first, changed: false, mails: 0 });
  expect(await run(unpublishResults)).toMatchObject({ changed: true, resultsPublishedAtMs: null });
  expect(await run(unpublishResults)).toMatchObject({ changed: false });
  expect(await codeOf(inTransaction(bench.db, (tx) => publishResults(tx, { examId: randomUUID(), origin: STAFF })))).toBe('not-found');
});
