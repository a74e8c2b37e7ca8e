import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Caller, logIn, type LogIn } from './caller.ts';
import { LONG, makeExam, makePerson } from './worst-case.ts';

/** Long work of the stack is done by then. */
const DONE_WITHIN_MS = 240_000;

const ESSAYS = [
  'Individuals of a population differ, and much of the difference is inherited.\n\nWhere more are born than can live, those whose traits fit the surroundings leave more offspring, so the traits become frequent. Selection does not make the traits; mutation does.',
  'Animals change because they want to survive. A giraffe stretches its neck and its children have longer ones.',
  'Natural selection is survival of the fittest.',
  'Variation, heredity and different success. Those three are enough: whatever has them evolves, whether moths, bacteria or words.',
  LONG,
  'Some individuals have more offspring than others, and their offspring are like them. After many generations the population has changed.',
] as const;

/** What there is to look at once an exam is over. */
export interface AfterExam {
  /** Has answers to mark, a rubric, two marks that differ, and one that was set aside. */
  readonly markedId: string;
  readonly itemId: string;
  readonly sessionId: string;
  /** Over for longer: pairs, reports, an appeal, and a correction that waits. */
  readonly closedId: string;
  readonly pairId: string | undefined;
}

/** Does with an exam of the stack, and with one of its own, what staff do after exams. */
export async function makeAfterExam(url: string, owner: LogIn, student: LogIn, admin: LogIn, closedId: string): Promise<AfterExam> {
  const [teacher, sitter] = [await logIn(url, owner), await logIn(url, student)];
  const marked = await makeMarking(url, teacher, await logIn(url, admin));
  await makeReports(teacher, closedId);
  await makeAppeal(sitter, closedId);
  await makeCorrection(teacher, closedId);
  return { ...marked, closedId, pairId: await makeScan(teacher, closedId) };
}

async function makeMarking(url: string, teacher: Caller, admin: Caller): Promise<Pick<AfterExam, 'markedId' | 'itemId' | 'sessionId'>> {
  const second = await makePerson(admin, 'teacher', 'Ama Boateng');
  const students = [];
  for (const name of ['Amara Osei', 'Jonas Lindqvist', 'Kofi Mensah', 'Leila Haddad', LONG.slice(0, 80), 'Mei Tanaka']) students.push(await makePerson(admin, 'student', name));
  const questionIds = [];
  for (const question of [{ type: 'essay', text: 'Explain natural selection in your own words.', key: { maxWords: 200 } }, { type: 'numeric', text: 'How many chromosomes has a human body cell?', key: { accepted: [{ value: '46', tolerance: '0' }] } }]) {
    questionIds.push((await teacher.call<{ id: string }>('POST', '/questions', question)).id);
  }
  const now = Date.now();
  const markedId = await makeExam(teacher, { title: 'Genetics, written part', questionIds, studentIds: students.map(({ id }) => id), opensMs: now - 60_000, closesMs: now + 3_600_000, durationMinutes: 60 });
  const sessionIds: string[] = [];
  for (const [index, account] of students.entries()) sessionIds.push(await sit(await logIn(url, account), markedId, ESSAYS[index]!));
  await until(async () => (await teacher.call<{ pending: number }>('GET', `/exams/${markedId}/marking`)).pending === students.length);
  await teacher.call('PUT', `/exams/${markedId}/marking/settings`, { anonymous: true, secondMarking: 'all', samplePercent: 100, differenceThreshold: '0.25', leaseMinutes: 15, graders: [second.id] }, 1);
  const itemId = (await teacher.call<{ items: { itemId: string }[] }>('GET', `/exams/${markedId}/marking`)).items[0]!.itemId;
  const line = (id: string, label: string, points: string, description = ''): object => ({ id, label, description, points });
  await teacher.call('PUT', `/exams/${markedId}/items/${itemId}/rubric`, { kind: 'additive', criteria: [line('a', 'Names variation', '0.5', 'Individuals differ, and the difference is inherited.'), line('b', 'Names different success', '0.5'), line('c', 'Says that traits are made by wanting', '-0.25')] }, 0);
  const { closedVersion } = await teacher.call<{ closedVersion: number }>('GET', `/marking/answers/${sessionIds[0]}/${itemId}`);
  const mark = (by: Caller, role: string, points: string): Promise<unknown> => by.call('PUT', `/marking/answers/${sessionIds[0]}/${itemId}`, { role, points, closedVersion, version: 0, comment: 'Clear, and in your own words.' });
  await mark(teacher, 'first', '1');
  await mark(await logIn(url, second), 'second', '0.25');
  await teacher.call('PUT', `/marking/answers/${sessionIds[1]}/${itemId}/flag`, { note: 'Lamarck. How much is this worth?' });
  return { markedId, itemId, sessionId: sessionIds[2]! };
}

async function sit(person: Caller, examId: string, essay: string): Promise<string> {
  const { session, paper } = await person.call<{ session: { id: string }; paper: { sections: { items: { id: string; type: string }[] }[] } }>('POST', `/exams/${examId}/sessions`, {});
  const clientId = randomUUID();
  for (const [index, { id, type }] of paper.sections.flatMap(({ items }) => items).entries()) {
    await person.call('PUT', `/sessions/${session.id}/answers/${id}`, { response: type === 'essay' ? { text: essay } : { value: '46' }, clientId, clientSeq: index + 1, baseRevision: 0 });
  }
  await person.call('POST', `/sessions/${session.id}/submit`, {});
  return session.id;
}

async function makeReports(teacher: Caller, examId: string): Promise<void> {
  if (await any(teacher, `/exams/${examId}/reports`)) return;
  for (const kind of ['class', 'item-analysis', 'close-out']) await teacher.call('POST', `/exams/${examId}/reports`, { kind });
  await until(() => any(teacher, `/exams/${examId}/reports`));
}

async function makeAppeal(student: Caller, examId: string): Promise<void> {
  const { items } = await student.call<{ items: { id: string; session?: { id: string } }[] }>('GET', '/exams?limit=100');
  const sessionId = items.find(({ id }) => id === examId)?.session?.id;
  if (sessionId === undefined || (await any(student, `/sessions/${sessionId}/appeals`))) return;
  await student.call('POST', `/sessions/${sessionId}/appeals`, { text: 'Question 3: my answer says the same as the key in other words. Please look again.' });
}

async function makeCorrection(teacher: Caller, examId: string): Promise<void> {
  if (await any(teacher, `/exams/${examId}/regrades`)) return;
  const { sections } = await teacher.call<{ sections: { items: { id: string }[] }[] }>('GET', `/exams/${examId}`);
  await teacher.call('POST', `/exams/${examId}/regrades`, { changes: [{ kind: 'drop', itemId: sections[0]!.items[1]!.id }], reason: 'It asked for something that was not taught.' });
}

/** @returns the pair that stands out most */
async function makeScan(teacher: Caller, examId: string): Promise<string | undefined> {
  if (!(await any(teacher, `/exams/${examId}/plagiarism-scans`))) await teacher.call('POST', `/exams/${examId}/plagiarism-scans`, {});
  const newest = async (): Promise<{ runId: string; state: string }> => (await teacher.call<{ items: { runId: string; state: string }[] }>('GET', `/exams/${examId}/plagiarism-scans`)).items[0]!;
  await until(async () => (await newest()).state === 'completed');
  return (await teacher.call<{ items: { id: string }[] }>('GET', `/plagiarism-scans/${(await newest()).runId}/pairs?flagged=true`)).items[0]?.id;
}

async function any(caller: Caller, path: string): Promise<boolean> {
  return (await caller.call<{ items: unknown[] }>('GET', path)).items.length > 0;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + DONE_WITHIN_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('the stack has not done its work in time');
    await sleep(300);
  }
}
