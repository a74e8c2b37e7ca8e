import { randomUUID } from 'node:crypto';

import type { Browser, Page } from '@playwright/test';

import { type Account, admin, asPerson, makeAccounts, makeExam, QUESTIONS } from './support/school.ts';
import { sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInContext, logInOn, test, watch } from './support/test.ts';

const mark = randomUUID().slice(0, 8);

test('a student appeals against one mark, the owner gives it to somebody who has not marked, who changes it; the student reads why', async ({ page, browser, db, trouble }) => {
  test.setTimeout(180_000);
  const [teacher, reviewer, student] = (await makeAccounts(await admin(), [['teacher', `Ines Ferreira ${mark}`], ['teacher', `Ben Asante ${mark}`], ['student', `Amara Osei ${mark}`]])) as [Account, Account, Account];
  const owner = await asPerson(teacher);
  const examId = await makeExam(owner, [student], { title: `Appealed ${mark}`, questions: [QUESTIONS.essay, QUESTIONS.single], settings: { results: { release: 'manual', score: true, items: true, feedback: true, appealDays: 14 } } });
  const [desk] = await sitDown(examId, [student]);
  const { sessionId } = desk!.sitter;
  const { rows: [exam] } = await db.query<{ essay: string }>("select sections -> 0 -> 'items' -> 0 ->> 'id' as essay from exams where id = $1", [examId]);
  await desk!.person.call('PUT', `/sessions/${sessionId}/answers/${exam!.essay}`, { response: { text: 'Variation and selection.', format: 'plain' }, clientId: sessionId, clientSeq: 1, baseRevision: 0 });
  await desk!.sitter.submit();
  await expect.poll(async () => (await owner.call<{ pending: number }>('GET', `/exams/${examId}/marking`)).pending, { timeout: 90_000 }).toBe(1);
  const answer = await owner.call<{ closedVersion: number }>('GET', `/marking/answers/${sessionId}/${exam!.essay}`);
  await owner.call('PUT', `/marking/answers/${sessionId}/${exam!.essay}`, { role: 'first', points: '0.25', closedVersion: answer.closedVersion, version: 0 });
  await owner.call('POST', `/exams/${examId}/results/publish`, {});

  // the student asks about one question
  await logInOn(page, student);
  await page.goto(`/results/${sessionId}`);
  await expect(page.getByText(/You can ask for a review until .* [A-Z]{3,4}\b/)).toBeVisible();
  await page.getByRole('button', { name: 'Ask for a review' }).click();
  const ask = page.getByRole('dialog', { name: 'Ask for a review of this result' });
  await ask.getByLabel('What is it about').selectOption(exam!.essay);
  await ask.getByLabel('What is wrong').fill('I named variation and selection.');
  await expectAccessible(page);
  await ask.getByRole('button', { name: 'Ask for a review' }).click();
  await expect(page.getByRole('heading', { name: 'Your request for a review: Question 1' })).toBeVisible();

  // the owner has marked it, so somebody else gets it
  const staff = await openAs(browser, page, teacher, trouble);
  await staff.goto(`/staff/exams/${examId}/appeals`);
  await expect(staff.getByText(/Students can appeal until/)).toBeVisible();
  await expect(staff.getByRole('button', { name: 'Decide…' })).toHaveCount(0);
  const give = async (name: string): Promise<void> => {
    await staff.getByRole('button', { name: 'Give it to a reviewer…' }).click();
    await staff.getByRole('combobox').fill(name);
    await staff.getByRole('option', { name }).click();
    await staff.getByRole('button', { name: 'Give it to the reviewer' }).click();
  };
  await give(teacher.name);
  await expect(staff.getByRole('dialog').getByText(/must not have marked what the appeal is about/).first()).toBeVisible();
  await expectAccessible(staff);
  await staff.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await give(reviewer.name);
  await expect(staff.getByText(`${reviewer.name} reviews it.`)).toBeVisible();
  await staff.context().close();

  // the reviewer sees the answer, and nothing else of the exam is needed
  const other = await openAs(browser, page, reviewer, trouble);
  await other.goto('/staff/appeals');
  await expect(other.getByText('It is yours to decide.')).toBeVisible();
  await other.getByText('Question, answer and key').click();
  await expect(other.getByText('Explain natural selection in your own words.')).toBeVisible();
  await expectAccessible(other);
  await other.getByRole('button', { name: 'Decide…' }).click();
  const decide = other.getByRole('dialog');
  await decide.getByRole('radio', { name: 'Partly upheld' }).check();
  await decide.getByLabel('New points of the question').fill('2');
  await expect(decide.getByText('Give points from 0 to 1.')).toBeVisible();
  await decide.getByLabel('New points of the question').fill('0.75');
  await decide.getByLabel('Reason, for the student').fill('Both are named, no example is.');
  await decide.getByRole('button', { name: 'Decide the appeal' }).click();
  await expect(other.getByText('No appeal waits for you')).toBeVisible();
  await other.context().close();
  expect((await db.query('select outcome, points_before::float8 as before, points_after::float8 as after, decided_by from appeals where session_id = $1', [sessionId])).rows).toEqual([{ outcome: 'partly', before: 0.25, after: 0.75, decided_by: reviewer.id }]);

  await page.reload();
  await expect(page.getByText('Partly upheld')).toBeVisible();
  await expect(page.getByText('Both are named, no example is.')).toBeVisible();
  await expect(page.getByText(reviewer.name)).toHaveCount(0);
  desk!.leave();
});

async function openAs(browser: Browser, like: Page, account: Account, trouble: string[]): Promise<Page> {
  const context = await browser.newContext({ baseURL: new URL(like.url()).origin, reducedMotion: 'reduce' });
  watch(context, trouble);
  await logInContext(context, account);
  return context.newPage();
}
