import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CDPSession, Page } from '@playwright/test';

import { createStudents, publishExam } from '#bench/lib/exam.ts';
import type { BenchContext } from '#bench/suites/context.ts';
import { type OpenBrowser, openBrowser } from '#tools/browser/chromium.ts';

/** Questions of the exam that the pages show. */
export const QUESTIONS = 200;
/** Every eighth is an essay, every fifth lets choose several options, the others one. */
export const isEssay = (number: number): boolean => number % 8 === 0;

const WITHIN_MS = 60_000;
const papers = new WeakMap<BenchContext, Promise<string[]>>();

/** A student at an exam of {@link QUESTIONS} questions in a real browser. */
export interface ExamRoom {
  readonly sessionId: string;
  /** The browser as it is now. */
  page(): Page;
  devtools(): Promise<CDPSession>;
  /** Opens the exam page and waits until a question can be answered. */
  open(url: string): Promise<void>;
  /** Ends the browser, after it had time to store what it keeps, and starts it again on the same profile. */
  restart(): Promise<void>;
  leave(): Promise<void>;
}

/** Makes the exam and its student, logs in at `url` and starts. */
export async function enterRoom(context: BenchContext, chromium: string, url: string, display: 'one' | 'all'): Promise<ExamRoom> {
  const questionIds = await paperOf(context);
  const [student] = await createStudents(context.admin, 1, `bench-page-${Date.now().toString(36)}`);
  const examId = await publishExam(context.teacher, {
    title: `Exam page ${display} ${new Date().toISOString()}`, questionIds, durationMinutes: 180, opensAtMs: Date.now() - 60_000, closesAtMs: Date.now() + 4 * 3_600_000, endRule: 'duration', display, inOrder: true,
  }, [student!.id]);
  const profile = await mkdtemp(join(tmpdir(), 'holdfast-exam-page-'));
  let browser: OpenBrowser = await openBrowser(chromium, profile);
  const { request } = browser.context;
  const headers = { 'X-Requested-By': 'holdfast' };
  const logIn = await request.post(`${url}/api/v1/auth/login`, { data: { email: student!.email, password: student!.password }, headers });
  if (!logIn.ok()) throw new Error(`the log-in of the student answered ${logIn.status()}`);
  const started = await request.post(`${url}/api/v1/exams/${examId}/sessions`, { data: {}, headers });
  if (!started.ok()) throw new Error(`the start answered ${started.status()}: ${await started.text()}`);
  const sessionId = ((await started.json()) as { session: { id: string } }).session.id;
  return {
    sessionId,
    page: () => browser.page,
    devtools: () => browser.context.newCDPSession(browser.page),
    async open(at) {
      await browser.page.goto(`${at}/sit/${sessionId}`);
      await browser.page.locator('article.Question input:enabled').first().waitFor({ timeout: WITHIN_MS });
    },
    async restart() {
      await browser.close();
      browser = await openBrowser(chromium, profile);
    },
    async leave() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** The questions, made once for a run. */
function paperOf(context: BenchContext): Promise<string[]> {
  const made = papers.get(context) ?? makePaper(context);
  papers.set(context, made);
  return made;
}

async function makePaper({ teacher, say }: BenchContext): Promise<string[]> {
  say(`Writing ${QUESTIONS} questions`);
  const ids: string[] = [];
  for (let number = 1; number <= QUESTIONS; number += 1) ids.push((await teacher.call<{ id: string }>('POST', '/questions', questionOf(number))).id);
  return ids;
}

function questionOf(number: number): object {
  const text = `Question ${number} of the measurement: which of these statements about the transport of water in plants is right, and what follows from it for a leaf in dry air?`;
  if (isEssay(number)) return { type: 'essay', text, key: { maxWords: 800 } };
  const options = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, text: `Statement ${id} of question ${number}, in a sentence that is about as long as they are` }));
  return number % 5 === 0 ? { type: 'multiple-choice', text, options, key: { optionIds: ['a', 'c'], scoring: 'partial' } } : { type: 'single-choice', text, options, key: { optionId: 'b' } };
}
