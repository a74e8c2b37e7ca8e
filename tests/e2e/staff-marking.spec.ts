import { randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { runningStack } from './support/config.ts';
import { type Account, admin, asPerson, makeAccounts, makeExam, QUESTIONS } from './support/school.ts';
import { sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInContext, logInOn, test, watch } from './support/test.ts';

const mark = randomUUID().slice(0, 8);
/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('a teacher sets marking up, marks with a rubric by keyboard alone, sets one answer aside, and the database has the marks', async ({ page, db }) => {
  test.setTimeout(150_000);
  const by = await admin();
  const people = await makeAccounts(by, [['teacher', 'Miriam Okafor'], ['teacher', `Ama Boateng ${mark}`], ['student', 'Amara Osei'], ['student', 'Jonas Lindqvist'], ['student', 'Kofi Mensah']]);
  const [teacher, grader, ...students] = people as [Account, Account, ...Account[]];
  const owner = await asPerson(teacher);
  const examId = await makeExam(owner, students, { title: `Genetics ${mark}`, questions: [QUESTIONS.essay] });
  const desks = await sitDown(examId, students);
  for (const { sitter } of desks) {
    await sitter.saveOne();
    await sitter.submit();
  }
  await logInOn(page, teacher);
  const marking = new MarkingPages(page, examId);

  // what is left, and how it is marked
  await expect.poll(async () => (await owner.call<{ pending: number }>('GET', `/exams/${examId}/marking`)).pending, { timeout: 60_000 }).toBe(3);
  await marking.open();
  await expect(page.getByText('3 answers wait for a mark')).toBeVisible();
  await expectAccessible(page);
  await marking.addGrader(grader.name);
  expect((await db.query('select anonymous, second_marking from marking_settings where exam_id = $1', [examId])).rows).toEqual([{ anonymous: true, second_marking: 'none' }]);

  // a rubric
  await marking.writeRubric([['Names variation', '0.5'], ['Names selection', '0.75'], ['Wrong statement', '-0.25']]);
  await expectAccessible(page);
  expect((await db.query('select version, jsonb_array_length(criteria) as lines from marking_rubrics where exam_id = $1', [examId])).rows).toEqual([{ version: 1, lines: 3 }]);

  // keyboard alone: the rubric has the focus, digits choose, Ctrl Enter saves and goes on
  await marking.open();
  await page.getByRole('link', { name: 'Start marking' }).press('Enter');
  await expect(page.getByRole('checkbox', { name: /Names variation/ })).toBeFocused();
  await expect(page.getByText(/yours until \d\d:\d\d/)).toBeVisible();
  await expect(page.getByText(students[0]!.name)).toHaveCount(0);
  await page.keyboard.press('1');
  await page.keyboard.press('2');
  await page.keyboard.press('3');
  await expect(page.getByLabel('Points', { exact: true })).toHaveValue('1');
  await expectAccessible(page);
  await page.keyboard.press('c');
  await expect(page.getByLabel('Comment', { exact: true })).toBeFocused();
  await page.keyboard.type('Think of mutation too.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('1 of 3')).toBeVisible();
  expect((await marking.marks(db)).rows).toEqual([{ points: 1, comment: 'Think of mutation too.', lines: 3 }]);

  // the second one is set aside with a note, and still gets its mark
  await expect(page.getByRole('checkbox', { name: /Names variation/ })).toBeFocused();
  await page.keyboard.press('f');
  await page.keyboard.type('Is this copied?');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  // Ctrl Enter of the dialog is not that of the page
  expect((await marking.marks(db)).rows).toHaveLength(1);
  await expect(page.getByText('Is this copied?')).toBeVisible();
  expect((await db.query('select note from marking_flags where exam_id = $1', [examId])).rows).toEqual([{ note: 'Is this copied?' }]);
  await page.getByRole('checkbox', { name: /Names variation/ }).focus();
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('2 of 3')).toBeVisible();

  // points by hand beat the rubric, too many are refused
  await expect(page.getByRole('checkbox', { name: /Names variation/ })).toBeFocused();
  await page.keyboard.press('p');
  await page.keyboard.type('7');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert').getByText('The question is worth 1 at most.')).toBeVisible();
  await page.getByLabel('Points', { exact: true }).fill('0.25');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Every answer of this exam is marked')).toBeVisible();
  await expectAccessible(page);
  expect((await marking.marks(db)).rows.map((row) => row.points)).toEqual([0.25, 0.5, 1]);

  // set aside, and the results
  await page.getByRole('link', { name: 'Back to marking' }).click();
  await page.getByRole('link', { name: 'Show what is set aside' }).click();
  await expect(page.getByRole('table', { name: 'Set aside for discussion' }).getByText('Is this copied?')).toBeVisible();
  await expectAccessible(page);
  await expect.poll(async () => (await db.query('select count(*)::int as graded from grades g join exam_sessions s on s.id = g.session_id where s.exam_id = $1 and g.pending_count = 0', [examId])).rows).toEqual([{ graded: 3 }]);
  desks.forEach((desk) => desk.leave());
});

test('two markers and an edit of the rubric at once lose nothing: answers are dealt, each mark keeps its rubric, and who was late decides', async ({ page, browser, db, trouble }) => {
  test.setTimeout(240_000);
  const by = await admin();
  const [teacher, grader, ...students] = (await makeAccounts(by, [['teacher', `Ines Ferreira ${mark}`], ['teacher', `Ben Asante ${mark}`], ['student'], ['student'], ['student'], ['student']])) as [Account, Account, ...Account[]];
  const owner = await asPerson(teacher);
  const examId = await makeExam(owner, students, { title: `Two markers ${mark}`, questions: [QUESTIONS.essay] });
  const desks = await sitDown(examId, students);
  for (const { sitter } of desks) {
    await sitter.saveOne();
    await sitter.submit();
  }
  await expect.poll(async () => (await owner.call<{ pending: number }>('GET', `/exams/${examId}/marking`)).pending, { timeout: 90_000 }).toBe(4);
  await owner.call('PUT', `/exams/${examId}/marking/settings`, { anonymous: true, secondMarking: 'none', differenceThreshold: '0', leaseMinutes: 15, graders: [teacher.id, grader.id] }, { 'If-Match': '"1"' });
  await logInOn(page, teacher);
  const marking = new MarkingPages(page, examId);
  const other = await browser.newContext({ baseURL: new URL(page.url()).origin });
  watch(other, trouble);
  await logInContext(other, grader);
  const theirs = await other.newPage();

  // an even share for each
  await marking.open();
  await page.getByRole('button', { name: 'Deal the answers…' }).click();
  const deal = page.getByRole('dialog', { name: 'Deal 4 waiting answers to the markers' });
  await deal.getByRole('radio', { name: 'Whole students' }).check();
  await expectAccessible(page);
  await deal.getByRole('button', { name: 'Deal the answers' }).click();
  await expect(deal).toBeHidden();
  await expect(page.getByText('4 answers dealt.')).toBeVisible();
  const dealt = () => db.query<{ id: string; count: number }>('select first_grader::text as id, count(*)::int as count from marking_answers where exam_id = $1 group by 1', [examId]);
  expect(new Map((await dealt()).rows.map(({ id, count }) => [id, count]))).toEqual(new Map([[teacher.id, 2], [grader.id, 2]]));

  // two edits of the rubric: the later one sees the earlier, and keeps its own words
  await marking.writeRubric([['Names variation', '0.5'], ['Names selection', '0.5']]);
  const twin = await page.context().newPage();
  await twin.goto(page.url());
  await expect(twin.getByLabel('Line 2', { exact: true })).toHaveValue('Names selection');
  await page.getByLabel('Line 2', { exact: true }).fill('Names inheritance');
  await page.getByRole('button', { name: 'Save the rubric' }).click();
  await expect(page.getByText('Saved as version 2.')).toBeVisible();
  await twin.getByLabel('Line 1', { exact: true }).fill('Names variation in words');
  await twin.getByRole('button', { name: 'Save the rubric' }).click();
  await expect(twin.getByText(`${teacher.name} changed the rubric meanwhile`)).toBeVisible();
  await expect(twin.getByRole('list', { name: 'Theirs' })).toContainText('Names inheritance');
  await expect(twin.getByLabel('Line 1', { exact: true })).toHaveValue('Names variation in words');
  await expectAccessible(twin);

  // a grader has version 2 on the screen while version 3 is saved
  await theirs.goto(`/staff/exams/${examId}/marking`);
  await theirs.getByRole('link', { name: 'Start marking' }).click();
  await theirs.getByRole('checkbox', { name: /Names inheritance/ }).press('2');
  await theirs.getByLabel('Comment on Names inheritance').fill('Say how.');
  await twin.getByRole('button', { name: 'Save mine as the next version' }).click();
  await expect(twin.getByText('Saved as version 3.')).toBeVisible();
  await twin.close();
  await theirs.keyboard.press('Control+Enter');
  await expect(theirs.getByText('1 of 4')).toBeVisible();
  const marks = () => db.query<{ grader: string; points: number; version: number; said: string | null }>(
    `select m.grader_id::text as grader, m.points::float8 as points, m.rubric_version as version, m.content -> 'selection' -> 0 ->> 'comment' as said
       from marker_marks m join exam_sessions s on s.id = m.session_id where s.exam_id = $1 and m.superseded_at is null order by m.completed_at`, [examId],
  );
  expect((await marks()).rows).toEqual([{ grader: grader.id, points: 0.5, version: 2, said: 'Say how.' }]);

  // both write about one answer: the lease of the first is over, the second saves, and the first loses no word
  await expect(theirs.getByRole('checkbox', { name: /Names variation in words/ })).toBeFocused();
  await theirs.keyboard.press('1');
  await theirs.getByLabel('Comment', { exact: true }).fill('Mine is not lost.');
  await expect(theirs.getByText(/Draft kept/)).toBeVisible();
  const { rows: [held] } = await db.query<{ id: string; item: string }>('select session_id::text as id, item_id::text as item from marking_answers where exam_id = $1 and lease_holder = $2', [examId, grader.id]);
  const answerPage = `/staff/exams/${examId}/marking/items/${held!.item}?answer=${held!.id}`;
  await page.goto(answerPage);
  await expect(page.getByText(new RegExp(`${grader.name} holds it until`))).toBeVisible();
  await expect(page.getByLabel('Points', { exact: true })).toBeDisabled();
  await db.query("update marking_answers set lease_until = holdfast_now() - interval '1 second' where exam_id = $1", [examId]);
  await page.goto(answerPage);
  await expect(page.getByText(/yours until/)).toBeVisible();
  await page.getByLabel('Points', { exact: true }).fill('1');
  await page.getByLabel('Comment', { exact: true }).fill('First come.');
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await marks()).rows.length).toBe(2);
  await theirs.keyboard.press('Control+Enter');
  await expect(theirs.getByText(`${teacher.name} saved a mark while you wrote`)).toBeVisible();
  await expect(theirs.getByText('First come.')).toBeVisible();
  await expect(theirs.getByRole('region', { name: 'Yours, not saved' }).getByText('Mine is not lost.')).toBeVisible();
  await expectAccessible(theirs);
  expect((await db.query('select content ->> \'comment\' as comment, refused from marker_drafts where session_id = $1 and grader_id = $2', [held!.id, grader.id])).rows).toEqual([{ comment: 'Mine is not lost.', refused: true }]);
  expect((await marks()).rows.map(({ grader: who, points }) => [who, points])).toEqual([[grader.id, 0.5], [teacher.id, 1]]);
  await other.close();
  desks.forEach((desk) => desk.leave());
});

test('a drawing is marked in parts, with notes placed by keyboard and pointer; its student sees them when feedback is shown', async ({ page, browser, db, trouble }) => {
  test.setTimeout(180_000);
  const [teacher, student] = (await makeAccounts(await admin(), [['teacher', `Ines Ferreira ${mark}`], ['student', `Amara Osei ${mark}`]])) as [Account, Account];
  const owner = await asPerson(teacher);
  const upload = { type: 'file-upload', text: 'Draw the apparatus.', key: {}, options: { maxFiles: 1, maxBytes: 1_000_000, extensions: ['png'] } };
  const examId = await makeExam(owner, [student], { title: `Drawings ${mark}`, questions: [upload], settings: { results: { release: 'manual', score: true, items: true, feedback: true } } });
  const [desk] = await sitDown(examId, [student]);
  const { person, sitter } = desk!;
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(PIXEL, 'base64')]), 'drawing.png');
  const sent = await fetch(`${new URL(runningStack().url).origin}/api/v1/sessions/${sitter.sessionId}/files`, { method: 'POST', headers: { Authorization: `Bearer ${person.token}` }, body: form });
  const { fileId } = (await sent.json()) as { fileId: string };
  const { rows: [exam] } = await db.query<{ item: string }>("select sections -> 0 -> 'items' -> 0 ->> 'id' as item from exams where id = $1", [examId]);
  await person.call('PUT', `/sessions/${sitter.sessionId}/answers/${exam!.item}`, { response: { fileIds: [fileId] }, clientId: sitter.sessionId, clientSeq: 1, baseRevision: 0 });
  await sitter.submit();
  await expect.poll(async () => (await owner.call<{ pending: number }>('GET', `/exams/${examId}/marking`)).pending, { timeout: 90_000 }).toBe(1);

  await logInOn(page, teacher);
  await page.goto(`/staff/exams/${examId}/marking/items/${exam!.item}`);
  const image = page.getByRole('img', { name: /Image .* of the answer/ });
  await expect(image).toBeVisible();
  await page.getByRole('button', { name: 'Add a note to this image' }).press('Enter');
  await page.getByLabel('Note', { exact: true }).fill('No clamp.');
  await page.keyboard.press('Control+Enter');
  // the new note has the focus: it is moved, and made larger
  await expect(page.getByRole('button', { name: 'Note a on the image: No clamp.' })).toBeFocused();
  for (const key of ['ArrowLeft', 'ArrowUp', 'Shift+ArrowRight']) await page.keyboard.press(key);
  await image.click({ position: { x: 12, y: 12 } });
  await page.getByLabel('Note', { exact: true }).fill('Well placed.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Note b on the image: Well placed.' })).toBeVisible();
  await page.getByRole('button', { name: 'Mark in parts…' }).click();
  await page.getByLabel('Points of Part 1').fill('0.25');
  await page.getByLabel('Comment on Part 1').fill('Scale is missing.');
  await page.getByLabel('Points of Part 2').fill('0.5');
  await expect(page.getByLabel('Points', { exact: true })).toHaveValue('0.75');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Every answer of this exam is marked')).toBeVisible();
  const { rows: [stored] } = await db.query<{ points: number; notes: { note: string; x: number; y: number; width: number; height: number }[] }>("select points::float8 as points, content -> 'annotations' as notes from marker_marks where session_id = $1 and superseded_at is null", [sitter.sessionId]);
  expect(stored).toMatchObject({ points: 0.75, notes: [{ note: 'No clamp.', x: 0.39, y: 0.39, width: 0.21, height: 0.2 }, { note: 'Well placed.', width: 0, height: 0 }] });

  const own = await browser.newContext({ baseURL: new URL(page.url()).origin, reducedMotion: 'reduce' });
  watch(own, trouble);
  await logInContext(own, student);
  const result = await own.newPage();
  const look = async (): Promise<void> => {
    await result.goto(`/results/${sitter.sessionId}`);
    await result.getByRole('button', { name: 'Open all' }).click();
  };
  await owner.call('POST', `/exams/${examId}/results/publish`, {});
  await look();
  await expect(result.getByRole('img', { name: 'Your image, with notes' })).toBeVisible();
  await expect(result.getByRole('list', { name: 'Notes of your marker' })).toContainText('No clamp.');
  await expect(result.getByText('Scale is missing.')).toBeVisible();
  await expectAccessible(result);
  await db.query(`update exams set results = results || '{"feedback": false}' where id = $1`, [examId]);
  await look();
  await expect(result.getByText('1 file was handed in.')).toBeVisible();
  await expect(result.getByText(/No clamp|Scale is missing/)).toHaveCount(0);
  await own.close();
  desk!.leave();
});

/** The pages about marking, as a teacher uses them. */
class MarkingPages {
  readonly #page: Page;
  readonly #examId: string;

  constructor(page: Page, examId: string) {
    this.#page = page;
    this.#examId = examId;
  }

  async open(): Promise<void> {
    await this.#page.goto(`/staff/exams/${this.#examId}/marking`);
    await expect(this.#page.getByRole('table', { name: 'Questions' }).getByText('Question 1')).toBeVisible();
  }

  async addGrader(name: string): Promise<void> {
    const page = this.#page;
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change how this exam is marked' });
    await expectAccessible(page);
    await dialog.getByRole('combobox').fill(name);
    await page.getByRole('option', { name }).click();
    await dialog.getByRole('button', { name: 'Save settings' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('table', { name: 'Markers' }).getByText(name)).toBeVisible();
  }

  async writeRubric(lines: readonly (readonly [string, string])[]): Promise<void> {
    const page = this.#page;
    await page.getByRole('link', { name: /^Make a rubric/ }).click();
    await expect(page.getByText('No lines yet.')).toBeVisible();
    for (const [index, [label, points]] of lines.entries()) {
      await page.getByRole('button', { name: 'Add a line' }).click();
      await page.getByLabel(`Line ${index + 1}`, { exact: true }).fill(label);
      await page.getByLabel('Points', { exact: true }).nth(index).fill(points);
    }
    await page.getByRole('button', { name: 'Save the rubric' }).click();
    await expect(page.getByText('Saved as version 1.')).toBeVisible();
    await page.reload();
    await expect(page.getByLabel(`Line ${lines.length}`, { exact: true })).toHaveValue(lines.at(-1)![0]);
  }

  marks(db: { query<Row extends object>(sql: string, values: unknown[]): Promise<{ rows: Row[] }> }) {
    return db.query<{ points: number; comment: string | null; lines: number | null }>(
      `select m.points::float8 as points, m.content ->> 'comment' as comment, jsonb_array_length(nullif(m.content -> 'selection', 'null')) as lines
       from marker_marks m join exam_sessions s on s.id = m.session_id where s.exam_id = $1 and m.superseded_at is null order by m.points`,
      [this.#examId],
    );
  }
}
