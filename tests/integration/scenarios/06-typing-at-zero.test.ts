import { afterAll, beforeAll, expect, test } from 'vitest';

import type { TestPerson } from '#tests/support/api.ts';

import { openStage, type Seat, sleep, type Stage } from './stage.ts';
import { essay, openTab } from './tab.ts';

const STUDENTS = 20;
const KEYS_PER_SECOND = 5;

let stage: Stage;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  students = await stage.api.students(STUDENTS);
});
afterAll(() => stage.close());

/** When each key was pressed, by the clock of the server; the text is as long as the list. */
type Keys = number[];

/** Types one key after the other until time is over; a page saves what changed as soon as the last save is answered. */
async function typeUntil(endMs: number, { student, sessionId, items }: Seat, flushes: boolean): Promise<Keys> {
  const keys: Keys = [];
  const tab = openTab(student, sessionId);
  const typed = (): string => 'abcdefghij'.repeat(Math.ceil(keys.length / 10)).slice(0, keys.length);
  const typing = (async () => {
    await sleep(Math.random() * (1_000 / KEYS_PER_SECOND));
    for (; stage.nowMs() < endMs; await sleep(1_000 / KEYS_PER_SECOND)) keys.push(stage.nowMs());
  })();
  let saved = 0;
  while (stage.nowMs() < endMs) {
    if (keys.length === saved) await sleep(20);
    else if ((await tab.save(items.essay, essay(typed()))).status === 200) saved = keys.length;
  }
  await typing;
  // a page that is still there sends the rest within the grace; one that dies at zero does not
  if (flushes) await tab.save(items.essay, essay(typed()));
  return keys;
}

test('whoever types until the last second loses nothing of what was typed two seconds before it, also where the page dies at zero', async () => {
  // Given a class that types five keys a second in an essay, and ten seconds of grace for what is on its way
  const examId = await stage.publish({ from: '10:00', to: '11:00', durationMinutes: 60, students, more: { graceSeconds: 10 } });
  await stage.clockTo('10:00');
  const seats = await stage.sitAll(examId, students);
  await stage.clockTo('10:59:56.500');
  const endMs = stage.at('11:00');

  // When time ends while they type
  const typed = await Promise.all(seats.map((seat, index) => typeUntil(endMs, seat, index % 2 === 0)));
  await stage.clockTo('11:00:10');
  await stage.allClosed(examId);

  // Then each submission holds everything typed until 10:59:58, and 99 % of what was typed until half a second before the end
  let pressed = 0;
  let kept = 0;
  for (const [index, { student, sessionId }] of seats.entries()) {
    const keys = typed[index]!;
    const { body } = await student.get(`/sessions/${sessionId}`);
    expect(body.session).toMatchObject({ state: 'expired', closeReason: 'deadline' });
    const stored = String(body.answers[0].response.text);
    expect(keys.length).toBeGreaterThan(5);
    expect(stored.length).toBeGreaterThanOrEqual(keys.filter((atMs) => atMs <= endMs - 2_000).length);
    const inTime = keys.filter((atMs) => atMs <= endMs - 500).length;
    pressed += inTime;
    kept += Math.min(inTime, stored.length);
    // a page that was there at zero loses no key at all
    if (index % 2 === 0) expect(stored).toHaveLength(keys.length);
  }
  expect(kept / pressed).toBeGreaterThanOrEqual(0.99);
  expect((await stage.rows(examId)).map((row) => row.ended_ms)).toEqual(seats.map(() => endMs));
  expect(await stage.brokenInvariants(examId)).toEqual([]);
});
