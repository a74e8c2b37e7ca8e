import { afterAll, beforeAll, expect, test } from 'vitest';

import { createMarker } from '#activities/grading/mark-session.ts';
import type { TestBody } from '#tests/support/caller.ts';

import { demand, openStage, type Stage } from './stage.ts';
import { openTab, type SaveBody, text } from './tab.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** What a page keeps until the server has answered; it survives a reload. */
type Journal = (SaveBody & { readonly itemId: string })[];

test('a student who is offline across the end is submitted with the last state that arrived; what comes later is kept apart and can be let in by staff', async () => {
  // Given a student whose choice and short text arrived until 10:52, when the connection was lost
  const [student, other] = await stage.api.students(2);
  const marker = createMarker({ db: stage.api.deps.db, contents: stage.api.deps.contents });
  const examId = await stage.publish({ from: '10:00', to: '11:00', durationMinutes: 60, students: [student!, other!] });
  await stage.clockTo('10:00');
  const { sessionId, items } = await stage.sit(examId, student!);
  await stage.sit(examId, other!);
  const tab = openTab(student!, sessionId);
  await demand(200, tab.save(items.choice, { optionId: 'a' }));
  await stage.clockTo('10:52');
  await demand(200, tab.save(items.short, text('Lond')));

  // who types on until 10:59:50, reloads the browser once in between, and types on
  const journal: Journal = [{ itemId: items.short, ...tab.next(items.short, text('Par')) }];
  const reloaded = openTab(student!, sessionId, [{ itemId: items.short, revision: 1 }]);
  journal.push({ itemId: items.short, ...reloaded.next(items.short, text('Paris')) });

  // When 11:00 passes
  await stage.clockTo('11:00');
  await stage.allClosed(examId);

  // Then the state of 10:52 is submitted, and worth what it is worth, without a click
  const [row] = (await stage.rows(examId)).filter(({ id }) => id === sessionId);
  expect(row).toMatchObject({ state: 'expired', close_reason: 'deadline', ended_ms: stage.at('11:00') });
  await marker.mark({ sessionId, closedVersion: row!.closed_version! });
  expect(await points()).toEqual(['1.0000']);

  // When the connection is back at 11:20, the page sends its journal, twice, as the first reply is lost
  await stage.clockTo('11:20');
  for (const [clientId, answers] of [...groupByClient(journal), ...groupByClient(journal)]) {
    const { status, body } = await student!.post(`/sessions/${sessionId}/answers`, { clientId, answers });
    expect([status, body.code]).toEqual([409, 'deadline-passed']);
  }

  // Then nothing of it changes the submission, and all of it is kept once, for the student and for those who decide
  expect((await student!.get(`/sessions/${sessionId}`)).body.answers.find(({ itemId }: TestBody) => itemId === items.short)).toMatchObject({ revision: 1, response: text('Lond') });
  for (const who of [student!, stage.teacher]) {
    const { items: kept } = await demand(200, who.get(`/sessions/${sessionId}/refused-answers`));
    expect(kept.map(({ response, code }: TestBody) => [response, code])).toEqual([[text('Par'), 'deadline-passed'], [text('Paris'), 'deadline-passed']]);
    expect(Date.parse(kept[0].at)).toBeGreaterThanOrEqual(stage.at('11:20'));
  }
  expect((await other!.get(`/sessions/${sessionId}/refused-answers`)).status).toBe(404);

  // When the board decides that the text counts, and re-opens the session for a minute
  await demand(200, stage.teacher.post(`/sessions/${sessionId}/reopen`, { seconds: 60, reason: 'The board lets the offline text in' }));
  const page = openTab(student!, sessionId, (await student!.get(`/sessions/${sessionId}`)).body.answers);
  expect((await page.save(items.short, text('Paris'))).status).toBe(200);
  const { session } = await demand(200, student!.post(`/sessions/${sessionId}/submit`, {}));

  // Then both submissions have their marks, and the first one can be read as it was
  await marker.mark({ sessionId, closedVersion: session.version });
  expect(await points()).toEqual(['1.0000', '2.0000']);
  const { rows } = await stage.api.pool.query<{ response: unknown }>('select response from answer_revisions where session_id = $1 and item_id = $2 order by revision', [sessionId, items.short]);
  expect(rows.map(({ response }) => response)).toEqual([text('Lond'), text('Paris')]);
  expect(await stage.brokenInvariants(examId)).toEqual([]);

  async function points(): Promise<string[]> {
    const grades = await stage.api.pool.query<{ points: string }>('select points::text from grades where session_id = $1 order by closed_version', [sessionId]);
    return grades.rows.map((grade) => grade.points);
  }
});

function groupByClient(journal: Journal): [string, Omit<Journal[number], 'clientId'>[]][] {
  const clients = [...new Set(journal.map(({ clientId }) => clientId))];
  return clients.map((clientId) => [clientId, journal.filter((entry) => entry.clientId === clientId).map(({ clientId: _, ...entry }) => entry)]);
}
