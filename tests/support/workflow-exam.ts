import { randomUUID } from 'node:crypto';

import type { Queryable } from '#db/connection.ts';

import { type ExamRows, insertExam } from './exam-rows.ts';

/** A published exam of three true-false items of 2 points: true, false and true are right. */
export interface MarkableExam {
  readonly examId: string;
  readonly studentIds: readonly string[];
  readonly itemIds: readonly string[];
}

/** Inserts an exam with its frozen content, which a machine can mark to the last item. */
export async function insertMarkableExam(q: Queryable, given: ExamRows = {}): Promise<MarkableExam> {
  const { examId, studentIds } = await insertExam(q, given);
  const questionIds = [randomUUID(), randomUUID(), randomUUID()];
  const itemIds = questionIds.map(() => randomUUID());
  const question = (value: boolean): object => ({
    version: 1, content: { type: 'true-false', text: { format: 'plain', value: 'Is it so?' }, points: '2', key: { value } },
  });
  const content = {
    algorithm: 1, examId, instructions: '', navigation: 'free', display: 'one', shuffleItems: false, shuffleOptions: false,
    sections: [{ title: '', items: itemIds.map((id, index) => ({ id, questionId: questionIds[index], points: '2' })) }],
    questions: Object.fromEntries(questionIds.map((id, index) => [id, question(index % 2 === 0)])),
  };
  await q.query('insert into exam_contents (exam_id, content) values ($1, $2)', [examId, JSON.stringify(content)]);
  return { examId, studentIds, itemIds };
}

/** Writes an answer as if it had been saved in time. */
export async function insertAnswer(q: Queryable, sessionId: string, itemId: string, response: unknown): Promise<void> {
  await q.query(
    `insert into answers (session_id, item_id, revision, client_id, client_seq, response, saved_at, session_version)
     select id, $2, 1, gen_random_uuid(), 1, $3, started_at, 1 from exam_sessions where id = $1`,
    [sessionId, itemId, JSON.stringify(response)],
  );
}
