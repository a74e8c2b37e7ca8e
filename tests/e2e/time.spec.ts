import { QUESTIONS } from './support/school.ts';
import { openSession, saveState, setScene, storedAnswers } from './support/sitting.ts';
import { expect, expectAccessible, logInContext, test } from './support/test.ts';

const ESSAY_ONLY = { questions: [QUESTIONS.essay] };

test('an extension is on the open page within two seconds, with who gave it and why, and is acknowledged', async ({ page, db }) => {
  const scene = await setScene(ESSAY_ONLY);
  const sessionId = await openSession(page, scene);
  const askedMs = Date.now();
  await scene.proctor.call('POST', `/sessions/${sessionId}/extensions`, { seconds: 600, reason: 'Fire alarm, east wing' });
  await expect(page.getByText('Fire alarm, east wing')).toBeVisible({ timeout: 2_000 });
  expect(Date.now() - askedMs).toBeLessThan(2_000);
  await expect(page.getByText('10 min added')).toBeVisible();
  await expectAccessible(page);
  await expect.poll(async () => (await db.query<{ version: number }>('select max(acknowledged_version) as version from session_presence where session_id = $1', [sessionId])).rows[0]?.version).toBeGreaterThan(1);
});

test('a pause covers the paper and gives back every second; typing is not possible meanwhile', async ({ page, db }) => {
  const scene = await setScene(ESSAY_ONLY);
  const sessionId = await openSession(page, scene);
  await page.getByRole('textbox').click();
  await page.keyboard.type('Before.');
  await expect(saveState(page)).toContainText('Saved');
  const before = await deadline();
  await scene.proctor.call('POST', `/exams/${scene.examId}/time-changes`, { kind: 'pause', scope: { all: true }, reason: 'Power cut in hall 2' });
  await expect(page.getByText('Your exam is paused')).toBeVisible();
  await expect(page.getByText('Power cut in hall 2')).toBeVisible();
  await expect(page.getByRole('textbox')).toBeHidden();
  await expectAccessible(page);
  await page.waitForTimeout(3_000);
  await scene.proctor.call('POST', `/exams/${scene.examId}/time-changes`, { kind: 'resume', scope: { all: true }, reason: 'Light is back' });
  await expect(page.getByRole('textbox')).toBeVisible();
  await expect(page.getByText('Your exam goes on')).toBeVisible();
  const { rows } = await db.query<{ paused: string }>('select paused_total_ms as paused from exam_sessions where id = $1', [sessionId]);
  expect((await deadline()) - before).toBe(Number(rows[0]!.paused));

  async function deadline(): Promise<number> {
    const found = await db.query<{ at: Date }>('select deadline_at as at from exam_sessions where id = $1', [sessionId]);
    return found.rows[0]!.at.getTime();
  }
});

for (const hours of [-2, 2]) {
  test(`a device clock that is ${Math.abs(hours)} hours ${hours < 0 ? 'slow' : 'fast'} changes nothing`, async ({ page }) => {
    await page.addInitScript((offsetMs) => {
      const RealDate = Date;
      globalThis.Date = new Proxy(RealDate, {
        construct: (target, args: unknown[]) => (args.length === 0 ? new target(RealDate.now() + offsetMs) : new target(...(args as [number]))),
        get: (target, name) => (name === 'now' ? () => RealDate.now() + offsetMs : (Reflect.get(target, name) as unknown)),
      });
    }, hours * 3_600_000);
    const scene = await setScene({ ...ESSAY_ONLY, durationMinutes: 9 });
    await openSession(page, scene);
    await expect(page.getByRole('timer')).toContainText(/^\s*0:08:\d\d/);
    await page.getByRole('textbox').click();
    await page.keyboard.type('Saved at the time of the platform.');
    await expect(saveState(page)).toContainText('Saved');
  });
}

test('what is typed in the last second before the end is in the database, and the page ends by itself', async ({ page, db }) => {
  test.slow();
  const scene = await setScene({ ...ESSAY_ONLY, durationMinutes: 1, graceSeconds: 5 });
  const sessionId = await openSession(page, scene);
  await scene.proctor.call('POST', `/exams/${scene.examId}/time-changes`, { kind: 'shorten', seconds: 40, scope: { all: true }, reason: 'The hall closes' });
  await expect(page.getByText('The hall closes')).toBeVisible();
  const { rows } = await db.query<{ at: Date }>('select deadline_at as at from exam_sessions where id = $1', [sessionId]);
  await page.getByRole('textbox').click();
  let text = '';
  while (Date.now() < rows[0]!.at.getTime() - 600) {
    text += 'word ';
    await page.keyboard.type('word ', { delay: 20 });
  }
  await page.keyboard.type('last');
  await expect(page.getByText('Time is over').first()).toBeVisible();
  await expect(page.getByText('Time is over: your exam was handed in for you')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  expect(text.length).toBeGreaterThan(100);
  const stored = JSON.stringify(await storedAnswers(db, sessionId));
  expect(stored).toContain('last');
  const { rows: closed } = await db.query('select state from exam_sessions where id = $1', [sessionId]);
  expect(closed).toEqual([{ state: 'expired' }]);
});

test('a text that could not be sent before the end is kept, shown as not counted, and staff can see it', async ({ page, context, db }) => {
  test.slow();
  const scene = await setScene({ ...ESSAY_ONLY, durationMinutes: 1, graceSeconds: 2 });
  const sessionId = await openSession(page, scene);
  await scene.proctor.call('POST', `/exams/${scene.examId}/time-changes`, { kind: 'shorten', seconds: 45, scope: { all: true }, reason: 'The hall closes' });
  await expect(page.getByText('The hall closes')).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('textbox').click();
  await page.keyboard.type('Typed in time, without a network.');
  await expect(page.getByText('1 answer has not reached the server yet.')).toBeVisible({ timeout: 40_000 });
  await page.waitForTimeout(3_000);
  await context.setOffline(false);
  await expect(page.getByText('Texts that came too late')).toBeVisible({ timeout: 40_000 });
  expect(await storedAnswers(db, sessionId)).toEqual([]);
  const { rows } = await db.query<{ response: unknown }>('select response from refused_answers where session_id = $1', [sessionId]);
  expect(JSON.stringify(rows)).toContain('Typed in time, without a network.');
});

test('a waiting room follows a moved start without being reloaded, and starts at the new time', async ({ page }) => {
  test.slow();
  const scene = await setScene({ opensInMs: 3_600_000, closesInMs: 7_200_000 });
  await logInContext(page.context(), scene.student);
  await page.goto(`/exams/${scene.examId}`);
  await expect(page.getByText('The exam starts in')).toBeVisible();
  await expectAccessible(page);
  const soonMs = Math.ceil((Date.now() + 8_000) / 1_000) * 1_000;
  const local = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
  const { version } = await scene.teacher.call<{ version: number }>('GET', `/exams/${scene.examId}`);
  await scene.teacher.call('PUT', `/exams/${scene.examId}/window`, { localStart: local(soonMs), localEnd: local(soonMs + 3_600_000), timeZone: 'UTC', reason: 'The hall is free' }, { 'If-Match': `"${version}"`, 'Idempotency-Key': crypto.randomUUID() });
  await expect(page.getByText(/The start was moved/)).toBeVisible();
  await expect(page.getByText('The hall is free')).toBeVisible();
  const start = page.getByRole('button', { name: 'Start the exam' });
  await expect(start).toBeEnabled({ timeout: 20_000 });
  await start.click();
  await page.waitForURL('**/sit/*');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Question 1');
});

test('a message of a proctor waits until nobody types, and a cry for help reaches the staff', async ({ page, db }) => {
  const scene = await setScene(ESSAY_ONLY);
  const sessionId = await openSession(page, scene);
  await page.getByRole('textbox').click();
  await scene.proctor.call('POST', `/sessions/${sessionId}/messages`, { text: 'Question 4 says cm, not mm.' });
  await expect(page.getByText('Question 4 says cm, not mm.')).toBeVisible();
  await expect(page.getByRole('textbox')).toBeFocused();
  await page.getByRole('button', { name: 'Ask a proctor' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('My screen flickers.');
  await dialog.getByRole('button', { name: 'Ask for help' }).click();
  await expect(page.getByText(/Asked at/)).toBeVisible();
  const { rows } = await db.query('select reason from help_requests where session_id = $1', [sessionId]);
  expect(rows).toEqual([{ reason: 'My screen flickers.' }]);
});
