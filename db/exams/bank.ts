import { QuestionVersionModel } from '#db/models/question-version.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { contentOf, metaOf } from '#db/questions/rows.ts';
import type { FrozenQuestion } from '#domain/paper/types.ts';
import type { Difficulty } from '#domain/questions/types.ts';

import type { BankSnapshot } from './freeze.ts';
import type { StoredExam } from './types.ts';

/** What the bank holds for an exam, with how hard its questions are said to be. */
export interface Bank extends BankSnapshot {
  readonly difficulties: ReadonlyMap<string, Difficulty>;
}

/** What the bank holds for an exam now. An admin's exam draws from every question, a teacher's from the teacher's own. */
export async function snapshotBank(runner: Runner, exam: StoredExam): Promise<Bank> {
  const named = exam.sections.flatMap((section) => section.items.map((item) => item.questionId));
  const tags = [...new Set(exam.sections.flatMap((section) => (section.draw === undefined ? [] : [section.draw.tag])))];
  const owner = await runner.query<{ is_admin: boolean }>(`select 'admin' = any(roles) as is_admin from users where id = $1`, [exam.ownerId]);
  const drawsFromAll = owner.rows[0]?.is_admin === true;
  const rows = (await QuestionVersionModel.query(runnerOf(runner))
    .join('questions as question', 'question.id', 'question_versions.question_id')
    .whereNull('question.deleted_at')
    .whereRaw('question_versions.version = question.current_version')
    .where((either) => {
      void either.whereRaw('question_versions.question_id = any(?::uuid[])', [named]);
      void either.orWhere((pool) => {
        void pool.whereRaw('question_versions.tags && ?::text[]', [tags]);
        if (!drawsFromAll) void pool.where('question.created_by', exam.ownerId);
      });
    })
    .orderBy('question_versions.question_id')
    .select('question_versions.*', 'question.created_by as first_created_by')) as (QuestionVersionModel & { firstCreatedBy: string })[];
  const drawable = rows.filter((row) => drawsFromAll || row.firstCreatedBy === exam.ownerId);
  return {
    questions: new Map(rows.map((row): [string, FrozenQuestion] => [row.questionId, { version: row.version, content: contentOf(row) }])),
    difficulties: new Map(rows.map((row): [string, Difficulty] => [row.questionId, metaOf(row).difficulty])),
    pools: new Map(tags.map((tag) => [tag, drawable.filter((row) => row.tags.includes(tag)).map((row) => row.questionId)])),
  };
}
