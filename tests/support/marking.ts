import type { TestApi, TestPerson } from '#tests/support/api.ts';
import type { TestReply } from '#tests/support/caller.ts';
import { gradeByHand, handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';

/** What every essay of these exams says. */
export const ESSAY = 'A substitution changes one base. The code is redundant.';

/** A rubric that can give 2.5 points. */
export const RUBRIC = {
  kind: 'additive',
  criteria: [{ id: 'frame', label: 'All later codons change', points: '2' }, { id: 'silent', label: 'A substitution can be silent', points: '0.5' }, { id: 'wrong', label: 'Wrong statement', points: '-0.5' }],
};

/** Two graders with an exam to mark. */
export interface Marking {
  /** Two teachers on the list of graders, and one who is not. */
  readonly ada: TestPerson;
  readonly ben: TestPerson;
  readonly stranger: TestPerson;
  /** An exam of which every essay waits for a person, with these settings. */
  handedIn(count: number, settings?: Record<string, unknown>): Promise<StartedExam>;
  /** Gives a mark as somebody who has just read the answer. */
  markOf(who: TestPerson, exam: StartedExam, index: number, body: Record<string, unknown>): Promise<TestReply>;
}

/** Where the essay of a session is marked. */
export function markingPath(exam: StartedExam, index = 0): string {
  return `/marking/answers/${exam.sessionIds[index]}/${exam.essayItemId}`;
}

/** Where the rubric of the essay is. */
export function rubricPath(exam: StartedExam): string {
  return `/exams/${exam.examId}/items/${exam.essayItemId}/rubric`;
}

/** Takes the next answer to mark. */
export function next(who: TestPerson, exam: StartedExam, body: Record<string, unknown> = {}): Promise<TestReply> {
  return who.post(`/exams/${exam.examId}/marking/next`, body);
}

/** Lets the time go by for which answers of an exam are held. */
export async function expire(api: TestApi, exam: StartedExam): Promise<void> {
  await api.pool.query("update marking_answers set lease_until = holdfast_now() - interval '1 second' where exam_id = $1 and lease_until is not null", [exam.examId]);
}

/** Makes the people who mark. */
export async function createMarking(api: TestApi): Promise<Marking> {
  const [ada, ben, stranger] = await Promise.all([api.person('teacher'), api.person('teacher'), api.person('teacher')]);
  return {
    ada, ben, stranger,
    async handedIn(count, settings = {}) {
      const exam = await startExam(api, { sitting: count });
      for (const [index, id] of exam.sessionIds.entries()) {
        await api.pool.query(
          'insert into answers (session_id, item_id, revision, response, saved_at, session_version) values ($1, $2, 3, $3, holdfast_now(), 1)',
          [id, exam.essayItemId, JSON.stringify({ text: ESSAY, format: 'plain' })],
        );
        await handIn(api, id, exam.students[index]!.id);
        await gradeByHand(api, exam, id, '2', null);
      }
      const set = { anonymous: true, secondMarking: 'none', differenceThreshold: '0', leaseMinutes: 15, graders: [ada.id, ben.id], ...settings };
      const reply = await exam.teacher.put(`/exams/${exam.examId}/marking/settings`, set, { ifMatch: 1 });
      if (reply.status !== 200) throw new Error(`settings: ${reply.status}`);
      return exam;
    },
    async markOf(who, exam, index, body) {
      const { body: seen } = await who.get(markingPath(exam, index));
      return who.put(markingPath(exam, index), { role: 'first', closedVersion: seen.closedVersion, version: seen.version, ...body });
    },
  };
}
