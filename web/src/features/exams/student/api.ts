import type { z } from 'zod';

import type { examPageSchema, studentExamSchema } from '#contracts/exams.ts';
import type { sessionSchema, sittingSchema } from '#contracts/sessions.ts';
import { request } from '#web/lib/http.ts';

/** An exam as its student sees it. */
export type StudentExam = z.output<typeof studentExamSchema>;
/** One attempt of a student. */
export type Session = z.output<typeof sessionSchema>;
/** Start and end of an exam. */
export type ExamWindow = NonNullable<StudentExam['window']>;

type ExamPage = z.output<typeof examPageSchema>;

/** Every exam that the student is assigned to, by opening. @throws Offline, ApiProblem */
export async function listMyExams(signal?: AbortSignal): Promise<readonly StudentExam[]> {
  const exams: StudentExam[] = [];
  let cursor: string | null = null;
  do {
    const page: ExamPage = await request<ExamPage>('GET', '/exams', { query: { assigned: true, sort: 'opensAt', limit: 200, cursor }, ...(signal === undefined ? {} : { signal }) });
    // with "assigned" everybody gets the shape for students
    exams.push(...(page.items as StudentExam[]));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return exams;
}

/** One exam of the student. @throws not-found, Offline */
export function readMyExam(examId: string): Promise<StudentExam> {
  return request('GET', `/exams/${examId}`);
}

/** Starts the exam, or finds the session that runs already: however often it is called there is one. @throws every refusal of a start */
export function startExam(examId: string, accessCode: string | undefined): Promise<z.output<typeof sittingSchema>> {
  return request('POST', `/exams/${examId}/sessions`, { body: accessCode === undefined ? {} : { accessCode } });
}
