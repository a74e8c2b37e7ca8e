import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromiumPath, openBrowser } from '#tools/browser/chromium.ts';

import { QUESTIONS } from './support/school.ts';
import { goTo, openSession, saveState, setScene, storedAnswers } from './support/sitting.ts';
import { expect, expectAccessible, killHard, logInContext, test } from './support/test.ts';

const ESSAY_ONLY = { questions: [QUESTIONS.essay] };

test('a whole exam goes by keyboard alone, from the log-in to the receipt, and the database has every answer', async ({ page, db }) => {
  const { student, examId } = await setScene();
  await page.goto('/login');
  await expect(page.getByLabel('E-mail address')).toBeFocused();
  await page.keyboard.type(student.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(student.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/exams');
  await page.getByRole('link', { name: /Go to the exam/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/exams/${examId}`);
  const start = page.getByRole('button', { name: 'Start the exam' });
  await expect(start).toBeVisible();
  await expectAccessible(page);
  await start.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/sit/*');
  const sessionId = page.url().split('/').at(-1)!;

  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toContainText('Question 1 of 5');
  await expectAccessible(page);
  await page.getByRole('radio').nth(1).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Alt+n');
  await expect(heading).toContainText('Question 2 of 5');
  await expect(heading).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('checkbox').first()).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Alt+f');
  await page.keyboard.press('Alt+n');
  await page.getByRole('textbox').focus();
  await page.keyboard.type('chlorophyll');
  await page.keyboard.press('Alt+n');
  await page.getByRole('textbox').focus();
  await page.keyboard.type('46');
  await page.keyboard.press('Alt+n');
  await expect(page).toHaveTitle(/^5 of 5/);
  await page.getByRole('textbox').focus();
  await page.keyboard.type('Those who fit have more children.');
  await expect(saveState(page)).toContainText('Saved');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Hand in…' }).first().focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Hand in your exam?');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Next step' }).press('Enter');
  await dialog.getByRole('button', { name: 'Hand in my exam' }).press('Enter');
  await expect(page.getByText('Your exam is handed in')).toBeVisible();
  await expectAccessible(page);

  const { rows } = await db.query('select state, close_reason from exam_sessions where id = $1', [sessionId]);
  expect(rows).toEqual([{ state: 'submitted', close_reason: expect.anything() as unknown }]);
  const answers = await storedAnswers(db, sessionId);
  expect(answers).toHaveLength(5);
  expect(answers).toEqual(expect.arrayContaining([{ optionIds: [expect.any(String)] }, { text: 'chlorophyll' }, { value: '46' }]));
  const { rows: places } = await db.query<{ flagged: string[] }>('select flagged from session_places where session_id = $1', [sessionId]);
  expect(places[0]?.flagged).toHaveLength(1);
});

test('a browser that is killed in the middle of a sentence comes back with the sentence, and the platform gets it', async ({ db, stack }) => {
  const scene = await setScene(ESSAY_ONLY);
  const profile = mkdtempSync(join(tmpdir(), 'holdfast-browser-'));
  const first = await openBrowser(chromiumPath(), profile);
  const sessionId = await openSession(first.page, scene);
  await first.page.getByRole('textbox').click();
  await first.page.keyboard.type('The first sentence is saved. ');
  await expect(saveState(first.page)).toContainText('Saved');
  await first.context.setOffline(true);
  await first.page.keyboard.type('The second one never left this de');
  await first.page.waitForTimeout(300);
  await first.kill();

  const second = await openBrowser(chromiumPath(), profile);
  await logInContext(second.context, scene.student);
  await second.page.goto(`${stack.url}/sit/${sessionId}`);
  await expect(second.page.getByRole('textbox')).toContainText('The second one never left this de');
  await expect(saveState(second.page)).toContainText('Saved');
  expect(JSON.stringify(await storedAnswers(db, sessionId))).toContain('The second one never left this de');
  await second.close();
  rmSync(profile, { recursive: true, force: true });
});

test('a browser that is started again without any network opens the exam with its answers, and sends what is new when it can', async ({ db, stack }) => {
  const scene = await setScene({ questions: [QUESTIONS.short] });
  const profile = mkdtempSync(join(tmpdir(), 'holdfast-browser-'));
  const first = await openBrowser(chromiumPath(), profile);
  const sessionId = await openSession(first.page, scene);
  await first.page.getByRole('textbox').fill('chloro');
  await expect(saveState(first.page)).toContainText('Saved');
  await first.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await first.kill();

  const second = await openBrowser(chromiumPath(), profile);
  await second.context.setOffline(true);
  await second.page.goto(`${stack.url}/sit/${sessionId}`);
  await expect(second.page.getByRole('textbox')).toHaveValue('chloro');
  await second.page.getByRole('textbox').fill('chlorophyll');
  await expect(saveState(second.page)).toContainText('No connection');
  await second.context.setOffline(false);
  // a browser that is killed soon after a log-in has lost it with its cookies
  await logInContext(second.context, scene.student);
  await expect(saveState(second.page)).toContainText('Saved', { timeout: 40_000 });
  expect(await storedAnswers(db, sessionId)).toEqual([{ text: 'chlorophyll' }]);
  await second.close();
  rmSync(profile, { recursive: true, force: true });
});

test('another device goes on where the first one was', async ({ page, browser, stack }) => {
  const scene = await setScene();
  await openSession(page, scene);
  await page.getByRole('radio').nth(2).check();
  await goTo(page, 3);
  await page.getByRole('textbox').fill('chloro');
  await expect(saveState(page)).toContainText('Saved');
  await page.waitForTimeout(1_500);

  const other = await browser.newContext({ baseURL: stack.url });
  const device = await other.newPage();
  await logInContext(other, scene.student);
  await device.goto(page.url());
  await expect(device.getByRole('heading', { level: 1 })).toContainText('Question 3');
  await expect(device.getByRole('textbox')).toHaveValue('chloro');
  await goTo(device, 1);
  await expect(device.getByRole('radio').nth(2)).toBeChecked();
  await other.close();
});

test('the API may be killed while somebody types: nothing is lost, and the page says what is going on', async ({ page, db }) => {
  const scene = await setScene(ESSAY_ONLY);
  const sessionId = await openSession(page, scene);
  await page.getByRole('textbox').click();
  await page.keyboard.type('Before the crash. ');
  await expect(saveState(page)).toContainText('Saved');
  killHard('api');
  await page.keyboard.type('During the crash. ', { delay: 60 });
  await page.keyboard.type('After it.', { delay: 60 });
  await expect(saveState(page)).toContainText('Saved', { timeout: 40_000 });
  await expect.poll(async () => JSON.stringify(await storedAnswers(db, sessionId))).toContain('Before the crash. During the crash. After it.');
});

test('a minute without a network: the page says so, keeps everything, and sends it when the network is back', async ({ page, context, db }) => {
  test.slow();
  const scene = await setScene();
  const sessionId = await openSession(page, scene);
  await context.setOffline(true);
  await page.getByRole('radio').nth(0).check();
  await expect(saveState(page)).toContainText('No connection');
  await expect(page.getByText('Your answers are kept on this device and will be sent. You can go on.')).toBeVisible();
  await expectAccessible(page);
  await goTo(page, 3);
  await page.getByRole('textbox').fill('chlorophyll');
  await goTo(page, 4);
  await page.getByRole('textbox').fill('46');
  expect(await storedAnswers(db, sessionId)).toEqual([]);
  await page.waitForTimeout(60_000);
  await expect(page.getByRole('timer')).toContainText(/\d/);
  await context.setOffline(false);
  await expect(saveState(page)).toContainText('Saved', { timeout: 40_000 });
  expect(await storedAnswers(db, sessionId)).toHaveLength(3);
});

test('of two windows the older one turns read-only and says so, and can be written in again', async ({ page, context, db }) => {
  const scene = await setScene(ESSAY_ONLY);
  const sessionId = await openSession(page, scene);
  await page.getByRole('textbox').click();
  await page.keyboard.type('One.');
  const newer = await context.newPage();
  await newer.goto(page.url());
  await expect(newer.getByRole('textbox')).toContainText('One.');
  await expect(page.getByText('This exam is open in another window')).toBeVisible();
  await newer.getByRole('textbox').click();
  await newer.keyboard.press('Control+End');
  await newer.keyboard.type(' Two.');
  await expect(saveState(newer)).toContainText('Saved');
  await page.getByRole('button', { name: 'Write here instead' }).click();
  await expect(page.getByRole('textbox')).toContainText('One. Two.');
  await expect(newer.getByText('This exam is open in another window')).toBeVisible();
  expect(JSON.stringify(await storedAnswers(db, sessionId))).toContain('One. Two.');
});

test('two devices that wrote at the same time end in two versions, and the student keeps both', async ({ page, context, browser, stack, db }) => {
  const scene = await setScene({ questions: [QUESTIONS.short, QUESTIONS.essay] });
  const sessionId = await openSession(page, scene);
  const other = await browser.newContext({ baseURL: stack.url });
  const device = await other.newPage();
  await logInContext(other, scene.student);
  await device.goto(page.url());
  await goTo(device, 2);
  await goTo(page, 2);
  await context.setOffline(true);
  await page.getByRole('textbox').click();
  await page.keyboard.type('Written without a network.');
  await device.getByRole('textbox').click();
  await device.keyboard.type('Written on the other device.');
  await expect(saveState(device)).toContainText('Saved');
  await context.setOffline(false);
  await expect(saveState(page)).toContainText('Two versions', { timeout: 40_000 });
  await page.getByRole('button', { name: 'Compare and choose…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Written on the other device.');
  await expect(dialog).toContainText('Written without a network.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Keep both, one after the other' }).click();
  await expect(saveState(page)).toContainText('Saved');
  const stored = JSON.stringify(await storedAnswers(db, sessionId));
  expect(stored).toContain('Written on the other device.');
  expect(stored).toContain('Written without a network.');
  await other.close();
});
