import { type QueryBuilder, raw } from 'objection';
import { v7 as uuidv7 } from 'uuid';

import { type Origin, insertAudit } from '#db/audit.ts';
import type { Queryable, Tx } from '#db/connection.ts';
import { containing, cutPage, instantKey, type Page, pageBy, type PageRequest, type SortKey } from '#db/keyset.ts';
import { QuestionModel } from '#db/models/question.ts';
import { QuestionVersionModel } from '#db/models/question-version.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { Refusal } from '#domain/problem.ts';
import type { Difficulty } from '#domain/questions/types.ts';

import { contentOf, metaOf, type QuestionDraft, type StoredQuestion, versionColumns } from './rows.ts';

/** What a list of questions can be narrowed by. */
export interface QuestionFilter {
  /** Words that all stand in text or options. */
  readonly q?: string | undefined;
  readonly type?: string | undefined;
  readonly tag?: string | undefined;
  readonly subject?: string | undefined;
  readonly topic?: string | undefined;
  readonly difficulty?: Difficulty | undefined;
  readonly createdBy?: string | undefined;
  /** Only these, also those that were taken out of the bank. */
  readonly ids?: readonly string[] | undefined;
}

/** Orders of the list of questions. */
export type QuestionSort = 'updatedAt' | 'createdAt' | 'type' | 'difficulty';

/** How each order is computed. */
export const QUESTION_SORTS: Readonly<Record<QuestionSort, SortKey>> = {
  updatedAt: instantKey('question.updated_at'),
  createdAt: instantKey('question.created_at'),
  type: { expression: 'question_versions.type', kind: 'text' },
  difficulty: { expression: "array_position(array['easy','medium','hard'], question_versions.difficulty)", kind: 'number' },
};

/** Rows of one insert; PostgreSQL takes at most 65,535 parameters. */
const CHUNK = 500;

const USAGE = raw(`(select count(*) from exams where exams.deleted_at is null and exams.sections @>
  jsonb_build_array(jsonb_build_object('items', jsonb_build_array(jsonb_build_object('questionId', question.id)))))`);

type Row = QuestionVersionModel & { usageCount: number; firstCreatedBy: string; firstCreatedAt: Date; goneAt: Date | null; sortValue: string | number };

/** Adds a question in its first version. */
export async function insertQuestion(tx: Tx, draft: QuestionDraft, createdBy: string, origin: Origin): Promise<StoredQuestion> {
  const [id = ''] = await insertQuestions(tx, [draft], createdBy);
  await insertAudit(tx, origin, { action: 'question.create', resourceType: 'question', resourceId: id, after: auditOf(draft) });
  return selectQuestion(tx, id);
}

/** Adds many questions in their first version. @returns their ids in the same order */
export async function insertQuestions(tx: Tx, drafts: readonly QuestionDraft[], createdBy: string): Promise<string[]> {
  const rows = drafts.map((draft) => ({ draft, id: uuidv7() }));
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    await QuestionModel.query(tx.trx).insert(chunk.map(({ id }) => ({ id, createdBy })));
    await QuestionVersionModel.query(tx.trx).insert(chunk.map(({ id, draft }) => ({ ...versionColumns(draft), questionId: id, version: 1, createdBy })));
  }
  return rows.map(({ id }) => id);
}

/**
 * Adds a version; the ones before stay as they are.
 * @param expected the version that the author changed, null for whatever is newest
 * @throws version-conflict when another version came in between
 */
export async function insertQuestionVersion(tx: Tx, id: string, expected: number | null, draft: QuestionDraft, origin: Origin): Promise<StoredQuestion> {
  const { current_version: newest } = await lockQuestion(tx, id);
  if (expected !== null && expected !== newest) {
    throw new Refusal('version-conflict', `Somebody changed this question meanwhile (version ${newest}). Load it again and repeat your change.`);
  }
  const version = newest + 1;
  await QuestionVersionModel.query(tx.trx).insert({ ...versionColumns(draft), questionId: id, version, createdBy: origin.actorId! });
  await tx.query('update questions set current_version = $2, updated_at = holdfast_now() where id = $1', [id, version]);
  await insertAudit(tx, origin, { action: 'question.change', resourceType: 'question', resourceId: id, before: { version: newest }, after: { version, ...auditOf(draft) } });
  return selectQuestion(tx, id);
}

/** Takes a question out of the bank; its versions, and exams that are published with it, stay. */
export async function deleteQuestion(tx: Tx, id: string, origin: Origin): Promise<void> {
  const used = await tx.query<{ title: string }>(
    `select title from exams where deleted_at is null and lifecycle = 'draft' and sections @> $1::jsonb order by title limit 3`,
    [JSON.stringify([{ items: [{ questionId: id }] }])],
  );
  if (used.rows.length > 0) {
    const titles = used.rows.map((row) => `"${row.title}"`).join(', ');
    throw new Refusal('state-conflict', `This question stands in exams that are not published yet (${titles}). Take it out of them first.`);
  }
  await lockQuestion(tx, id);
  await tx.query('update questions set deleted_at = holdfast_now(), updated_at = holdfast_now() where id = $1', [id]);
  await insertAudit(tx, origin, { action: 'question.delete', resourceType: 'question', resourceId: id });
}

/** Puts a question back into the bank; one that is in it stays as it is. @throws not-found */
export async function restoreQuestion(tx: Tx, id: string, origin: Origin): Promise<StoredQuestion> {
  const { rowCount } = await tx.query('update questions set deleted_at = null, updated_at = holdfast_now() where id = $1 and deleted_at is not null', [id]);
  if (rowCount === 1) await insertAudit(tx, origin, { action: 'question.restore', resourceType: 'question', resourceId: id });
  return selectQuestion(tx, id);
}

/** Reads the newest version of a question, whether or not it was taken out of the bank. @throws not-found */
export async function selectAnyQuestion(runner: Runner, id: string): Promise<StoredQuestion> {
  const [row] = (await questionQuery(runner, true).where('question.id', id).whereRaw('question_versions.version = question.current_version')) as Row[];
  if (row === undefined) throw new Refusal('not-found', 'There is no such question.');
  return toStoredQuestion(row);
}

/**
 * Reads a question.
 * @param version the newest when absent
 * @throws not-found for an unknown or deleted question, or a version that it never had
 */
export async function selectQuestion(runner: Runner, id: string, version?: number): Promise<StoredQuestion> {
  const query = questionQuery(runner).where('question.id', id);
  void (version === undefined ? query.whereRaw('question_versions.version = question.current_version') : query.where('question_versions.version', version));
  const [row] = (await query) as Row[];
  if (row === undefined) throw new Refusal('not-found', 'There is no such question.');
  return toStoredQuestion(row);
}

/** One page of the bank, in its newest versions. */
export async function listQuestions(runner: Runner, filter: QuestionFilter, page: PageRequest<QuestionSort>): Promise<Page<StoredQuestion>> {
  const query = narrow(questionQuery(runner, filter.ids !== undefined), filter);
  const rows = (await pageBy(query, QUESTION_SORTS[page.sort], 'question.id', page)) as Row[];
  return cutPage(rows, page.limit, (row) => row.questionId, toStoredQuestion);
}

/** How many questions a filter leaves. */
export async function countQuestions(runner: Runner, filter: QuestionFilter): Promise<number> {
  return narrow(joinedQuery(runner, filter.ids !== undefined), filter).resultSize();
}

/** The versions of a question, newest first. */
export async function listQuestionVersions(runner: Runner, id: string, before: number | undefined, limit: number): Promise<{ items: readonly (StoredQuestion & { readonly changedBy: string })[]; next: number | null }> {
  const query = questionQuery(runner).where('question.id', id).orderBy('question_versions.version', 'desc').limit(limit + 1);
  if (before !== undefined) void query.where('question_versions.version', '<', before);
  const rows = (await query) as Row[];
  const items = rows.slice(0, limit).map((row) => ({ ...toStoredQuestion(row), changedBy: row.createdBy }));
  return { items, next: rows.length > limit ? (items.at(-1)?.version ?? null) : null };
}

/** Which of these questions are in the bank, with their author and points. */
export async function selectQuestionOwners(q: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, { readonly createdBy: string; readonly points: string }>> {
  const { rows } = await q.query<{ id: string; created_by: string; points: string }>(
    `select q.id, q.created_by, trim_scale(v.points)::text as points from questions q
       join question_versions v on v.question_id = q.id and v.version = q.current_version
      where q.id = any($1::uuid[]) and q.deleted_at is null`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { createdBy: row.created_by, points: row.points }]));
}

async function lockQuestion(tx: Tx, id: string): Promise<{ current_version: number }> {
  const { rows } = await tx.query<{ current_version: number }>('select current_version from questions where id = $1 and deleted_at is null for no key update', [id]);
  const row = rows[0];
  if (row === undefined) throw new Refusal('not-found', 'There is no such question.');
  return row;
}

/** Versions beside their questions. */
export function joinedQuery(runner: Runner, withDeleted: boolean): QueryBuilder<QuestionVersionModel> {
  const query = QuestionVersionModel.query(runnerOf(runner)).join('questions as question', 'question.id', 'question_versions.question_id');
  return withDeleted ? query : query.whereNull('question.deleted_at');
}

function questionQuery(runner: Runner, withDeleted = false): QueryBuilder<QuestionVersionModel> {
  return joinedQuery(runner, withDeleted).select(
    'question_versions.*', 'question.created_by as first_created_by', 'question.created_at as first_created_at', 'question.deleted_at as gone_at', USAGE.as('usage_count'),
  );
}

/** Keeps the newest version of each question that a filter lets through. */
export function narrow(query: QueryBuilder<QuestionVersionModel>, filter: QuestionFilter): QueryBuilder<QuestionVersionModel> {
  void query.whereRaw('question_versions.version = question.current_version');
  for (const word of (filter.q ?? '').toLowerCase().split(/\s+/u).filter((part) => part !== '').slice(0, 20)) {
    void query.where('question_versions.search_text', 'like', containing(word));
  }
  if (filter.type !== undefined) void query.where('question_versions.type', filter.type);
  if (filter.tag !== undefined) void query.whereRaw('question_versions.tags @> array[?]::text[]', [filter.tag]);
  if (filter.subject !== undefined) void query.where('question_versions.subject', filter.subject);
  if (filter.topic !== undefined) void query.where('question_versions.topic', filter.topic);
  if (filter.difficulty !== undefined) void query.where('question_versions.difficulty', filter.difficulty);
  if (filter.createdBy !== undefined) void query.where('question.created_by', filter.createdBy);
  if (filter.ids !== undefined) void query.whereRaw('question.id = any(?::uuid[])', [filter.ids]);
  return query;
}

function toStoredQuestion(row: Row): StoredQuestion {
  return {
    id: row.questionId,
    version: row.version,
    content: contentOf(row),
    meta: metaOf(row),
    origin: row.origin,
    usageCount: row.usageCount,
    createdBy: row.firstCreatedBy,
    createdAtMs: row.firstCreatedAt.getTime(),
    updatedAtMs: row.createdAt.getTime(),
    deletedAtMs: row.goneAt?.getTime() ?? null,
  };
}

function auditOf(draft: QuestionDraft): Record<string, unknown> {
  return { type: draft.content.type, points: draft.content.points, tags: draft.meta.tags, difficulty: draft.meta.difficulty };
}
