import { type Account, admin, asPerson, makeAccounts, makeExam } from './support/school.ts';
import { type Desk, sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInOn, test } from './support/test.ts';

const ITEMS = 30;
const STUDENTS = 16;
const OPTIONS = ['a', 'b', 'c', 'd', 'e'];

test('a scan finds three planted copiers; a teacher confirms a pair, tells a student, undoes it, dismisses it, and no mark changes', async ({ browser, page, db }) => {
  test.setTimeout(400_000);
  const people = await makeAccounts(await admin(), [['teacher', 'Ines Ferreira'], ['student', 'Amara Copied'], ['student', 'Bruno Copier'], ['student', 'Chen Third'], ...Array.from({ length: STUDENTS - 3 }, (_, index) => ['student', `Alone ${index}`] as const)]);
  const [teacher, ...students] = people as [Account, ...Account[]];
  const questions = Array.from({ length: ITEMS }, (_, index) => ({
    type: 'single-choice', text: `Question ${index + 1}: which one?`, options: OPTIONS.map((id) => ({ id, text: `Answer ${id}` })), key: { optionId: 'a' },
  }));
  const examId = await makeExam(await asPerson(teacher), students, { title: 'Cells, with three copiers', questions });
  const desks = await sitDown(examId, students);
  const { rows: [exam] } = await db.query<{ sections: { items: { id: string }[] }[] }>('select sections from exams where id = $1', [examId]);
  const itemIds = exam!.sections.flatMap(({ items }) => items.map(({ id }) => id));
  for (const [student, desk] of desks.entries()) await answerAll(desk, itemIds, student);
  for (const { sitter } of desks) await sitter.submit();
  await expect.poll(async () => (await db.query<{ count: number }>('select count(*)::int from grades g join exam_sessions s on s.id = g.session_id where s.exam_id = $1', [examId])).rows[0]!.count, { timeout: 180_000 }).toBe(STUDENTS);
  const marks = async (): Promise<unknown[]> => (await db.query('select g.session_id, g.points, g.version from grades g join exam_sessions s on s.id = g.session_id where s.exam_id = $1 order by 1', [examId])).rows;
  const before = await marks();

  await logInOn(page, teacher);
  await page.goto(`/staff/exams/${examId}/plagiarism`);
  await expect(page.getByText('The answers have not been compared yet')).toBeVisible();
  await page.getByRole('button', { name: 'Start a scan…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start the scan' }).click();
  await expect(page.getByText(/pairs are flagged among 16 sessions/)).toBeVisible({ timeout: 120_000 });
  const row = page.getByRole('grid', { name: 'Pairs' }).getByRole('row').filter({ hasText: 'Amara Copied' }).filter({ hasText: 'Bruno Copier' });
  await expect(row).toContainText(/\d+ identical wrong answers; expected/);
  await expectAccessible(page);

  const group = page.getByRole('region', { name: 'Group 1, 3 students' });
  await expect(group.getByRole('link')).toHaveCount(3);
  const node = group.getByRole('button', { name: /Chen Third/ });
  await node.focus();
  await page.keyboard.press('Enter');
  await expect(node).toHaveAttribute('aria-pressed', 'true');
  await expect(group.getByRole('status')).toHaveText('2 pairs of Chen Third');
  await expect(group.getByRole('link')).toHaveCount(2);

  await row.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Copied');
  await expect(page.getByText('The same, wrong').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Note' }).fill('They sat side by side.');
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(page.getByText(/^Confirmed by Ines Ferreira/).first()).toBeVisible();
  const pairId = new URL(page.url()).pathname.split('/').at(-1)!;
  expect((await db.query('select state, note, decided_by from plagiarism_pairs where id = $1', [pairId])).rows).toEqual([{ state: 'confirmed', note: 'They sat side by side.', decided_by: teacher.id }]);
  expect(await marks()).toEqual(before);

  await page.getByRole('button', { name: 'Tell… Amara Copied' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tell Amara Copied' });
  await dialog.getByRole('textbox', { name: 'Message' }).fill('You and Bruno Copier gave the same answers.');
  await expect(dialog.getByText('It names the other student.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Send the message' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Please come to room 12 on Monday.');
  await expect(dialog.getByRole('region', { name: /A message about/ })).toContainText('Please come to room 12 on Monday.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Send the message' }).click();
  await expect(page.getByText(/^Told by Ines Ferreira/)).toBeVisible();
  const student = await browser.newContext();
  const home = await student.newPage();
  await logInOn(home, students[0]!);
  await home.goto('/exams');
  await expect(home.getByRole('region', { name: 'A message about “Cells, with three copiers”' })).toContainText('Please come to room 12 on Monday.');
  await expectAccessible(home);
  await home.getByRole('button', { name: 'I have read this' }).click();
  await expect(home.getByRole('region', { name: /A message about/ })).toBeHidden();

  await page.getByRole('button', { name: 'Undo the decision' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the decision' }).click();
  await expect(page.getByText(/withdrawn/)).toBeVisible();
  await home.goto(`/results/${desks[0]!.sitter.sessionId}`);
  await expect(home.getByRole('region', { name: 'Withdrawn: a message about this exam' })).toContainText('You need not do anything.');
  await student.close();
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await expect(page.getByText(/^Dismissed by Ines Ferreira/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Tell… Amara Copied' })).toBeHidden();
  expect(await marks()).toEqual(before);
  for (const desk of desks) desk.leave();
});

/** The first three give the same answers, most of them wrong; the others guess for themselves. */
async function answerAll({ person, sitter }: Desk, itemIds: readonly string[], student: number): Promise<void> {
  const clientId = crypto.randomUUID();
  const random = numbersFrom(student < 3 ? 1 : student + 200);
  for (const [index, itemId] of itemIds.entries()) {
    const optionId = random() < 0.4 ? 'a' : OPTIONS[1 + Math.floor(random() * 4)]!;
    await person.call('PUT', `/sessions/${sitter.sessionId}/answers/${itemId}`, { response: { optionId }, clientId, clientSeq: index + 1, baseRevision: 0 });
  }
}

/** Numbers from 0 to 1 that are the same for the same seed. @source mulberry32 */
function numbersFrom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
