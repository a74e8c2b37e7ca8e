import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Person } from '#bench/lib/api.ts';
import { REPOSITORY } from '#bench/lib/paths.ts';
import type { BulkReply, ImportReply } from '#bench/lib/replies.ts';
import { inParallel, until } from '#bench/lib/sleep.ts';
import { STUDENT_NAMES } from '#tools/demo/names.ts';

/** A real question file of 20 questions. */
export const GIFT_FILE = join(REPOSITORY, 'tests/fixtures/gift/biology-20.gift');

/** Imports a GIFT file, reviews nothing, commits everything. @returns ids of the questions */
export async function importQuestions(teacher: Person, file = GIFT_FILE): Promise<string[]> {
  const form = new FormData();
  form.append('file', new Blob([await readFile(file)], { type: 'text/plain' }), 'questions.gift');
  const response = await fetch(`${teacher.url}/api/v1/question-imports`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${teacher.token}`, 'Idempotency-Key': crypto.randomUUID() },
    body: form,
  });
  const started = (await response.json()) as { id: string };
  if (response.status !== 202) throw new Error(`the import answered ${response.status}: ${JSON.stringify(started)}`);
  const review = await until('the import to be read', 30_000, async () => {
    const found = await teacher.call<ImportReply>('GET', `/question-imports/${started.id}`);
    return found.state === 'ready' && found;
  });
  const indexes = review.items.filter((item) => item.status !== 'skipped').map((item) => item.index);
  const { questionIds } = await teacher.call<{ questionIds: string[] }>('POST', `/question-imports/${started.id}/commit`, { indexes });
  return questionIds;
}

/** How the exam of a run is set. */
export interface ExamPlan {
  readonly title: string;
  readonly questionIds: readonly string[];
  readonly durationMinutes: number;
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  readonly endRule: 'window' | 'duration';
  readonly graceSeconds?: number;
  readonly display?: 'one' | 'all';
  /** Everybody has questions and options in the order of the exam. */
  readonly inOrder?: boolean;
}

/** Creates and publishes an exam, and assigns it. @returns its id */
export async function publishExam(teacher: Person, plan: ExamPlan, studentIds: readonly string[]): Promise<string> {
  const { id } = await teacher.call<{ id: string }>('POST', '/exams', {
    title: plan.title,
    instructions: 'Answer every question. Your answers are saved as you go.',
    durationMinutes: plan.durationMinutes,
    graceSeconds: plan.graceSeconds ?? 10,
    endRule: plan.endRule,
    display: plan.display ?? 'one',
    shuffleItems: plan.inOrder !== true,
    shuffleOptions: plan.inOrder !== true,
    sections: [{ title: 'Questions', items: plan.questionIds.map((questionId) => ({ questionId, points: '1' })) }],
    window: { localStart: utcWallTime(plan.opensAtMs), localEnd: utcWallTime(plan.closesAtMs), timeZone: 'UTC' },
  });
  await teacher.call('POST', `/exams/${id}/publish`);
  for (let from = 0; from < studentIds.length; from += 500) {
    await teacher.call('POST', `/exams/${id}/assignments`, { studentIds: studentIds.slice(from, from + 500) });
  }
  return id;
}

/** Creates students; with passwords unless told otherwise. */
export async function createStudents(admin: Person, count: number, label: string, { passwords } = { passwords: true }): Promise<{ id: string; email: string; password: string }[]> {
  const people = Array.from({ length: count }, (_unused, index) => ({
    email: `${label}-${index + 1}@students.example`,
    name: nameOf(index),
    password: `pass-${label}-${index + 1}-${crypto.randomUUID()}`,
  }));
  const chunks = Array.from({ length: Math.ceil(count / 100) }, (_unused, index) => people.slice(index * 100, index * 100 + 100));
  const verdicts = await inParallel(chunks, 1, async (chunk) => {
    const answer = await admin.call<BulkReply>('POST', '/users/bulk', { rows: chunk.map(({ password, ...person }) => ({ ...person, ...(passwords ? { password } : {}), roles: ['student'] })) });
    return answer.results;
  });
  return verdicts.flat().map((verdict, index) => ({ id: verdict.id, email: people[index]!.email, password: people[index]!.password }));
}

// every given name with every family name before one comes again
function nameOf(index: number): string {
  const names = STUDENT_NAMES.flat();
  const round = Math.floor(index / names.length);
  return `${names[index % names.length]!.given} ${names[(index + 17 * (round + 1)) % names.length]!.family}`;
}

function utcWallTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
