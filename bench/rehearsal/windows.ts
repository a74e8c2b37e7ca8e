import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { logIn, type Person } from '#bench/lib/api.ts';
import { until } from '#bench/lib/sleep.ts';
import { type OpenBrowser, openBrowser } from '#tools/browser/chromium.ts';

/** What the two real browsers of a rehearsal went through. */
export interface WindowsReport {
  readonly ok: boolean;
  /** From starting the killed browser again until its page showed every answer, ms. */
  readonly resumedMs: number;
  /** Answers that the pages called saved, and those that the platform has. */
  readonly answered: number;
  readonly stored: number;
  readonly problems: readonly string[];
}

interface Account {
  readonly email: string;
  readonly password: string;
}

interface StoredAnswers {
  readonly session: { readonly id: string };
  readonly answers: readonly { readonly response: unknown }[];
}

const ANSWERS_BEFORE = 4;
const ANSWERS_AFTER = 3;
const JOURNAL_MS = 300;
const PAGE_WITHIN_MS = 60_000;

/**
 * Two students in real browsers. One sits to the end; the browser of the other is killed in the middle of an answer and
 * started again on the same profile.
 */
export async function openWindows(chromium: string, url: string, students: readonly [Account, Account]) {
  const profiles = await Promise.all([mkdtemp(join(tmpdir(), 'holdfast-window-')), mkdtemp(join(tmpdir(), 'holdfast-window-'))]);
  const open = (index: 0 | 1): Promise<OpenBrowser> => openBrowser(chromium, profiles[index]!);
  const browsers: OpenBrowser[] = [await open(0), await open(1)];
  const problems: string[] = [];
  /** Questions that each page showed as answered, all of them saved. */
  const answered = [0, 0];
  let resumedMs = Number.NaN;

  const signIn = async (index: 0 | 1): Promise<void> => {
    const { page } = browsers[index]!;
    await page.getByLabel('E-mail address').fill(students[index].email);
    await page.getByLabel('Password', { exact: true }).fill(students[index].password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL((address) => address.pathname !== '/login', { timeout: PAGE_WITHIN_MS });
  };

  return {
    /** Logs both in; they wait in front of the exam. */
    async enter(examId: string): Promise<void> {
      for (const index of [0, 1] as const) {
        await browsers[index]!.page.goto(`${url}/login`);
        await signIn(index);
        await browsers[index]!.page.goto(`${url}/exams/${examId}`);
      }
    },
    /** Both start when the exam opens, and answer a few questions. */
    async begin(): Promise<void> {
      for (const { page } of browsers) {
        await page.getByRole('button', { name: 'Start the exam' }).click({ timeout: PAGE_WITHIN_MS });
        await page.waitForURL('**/sit/*', { timeout: PAGE_WITHIN_MS });
      }
      for (const [index, { page }] of browsers.entries()) answered[index] = await answer(page, ANSWERS_BEFORE);
    },
    /** Kills the second browser with an answer that was just given, and starts it again. */
    async killAndResume(): Promise<void> {
      const before = browsers[1]!;
      const address = before.page.url();
      await answerHere(before.page);
      // time for the disk; whether it is on the platform as well is left open
      await before.page.waitForTimeout(JOURNAL_MS);
      await before.kill();
      const begunMs = performance.now();
      browsers[1] = await open(1);
      const { page } = browsers[1];
      await page.goto(address);
      // a browser writes its cookies to the disk only now and then: who crashes soon after a log-in has to log in again
      const login = page.getByLabel('E-mail address');
      await login.or(page.getByTestId('save-state')).first().waitFor({ timeout: PAGE_WITHIN_MS });
      if (await login.isVisible()) await signIn(1);
      await page.getByTestId('save-state').filter({ hasText: 'Saved' }).waitFor({ timeout: PAGE_WITHIN_MS });
      const shown = await answeredOn(page);
      resumedMs = performance.now() - begunMs;
      if (shown < ANSWERS_BEFORE + 1) problems.push(`the page of the killed browser came back with ${shown} of ${ANSWERS_BEFORE + 1} answers`);
      answered[1] = await answer(page, ANSWERS_AFTER);
    },
    /** Keeps what went wrong outside. */
    note: (problem: string): void => void problems.push(problem),
    /** Waits until both pages say that the exam is over by themselves, and compares them with the platform. */
    async end(examId: string): Promise<WindowsReport> {
      let stored = 0;
      for (const [index, { page }] of browsers.entries()) {
        await page.getByText('Time is over: your exam was handed in for you').waitFor({ timeout: PAGE_WITHIN_MS }).catch(() => problems.push(`page ${index + 1} does not say that the time is over`));
        const student = await logIn(url, students[index]!);
        stored += await storedOf(student, examId);
        student.close();
      }
      const shown = answered[0]! + answered[1]!;
      if (stored !== shown) problems.push(`the pages called ${shown} answers saved, the platform has ${stored}`);
      return { ok: problems.length === 0, resumedMs: Math.round(resumedMs), answered: shown, stored, problems };
    },
    async close(): Promise<void> {
      await Promise.all(browsers.map((browser) => browser.close()));
      await Promise.all(profiles.map((profile) => rm(profile, { recursive: true, force: true })));
    },
  };
}

/** Answers the question that is shown and the ones after it. @returns how many the page shows as answered, all of them saved */
async function answer(page: Page, count: number): Promise<number> {
  for (let done = 0; done < count; done += 1) {
    await answerHere(page);
    await page.getByTestId('save-state').filter({ hasText: 'Saved' }).waitFor({ timeout: PAGE_WITHIN_MS });
    await page.getByRole('button', { name: 'Next' }).click();
  }
  return answeredOn(page);
}

function answeredOn(page: Page): Promise<number> {
  return page.getByRole('button', { name: /^Question \d+, answered/ }).count();
}

/** Answers the question that is shown, whatever its type. */
async function answerHere(page: Page): Promise<void> {
  const question = page.getByRole('article');
  await question.waitFor({ timeout: PAGE_WITHIN_MS });
  const choice = question.locator('input[type=radio], input[type=checkbox]').first();
  const text = question.getByRole('textbox').first();
  if (await choice.count() > 0) await choice.check({ force: true });
  else if (await text.count() > 0) await text.fill('42');
  else for (const list of await question.locator('select').all()) await list.selectOption({ index: 1 });
}

async function storedOf(student: Person, examId: string): Promise<number> {
  const exam = await student.call<{ session?: { id: string } }>('GET', `/exams/${examId}`);
  const sitting = await until('the session of a window', 10_000, () => student.call<StoredAnswers>('GET', `/sessions/${exam.session?.id ?? ''}`));
  return sitting.answers.filter(({ response }) => response !== null).length;
}

/** A picture of the live monitor, as a proctor sees it. */
export async function pictureOfMonitor(chromium: string, url: string, staff: Account, examId: string, file: string): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'holdfast-window-'));
  const { page, close } = await openBrowser(chromium, profile);
  try {
    await page.goto(`${url}/login?next=${encodeURIComponent(`/staff/exams/${examId}/monitor`)}`);
    await page.getByLabel('E-mail address').fill(staff.email);
    await page.getByLabel('Password', { exact: true }).fill(staff.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('row').nth(5).waitFor({ timeout: PAGE_WITHIN_MS });
    // one more look at progress and connections
    await page.waitForTimeout(2_000);
    await page.screenshot({ path: file });
  } finally {
    await close();
    await rm(profile, { recursive: true, force: true });
  }
}
