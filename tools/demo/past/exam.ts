import type { Tx } from '#db/connection.ts';
import { freezeExam } from '#db/exams/freeze.ts';
import { examColumns } from '#db/exams/rows.ts';
import type { ExamFields, ExamSection, StoredExam } from '#db/exams/types.ts';
import type { ExamContent } from '#domain/paper/types.ts';

import type { DemoBank } from '../bank/bank.ts';
import type { DemoPeople } from '../people.ts';
import { idOf, insertRows, instant, type PastEntry, type Trail } from '../rows.ts';
import { DAY, HOUR, MINUTE } from '../times.ts';

/** The exam that was written. */
export interface PastExam {
  readonly id: string;
  readonly teacherId: string;
  readonly proctorIds: readonly string[];
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  readonly graceMs: number;
  readonly publishedAtMs: number;
  readonly resultsPublishedAtMs: number;
  readonly content: ExamContent;
}

/** Inserts the exam, its frozen content and who was assigned, as it stands after the publication of its results. */
export async function insertPastExam(tx: Tx, fields: ExamFields, people: DemoPeople, bank: DemoBank, trail: Trail): Promise<PastExam> {
  const { opensAtMs, closesAtMs } = fields.window!;
  const teacherId = people.teachers[0]!.id;
  const createdAtMs = opensAtMs - 6 * DAY;
  const publishedAtMs = opensAtMs - 4 * DAY + 70 * MINUTE;
  const resultsPublishedAtMs = closesAtMs + 3 * DAY + 5 * HOUR;
  const id = idOf(createdAtMs);
  const content = freeze({ id, ownerId: teacherId, createdAtMs, fields }, bank);
  await insertRows(tx, 'exams', [{
    ...examColumns(fields), id, ownerId: teacherId, lifecycle: 'published', scheduleVersion: 1, version: 2, createdAt: instant(createdAtMs),
    publishedAt: instant(publishedAtMs), updatedAt: instant(publishedAtMs), resultsPublishedAt: instant(resultsPublishedAtMs),
  }]);
  await insertRows(tx, 'exam_contents', [{ examId: id, content, publishedAt: instant(publishedAtMs) }]);
  await insertAssignments(tx, id, people, createdAtMs);
  const proctorIds = people.proctors.map((proctor) => proctor.id);
  const exam = { id, teacherId, proctorIds, opensAtMs, closesAtMs, graceMs: fields.graceSeconds * 1_000, publishedAtMs, resultsPublishedAtMs, content };
  trail.push(...auditOf(exam, fields, people, createdAtMs));
  return exam;
}

function freeze(exam: { id: string; ownerId: string; createdAtMs: number; fields: ExamFields }, bank: DemoBank): ExamContent {
  const { fields, createdAtMs, ...owned } = exam;
  const draft: StoredExam = {
    ...fields, ...owned, lifecycle: 'draft', publishedAtMs: null, cancelledAtMs: null, resultsPublishedAtMs: null, scheduleVersion: 0, version: 1,
    createdAtMs, updatedAtMs: createdAtMs,
  };
  const pools = new Map(fields.sections.flatMap(({ draw }: ExamSection) => (draw === undefined ? [] : [[draw.tag, bank.withTag(draw.tag)] as const])));
  const { content, errors, shortages } = freezeExam(draft, { questions: bank.frozen, pools }, createdAtMs);
  const reasons = [...errors, ...shortages].map((error) => `${error.pointer} ${error.message}`);
  if (reasons.length > 0) throw new RangeError(`the demo exam does not hold together: ${reasons.join('; ')}`);
  return content;
}

async function insertAssignments(tx: Tx, examId: string, people: DemoPeople, atMs: number): Promise<void> {
  await insertRows(tx, 'exam_batches', people.batches.map((batch) => ({ examId, batchId: batch.id })));
  await insertRows(tx, 'exam_assignments', people.batches.flatMap((batch) =>
    batch.students.map((student) => ({ examId, studentId: student.id, batchId: batch.id, assignedAt: instant(atMs + 5 * MINUTE) }))));
}

function auditOf(exam: PastExam, fields: ExamFields, people: DemoPeople, createdAtMs: number): PastEntry[] {
  const entry = { actorId: exam.teacherId, resourceType: 'exam', resourceId: exam.id, examId: exam.id };
  const { accessCodeHash: _accessCodeHash, ...rest } = fields;
  return [
    { ...entry, atMs: createdAtMs, action: 'exam.create', after: { ...rest, hasAccessCode: false } },
    {
      ...entry, atMs: createdAtMs + 5 * MINUTE, action: 'exam.assign',
      after: { studentIds: [], batchIds: people.batches.map((batch) => batch.id), assigned: people.students.length },
    },
    { ...entry, atMs: exam.publishedAtMs, action: 'exam.publish', after: { window: fields.window, questions: Object.keys(exam.content.questions).length } },
  ];
}
