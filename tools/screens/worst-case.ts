import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Caller, logIn, type LogIn } from './caller.ts';

/** As long as names may be, without a place to break it. */
export const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(6).slice(0, 200);
const LONG_WORDS = 'An unusually long name of something that goes on and on, for as long as the field lets it '.repeat(3).slice(0, 200).trim();
const RIGHT_TO_LEFT = 'عبد الرحمن بن عبد العزيز آل الشيخ، امتحان علم الأحياء النهائي';

/** Students of the batch who never start. */
const CROWD = 60;
/** More questions than one page of the bank shows. */
const QUESTIONS = 60;
const GRADED_WITHIN_MS = 150_000;

type Role = 'teacher' | 'proctor' | 'student';

/** Who lives in the worst case, and where to look. */
export interface WorstCase {
  readonly teacher: LogIn;
  readonly proctor: LogIn;
  readonly student: LogIn;
  /** Running, with students in different states. */
  readonly liveId: string;
  /** The student's session in it. */
  readonly liveSessionId: string;
  /** Over, with published results. */
  readonly pastId: string;
  readonly pastSessionId: string;
  /** Opens in an hour. */
  readonly aheadId: string;
  readonly draftId: string;
  readonly batchId: string;
  readonly questionId: string;
}

/** Fills a stack with what pages have to bear: long names, names without spaces, right-to-left text, long lists. */
export async function makeWorstCase(url: string, adminAccount: LogIn): Promise<WorstCase> {
  const admin = await logIn(url, adminAccount);
  const [teacher, proctor, student, ...others] = [
    await makePerson(admin, 'teacher', LONG_WORDS), await makePerson(admin, 'proctor', RIGHT_TO_LEFT), await makePerson(admin, 'student', LONG),
    await makePerson(admin, 'student', RIGHT_TO_LEFT), await makePerson(admin, 'student', LONG_WORDS), await makePerson(admin, 'student', 'X'),
  ] as const;
  await admin.call('PUT', `/users/${student.id}/accommodations`, { timeMultiplier: '1.25', extraMinutes: 10, breakMinutes: 0, note: LONG_WORDS });
  const owner = await logIn(url, teacher);
  const studentIds = [student, ...others].map(({ id }) => id);
  const crowd = await makeCrowd(admin);
  const batchId = await makeBatch(owner, LONG, [...studentIds, ...crowd]);
  await makeBatch(owner, RIGHT_TO_LEFT, []);
  const questionIds = await makeQuestions(owner);

  const now = Date.now();
  const liveId = await makeExam(owner, { title: LONG, questionIds, studentIds: [...studentIds, ...crowd], opensMs: now - 60_000, closesMs: now + 5_400_000, durationMinutes: 90 });
  const aheadId = await makeExam(owner, { title: RIGHT_TO_LEFT, questionIds, studentIds, opensMs: now + 3_600_000, closesMs: now + 7_200_000, durationMinutes: 60, more: { instructions: `${LONG} ${RIGHT_TO_LEFT}` } });
  const pastId = await makeExam(owner, {
    title: LONG_WORDS, questionIds, studentIds, opensMs: now - 60_000, closesMs: now + 3_600_000, durationMinutes: 60,
    more: { passPercent: 50, results: { release: 'manual', releaseAt: null, score: true, items: true, key: true, feedback: true } },
  });
  const { id: draftId } = await owner.call<{ id: string }>('POST', '/exams', { title: LONG, description: RIGHT_TO_LEFT, durationMinutes: 45, sections: [{ title: LONG_WORDS, items: questionIds.map((questionId) => ({ questionId, points: '1' })) }] });

  const pastSessionId = await sit(url, student, pastId, { handsIn: true });
  await sit(url, others[0], pastId, { handsIn: false });
  await owner.call('POST', `/exams/${pastId}/time-changes`, { kind: 'end', scope: { all: true }, reason: LONG_WORDS });
  const liveSessionId = await sit(url, student, liveId, { handsIn: false, asks: LONG_WORDS });
  await sit(url, others[0], liveId, { handsIn: false, asks: RIGHT_TO_LEFT });
  await sit(url, others[1], liveId, { handsIn: true });
  await owner.call('POST', `/exams/${liveId}/messages`, { text: LONG, scope: { all: true } });
  await owner.call('POST', `/exams/${liveId}/time-changes`, { kind: 'extend', scope: { studentIds: [student.id] }, seconds: 600, reason: LONG_WORDS });
  await publishResults(owner, pastId);
  return { teacher, proctor, student, liveId, liveSessionId, pastId, pastSessionId, aheadId, draftId, batchId, questionId: questionIds[0]! };
}

/** Makes an account. */
export async function makePerson(admin: Caller, role: Role, name: string): Promise<LogIn & { id: string }> {
  const email = `${role}-${randomUUID()}@northgate.example`;
  const password = `pass-${randomUUID()}`;
  const { id } = await admin.call<{ id: string }>('POST', '/users', { email, name, password, roles: [role] });
  return { id, email, password };
}

async function makeCrowd(admin: Caller): Promise<string[]> {
  const rows = Array.from({ length: CROWD }, (_unused, index) => ({ email: `crowd-${randomUUID()}@northgate.example`, name: `Crowd Member ${index + 1}`, externalId: `C-${randomUUID().slice(0, 12)}`, roles: ['student'] }));
  const { results } = await admin.call<{ results: { id: string }[] }>('POST', '/users/bulk', { rows });
  return results.map(({ id }) => id);
}

async function makeBatch(owner: Caller, name: string, studentIds: string[]): Promise<string> {
  const { id } = await owner.call<{ id: string }>('POST', '/batches', { name, description: LONG_WORDS });
  if (studentIds.length > 0) await owner.call('PUT', `/batches/${id}/students`, { studentIds });
  return id;
}

/** Fills the bank. @returns those that are hard to draw */
async function makeQuestions(owner: Caller): Promise<string[]> {
  for (let index = 0; index < QUESTIONS; index += 1) {
    await owner.call('POST', '/questions', { type: 'short-text', text: `Name number ${index + 1} of the pigments.`, key: { accepted: [{ text: 'chlorophyll' }] }, tags: [`tag ${index}`] });
  }
  const hard = [
    { type: 'single-choice', text: LONG, options: [LONG, RIGHT_TO_LEFT, LONG_WORDS, 'x'].map((text, index) => ({ id: 'abcd'[index], text })), key: { optionId: 'b' }, tags: [LONG.slice(0, 60)], subject: LONG_WORDS, topic: RIGHT_TO_LEFT },
    { type: 'multiple-choice', text: RIGHT_TO_LEFT, options: ['a', 'b', 'c'].map((id) => ({ id, text: LONG_WORDS })), key: { optionIds: ['a', 'c'], scoring: 'partial' } },
    { type: 'numeric', text: `${LONG_WORDS} ${LONG}`, key: { accepted: [{ value: '46', tolerance: '0' }] } },
  ];
  const ids: string[] = [];
  for (const question of hard) ids.push((await owner.call<{ id: string }>('POST', '/questions', question)).id);
  return ids;
}

interface ExamPlan {
  readonly title: string;
  readonly questionIds: readonly string[];
  readonly studentIds: readonly string[];
  readonly opensMs: number;
  readonly closesMs: number;
  readonly durationMinutes: number;
  readonly more?: object;
}

/** Makes an exam, publishes it, assigns students. @returns its id */
export async function makeExam(owner: Caller, { title, questionIds, studentIds, opensMs, closesMs, durationMinutes, more }: ExamPlan): Promise<string> {
  const wallTime = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
  const { id } = await owner.call<{ id: string }>('POST', '/exams', {
    title, durationMinutes, graceSeconds: 2,
    sections: [{ title: LONG_WORDS, items: questionIds.map((questionId) => ({ questionId, points: '1' })) }],
    window: { localStart: wallTime(opensMs), localEnd: wallTime(closesMs), timeZone: 'UTC' },
    ...more,
  });
  await owner.call('POST', `/exams/${id}/publish`);
  await owner.call('POST', `/exams/${id}/assignments`, { studentIds });
  return id;
}

/** Starts, answers the first question three times, and goes, or hands in. @returns the session */
async function sit(url: string, student: LogIn, examId: string, plan: { handsIn: boolean; asks?: string }): Promise<string> {
  const person = await logIn(url, student);
  const { session, paper } = await person.call<{ session: { id: string }; paper: { sections: { items: { id: string }[] }[] } }>('POST', `/exams/${examId}/sessions`, {});
  const itemId = paper.sections[0]!.items[0]!.id;
  const clientId = randomUUID();
  for (let seq = 1; seq <= 3; seq += 1) await person.call('PUT', `/sessions/${session.id}/answers/${itemId}`, { response: { optionId: 'abc'[seq - 1] }, clientId, clientSeq: seq, baseRevision: seq - 1 });
  if (plan.asks !== undefined) await person.call('POST', `/sessions/${session.id}/help-requests`, { reason: plan.asks });
  if (plan.handsIn) await person.call('POST', `/sessions/${session.id}/submit`, {});
  return session.id;
}

/** Publishes as soon as everything is graded. */
async function publishResults(owner: Caller, examId: string): Promise<void> {
  const end = performance.now() + GRADED_WITHIN_MS;
  for (;;) {
    try {
      return void (await owner.call('POST', `/exams/${examId}/results/publish`));
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(500);
    }
  }
}
