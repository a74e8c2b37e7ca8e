import type { Page } from '@playwright/test';
import type pg from 'pg';

import type { Person } from '#bench/lib/api.ts';

import { runningStack } from './config.ts';
import { type Account, admin, asPerson, type ExamPlan, makeAccount, makeExam } from './school.ts';
import { expect, logInContext } from './test.ts';

/** A student in front of an exam, and the people around. */
export interface Scene {
  readonly teacher: Person;
  readonly proctor: Person;
  readonly student: Account;
  readonly examId: string;
}

/** Makes a teacher, a proctor, a student and an exam that is open unless the plan says otherwise. */
export async function setScene(plan: ExamPlan = {}): Promise<Scene> {
  const by = await admin();
  const [teacher, proctor, student] = [await makeAccount(by, 'teacher'), await makeAccount(by, 'proctor', 'Tomas Brandt'), await makeAccount(by, 'student', 'Amara Osei')];
  const asTeacher = await asPerson(teacher);
  return { teacher: asTeacher, proctor: await asPerson(proctor), student, examId: await makeExam(asTeacher, [student], plan) };
}

/** Starts the session of a student over HTTP and opens its page. @returns the id of the session */
export async function openSession(page: Page, { student, examId }: Pick<Scene, 'student' | 'examId'>): Promise<string> {
  await logInContext(page.context(), student);
  const reply = await page.context().request.post(`${runningStack().url}/api/v1/exams/${examId}/sessions`, { data: {}, headers: { 'X-Requested-By': 'holdfast' } });
  expect(reply.ok()).toBe(true);
  const { session } = (await reply.json()) as { session: { id: string } };
  await page.goto(`${runningStack().url}/sit/${session.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Question 1');
  return session.id;
}

/** Goes to a question by the navigator. */
export async function goTo(page: Page, number: number): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Question ${number}\\b`) }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Question ${number} `);
}

/** What the page says about saving. */
export function saveState(page: Page) {
  return page.getByTestId('save-state');
}

/** Answers as the database has them, by item: text, number or option ids. */
export async function storedAnswers(db: pg.Pool, sessionId: string): Promise<unknown[]> {
  const { rows } = await db.query<{ response: unknown }>('select response from answers where session_id = $1 and response is not null order by saved_at', [sessionId]);
  return rows.map(({ response }) => response);
}
