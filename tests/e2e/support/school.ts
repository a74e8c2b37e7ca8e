import { randomUUID } from 'node:crypto';

import { logIn, type Person } from '#bench/lib/api.ts';

import { runningStack } from './config.ts';

/** Somebody who can log in. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Makes accounts one after the other: a person has one connection. */
export async function makeAccounts(by: Person, people: readonly (readonly ['student' | 'teacher' | 'proctor' | 'admin', string?])[]): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const [role, name] of people) accounts.push(await makeAccount(by, role, name));
  return accounts;
}

/** How the exam of a test differs from one that is open now, for ten minutes, with one question of each common type. */
export interface ExamPlan {
  readonly title?: string;
  readonly durationMinutes?: number;
  readonly graceSeconds?: number;
  /** Milliseconds from now. */
  readonly opensInMs?: number;
  readonly closesInMs?: number;
  readonly questions?: readonly object[];
  readonly settings?: object;
}

/** Questions of the common types, in the form of the API. */
export const QUESTIONS = {
  single: {
    type: 'single-choice',
    text: 'Which organelle makes most of the ATP of a cell?',
    options: [{ id: 'a', text: 'Nucleus' }, { id: 'b', text: 'Mitochondrion' }, { id: 'c', text: 'Ribosome' }, { id: 'd', text: 'Golgi apparatus' }],
    key: { optionId: 'b' },
  },
  multiple: {
    type: 'multiple-choice',
    text: 'Which of these are bases of DNA?',
    options: [{ id: 'a', text: 'Adenine' }, { id: 'b', text: 'Uracil' }, { id: 'c', text: 'Thymine' }],
    key: { optionIds: ['a', 'c'], scoring: 'partial' },
  },
  short: { type: 'short-text', text: 'Name the pigment that makes leaves green.', key: { accepted: [{ text: 'chlorophyll' }] } },
  numeric: { type: 'numeric', text: 'How many chromosomes has a human body cell?', key: { accepted: [{ value: '46', tolerance: '0' }] } },
  essay: { type: 'essay', text: 'Explain natural selection in your own words.', key: { maxWords: 200 } },
} as const;

/** The admin of the stack over the API. */
export function admin(): Promise<Person> {
  const { url, admin: account } = runningStack();
  return logIn(url, account);
}

/** Makes an account with a password. */
export async function makeAccount(by: Person, role: 'student' | 'teacher' | 'proctor' | 'admin', name = `${role} ${randomUUID().slice(0, 8)}`): Promise<Account> {
  const email = `${role}-${randomUUID()}@northgate.example`;
  const password = `pass-${randomUUID()}`;
  const { id } = await by.call<{ id: string }>('POST', '/users', { email, name, password, roles: [role] });
  return { id, email, name, password };
}

/** Makes questions, and an exam of them that is published and assigned. @returns its id */
export async function makeExam(teacher: Person, students: readonly Account[], plan: ExamPlan = {}): Promise<string> {
  const questionIds: string[] = [];
  for (const question of plan.questions ?? [QUESTIONS.single, QUESTIONS.multiple, QUESTIONS.short, QUESTIONS.numeric, QUESTIONS.essay]) {
    questionIds.push((await teacher.call<{ id: string }>('POST', '/questions', question)).id);
  }
  const nowMs = Date.now();
  const { id } = await teacher.call<{ id: string }>('POST', '/exams', {
    title: plan.title ?? 'Biology I, final exam',
    instructions: 'Answer every question.',
    durationMinutes: plan.durationMinutes ?? 10,
    graceSeconds: plan.graceSeconds ?? 2,
    endRule: 'duration',
    sections: [{ title: 'Cells', items: questionIds.map((questionId) => ({ questionId, points: '1' })) }],
    window: { localStart: wallTime(nowMs + (plan.opensInMs ?? -60_000)), localEnd: wallTime(nowMs + (plan.closesInMs ?? 3_600_000)), timeZone: 'UTC' },
    ...plan.settings,
  });
  await teacher.call('POST', `/exams/${id}/publish`);
  await teacher.call('POST', `/exams/${id}/assignments`, { studentIds: students.map((student) => student.id) });
  return id;
}

/** Logs somebody in over the API. */
export function asPerson(account: Account): Promise<Person> {
  return logIn(runningStack().url, account);
}

function wallTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
