import { type Origin, insertAudit } from '#db/audit.ts';
import type { Queryable, Tx } from '#db/connection.ts';
import { containing, type Page, type Position } from '#db/keyset.ts';
import { type FieldError, Refusal } from '#domain/problem.ts';
import type { SessionState } from '#domain/session/state.ts';

/** A student who may sit an exam. */
export interface Assignment {
  readonly studentId: string;
  readonly name: string;
  readonly externalId: string | null;
  /** The batch that brought the student; null for one assigned by name. */
  readonly batchId: string | null;
  readonly assignedAtMs: number;
  /** State of the open or else the latest attempt. */
  readonly sessionState: SessionState | null;
  readonly batchName: string | null;
  /** Decimal string, "1" without an accommodation. */
  readonly timeMultiplier: string;
  readonly extraMinutes: number;
}

/** Students and batches of one request. */
export interface AssignmentChange {
  readonly studentIds: readonly string[];
  readonly batchIds: readonly string[];
}

/** One page of the assigned students, by name. */
export async function listAssignments(
  q: Queryable, examId: string,
  filter: { readonly q?: string | undefined; readonly batchId?: string | undefined; readonly started?: boolean | undefined },
  after: Position | undefined, limit: number,
): Promise<Page<Assignment>> {
  const { rows } = await q.query<{ student_id: string; name: string; external_id: string | null; batch_id: string | null; assigned_at: Date; session_state: SessionState | null; batch_name: string | null; time_multiplier: string; extra_minutes: number }>(
    `select a.student_id, u.name, u.external_id, a.batch_id, a.assigned_at, s.state as session_state, b.name as batch_name,
            trim_scale(coalesce(acc.time_multiplier, 1))::text as time_multiplier, coalesce(acc.extra_minutes, 0) as extra_minutes
       from exam_assignments a
       join users u on u.id = a.student_id
       left join batches b on b.id = a.batch_id
       left join user_accommodations acc on acc.user_id = a.student_id
       left join lateral (
         select state from exam_sessions s where s.exam_id = a.exam_id and s.student_id = a.student_id order by s.attempt desc limit 1
       ) s on true
      where a.exam_id = $1
        and ($2::uuid is null or a.batch_id = $2)
        and ($3::text is null or u.name ilike $3 or u.external_id ilike $3)
        and ($4::text is null or (u.name, u.id) > ($4, $5::uuid))
        and ($7::boolean is null or (s.state is not null) = $7)
      order by u.name, u.id
      limit $6`,
    [examId, filter.batchId ?? null, filter.q === undefined ? null : containing(filter.q), after?.value ?? null, after?.id ?? null, limit + 1, filter.started ?? null],
  );
  const items = rows.slice(0, limit).map((row) => ({
    studentId: row.student_id, name: row.name, externalId: row.external_id, batchId: row.batch_id,
    assignedAtMs: row.assigned_at.getTime(), sessionState: row.session_state, batchName: row.batch_name, timeMultiplier: row.time_multiplier, extraMinutes: row.extra_minutes,
  }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? { value: last.name, id: last.studentId } : null };
}

/** Who may sit an exam, in numbers. */
export interface AssignmentFigures {
  /** The batches that were assigned, with how many students each has brought. */
  readonly batches: readonly { readonly batchId: string; readonly name: string; readonly count: number }[];
  /** Students whose own time is longer than the exam. */
  readonly withExtraTime: number;
}

/** Reads the figures of the assignments of an exam. */
export async function selectAssignmentFigures(q: Queryable, examId: string): Promise<AssignmentFigures> {
  const { rows } = await q.query<{ batches: AssignmentFigures['batches'] | null; with_extra_time: number }>(
    `select (select json_agg(json_build_object('batchId', b.id, 'name', b.name, 'count',
               (select count(*) from exam_assignments a where a.exam_id = $1 and a.batch_id = b.id)) order by b.name, b.id)
               from exam_batches eb join batches b on b.id = eb.batch_id where eb.exam_id = $1) as batches,
            (select count(*) from exam_assignments a join user_accommodations acc on acc.user_id = a.student_id
              where a.exam_id = $1 and (acc.time_multiplier > 1 or acc.extra_minutes > 0)) as with_extra_time`,
    [examId],
  );
  return { batches: rows[0]!.batches ?? [], withExtraTime: rows[0]!.with_extra_time };
}

/** How many students may sit an exam. */
export async function countAssignments(q: Queryable, examId: string): Promise<number> {
  const { rows } = await q.query<{ count: number }>('select count(*) from exam_assignments where exam_id = $1', [examId]);
  return rows[0]!.count;
}

/**
 * Assigns students by name and by batch; who is assigned already stays so.
 * @throws validation-failed with a pointer to every id that is no student and no batch
 */
export async function assignStudents(tx: Tx, examId: string, change: AssignmentChange, origin: Origin): Promise<{ assigned: number; alreadyAssigned: number }> {
  await refuseUnknown(tx, change);
  const { rows } = await tx.query<{ wanted: number; assigned: number }>(
    `with wanted as (
       select distinct on (student_id) student_id, batch_id from (
         select student_id, null::uuid as batch_id from unnest($2::uuid[]) as student_id
         union all select student_id, batch_id from batch_students where batch_id = any($3::uuid[])
       ) every_one order by student_id, batch_id nulls first
     ), added as (
       insert into exam_assignments (exam_id, student_id, batch_id)
       select $1, student_id, batch_id from wanted order by student_id
       on conflict do nothing returning 1
     )
     select (select count(*) from wanted) as wanted, (select count(*) from added) as assigned`,
    [examId, change.studentIds, change.batchIds],
  );
  await tx.query('insert into exam_batches (exam_id, batch_id) select $1, unnest($2::uuid[]) on conflict do nothing', [examId, change.batchIds]);
  const { wanted, assigned } = rows[0]!;
  await insertAudit(tx, origin, {
    action: 'exam.assign', resourceType: 'exam', resourceId: examId, examId,
    after: { studentIds: change.studentIds, batchIds: change.batchIds, assigned },
  });
  return { assigned, alreadyAssigned: wanted - assigned };
}

/**
 * Takes assignments back, all or none: by name, and those that a batch brought. The caller holds the exclusive lock of the exam.
 * @throws state-conflict with the students who have sat or are sitting the exam
 */
export async function removeAssignments(tx: Tx, examId: string, change: AssignmentChange, origin: Origin): Promise<{ removed: number; notAssigned: number }> {
  const sitting = await tx.query<{ student_id: string; name: string; state: SessionState }>(
    `select distinct on (u.name, a.student_id) a.student_id, u.name, s.state
       from exam_assignments a
       join exam_sessions s on s.exam_id = a.exam_id and s.student_id = a.student_id
       join users u on u.id = a.student_id
      where a.exam_id = $1 and (a.student_id = any($2::uuid[]) or a.batch_id = any($3::uuid[]))
      order by u.name, a.student_id, s.attempt desc`,
    [examId, change.studentIds, change.batchIds],
  );
  if (sitting.rows.length > 0) throw hasSessions(sitting.rows);
  const { rows } = await tx.query<{ student_id: string }>(
    'delete from exam_assignments where exam_id = $1 and (student_id = any($2::uuid[]) or batch_id = any($3::uuid[])) returning student_id',
    [examId, change.studentIds, change.batchIds],
  );
  await tx.query('delete from exam_batches where exam_id = $1 and batch_id = any($2::uuid[])', [examId, change.batchIds]);
  const gone = new Set(rows.map((row) => row.student_id));
  await insertAudit(tx, origin, {
    action: 'exam.unassign', resourceType: 'exam', resourceId: examId, examId,
    before: { studentIds: [...gone] }, after: { removed: gone.size, batchIds: change.batchIds },
  });
  return { removed: gone.size, notAssigned: new Set(change.studentIds.filter((id) => !gone.has(id))).size };
}

function hasSessions(rows: readonly { student_id: string; name: string; state: SessionState }[]): Refusal {
  const names = rows.slice(0, 5).map((row) => row.name).join(', ');
  const more = rows.length > 5 ? ` and ${rows.length - 5} more` : '';
  return new Refusal('state-conflict', `These students have a session in this exam, so they stay assigned: ${names}${more}. Nobody was removed.`, {
    extra: { students: rows.map((row) => ({ studentId: row.student_id, name: row.name, sessionState: row.state })) },
  });
}

async function refuseUnknown(tx: Tx, change: AssignmentChange): Promise<void> {
  const students = await tx.query<{ id: string }>(`select id from users where id = any($1::uuid[]) and 'student' = any(roles)`, [change.studentIds]);
  const batches = await tx.query<{ id: string }>('select id from batches where id = any($1::uuid[])', [change.batchIds]);
  const errors = [
    ...unknown(change.studentIds, students.rows, '/studentIds', 'is not the id of a student'),
    ...unknown(change.batchIds, batches.rows, '/batchIds', 'is not the id of a batch'),
  ];
  if (errors.length > 0) throw new Refusal('validation-failed', 'Some ids are unknown; nobody was assigned.', { errors });
}

function unknown(ids: readonly string[], rows: readonly { id: string }[], at: string, message: string): FieldError[] {
  const known = new Set(rows.map((row) => row.id));
  return ids.flatMap((id, index) => (known.has(id) ? [] : [{ pointer: `${at}/${index}`, message }]));
}
