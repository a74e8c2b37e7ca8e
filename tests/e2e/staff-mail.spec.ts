import { type Account, admin, asPerson, makeAccounts, makeExam, QUESTIONS } from './support/school.ts';
import { sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInOn, test, watch } from './support/test.ts';

test('a teacher publishes with mails, an admin sees the mail in the mailbox, and its link leads the student to the result', async ({ page, browser, db, stack, trouble }) => {
  test.setTimeout(240_000);
  const [teacher, student] = (await makeAccounts(await admin(), [['teacher', 'Ines Ferreira'], ['student', 'Noor van den Berg']])) as [Account, Account];
  const title = `Cells and their mail ${Date.now()}`;
  const examId = await makeExam(await asPerson(teacher), [student], { title, questions: [QUESTIONS.single] });
  const desks = await sitDown(examId, [student]);
  await desks[0]!.sitter.submit();
  desks[0]!.leave();
  await expect.poll(async () => (await db.query("select from grades where exam_id = $1 and state = 'graded'", [examId])).rowCount, { timeout: 120_000 }).toBe(1);

  await logInOn(page, teacher);
  await page.goto(`/staff/exams/${examId}/results`);
  await page.getByRole('button', { name: 'Publish results…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('switch', { name: 'Tell one student by mail' })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Publish results' }).click();
  await expect(page.getByText('The results are published. One mail goes out.')).toBeVisible();
  await expect.poll(async () => (await db.query('select state from mails where exam_id = $1', [examId])).rows, { timeout: 60_000 }).toEqual([{ state: 'sent' }]);

  const offices = await browser.newContext();
  watch(offices, trouble);
  const office = await offices.newPage();
  await logInOn(office, stack.admin);
  await office.goto('/staff/mail');
  await office.getByRole('row', { name: /Noor van den Berg/ }).first().click();
  await expect(office.getByRole('complementary').or(office.getByRole('dialog')).getByText(student.email)).toBeVisible();
  await expectAccessible(office);
  await office.keyboard.press('Escape');
  await office.getByRole('tab', { name: 'Templates' }).click();
  await expect(office.getByText('Your result can be read: Linear Algebra, final exam')).toBeVisible();
  await expectAccessible(office);
  await office.getByRole('tab', { name: 'Mailbox' }).click();
  await office.getByRole('row', { name: new RegExp(title) }).click();
  await expect(office.getByText('You can read yours after logging in.')).toBeVisible();
  await expectAccessible(office);
  const link = await office.getByRole('link', { name: 'Read the result' }).getAttribute('href');
  await offices.close();

  const desk = await browser.newPage();
  await logInOn(desk, student);
  await desk.goto(link!);
  await expect(desk.getByRole('heading', { name: title })).toBeVisible();
  await desk.close();
});
