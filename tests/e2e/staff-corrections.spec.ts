import type { Page } from '@playwright/test';
import type pg from 'pg';

import { type Account, admin, asPerson, makeAccounts, makeExam, QUESTIONS } from './support/school.ts';
import { sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInOn, test } from './support/test.ts';

/** Two students, one of whom has the first of two questions wrong. */
async function sat(db: pg.Pool) {
  const [teacher, right, wrong] = (await makeAccounts(await admin(), [['teacher', 'Ines Ferreira'], ['student', 'Amara Right'], ['student', 'Jonas Wrong']])) as [Account, Account, Account];
  const examId = await makeExam(await asPerson(teacher), [right, wrong], { title: 'Cells, with a bad question', questions: [QUESTIONS.single, QUESTIONS.numeric] });
  const desks = await sitDown(examId, [right, wrong]);
  const { rows: [exam] } = await db.query<{ sections: { items: { id: string }[] }[] }>('select sections from exams where id = $1', [examId]);
  const [first, second] = exam!.sections[0]!.items.map(({ id }) => id) as [string, string];
  for (const [index, { person, sitter }] of desks.entries()) {
    const save = (itemId: string, response: object, clientSeq: number): Promise<unknown> => person.call('PUT', `/sessions/${sitter.sessionId}/answers/${itemId}`, { response, clientId: sitter.sessionId, clientSeq, baseRevision: 0 });
    await save(first, { optionId: index === 0 ? 'b' : 'a' }, 1);
    await save(second, { value: '46' }, 2);
    await sitter.submit();
  }
  const results = async (): Promise<unknown[]> => (await db.query<{ name: string }>('select u.name, g.points::float8 as points, g.max_points::float8 as max from grades g join exam_sessions s on s.id = g.session_id join users u on u.id = s.student_id where s.exam_id = $1 order by u.name', [examId])).rows;
  const before = [{ name: 'Amara Right', points: 2, max: 2 }, { name: 'Jonas Wrong', points: 1, max: 2 }];
  await expect.poll(results, { timeout: 90_000 }).toEqual(before);
  for (const desk of desks) desk.leave();
  return { teacher, examId, results, before };
}

test('a teacher drops a question: sees what it changes, applies it, and the marks change', async ({ page, db }) => {
  test.setTimeout(150_000);
  const { teacher, examId, results, before } = await sat(db);
  await logInOn(page, teacher);
  await page.goto(`/staff/exams/${examId}/corrections`);
  await expect(page.getByText('No question of this exam has been corrected.')).toBeVisible();
  await page.getByRole('button', { name: 'Correct a question…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Question', { exact: true }).selectOption({ label: 'Question 1, 1 point: Which organelle makes most of the ATP of a cell?' });
  await dialog.getByRole('radio', { name: 'Drop the question' }).check();
  await dialog.getByRole('textbox', { name: 'Why' }).fill('It was not taught.');
  await dialog.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByText('Not applied yet')).toBeVisible();
  const changes = page.getByRole('table', { name: 'What changes' });
  await expect(changes.getByRole('row').filter({ hasText: 'Jonas Wrong' })).toContainText('100.0 %');
  await expectAccessible(page);
  expect(await results()).toEqual(before);

  await page.getByRole('button', { name: 'Apply…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply the correction' }).click();
  await expect(page.getByText('Applied', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect.poll(results).toEqual([{ name: 'Amara Right', points: 1, max: 1 }, { name: 'Jonas Wrong', points: 1, max: 1 }]);
});

test('a teacher corrects a key in a form, and moderates: each is seen before it counts, and the grades are counted anew', async ({ page, db }) => {
  test.setTimeout(150_000);
  const { teacher, examId, results, before } = await sat(db);
  await logInOn(page, teacher);
  await page.goto(`/staff/exams/${examId}/corrections`);
  await page.getByRole('button', { name: 'Correct a question…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Question', { exact: true }).selectOption({ label: 'Question 2, 1 point: How many chromosomes has a human body cell?' });
  await expect(dialog.getByLabel('Value of answer 1', { exact: true })).toHaveValue('46');
  await dialog.getByLabel('Question', { exact: true }).selectOption({ label: 'Question 1, 1 point: Which organelle makes most of the ATP of a cell?' });
  await expect(dialog.getByRole('radio', { name: 'Mitochondrion' })).toBeChecked();
  await dialog.getByRole('textbox', { name: 'Why' }).fill('The key was wrong.');
  // the key of before is no correction
  await expect(dialog.getByRole('button', { name: 'Show what changes' })).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('radio', { name: 'Nucleus' }).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByText('2 marks change in 2 of 2 sessions.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'What changes' }).getByRole('row').filter({ hasText: 'Jonas Wrong' })).toContainText('100.0 %');
  expect(await results()).toEqual(before);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByText('Discarded', { exact: true })).toBeVisible();

  // 100 % and 50 %: an A and a D; a fifth more, with the limit, makes a C of the D
  await page.getByRole('button', { name: 'Moderate…' }).click();
  await dialog.getByRole('radio', { name: 'Multiply' }).check();
  await dialog.getByLabel('Factor').fill('1.2');
  await dialog.getByLabel('Lift nobody above').fill('1.15');
  await expect(dialog.getByText('Of 2 results, 1 would be higher and 0 lower.')).toBeVisible();
  await expect(dialog.getByRole('row', { name: 'Mean 75.0 % 78.8 %' })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('textbox', { name: /Why|Reason/ }).fill('Too hard.');
  await dialog.getByRole('button', { name: 'Moderate the results' }).click();
  await expect(page.getByText('multiplied by 1.2, nobody above 1.15')).toBeVisible();
  await expect.poll(() => gradeCounts(page)).toEqual({ A: '1', B: '0', C: '1', D: '0', F: '0' });
  await page.getByRole('button', { name: 'Undo…' }).click();
  await expect(dialog.getByRole('row', { name: 'Mean 78.8 % 75.0 %' })).toBeVisible();
  await dialog.getByRole('textbox', { name: /Why|Reason/ }).fill('Not too hard.');
  await dialog.getByRole('button', { name: 'Undo it' }).click();
  await expect.poll(() => gradeCounts(page)).toEqual({ A: '1', B: '0', C: '0', D: '1', F: '0' });
  expect((await db.query("select action from audit_log where exam_id = $1 and action like 'exam.moderate%' order by id", [examId])).rows.map(({ action }) => action)).toEqual(['exam.moderate', 'exam.moderate-undo']);
});

/** How many students each grade of the scale holds, as the page says. */
async function gradeCounts(page: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const rows = page.getByRole('region', { name: 'Grade scale' }).getByRole('row').filter({ has: page.getByRole('textbox') });
  for (const row of await rows.all()) found[await row.getByRole('textbox').first().inputValue()] = (await row.getByRole('cell').nth(2).textContent()) ?? '';
  return found;
}
