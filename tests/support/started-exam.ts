import { randomUUID } from 'node:crypto';

import { startSession } from '#db/session/start.ts';
import { submitSession } from '#db/session/submit.ts';
import { inTransaction } from '#db/connection.ts';
import type { TestApi, TestPerson } from '#tests/support/api.ts';
import { type ExamRows, insertExam } from '#tests/support/exam-rows.ts';

/** An exam of one true-false item (2 points) and one essay (3 points) that students have started. */
export interface StartedExam {
  readonly examId: string;
  readonly teacher: TestPerson;
  readonly students: readonly TestPerson[];
  /** Sessions in the order of the students. */
  readonly sessionIds: readonly string[];
  readonly choiceItemId: string;
  readonly essayItemId: string;
}

/** Makes an exam with a teacher of its own and starts it for each student. */
export async function startExam(api: TestApi, given: ExamRows & { sitting?: number; passPercent?: number } = {}): Promise<StartedExam> {
  const { examId } = await insertExam(api.pool, { ...given, students: 0 });
  const teacher = await api.person('teacher');
  await api.pool.query('update exams set owner_id = $2, pass_percent = $3, published_at = holdfast_now() where id = $1', [examId, teacher.id, given.passPercent ?? null]);
  const items = { choiceItemId: randomUUID(), essayItemId: randomUUID() };
  await api.pool.query('insert into exam_contents (exam_id, content) values ($1, $2)', [examId, JSON.stringify(contentOf(examId, items))]);
  const students = await api.students(given.sitting ?? 1);
  const sessionIds: string[] = [];
  for (const student of students) {
    await api.pool.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [examId, student.id]);
    if (given.lifecycle !== undefined && given.lifecycle !== 'published') continue;
    sessionIds.push(await startFor(api, examId, student));
  }
  return { examId, teacher, students, sessionIds, ...items };
}

/** Starts the session of a student. */
export async function startFor(api: TestApi, examId: string, student: TestPerson): Promise<string> {
  const origin = { actorId: student.id, address: null, requestId: null };
  const { session } = await startSession(api.deps.db, { examId, studentId: student.id, accessCodeOk: () => Promise.resolve(true), origin });
  return session.id;
}

/** Hands a session in. */
export async function handIn(api: TestApi, sessionId: string, studentId: string): Promise<void> {
  const origin = { actorId: studentId, address: null, requestId: null };
  await inTransaction(api.deps.db, (tx) => submitSession(tx, { sessionId, commandId: randomUUID(), origin }));
}

/** Writes a grade of the last hand-in: points for the choice, and null or points for the essay. */
export async function gradeByHand(api: TestApi, exam: StartedExam, sessionId: string, choice: string, essay: string | null): Promise<void> {
  const state = essay === null ? 'pending' : 'graded';
  await api.pool.query(
    `with s as (select id, exam_id, closed_version from exam_sessions where id = $1),
          g as (insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state)
                select id, closed_version, exam_id, $2::numeric + coalesce($3::numeric, 0), 5, case when $3 is null then 1 else 2 end, case when $3 is null then 1 else 0 end, $4 from s)
     insert into marks (session_id, closed_version, item_id, points, max_points, state, source)
     select id, closed_version, $5::uuid, $2::numeric, 2, 'graded', 'auto' from s
     union all select id, closed_version, $6::uuid, $3::numeric, 3, $4, 'auto' from s`,
    [sessionId, choice, essay, state, exam.choiceItemId, exam.essayItemId],
  );
}

function contentOf(examId: string, ids: { choiceItemId: string; essayItemId: string }): Record<string, unknown> {
  const [choice, essay] = [randomUUID(), randomUUID()];
  const text = (value: string) => ({ format: 'plain', value });
  return {
    algorithm: 1, examId, instructions: '', navigation: 'free', display: 'one', shuffleItems: false, shuffleOptions: false,
    sections: [{ title: '', items: [{ id: ids.choiceItemId, questionId: choice, points: '2' }, { id: ids.essayItemId, questionId: essay, points: '3' }] }],
    questions: {
      [choice]: { version: 1, content: { type: 'true-false', text: text('Is it so?'), points: '2', key: { value: true } } },
      [essay]: { version: 1, content: { type: 'essay', text: text('Why?'), points: '3', key: {} } },
    },
  };
}
