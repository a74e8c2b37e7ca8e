import { type QueryBuilder, raw } from 'objection';
import { v7 as uuidv7 } from 'uuid';

import { type Origin, insertAudit } from '#db/audit.ts';
import type { Queryable, Tx } from '#db/connection.ts';
import { containing, cutPage, instantKey, type Page, pageBy, type PageRequest, type SortKey } from '#db/keyset.ts';
import { ExamModel } from '#db/models/exam.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { insertOutbox } from '#db/outbox.ts';
import { Refusal } from '#domain/problem.ts';

import { examColumns, toStoredExam } from './rows.ts';
import type { ExamFields, StoredExam } from './types.ts';

/** Sessions of an exam, every attempt by itself. */
export interface ExamSessions {
  readonly started: number;
  readonly active: number;
  readonly paused: number;
}

/** An exam as its staff see it. */
export interface StaffExam extends StoredExam {
  readonly assignedCount: number;
  /** Only in lists. */
  readonly sessions?: ExamSessions;
}

/** What a list of exams can be narrowed by. */
export interface ExamFilter {
  /** Words of the title, or the external id. */
  readonly q?: string | undefined;
  readonly state?: 'draft' | 'published' | 'open' | 'closed' | 'archived' | undefined;
  readonly changedSinceMs?: number | undefined;
  readonly ownerId?: string | undefined;
}

/** Which exams the reader may see: their own, and every published one. */
export interface ExamSight {
  /** Null: exams of any owner. */
  readonly ownerId: string | null;
  readonly published: boolean;
}

/** Orders of the list of exams. */
export type ExamSort = 'opensAt' | 'title' | 'updatedAt' | 'createdAt';

/** How each order is computed; an exam without a window comes last. */
export const EXAM_SORTS: Readonly<Record<ExamSort, SortKey>> = {
  opensAt: instantKey('exams.opens_at'),
  title: { expression: 'lower(exams.title)', kind: 'text' },
  updatedAt: instantKey('exams.updated_at'),
  createdAt: instantKey('exams.created_at'),
};

/** Conditions of the states that follow from lifecycle, window and clock. */
const STATE_CONDITIONS: Readonly<Record<NonNullable<ExamFilter['state']>, string>> = {
  draft: `exams.lifecycle = 'draft'`,
  archived: `exams.lifecycle = 'archived'`,
  published: `exams.lifecycle = 'published' and exams.cancelled_at is null and exams.opens_at > holdfast_now()`,
  open: `exams.lifecycle = 'published' and exams.cancelled_at is null and exams.opens_at <= holdfast_now() and exams.closes_at > holdfast_now()`,
  closed: `exams.lifecycle = 'published' and (exams.cancelled_at is not null or exams.closes_at <= holdfast_now())`,
};

const ASSIGNED = raw('(select count(*) from exam_assignments a where a.exam_id = exams.id)');

// open sessions have an index of their own, and all of them are counted without a look at the rows
const SESSIONS = raw(`(select jsonb_build_object(
  'started', (select count(*) from exam_sessions s where s.exam_id = exams.id),
  'active', count(*) filter (where o.state = 'active'), 'paused', count(*) filter (where o.state = 'paused'))
  from exam_sessions o where o.exam_id = exams.id and o.state in ('active', 'paused'))`);

const NOT_SAT_BY = 'not exists (select from exam_assignments a where a.exam_id = exams.id and a.student_id = ?)';

type Row = ExamModel & { assignedCount: number; sessions?: ExamSessions; sortValue: string | number };

/**
 * Adds a draft.
 * @param more what else the audit log should tell
 */
export async function insertExam(tx: Tx, ownerId: string, fields: ExamFields, origin: Origin, more: Readonly<Record<string, unknown>> = {}): Promise<StaffExam> {
  const id = uuidv7();
  await ExamModel.query(tx.trx).insert({ ...examColumns(fields), id, ownerId });
  await insertAudit(tx, origin, { action: 'exam.create', resourceType: 'exam', resourceId: id, examId: id, after: { ...auditOf(fields), ...more } });
  return selectExam(tx, id);
}

/**
 * Changes fields of an exam; the caller holds its row ({@link lockExamRow}) and has judged what may change.
 * @param wakesWindow the change concerns the plan of the window workflow
 */
export async function updateExam(tx: Tx, exam: StoredExam, fields: Partial<ExamFields>, origin: Origin, wakesWindow = false): Promise<StaffExam> {
  await ExamModel.query(tx.trx)
    .where('id', exam.id)
    .patch({
      ...examColumns(fields),
      version: exam.version + 1,
      updatedAt: raw('holdfast_now()') as unknown as Date,
      ...(wakesWindow ? { scheduleVersion: exam.scheduleVersion + 1 } : {}),
    });
  await insertAudit(tx, origin, {
    action: 'exam.change', resourceType: 'exam', resourceId: exam.id, examId: exam.id,
    before: auditOf(only(exam, Object.keys(fields))), after: auditOf(fields),
  });
  if (wakesWindow) await insertOutbox(tx, 'window', exam.id, exam.scheduleVersion + 1, { kind: 'settings' });
  return selectExam(tx, exam.id);
}

/** Puts an exam that is over away; the caller holds its row. @throws state-conflict while somebody sits it */
export async function archiveExam(tx: Tx, exam: StoredExam, origin: Origin): Promise<StaffExam> {
  const open = await tx.query<{ count: number }>(`select count(*) from exam_sessions where exam_id = $1 and state in ('active','paused')`, [exam.id]);
  if (open.rows[0]!.count > 0) throw new Refusal('state-conflict', 'Somebody still sits this exam. Archive it when every session is closed.');
  await tx.query(`update exams set lifecycle = 'archived', version = version + 1, updated_at = holdfast_now() where id = $1`, [exam.id]);
  await insertAudit(tx, origin, { action: 'exam.archive', resourceType: 'exam', resourceId: exam.id, examId: exam.id });
  return selectExam(tx, exam.id);
}

/** Takes a draft away; its external id is free again. The caller holds its row. */
export async function deleteExam(tx: Tx, exam: StoredExam, origin: Origin): Promise<void> {
  await tx.query('update exams set deleted_at = holdfast_now(), updated_at = holdfast_now(), external_id = null, version = version + 1 where id = $1', [exam.id]);
  await insertAudit(tx, origin, { action: 'exam.delete', resourceType: 'exam', resourceId: exam.id, examId: exam.id, before: { title: exam.title, externalId: exam.externalId } });
}

/** Locks the row of an exam until the end of the transaction. @throws not-found */
export async function lockExamRow(tx: Tx, id: string): Promise<StaffExam> {
  await tx.query('select from exams where id = $1 for no key update', [id]);
  return selectExam(tx, id);
}

/** Reads an exam. @throws not-found for an unknown or deleted one */
export async function selectExam(runner: Runner, id: string): Promise<StaffExam> {
  const [row] = (await examQuery(runner).where('exams.id', id)) as Row[];
  if (row === undefined) throw new Refusal('not-found', 'There is no such exam.');
  return toStaffExam(row);
}

/** The exam that another system calls so. */
export async function selectOptionalExamByExternalId(runner: Runner, externalId: string): Promise<StaffExam | undefined> {
  const [row] = (await examQuery(runner).where('exams.external_id', externalId)) as Row[];
  return row === undefined ? undefined : toStaffExam(row);
}

/** Tells whether a person sits the exam. */
export async function isAssigned(q: Queryable, examId: string, studentId: string): Promise<boolean> {
  const { rowCount } = await q.query('select from exam_assignments where exam_id = $1 and student_id = $2', [examId, studentId]);
  return rowCount === 1;
}

/**
 * One page of the exams that staff may see.
 * @param readerId published exams that the reader is to sit are left out, unless they are the reader's own
 */
export async function listExams(runner: Runner, sight: ExamSight, readerId: string, filter: ExamFilter, page: PageRequest<ExamSort>): Promise<Page<StaffExam>> {
  const query = narrowExams(seenBy(examQuery(runner), sight, readerId), filter).select(SESSIONS.as('sessions'));
  const rows = (await pageBy(query, EXAM_SORTS[page.sort], 'exams.id', page)) as Row[];
  return cutPage(rows, page.limit, (row) => row.id, toStaffExam);
}

/** How many exams a filter leaves, by state; the state of the filter itself does not count. */
export async function countExams(runner: Runner, sight: ExamSight, readerId: string, filter: ExamFilter): Promise<Readonly<Record<keyof typeof STATE_CONDITIONS, number>>> {
  const query = ExamModel.query(runnerOf(runner)).whereNull('exams.deleted_at');
  const counts = Object.entries(STATE_CONDITIONS).map(([state, condition]) => raw(`count(*) filter (where ${condition})`).as(state));
  const [row] = await narrowExams(seenBy(query, sight, readerId), { ...filter, state: undefined }).select(counts);
  return row as unknown as Record<keyof typeof STATE_CONDITIONS, number>;
}

function seenBy(query: QueryBuilder<ExamModel>, sight: ExamSight, readerId: string): QueryBuilder<ExamModel> {
  const { ownerId, published } = sight;
  if (ownerId === null) return query;
  return query.where((either) => {
    void either.where('exams.owner_id', ownerId);
    if (published) void either.orWhereRaw(`exams.lifecycle <> 'draft' and ${NOT_SAT_BY}`, [readerId]);
  });
}

function examQuery(runner: Runner): QueryBuilder<ExamModel> {
  return ExamModel.query(runnerOf(runner)).whereNull('exams.deleted_at').select('exams.*', ASSIGNED.as('assigned_count'));
}

/** Adds the conditions of a filter. */
export function narrowExams(query: QueryBuilder<ExamModel>, filter: ExamFilter): QueryBuilder<ExamModel> {
  if (filter.state !== undefined) void query.whereRaw(`(${STATE_CONDITIONS[filter.state]})`);
  if (filter.changedSinceMs !== undefined) void query.where('exams.updated_at', '>', new Date(filter.changedSinceMs));
  if (filter.ownerId !== undefined) void query.where('exams.owner_id', filter.ownerId);
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const pattern = containing(filter.q.trim());
    void query.whereRaw('(exams.title ilike ? or exams.external_id ilike ?)', [pattern, pattern]);
  }
  return query;
}

function toStaffExam(row: Row): StaffExam {
  return { ...toStoredExam(row), assignedCount: row.assignedCount, ...(row.sessions === undefined ? {} : { sessions: row.sessions }) };
}

function only(exam: StoredExam, names: readonly string[]): Partial<ExamFields> {
  return Object.fromEntries(Object.entries(exam).filter(([name]) => names.includes(name)));
}

/** What may stand in the audit log: never the hash of an access code. */
function auditOf(fields: Partial<ExamFields>): Record<string, unknown> {
  const { accessCodeHash, ...rest } = fields;
  return accessCodeHash === undefined ? rest : { ...rest, hasAccessCode: accessCodeHash !== null };
}
