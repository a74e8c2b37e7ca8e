import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { ROOT } from '#tools/config.ts';

import { type Account, admin, asPerson, makeAccounts } from './support/school.ts';
import { sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInOn, test } from './support/test.ts';

const mark = randomUUID().slice(0, 8);
const batch = `Cohort ${mark}`;
const title = `Cell biology, midterm ${mark}`;

test('a teacher brings questions in, builds an exam in four steps, watches it, ends it, and publishes its results and its certificate', async ({ page, db }) => {
  test.setTimeout(150_000);
  const by = await admin();
  const [teacher, first, second] = (await makeAccounts(by, [['teacher', 'Ines Ferreira'], ['student', 'Amara Osei'], ['student', 'Jonas Lindqvist']])) as [Account, Account, Account];
  const owner = await asPerson(teacher);
  const { id: batchId } = await owner.call<{ id: string }>('POST', '/batches', { name: batch });
  await owner.call('PUT', `/batches/${batchId}/students`, { studentIds: [first.id, second.id] });
  await logInOn(page, teacher);
  const questions = new BankPages(page);
  const exam = new ExamPages(page);

  // questions: a file, reviewed; one by hand
  await questions.import(markedGift(), 'biology-20.gift');
  await expect(page.getByText('19 questions are in the bank')).toBeVisible();
  const inBank = async (): Promise<number> => (await db.query<{ count: number }>('select count(*)::int from questions q join question_versions v on v.question_id = q.id and v.version = q.current_version where v.search_text like $1 and q.created_by = $2', [`%${mark}%`, teacher.id])).rows[0]!.count;
  expect(await inBank()).toBe(19);
  await questions.write(`${mark} Which molecule carries amino acids to the ribosome?`, ['Messenger RNA', 'Transfer RNA'], 'B');
  expect(await inBank()).toBe(20);

  // the exam
  const examId = await exam.create(title, '30');
  await exam.pick(`${mark} Which molecule carries`);
  await exam.pick(`${mark} An animal cell placed`);
  await exam.pick(`${mark} Ribosomes are found`);
  await exam.schedule(batch);
  await exam.preview();
  expect((await db.query('select lifecycle from exams where id = $1', [examId])).rows).toEqual([{ lifecycle: 'draft' }]);
  await exam.publish();
  const { rows: [published] } = await db.query(
    "select lifecycle, duration_minutes, owner_id, (select count(*)::int from exam_assignments a where a.exam_id = e.id) as assigned, jsonb_array_length(sections -> 0 -> 'items') as items from exams e where id = $1",
    [examId],
  );
  expect(published).toEqual({ lifecycle: 'published', duration_minutes: 30, owner_id: teacher.id, assigned: 2, items: 3 });

  // live
  const desks = await sitDown(examId, [first, second]);
  await exam.page('Monitor');
  await exam.counts('Active', 2);
  for (const { sitter } of desks) for (let save = 0; save < 6; save += 1) await sitter.saveOne();
  await desks[0]!.sitter.submit();
  await exam.counts('Submitted', 1);
  await exam.endForEveryone('Everybody has finished');
  await exam.counts('Active', 0);
  const { rows: ends } = await db.query<{ state: string; close_reason: string }>('select state, close_reason from exam_sessions where exam_id = $1 order by state', [examId]);
  expect(ends.map(({ close_reason }) => close_reason).sort()).toEqual(['ended', 'submitted']);

  // results
  await exam.page('Results');
  await expect(page.getByText('Everything is ready to be published')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  const student = desks[0]!;
  const result = `/sessions/${student.sitter.sessionId}/result`;
  expect((await student.person.tryCall('GET', result)).status).toBe(403);
  await page.getByRole('button', { name: 'Publish results…' }).click();
  await page.getByRole('dialog', { name: 'Publish the results of 2 students' }).getByRole('button', { name: 'Publish results' }).click();
  await expect(page.getByText('The results are published', { exact: true })).toBeVisible();
  expect((await db.query('select results_published_at is not null as out, (select count(*)::int from grades g join exam_sessions s on s.id = g.session_id where s.exam_id = e.id) as grades from exams e where id = $1', [examId])).rows).toEqual([{ out: true, grades: 2 }]);
  expect((await student.person.tryCall('GET', result)).status).toBe(200);

  // the certificate
  await exam.page('Close-out');
  const certificate = page.getByRole('region', { name: 'Close-out certificate' });
  await expect(certificate.getByText('Holds', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(certificate.getByRole('row', { name: 'Assigned, each in one state' })).toContainText('2');
  await expect(certificate.getByText('No answer was accepted after its cut-off')).toBeVisible();
  await expectAccessible(page);
  expect((await db.query('select count(*)::int from close_outs where exam_id = $1', [examId])).rows).toEqual([{ count: 1 }]);
  desks.forEach((desk) => desk.leave());
});

/** The file of the fixtures; each question is new to the bank. */
function markedGift(): string {
  return readFileSync(join(ROOT, 'tests/fixtures/gift/biology-20.gift'), 'utf8').replace(/^(::.+?::)(\[\w+\])?/gm, `$1$2${mark} `);
}

/** The question bank, as a teacher uses it. */
class BankPages {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Takes every question of a file but the first. */
  async import(text: string, name: string): Promise<void> {
    const { page } = this;
    await page.getByRole('link', { name: 'Question bank' }).first().click();
    await page.getByRole('link', { name: /^Import/ }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Import questions' })).toBeVisible();
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^Import: ${name}`) })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Ready 20' })).toBeVisible();
    await page.getByRole('checkbox', { name: /^Take/ }).first().uncheck({ force: true });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add 19 questions to the bank' }).click();
  }

  /** Writes a single choice. */
  async write(text: string, options: readonly string[], right: string): Promise<void> {
    const { page } = this;
    await page.getByRole('link', { name: 'Question bank' }).first().click();
    await page.getByRole('link', { name: 'New question' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'New question' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Question', exact: true }).fill(text);
    for (const [index, option] of options.entries()) await page.getByLabel(`Text of option ${'ABCD'[index]}`).fill(option);
    await page.getByRole('button', { name: 'Add to the bank' }).click();
    await expect(page.getByRole('alert').getByText(/needs? a correction/)).toBeVisible();
    await page.getByRole('radio', { name: `Option ${right} is right` }).check({ force: true });
    await removeEmptyOptions(page, options.length);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add to the bank' }).click();
    await expect(page).toHaveURL(/\/staff\/questions\/[0-9a-f-]{36}$/);
  }
}

async function removeEmptyOptions(page: Page, filled: number): Promise<void> {
  for (let count = await page.getByLabel(/^Text of option/).count(); count > filled; count -= 1) await page.getByRole('button', { name: `Remove option ${'ABCDEF'[count - 1]}` }).click();
}

/** The pages of one exam, as a teacher uses them. */
class ExamPages {
  readonly #page: Page;
  readonly #dialog: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#dialog = page.getByRole('dialog');
  }

  /** Makes a draft and fills in the first step. @returns its id */
  async create(name: string, minutes: string): Promise<string> {
    const page = this.#page;
    await page.getByRole('link', { name: 'Exams', exact: true }).first().click();
    await page.getByRole('button', { name: /^New exam/ }).first().click();
    await expect(page).toHaveURL(/\/staff\/exams\/[0-9a-f-]{36}\/edit/);
    await page.getByRole('textbox', { name: /^Title/ }).fill(name);
    await page.getByRole('spinbutton', { name: /^Time to work/ }).fill(minutes);
    await this.#saved();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Continue to questions' }).click();
    return /exams\/([0-9a-f-]{36})/.exec(page.url())![1]!;
  }

  /** Adds a question of the bank by its words. */
  async pick(words: string): Promise<void> {
    const page = this.#page;
    const drawer = page.getByRole('complementary').filter({ hasText: 'Add from the bank' });
    if (!(await drawer.isVisible())) await page.getByRole('button', { name: /^From the bank/ }).first().click();
    await drawer.getByRole('textbox', { name: 'Words in the question' }).fill(words);
    await drawer.getByRole('button', { name: `Add: ${words}` }).first().click();
    await expect(drawer.getByRole('button', { name: `In the exam: ${words}` }).first()).toBeVisible();
  }

  /** Opens now, for a batch. */
  async schedule(name: string): Promise<void> {
    const page = this.#page;
    await page.getByRole('complementary').filter({ hasText: 'Add from the bank' }).getByRole('button', { name: 'Close' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Continue to schedule' }).click();
    await page.getByLabel('Opens').fill(londonTime(Date.now() - 60_000));
    await page.getByRole('combobox', { name: 'Add a batch' }).fill(name);
    await page.getByRole('option', { name }).click();
    await expect(page.getByText('2 added')).toBeVisible();
    await this.#saved();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Continue to review' }).click();
    await expect(page.getByText('Ready to publish')).toBeVisible();
    await expectAccessible(page);
  }

  /** Looks at the paper and comes back. */
  async preview(): Promise<void> {
    const page = this.#page;
    await page.getByRole('button', { name: 'Preview as a student' }).click();
    await expect(page.getByText('Question 1', { exact: false }).first()).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText(/Question 2/).first()).toBeVisible();
    await expectAccessible(page);
    await page.goBack();
  }

  async publish(): Promise<void> {
    const page = this.#page;
    const step = page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /Review and publish/ });
    await step.click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await this.#dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page).toHaveURL(/\/staff\/exams\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Open');
  }

  /** Goes to another page of the exam. */
  async page(name: string): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Pages of this exam' }).getByRole('link', { name }).click();
  }

  async counts(state: string, count: number): Promise<void> {
    await expect(this.#page.getByRole('group', { name: /^Students by state/ }).getByRole('button', { name: `${state} ${count}` })).toBeVisible();
  }

  async endForEveryone(reason: string): Promise<void> {
    const page = this.#page;
    await page.getByRole('button', { name: 'More acts for the whole exam' }).click();
    await page.getByRole('menuitem', { name: 'End for everyone…' }).click();
    await this.#dialog.getByLabel('Reason').fill(reason);
    await this.#dialog.getByRole('button', { name: /^End the exam for/ }).click();
    await expect(this.#dialog.getByText(/^Done for 1 student/)).toBeVisible();
    await this.#dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  }

  async #saved(): Promise<void> {
    await expect(this.#page.getByRole('status').filter({ hasText: /^Saved \d/ })).toBeVisible();
  }
}

/** Wall time in the zone that the browser of the tests has. */
function londonTime(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' }).format(ms).replace(' ', 'T');
}
