import { type Origin, insertAudit } from '#db/audit.ts';
import type { Tx } from '#db/connection.ts';
import { QuestionVersionModel } from '#db/models/question-version.ts';
import { insertOutbox } from '#db/outbox.ts';
import { contentOf } from '#db/questions/rows.ts';
import { insertStreamEvent } from '#db/stream-events.ts';
import type { FrozenQuestion } from '#domain/paper/types.ts';
import { Refusal } from '#domain/problem.ts';

import { lockExamRow, selectExam, type StaffExam } from './exams.ts';
import { type BankSnapshot, freezeExam } from './freeze.ts';
import type { ExamWindow, StoredExam } from './types.ts';

/**
 * Publishes a draft: checks everything at once, freezes the questions with their keys and pools, and wakes the window workflow.
 * @throws state-conflict unless it is a draft; validation-failed or not-enough-questions with every reason
 */
export async function publishExam(tx: Tx, examId: string, origin: Origin): Promise<StaffExam> {
  const exam = await lockExamRow(tx, examId);
  if (exam.lifecycle !== 'draft') throw new Refusal('state-conflict', 'This exam is published already.');
  const { rows } = await tx.query<{ now_ms: number }>('select instant_ms(holdfast_now()) as now_ms');
  const frozen = freezeExam(exam, await snapshotBank(tx, exam), rows[0]!.now_ms);
  const errors = [...frozen.errors, ...frozen.shortages];
  if (errors.length > 0) {
    const onlyShort = frozen.errors.length === 0;
    throw new Refusal(onlyShort ? 'not-enough-questions' : 'validation-failed', 'The exam can not be published yet; errors names what is missing.', { errors });
  }
  await tx.query('insert into exam_contents (exam_id, content) values ($1, $2)', [examId, JSON.stringify(frozen.content)]);
  await tx.query(
    `update exams set lifecycle = 'published', published_at = holdfast_now(), updated_at = holdfast_now(),
            version = version + 1, schedule_version = schedule_version + 1 where id = $1`,
    [examId],
  );
  const published = await selectExam(tx, examId);
  await insertOutbox(tx, 'window', examId, published.scheduleVersion, { kind: 'published' });
  await insertStreamEvent(tx, { examId, kind: 'window-changed', data: windowEvent(published, published.window!) });
  await insertAudit(tx, origin, {
    action: 'exam.publish', resourceType: 'exam', resourceId: examId, examId,
    after: { window: published.window, questions: Object.keys(frozen.content.questions).length },
  });
  return published;
}

/** The same members as when a window is moved. */
function windowEvent(exam: StoredExam, window: ExamWindow): Record<string, unknown> {
  return {
    opensAt: new Date(window.opensAtMs).toISOString(),
    closesAt: new Date(window.closesAtMs).toISOString(),
    localStart: window.localStart,
    localEnd: window.localEnd,
    timeZone: window.timeZone,
    cancelledAt: null,
    scheduleVersion: exam.scheduleVersion,
    kind: 'published',
  };
}

/** What the bank holds for an exam now. An admin's exam draws from every question, a teacher's from the teacher's own. */
async function snapshotBank(tx: Tx, exam: StoredExam): Promise<BankSnapshot> {
  const named = exam.sections.flatMap((section) => section.items.map((item) => item.questionId));
  const tags = [...new Set(exam.sections.flatMap((section) => (section.draw === undefined ? [] : [section.draw.tag])))];
  const owner = await tx.query<{ is_admin: boolean }>(`select 'admin' = any(roles) as is_admin from users where id = $1`, [exam.ownerId]);
  const drawsFromAll = owner.rows[0]?.is_admin === true;
  const rows = (await QuestionVersionModel.query(tx.trx)
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
    pools: new Map(tags.map((tag) => [tag, drawable.filter((row) => row.tags.includes(tag)).map((row) => row.questionId)])),
  };
}
