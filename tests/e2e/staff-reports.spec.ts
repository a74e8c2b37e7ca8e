import { readFile } from 'node:fs/promises';

import type { Download, Page } from '@playwright/test';

import { faultsOf } from './support/look.ts';
import { type Account, admin, asPerson, makeAccounts, makeExam, QUESTIONS } from './support/school.ts';
import { sitDown } from './support/sitters.ts';
import { expect, expectAccessible, logInContext, logInOn, test } from './support/test.ts';

test('a teacher has reports made, watches them come, and downloads them; a student downloads the own one once it is published', async ({ page, browser, db }) => {
  test.setTimeout(360_000);
  const by = await admin();
  const [teacher, ...students] = (await makeAccounts(by, [['teacher'], ['student', 'Ada Lovelace'], ['student', '王小明'], ['student', 'عبد الرحمن']])) as [Account, ...Account[]];
  const owner = await asPerson(teacher);
  const examId = await makeExam(owner, students, {
    title: 'Cell biology, reported', questions: [QUESTIONS.single, QUESTIONS.multiple, QUESTIONS.numeric],
    settings: { results: { release: 'manual', score: true, items: true, key: true, feedback: true, distribution: true } },
  });
  const desks = await sitDown(examId, students);
  for (const { sitter } of desks) await sitter.submit();
  await expect.poll(async () => (await db.query('select from grades where exam_id = $1', [examId])).rowCount, { timeout: 120_000 }).toBe(3);

  await logInOn(page, teacher);
  await page.goto(`/staff/exams/${examId}/reports`);
  await expect(page.getByText('No reports yet')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make reports…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Make reports' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Make reports' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.getByText('3 of 3 made')).toBeVisible({ timeout: 90_000 });
  const table = page.getByRole('table', { name: 'Reports' });
  for (const { name } of students) await expect(table.getByRole('row').filter({ hasText: name })).toBeVisible();
  expect(await faultsOf(page, 'reports')).toEqual([]);
  await expectAccessible(page);

  const zip = await bytesOf(page, () => page.getByRole('link', { name: 'Download all as ZIP' }).click());
  // the end of the directory: how many files there are
  expect([zip.readUInt32LE(zip.length - 22), zip.readUInt16LE(zip.length - 12)]).toEqual([0x0605_4b50, 3]);
  const one = await bytesOf(page, () => table.getByRole('row').filter({ hasText: 'Ada Lovelace' }).getByRole('link', { name: /^Download/ }).click());
  expect(one.subarray(0, 5).toString()).toBe('%PDF-');
  // the archive holds the very same file
  expect(zip.includes(one)).toBe(true);

  // nothing of it is for the student before the publication
  const [ada] = students as [Account];
  const context = await browser.newContext();
  await logInContext(context, ada);
  const result = await context.newPage();
  const sessionId = desks[0]!.sitter.sessionId;
  const before = await context.request.get(new URL(`/api/v1/sessions/${sessionId}/report.pdf`, page.url()).href);
  expect(before.status()).toBe(403);
  await owner.call('POST', `/exams/${examId}/results/publish`);
  await result.goto(new URL(`/results/${sessionId}`, page.url()).href);
  await result.getByRole('button', { name: 'Make a PDF report' }).click();
  await expect(result.getByRole('link', { name: 'Download the report' })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(result);
  const own = await bytesOf(result, () => result.getByRole('link', { name: 'Download the report' }).click());
  expect(own.subarray(0, 5).toString()).toBe('%PDF-');
  await context.close();
  for (const desk of desks) desk.leave();
});

test('an admin sets the institution, beside a sample that follows; a colour that can not be read on paper is not taken', async ({ page, stack, db }) => {
  test.setTimeout(120_000);
  await logInOn(page, stack.admin);
  await page.goto('/staff/institution');
  const sample = page.getByRole('img', { name: 'Preview of a report' });
  const save = page.getByRole('button', { name: 'Save changes' });
  await page.getByLabel('Name', { exact: true }).fill('Northgate University');
  await expect(sample).toContainText('Northgate University');
  await page.getByLabel('Accent colour', { exact: true }).fill('#ffcc00');
  await expect(page.getByText(/Contrast with paper is 1\.51 : 1/)).toBeVisible();
  await expect(save).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: /^Take #/ }).click();
  await expect(page.getByText(/Contrast with paper: 4\.5/)).toBeVisible();
  await expect(sample).toContainText('Grade: A');
  await page.getByLabel('Cut-off of grade 1').fill('90');
  await expect(sample).toContainText('Grade: B');
  // other tests grade with the letters of this institution
  await page.getByLabel('Cut-off of grade 1').fill('85');
  await expectAccessible(page);
  await save.click();
  await expect(page.getByText(/^Saved\./)).toBeVisible();
  const { rows } = await db.query('select name, colour from institution');
  expect(rows).toEqual([{ name: 'Northgate University', colour: expect.stringMatching(/^#[0-9a-f]{6}$/) }]);
});

async function bytesOf(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [download] = (await Promise.all([page.waitForEvent('download'), press()])) as [Download, void];
  return readFile(await download.path());
}
