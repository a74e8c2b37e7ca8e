import { afterAll, beforeAll, expect, test } from 'vitest';

import { createMarker, type Marker } from '#activities/grading/mark-session.ts';
import type { TestPerson } from '#tests/support/api.ts';
import { upload } from '#tests/support/bank.ts';

import { demand, openStage, type Stage } from './stage.ts';
import { essay, openTab, text } from './tab.ts';

let stage: Stage;
let marker: Marker;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  marker = createMarker({ db: stage.api.deps.db, contents: stage.api.deps.contents });
  students = await stage.api.students(3);
});
afterAll(() => stage.close());

test('ten minutes granted after the end open answers, code and files at once, and the first submission stays beside the second', async () => {
  // Given an exam that ended at 11:00 and was marked
  const examId = await stage.publish({ from: '10:00', to: '11:00', durationMinutes: 60, students });
  await stage.clockTo('10:00');
  const [seat, ...others] = await stage.sitAll(examId, students);
  const { student, sessionId, items, started } = seat!;
  const tab = openTab(student, sessionId);
  await demand(200, tab.save(items.choice, { optionId: 'a' }));
  await demand(200, tab.save(items.short, text('London')));
  await stage.clockTo('11:00');
  await stage.allClosed(examId);
  await marker.mark({ sessionId, closedVersion: 2 });

  // When staff grant ten minutes at 11:04: an extension comes too late, a re-open does not
  await stage.clockTo('11:04');
  const extension = await stage.proctor.post(`/sessions/${sessionId}/extensions`, { seconds: 600, reason: 'Fire drill' });
  expect([extension.status, extension.body.code]).toEqual([409, 'session-closed']);
  const stream = await stage.listen(student, `/sessions/${sessionId}/stream?after=${String(started.streamPosition)}`);
  const sentAtMs = performance.now();
  const { session } = await demand(200, stage.teacher.post(`/sessions/${sessionId}/reopen`, { seconds: 600, reason: 'Fire drill' }));

  // Then within 2 s the page knows, and answers, code and files are taken
  const deadlineMs = Date.parse(session.deadlineAt);
  expect(deadlineMs - stage.at('11:14')).toBeGreaterThanOrEqual(0);
  expect(deadlineMs - stage.at('11:14')).toBeLessThan(5_000);
  const told = await stream.next('reopened');
  expect(told.readAtMs - sentAtMs).toBeLessThan(2_000);
  expect(told.data).toMatchObject({ deadlineAt: session.deadlineAt, reason: 'Fire drill' });
  await demand(200, tab.save(items.short, text('Paris')));
  await demand(200, tab.save(items.code, { text: 'int main(void) { return 0; }', language: 'c' }));
  const file = await demand(201, upload(stage.api, student, `/sessions/${sessionId}/files`, 'a drawing', {}, 'drawing.txt'));
  await demand(200, tab.save(items.file, { fileIds: [file.fileId] }));

  // and everything is taken until 11:14:00 and nothing after it
  await stage.clockTo('11:13:58');
  await demand(200, tab.save(items.essay, essay('at the last moment')));
  await stage.allClosed(examId);
  const late = await tab.save(items.essay, essay('too late'));
  expect([late.status, late.body.code]).toEqual([409, 'deadline-passed']);
  expect((await upload(stage.api, student, `/sessions/${sessionId}/files`, 'too late')).status).toBe(409);
  const [row] = await stage.rows(examId, [seat!]);
  expect(row).toMatchObject({ state: 'expired', close_reason: 'deadline', version: 4, closed_version: 4, ended_ms: deadlineMs });

  // and the submission of 11:00 can still be told from that of 11:14: its answers, its end and its marks are kept
  const revisions = await stage.api.pool.query(
    'select revision, response, session_version from answer_revisions where session_id = $1 and item_id = $2 order by revision', [sessionId, items.short]);
  expect(revisions.rows).toEqual([
    { revision: 1, response: text('London'), session_version: 1 },
    { revision: 2, response: text('Paris'), session_version: 3 },
  ]);
  const commands = await stage.api.pool.query('select kind, version from session_commands where session_id = $1 order by version', [sessionId]);
  expect(commands.rows).toEqual([{ kind: 'expire', version: 2 }, { kind: 'reopen', version: 3 }, { kind: 'expire', version: 4 }]);
  await marker.mark({ sessionId, closedVersion: 4 });
  await marker.mark({ sessionId, closedVersion: 2 });
  const grades = await stage.api.pool.query('select closed_version, points::text from grades where session_id = $1 order by closed_version', [sessionId]);
  expect(grades.rows).toEqual([{ closed_version: 2, points: '1.0000' }, { closed_version: 4, points: '2.0000' }]);
  const results = await demand(200, stage.teacher.get(`/exams/${examId}/results`));
  expect(results.items.find((result: { sessionId: string }) => result.sessionId === sessionId)).toMatchObject({ points: '2', state: 'pending' });

  // and nobody else was touched
  expect((await stage.rows(examId, others)).map((other) => [other.version, other.ended_ms])).toEqual(others.map(() => [2, stage.at('11:00')]));
  expect(await stage.brokenInvariants(examId)).toEqual([]);
});
