import { randomUUID } from 'node:crypto';

import { faultsOf } from './support/look.ts';
import { type Account, admin, asPerson, makeAccounts, makeExam, QUESTIONS } from './support/school.ts';
import { sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInContext, test } from './support/test.ts';

test('a teacher reads the analysis of a closed exam, as charts and as tables, with the keyboard', async ({ page, context }) => {
  test.setTimeout(150_000);
  const by = await admin();
  const [teacher, first, second, third] = (await makeAccounts(by, [['teacher'], ['student'], ['student'], ['student']])) as [Account, Account, Account, Account];
  const owner = await asPerson(teacher);
  const students = [first, second, third];
  const { id: batchId } = await owner.call<{ id: string }>('POST', '/batches', { name: `Cohort ${randomUUID().slice(0, 8)}` });
  await owner.call('PUT', `/batches/${batchId}/students`, { studentIds: students.map(({ id }) => id) });
  const examId = await makeExam(owner, students, { title: 'Cell biology, analysed', questions: [QUESTIONS.single, QUESTIONS.multiple, QUESTIONS.numeric] });
  await owner.call('POST', `/exams/${examId}/assignments`, { batchIds: [batchId] });
  await logInContext(context, teacher);

  // nothing is graded yet
  await page.goto(`/staff/exams/${examId}/analysis`);
  await expect(page.getByText('Nothing graded yet')).toBeVisible();

  const desks = await sitDown(examId, students);
  for (const { sitter } of desks) for (let save = 0; save < 4; save += 1) await sitter.saveOne();
  for (const { sitter } of desks) await sitter.submit();
  await expect.poll(async () => (await owner.call<{ items: { state: string }[] }>('GET', `/exams/${examId}/results`)).items.filter(({ state }) => state === 'graded').length, { timeout: 45_000 }).toBe(3);
  // what was computed is kept for up to a minute
  await expect.poll(async () => (await owner.call<{ sessions: { graded: number } }>('GET', `/exams/${examId}/statistics`)).sessions.graded, { timeout: 75_000, intervals: [2_000] }).toBe(3);

  await page.goto(`/staff/exams/${examId}/results`);
  await page.getByRole('navigation', { name: 'Pages of this exam' }).getByRole('link', { name: 'Analysis' }).click();
  const scores = page.getByRole('region', { name: 'Students by mark' });
  await expect(scores.getByRole('img', { name: /Students by mark/ })).toBeVisible();
  await expect(page.getByText('Read these numbers with care')).toBeVisible();
  expect(await page.locator('#content, main').first().innerText()).not.toMatch(/NaN|undefined|Infinity/);
  expect(await faultsOf(page, 'analysis')).toEqual([]);

  // the table is one press away, and holds everybody
  await scores.getByRole('button', { name: 'As a table' }).focus();
  await page.keyboard.press('Enter');
  const table = scores.getByRole('table', { name: 'Students by mark' });
  const counts = await table.locator('tbody td').allInnerTexts();
  expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(3);
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(scores.getByRole('img')).toBeVisible();

  // what a figure means is one press away
  await page.getByText('How these figures are defined').click();
  await expect(page.getByText('divided by n - 1 (R sd, Excel STDEV.S)')).toBeVisible();
  await expectAccessible(page);
  await page.getByText('How these figures are defined').click();

  // a question
  const row = page.getByRole('grid', { name: 'Questions' }).getByRole('row', { name: /Which organelle/ });
  await row.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: 'Question 1' });
  await drawer.getByRole('button', { name: 'As a table' }).click();
  await expect(drawer.getByRole('row', { name: /Mitochondrion \(key\)/ })).toBeVisible();
  await expectAccessible(page);
  await drawer.getByRole('button', { name: 'Next question' }).click();
  await expect(page.getByRole('complementary', { name: 'Question 2' })).toBeVisible();
  await page.keyboard.press('Escape');

  // batches, time, files, a student
  await page.getByRole('tab', { name: /Batches/ }).click();
  await expect(page.getByRole('img', { name: /Mean by batch/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Time and completion' }).click();
  await expect(page.getByText('3 of 3 assigned students finished')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Export' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Everything, XLSX' }).click();
  expect((await coming).suggestedFilename()).toMatch(/\.xlsx$/);
  await page.goto(`/staff/exams/${examId}/results`);
  await page.getByRole('button', { name: `Acts for ${first.name}` }).click();
  await page.getByRole('menuitem', { name: 'Progress' }).click();
  await expect(page).toHaveURL(`/staff/students/${first.id}`);
  await expect(page.getByRole('img', { name: /Percent from exam to exam/ })).toBeVisible();
  await expectAccessible(page);
});

test('a student sees the own progress as soon as two results are out, and the class nowhere that an exam hides it', async ({ page, context }) => {
  test.setTimeout(150_000);
  const by = await admin();
  const [teacher, student] = (await makeAccounts(by, [['teacher'], ['student']])) as [Account, Account];
  const owner = await asPerson(teacher);
  const examIds: string[] = [];
  for (const title of ['Cells, first test', 'Cells, second test']) {
    const examId = await makeExam(owner, [student], { title, questions: [QUESTIONS.single, QUESTIONS.numeric] });
    const [desk] = await sitDown(examId, [student]);
    await desk!.sitter.saveOne();
    await desk!.sitter.submit();
    examIds.push(examId);
  }
  for (const examId of examIds) {
    await expect.poll(async () => (await owner.call<{ items: { state: string }[] }>('GET', `/exams/${examId}/results`)).items[0]?.state, { timeout: 45_000 }).toBe('graded');
  }
  await owner.call('POST', `/exams/${examIds[0]}/results/publish`);
  await logInContext(context, student);

  await page.goto('/results');
  await expect(page.getByRole('link', { name: /See result/ })).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Progress' })).toHaveCount(0);
  await owner.call('POST', `/exams/${examIds[1]}/results/publish`);
  const progress = page.getByRole('region', { name: 'Progress' });
  await expect(progress.getByRole('img', { name: /On average you have .* in 2 exams/ })).toBeVisible();
  await progress.getByRole('button', { name: 'As a table' }).focus();
  await page.keyboard.press('Enter');
  const table = progress.getByRole('table', { name: 'Progress' });
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table.getByRole('columnheader', { name: 'Class' })).toHaveCount(0);
  expect(await faultsOf(page, 'progress')).toEqual([]);
  await expectAccessible(page);
});
