import { type Origin, insertAudit } from '#db/audit.ts';
import type { Tx } from '#db/connection.ts';
import { insertOutbox } from '#db/outbox.ts';
import { databaseNowMs } from '#db/session/rows.ts';
import { insertStreamEvent } from '#db/stream-events.ts';
import { Refusal } from '#domain/problem.ts';

import { snapshotBank } from './bank.ts';
import { lockExamRow, selectExam, type StaffExam } from './exams.ts';
import { freezeExam } from './freeze.ts';
import type { ExamWindow, StoredExam } from './types.ts';

/**
 * Publishes a draft: checks everything at once, freezes the questions with their keys and pools, and wakes the window workflow.
 * @throws state-conflict unless it is a draft; validation-failed or not-enough-questions with every reason
 */
export async function publishExam(tx: Tx, examId: string, origin: Origin): Promise<StaffExam> {
  const exam = await lockExamRow(tx, examId);
  if (exam.lifecycle !== 'draft') throw new Refusal('state-conflict', 'This exam is published already.');
  const frozen = freezeExam(exam, await snapshotBank(tx, exam), await databaseNowMs(tx));
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
