import { type Account, admin, asPerson, makeAccounts, makeExam, QUESTIONS } from './support/school.ts';
import { sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInOn, test } from './support/test.ts';

test('a teacher drops a question: sees what it changes, applies it, and the marks change', async ({ page, db }) => {
  test.setTimeout(150_000);
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
  await expect.poll(results, { timeout: 60_000 }).toEqual(before);

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
  for (const desk of desks) desk.leave();
});
