import { type Account, admin, asPerson, makeAccounts, makeExam, QUESTIONS } from './support/school.ts';
import { type Desk, sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInOn, test } from './support/test.ts';

test('a teacher switches points and badges on and publishes; a student sees them with the leaderboard, and opts out', async ({ page, browser, baseURL, db }) => {
  test.setTimeout(400_000);
  const people = await makeAccounts(await admin(), [['teacher', 'Ines Ferreira'], ['student', 'Amara Osei'], ['student', 'Bruno Lima']]);
  const [teacher, amara, bruno] = people as [Account, Account, Account];
  const owner = await asPerson(teacher);
  const { id: batchId } = await owner.call<{ id: string }>('POST', '/batches', { name: 'Biology 1' });
  await owner.call('PUT', `/batches/${batchId}/students`, { studentIds: [amara.id, bruno.id] });
  const examId = await makeExam(owner, [amara, bruno], { title: 'Cells', questions: [QUESTIONS.single, QUESTIONS.numeric] });
  await owner.call('POST', `/exams/${examId}/assignments`, { batchIds: [batchId] });
  const { rows: [exam] } = await db.query<{ sections: { items: { id: string }[] }[] }>('select sections from exams where id = $1', [examId]);
  const [single, numeric] = exam!.sections.flatMap(({ items }) => items.map(({ id }) => id)) as [string, string];
  const [first, second] = await sitDown(examId, [amara, bruno]);
  await answer(first!, single, { optionId: 'b' });
  await answer(first!, numeric, { value: '46' });
  await answer(second!, single, { optionId: 'b' });
  for (const desk of [first!, second!]) {
    await desk.sitter.submit();
    desk.leave();
  }
  await expect.poll(async () => (await db.query<{ count: number }>("select count(*)::int from grades where exam_id = $1 and state = 'graded'", [examId])).rows[0]!.count, { timeout: 150_000 }).toBe(2);

  const context = await browser.newContext({ baseURL: baseURL!, locale: 'en-GB', reducedMotion: 'reduce' });
  const student = await context.newPage();
  await test.step('nothing is there while the course has it off', async () => {
    await logInOn(student, amara);
    await expect(student.getByRole('link', { name: 'Results' })).toBeVisible();
    await student.goto('/achievements');
    await expect(student.getByText('Nothing to see here')).toBeVisible();
    await expect(student.getByRole('link', { name: 'Achievements' })).toHaveCount(0);
  });

  await test.step('the teacher switches it on and makes a badge, seeing who would have it', async () => {
    await logInOn(page, teacher);
    await page.goto(`/staff/batches/${batchId}`);
    await page.getByRole('link', { name: 'Points and badges' }).click();
    await page.getByRole('switch', { name: 'Points and badges for this batch' }).check();
    await expect(page.getByText('Saved')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New badge' }).first().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('0 of 0 students with published results')).toBeVisible();
    await dialog.getByLabel('Name', { exact: true }).fill('Half way');
    await dialog.getByLabel('Percent', { exact: true }).fill('50');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Make the badge' }).click();
    await expect(page.getByText('At least 50 % in an exam.')).toBeVisible();
  });

  await test.step('before publication there is a page, and nothing on it', async () => {
    await student.reload();
    await expect(student.getByRole('link', { name: 'Achievements' })).toBeVisible();
    await expect(student.getByText('None yet. Badges come with published results.')).toBeVisible();
    await expect(student.getByText('No results came out in this period.')).toBeVisible();
  });

  await test.step('after publication badges, points and the leaderboard are there', async () => {
    await owner.call('POST', `/exams/${examId}/results/publish`);
    await student.reload();
    const earned = student.getByRole('list', { name: 'Earned' });
    await expect(earned.getByRole('listitem')).toHaveCount(3);
    await expect(earned.getByText('Perfect score')).toBeVisible();
    await expect(earned.getByText('Half way')).toBeVisible();
    await expect(earned.getByText('New')).toHaveCount(3);
    const board = student.getByRole('table', { name: 'Leaderboard, Biology 1' });
    await expect(board.getByRole('row', { name: /1 You, shown as A\. O\. 100/ })).toBeVisible();
    await expect(board.getByRole('row', { name: /2 B\. L\. 50/ })).toBeVisible();
    await expect(student.getByText('Bruno')).toHaveCount(0);
    await expectAccessible(student);
    await student.reload();
    await expect(earned.getByText('Perfect score')).toBeVisible();
    await expect(earned.getByText('New')).toHaveCount(0);
  });

  await test.step('who opts out is gone from the leaderboard of everybody, and keeps badges', async () => {
    await student.getByRole('switch', { name: 'Take part in leaderboards' }).uncheck();
    await expect(student.getByText('Saved. You are in no leaderboard.')).toBeVisible();
    await expect(student.getByText('You take no part in leaderboards')).toBeVisible();
    await expect(student.getByRole('list', { name: 'Earned' }).getByRole('listitem')).toHaveCount(3);
    await expectAccessible(student);
    await page.reload();
    const board = page.getByRole('table', { name: 'Leaderboard now' });
    await expect(board.getByRole('row').filter({ hasText: 'Bruno Lima' })).toBeVisible();
    await expect(board.getByRole('row').filter({ hasText: 'Amara Osei' })).toHaveCount(0);
  });

  await test.step('what is taken back is gone', async () => {
    await owner.call('POST', `/exams/${examId}/results/unpublish`);
    await student.reload();
    await expect(student.getByText('None yet. Badges come with published results.')).toBeVisible();
  });
  owner.close();
  await context.close();
});

async function answer({ person, sitter }: Desk, itemId: string, response: object): Promise<void> {
  await person.call('PUT', `/sessions/${sitter.sessionId}/answers/${itemId}`, { response, clientId: crypto.randomUUID(), clientSeq: 1, baseRevision: 0 });
}
