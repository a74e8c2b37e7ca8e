import { type Origin, insertAudit } from '#db/audit.ts';
import type { Queryable, Tx } from '#db/connection.ts';
import type { Batch } from '#domain/people/types.ts';
import { Refusal } from '#domain/problem.ts';

/**
 * Makes exactly these people the students of a batch whose row the transaction holds. Who is new is also assigned to every exam
 * that the batch was assigned to and that is not over; who goes stays assigned, for an assignment is taken away by name.
 * @throws validation-failed naming every id that is no student
 */
export async function updateBatchStudents(tx: Tx, origin: Origin, batch: Batch, studentIds: readonly string[]): Promise<void> {
  await demandStudents(tx, studentIds);
  const removed = await tx.query<{ id: string }>(
    'delete from batch_students where batch_id = $1 and student_id <> all ($2::uuid[]) returning student_id as id',
    [batch.id, studentIds],
  );
  const added = await addStudents(tx, origin, batch.id, studentIds);
  const gone = removed.rows.map((row) => row.id);
  if (added.length + gone.length > 0) await auditStudents(tx, origin, batch.id, added, gone);
}

/**
 * Adds one student to a batch whose row the transaction holds, and assigns them to every exam that the batch was assigned to and
 * that is not over. Adding somebody twice changes nothing.
 * @throws not-found when there is no such student
 */
export async function insertBatchStudent(tx: Tx, origin: Origin, batch: Batch, studentId: string): Promise<void> {
  if ((await listOthers(tx, [studentId])).length > 0) throw new Refusal('not-found', 'There is no such student.');
  const added = await addStudents(tx, origin, batch.id, [studentId]);
  if (added.length > 0) await auditStudents(tx, origin, batch.id, added, []);
}

/** Takes one student out of a batch; assignments to exams stay. @throws not-found when they are not in it */
export async function deleteBatchStudent(tx: Tx, origin: Origin, batch: Batch, studentId: string): Promise<void> {
  const { rowCount } = await tx.query('delete from batch_students where batch_id = $1 and student_id = $2', [batch.id, studentId]);
  if (rowCount === 0) throw new Refusal('not-found', 'This student is not in the batch.');
  await auditStudents(tx, origin, batch.id, [], [studentId]);
}

async function addStudents(tx: Tx, origin: Origin, batchId: string, studentIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into batch_students (batch_id, student_id) select $1, id from unnest($2::uuid[]) as id order by id
     on conflict do nothing returning student_id as id`,
    [batchId, studentIds],
  );
  const added = rows.map((row) => row.id);
  if (added.length > 0) await assignToExams(tx, origin, batchId, added);
  return added;
}

async function assignToExams(tx: Tx, origin: Origin, batchId: string, studentIds: readonly string[]): Promise<void> {
  const { rows } = await tx.query<{ examId: string; studentIds: string[] }>(
    `with assigned as (
       insert into exam_assignments (exam_id, student_id, batch_id)
       select e.id, s.id, eb.batch_id
       from exam_batches eb join exams e on e.id = eb.exam_id cross join unnest($2::uuid[]) as s(id)
       where eb.batch_id = $1 and e.deleted_at is null and e.cancelled_at is null and e.lifecycle <> 'archived'
         and (e.closes_at is null or e.closes_at > holdfast_now())
       order by e.id, s.id
       on conflict do nothing returning exam_id, student_id)
     select exam_id as "examId", array_agg(student_id::text) as "studentIds" from assigned group by exam_id`,
    [batchId, studentIds],
  );
  for (const row of rows) {
    await insertAudit(tx, origin, {
      action: 'exam.assign', resourceType: 'exam', resourceId: row.examId, examId: row.examId, after: { batchId, studentIds: row.studentIds },
    });
  }
}

async function auditStudents(tx: Tx, origin: Origin, batchId: string, added: readonly string[], removed: readonly string[]): Promise<void> {
  await insertAudit(tx, origin, { action: 'batch.change-students', resourceType: 'batch', resourceId: batchId, after: { added, removed } });
}

async function demandStudents(tx: Queryable, studentIds: readonly string[]): Promise<void> {
  const others = new Set(await listOthers(tx, studentIds));
  if (others.size === 0) return;
  throw new Refusal('validation-failed', 'Some ids are no students; each is named in errors.', {
    errors: studentIds.flatMap((id, index) => (others.has(id) ? [{ pointer: `/studentIds/${index}`, message: 'is no student' }] : [])),
  });
}

async function listOthers(tx: Queryable, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select given.id from unnest($1::uuid[]) as given(id)
     where not exists (select from users u where u.id = given.id and 'student' = any(u.roles))`,
    [ids],
  );
  return rows.map((row) => row.id);
}
