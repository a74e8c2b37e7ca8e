import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Db, inTransaction, openDb } from '#db/connection.ts';
import type { Batch } from '#domain/people/types.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';

import { deleteBatchStudent, insertBatchStudent, updateBatchStudents } from './batch-students.ts';
import { deleteBatch, insertBatch, selectBatch, selectBatchForUpdate } from './batches.ts';

let database: TestDatabase;
let db: Db;
let teacherId: string;

const ORIGIN = { actorId: null, address: null, requestId: null };

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.urlAs('holdfast_api'), { poolSize: 4, transactionPoolSize: 4, statementTimeoutMs: 5_000, applicationName: 'test' });
  teacherId = await addUser('teacher');
});
afterAll(async () => {
  await db.close();
  await database.close();
});

async function addUser(role: string): Promise<string> {
  const id = randomUUID();
  await db.query('insert into users (id, email, name, roles) values ($1, $2, $3, $4)', [id, `${id}@uni.test`, role, [role]]);
  return id;
}

function addBatch(): Promise<Batch> {
  return inTransaction(db, (tx) => insertBatch(tx, ORIGIN, { name: 'Class', ownerId: teacherId }));
}

function setStudents(batch: Batch, ids: readonly string[]): Promise<void> {
  return inTransaction(db, async (tx) => updateBatchStudents(tx, ORIGIN, await selectBatchForUpdate(tx, batch.id), ids));
}

/** An exam that the batch was assigned to; `closes` is an SQL interval from now, null for a draft without a window. */
async function addExam(batch: Batch, closes: string | null, more = ''): Promise<string> {
  const id = randomUUID();
  await db.query(
    `insert into exams (id, title, duration_minutes, owner_id, opens_at, closes_at)
     values ($1, 'Exam', 60, $2, holdfast_now() - interval '10 days', holdfast_now() + $3::interval)`,
    [id, teacherId, closes],
  );
  if (more !== '') await db.query(`update exams set ${more} where id = $1`, [id]);
  await db.query('insert into exam_batches (exam_id, batch_id) values ($1, $2)', [id, batch.id]);
  return id;
}

async function assigned(examId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select student_id as id from exam_assignments where exam_id = $1 order by 1', [examId]);
  return rows.map((row) => row.id);
}

describe('the students of a batch', () => {
  it('are replaced as a set', async () => {
    const batch = await addBatch();
    const [ada, ben, cem] = [await addUser('student'), await addUser('student'), await addUser('student')];
    await setStudents(batch, [ada, ben, ada]);
    expect((await selectBatch(db, batch.id)).studentCount).toBe(2);
    await setStudents(batch, [ben, cem]);
    const { rows } = await db.query<{ id: string }>('select student_id as id from batch_students where batch_id = $1', [batch.id]);
    expect(rows.map(({ id }) => id).sort()).toEqual([ben, cem].sort());
    const audit = await db.query(`select after from audit_log where resource_id = $1 and action = 'batch.change-students' order by id desc limit 1`, [batch.id]);
    expect(audit.rows).toEqual([{ after: { added: [cem], removed: [ada] } }]);
  });

  it('are refused by name when one is no student, and nothing changes', async () => {
    const batch = await addBatch();
    const ada = await addUser('student');
    await expect(setStudents(batch, [ada, teacherId, randomUUID()])).rejects.toMatchObject({
      code: 'validation-failed', errors: [{ pointer: '/studentIds/1' }, { pointer: '/studentIds/2' }],
    });
    expect((await selectBatch(db, batch.id)).studentCount).toBe(0);
  });

  it('who are new are assigned to the exams of the batch that are not over, and who leaves stays assigned', async () => {
    const batch = await addBatch();
    const draft = await addExam(batch, null);
    const open = await addExam(batch, '1 hour');
    const over = await addExam(batch, '-1 second');
    const cancelled = await addExam(batch, '1 hour', 'cancelled_at = holdfast_now()');
    const deleted = await addExam(batch, '1 hour', 'deleted_at = holdfast_now()');
    const [ada, ben] = [await addUser('student'), await addUser('student')];
    await setStudents(batch, [ada]);
    await inTransaction(db, async (tx) => insertBatchStudent(tx, ORIGIN, await selectBatchForUpdate(tx, batch.id), ben));
    await inTransaction(db, async (tx) => deleteBatchStudent(tx, ORIGIN, await selectBatchForUpdate(tx, batch.id), ada));
    const both = [ada, ben].sort();
    expect(await Promise.all([draft, open, over, cancelled, deleted].map(assigned))).toEqual([both, both, [], [], []]);
    const audit = await db.query(`select after from audit_log where exam_id = $1 and action = 'exam.assign' order by id`, [open]);
    expect(audit.rows).toEqual([{ after: { batchId: batch.id, studentIds: [ada] } }, { after: { batchId: batch.id, studentIds: [ben] } }]);
  });

  it('added twice are added once', async () => {
    const batch = await addBatch();
    const ada = await addUser('student');
    const add = () => inTransaction(db, async (tx) => insertBatchStudent(tx, ORIGIN, await selectBatchForUpdate(tx, batch.id), ada));
    await Promise.all([add(), add()]);
    const { rows } = await db.query(`select from audit_log where resource_id = $1 and action = 'batch.change-students'`, [batch.id]);
    expect(rows).toHaveLength(1);
  });
});

it('a batch that exams were assigned to can not be removed', async () => {
  const batch = await addBatch();
  await addExam(batch, '-1 day');
  await expect(inTransaction(db, async (tx) => deleteBatch(tx, ORIGIN, await selectBatchForUpdate(tx, batch.id)))).rejects.toMatchObject({ code: 'state-conflict' });
});

it('the owner of a batch is an enabled teacher or admin', async () => {
  const studentId = await addUser('student');
  await expect(inTransaction(db, (tx) => insertBatch(tx, ORIGIN, { name: 'Class', ownerId: studentId }))).rejects.toMatchObject({
    code: 'validation-failed', errors: [{ pointer: '/ownerId' }],
  });
});
