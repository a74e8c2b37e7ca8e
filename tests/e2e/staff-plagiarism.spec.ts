import { type Account, admin, asPerson, makeAccounts, makeExam } from './support/school.ts';
import { type Desk, sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInOn, test } from './support/test.ts';

const ITEMS = 30;
const STUDENTS = 16;
const OPTIONS = ['a', 'b', 'c', 'd', 'e'];

test('a scan finds two planted copiers; a teacher confirms the pair, and no mark changes', async ({ page, db }) => {
  test.setTimeout(240_000);
  const people = await makeAccounts(await admin(), [['teacher', 'Ines Ferreira'], ['student', 'Amara Copied'], ['student', 'Bruno Copier'], ...Array.from({ length: STUDENTS - 2 }, (_, index) => ['student', `Alone ${index}`] as const)]);
  const [teacher, ...students] = people as [Account, ...Account[]];
  const questions = Array.from({ length: ITEMS }, (_, index) => ({
    type: 'single-choice', text: `Question ${index + 1}: which one?`, options: OPTIONS.map((id) => ({ id, text: `Answer ${id}` })), key: { optionId: 'a' },
  }));
  const examId = await makeExam(await asPerson(teacher), students, { title: 'Cells, with two copiers', questions });
  const desks = await sitDown(examId, students);
  const { rows: [exam] } = await db.query<{ sections: { items: { id: string }[] }[] }>('select sections from exams where id = $1', [examId]);
  const itemIds = exam!.sections.flatMap(({ items }) => items.map(({ id }) => id));
  for (const [student, desk] of desks.entries()) await answerAll(desk, itemIds, student);
  for (const { sitter } of desks) await sitter.submit();
  await expect.poll(async () => (await db.query<{ count: number }>('select count(*)::int from grades g join exam_sessions s on s.id = g.session_id where s.exam_id = $1', [examId])).rows[0]!.count, { timeout: 60_000 }).toBe(STUDENTS);
  const marks = async (): Promise<unknown[]> => (await db.query('select g.session_id, g.points, g.version from grades g join exam_sessions s on s.id = g.session_id where s.exam_id = $1 order by 1', [examId])).rows;
  const before = await marks();

  await logInOn(page, teacher);
  await page.goto(`/staff/exams/${examId}/plagiarism`);
  await expect(page.getByText('The answers have not been compared yet')).toBeVisible();
  await page.getByRole('button', { name: 'Start a scan…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start the scan' }).click();
  await expect(page.getByText(/One pair is flagged among 16 sessions/)).toBeVisible({ timeout: 60_000 });
  const row = page.getByRole('grid', { name: 'Pairs' }).getByRole('row').filter({ hasText: 'Amara Copied' });
  await expect(row).toContainText('Bruno Copier');
  await expect(row).toContainText(/\d+ identical wrong answers; expected/);
  await expectAccessible(page);

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
  for (const desk of desks) desk.leave();
});

/** The first two give the same answers, most of them wrong; the others guess for themselves. */
async function answerAll({ person, sitter }: Desk, itemIds: readonly string[], student: number): Promise<void> {
  const clientId = crypto.randomUUID();
  const random = numbersFrom(student < 2 ? 1 : student);
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
