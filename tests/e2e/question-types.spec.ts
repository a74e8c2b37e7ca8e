import type { Page } from '@playwright/test';

import { QUESTIONS } from './support/school.ts';
import { openSession, saveState, setScene, storedAnswers } from './support/sitting.ts';
import { expect, expectAccessible, test } from './support/test.ts';

const OTHER_TYPES = [
  { type: 'true-false', text: 'Viruses have ribosomes.', key: { value: false } },
  {
    type: 'matching',
    text: 'Match each organelle with what it does.',
    options: { left: [{ id: 'l1', text: 'Mitochondrion' }, { id: 'l2', text: 'Ribosome' }], right: [{ id: 'r1', text: 'Makes ATP' }, { id: 'r2', text: 'Makes proteins' }] },
    key: { pairs: { l1: 'r1', l2: 'r2' } },
  },
  { type: 'ordering', text: 'Put these in order of size.', options: [{ id: 'o1', text: 'Atom' }, { id: 'o2', text: 'Cell' }, { id: 'o3', text: 'Molecule' }], key: { order: ['o1', 'o3', 'o2'] } },
  {
    type: 'cloze',
    text: 'DNA has [[n]] strands and is held together by [[b]] bonds.',
    options: { gaps: { n: { kind: 'numeric' }, b: { kind: 'choice', options: [{ id: 'h', text: 'hydrogen' }, { id: 'i', text: 'ionic' }] } } },
    key: { gaps: { n: { accepted: [{ value: '2' }] }, b: { optionId: 'h' } } },
  },
  { type: 'code', text: 'Write a function that returns the complement of a base.', options: { languages: ['python', 'java'] }, key: {} },
  { type: 'file-upload', text: 'Hand in your drawing of a cell.', options: { extensions: ['txt'], maxFiles: 1 }, key: {} },
];

/** Goes to the question with this text, wherever the paper has it. */
async function find(page: Page, text: RegExp): Promise<void> {
  for (let step = 0; step < 20 && !(await page.getByRole('article').getByText(text).first().isVisible()); step += 1) {
    await page.keyboard.press('Alt+n');
    await page.waitForTimeout(100);
  }
  await expect(page.getByRole('article').getByText(text).first()).toBeVisible();
}

test('every type of question can be answered, and the database has each answer in its form', async ({ page, db }) => {
  test.slow();
  const scene = await setScene({ questions: OTHER_TYPES });
  const sessionId = await openSession(page, scene);

  await find(page, /Viruses have ribosomes/);
  await page.getByRole('radio', { name: 'False' }).check();
  await expectAccessible(page);

  await find(page, /Match each organelle/);
  await page.getByLabel('Belongs to: Mitochondrion').selectOption({ label: 'Makes ATP' });
  await page.getByLabel('Belongs to: Ribosome').selectOption({ label: 'Makes proteins' });
  await expectAccessible(page);

  await find(page, /order of size/);
  await page.getByRole('button', { name: /^Move down/ }).first().press('Enter');
  await expectAccessible(page);

  await find(page, /held together by/);
  const gaps = page.getByRole('group', { name: 'Text with gaps' });
  await gaps.getByRole('textbox').fill('2');
  await gaps.getByRole('combobox').selectOption({ label: 'hydrogen' });
  await expectAccessible(page);

  await find(page, /complement of a base/);
  await page.getByLabel('Language').selectOption('python');
  await page.getByRole('textbox').fill('def complement(base):\n    return {"A": "T"}[base]');
  await expectAccessible(page);

  await find(page, /drawing of a cell/);
  await page.getByLabel(/drop|file/i).first().setInputFiles({ name: 'cell.txt', mimeType: 'text/plain', buffer: Buffer.from('A drawing in words.') });
  await expect(page.getByText('cell.txt').first()).toBeVisible();
  await expectAccessible(page);

  await expect(saveState(page)).toContainText('Saved');
  await expect.poll(async () => (await storedAnswers(db, sessionId)).length).toBe(6);
  expect(await storedAnswers(db, sessionId)).toEqual(
    expect.arrayContaining([
      { value: false },
      { pairs: { l1: 'r1', l2: 'r2' } },
      { order: expect.arrayContaining(['o1', 'o2', 'o3']) as unknown },
      { gaps: { n: { value: '2' }, b: { optionId: 'h' } } },
      { text: 'def complement(base):\n    return {"A": "T"}[base]', language: 'python' },
      { fileIds: [expect.any(String)] },
    ]),
  );
});

test('what a screen reader hears of the exam page is its questions, answers and states by name', async ({ page }) => {
  const scene = await setScene({ questions: [QUESTIONS.single, QUESTIONS.essay], title: 'Biology I, final exam' });
  await openSession(page, scene);
  await expect(page.getByRole('banner')).toMatchAriaSnapshot(`
    - banner:
      - text: Biology I, final exam Amara Osei Ready nothing to save yet
      - timer: /left, ends/
      - button "Hide the time"
      - button "Hand in…"
  `);
  await expect(page.getByRole('navigation', { name: 'Questions' }).first()).toMatchAriaSnapshot(`
    - navigation "Questions":
      - heading "Section 1 Cells" [level=2]
      - list:
        - listitem:
          - button "Question 1, seen, not answered"
        - listitem:
          - button "Question 2, not seen"
  `);
  await expect(page.getByRole('article')).toMatchAriaSnapshot(`
    - article:
      - heading /Question 1 of 2/ [level=1]
      - button "Flag"
      - text: Which organelle makes most of the ATP of a cell?
      - group /Which organelle makes most of the ATP of a cell/:
        - radio "Nucleus"
        - radio "Mitochondrion"
        - radio "Ribosome"
        - radio "Golgi apparatus"
  `);
});

test('an exam that only goes forward asks before a question is left, and does not go back', async ({ page, db }) => {
  const scene = await setScene({ questions: [QUESTIONS.single, QUESTIONS.short], settings: { navigation: 'forward' } });
  const sessionId = await openSession(page, scene);
  await expect(page.getByText(QUESTIONS.short.text)).toHaveCount(0);
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Next' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Leave question 1 for good?');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Leave it and go on' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Question 2 of 2');
  await expect(page.getByRole('button', { name: 'Previous' })).toHaveCount(0);
  await page.getByRole('textbox').fill('chlorophyll');
  await expect(saveState(page)).toContainText('Saved');
  expect(await storedAnswers(db, sessionId)).toHaveLength(2);
});

test('the paper can not be printed, and says so politely', async ({ page }) => {
  const scene = await setScene({ questions: [QUESTIONS.short] });
  await openSession(page, scene);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Exam papers can not be printed. Everything you wrote is saved in your exam.')).toBeVisible();
  await expect(page.getByText(QUESTIONS.short.text)).toBeHidden();
});

test('at 360 pixels, and at 400 % zoom, nothing is cut off and the exam can be handed in', async ({ page, db }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const scene = await setScene({ questions: [QUESTIONS.single, QUESTIONS.short] });
  const sessionId = await openSession(page, scene);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: /^All questions, now at 1/ }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Hand in…' }).last().click();
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.getByRole('button', { name: 'Hand in my exam' }).click();
  await expect(page.getByText('Your exam is handed in')).toBeVisible();
  const { rows } = await db.query('select state from exam_sessions where id = $1', [sessionId]);
  expect(rows).toEqual([{ state: 'submitted' }]);
});
