import { v7 as uuidv7 } from 'uuid';

import { type Origin, insertAudit } from '#db/audit.ts';
import type { Queryable, Tx } from '#db/connection.ts';
import { QuestionImportItemModel, QuestionImportModel } from '#db/models/question-import.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { Refusal } from '#domain/problem.ts';
import type { QuestionContent, QuestionMeta } from '#domain/questions/types.ts';

/** One question of a file, or what stood there instead. */
export interface ImportItem {
  readonly index: number;
  /** Line of the file, from 1. */
  readonly line: number;
  readonly status: 'ready' | 'skipped' | 'duplicate';
  readonly reason: string | null;
  /** The text of the file, of items that were skipped. */
  readonly raw: string | null;
  readonly question: { readonly content: QuestionContent; readonly meta: QuestionMeta } | null;
  /** Set by the commit. */
  readonly questionId: string | null;
}

/** A file under review. */
export interface QuestionImport {
  readonly id: string;
  readonly state: 'queued' | 'parsing' | 'ready' | 'committed' | 'failed';
  readonly format: string | null;
  readonly encoding: string | null;
  readonly fileName: string;
  /** Draft that the questions are appended to. */
  readonly examId: string | null;
  readonly detail: string | null;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly committedAtMs: number | null;
}

/** A file that this process took on to parse. */
export interface ClaimedImport {
  readonly id: string;
  readonly source: Buffer;
  readonly format: string;
  readonly fileName: string;
  readonly createdBy: string;
}

/** After this long without a result, another process may take the file on. */
const CLAIM_SECONDS = 60;
/** A file that ended its process so often is given up. */
const MAX_TRIES = 3;
/** Rows of one insert; PostgreSQL takes at most 65,535 parameters. */
const CHUNK = 500;

const COLUMNS = ['id', 'state', 'format', 'encoding', 'file_name', 'exam_id', 'detail', 'created_by', 'created_at', 'committed_at'] as const;

/** Takes a file in; it waits to be parsed. */
export async function insertImport(
  tx: Tx, upload: { readonly source: Buffer; readonly format: string; readonly fileName: string; readonly examId: string | null }, origin: Origin,
): Promise<QuestionImport> {
  const id = uuidv7();
  await QuestionImportModel.query(tx.trx).insert({ ...upload, id, state: 'queued', createdBy: origin.actorId! });
  await insertAudit(tx, origin, { action: 'question-import.create', resourceType: 'question-import', resourceId: id, after: { fileName: upload.fileName, format: upload.format, bytes: upload.source.length } });
  return selectImport(tx, id);
}

/** Reads an import without its items. @throws not-found */
export async function selectImport(runner: Runner, id: string): Promise<QuestionImport> {
  const row = await QuestionImportModel.query(runnerOf(runner)).findById(id).select(...COLUMNS);
  if (row === undefined) throw new Refusal('not-found', 'There is no such import.');
  return {
    id: row.id, state: row.state, format: row.format, encoding: row.encoding, fileName: row.fileName, examId: row.examId, detail: row.detail,
    createdBy: row.createdBy, createdAtMs: row.createdAt.getTime(), committedAtMs: row.committedAt?.getTime() ?? null,
  };
}

/** The items of an import in the order of the file. */
export async function listImportItems(runner: Runner, importId: string): Promise<readonly ImportItem[]> {
  const rows = await QuestionImportItemModel.query(runnerOf(runner)).where('import_id', importId).orderBy('index');
  return rows.map(({ index, line, status, reason, raw, question, questionId }) => ({ index, line, status, reason, raw, question, questionId }));
}

/** Takes a waiting file on, or one whose process died over it; undefined when there is nothing to do. */
export async function claimImport(q: Queryable, id: string): Promise<ClaimedImport | undefined> {
  await q.query(
    `update question_imports set state = 'failed', source = null, detail = 'The file could not be read: reading it was broken off ${MAX_TRIES} times.'
      where id = $1 and state = 'parsing' and claimed_until < holdfast_now() and tries >= ${MAX_TRIES}`,
    [id],
  );
  const { rows } = await q.query<{ source: Buffer; format: string; file_name: string; created_by: string }>(
    `update question_imports
        set state = 'parsing', tries = tries + 1, claimed_until = holdfast_now() + interval '${CLAIM_SECONDS} seconds'
      where id = $1 and (state = 'queued' or (state = 'parsing' and claimed_until < holdfast_now()))
      returning source, format, file_name, created_by`,
    [id],
  );
  const row = rows[0];
  return row === undefined ? undefined : { id, source: row.source, format: row.format, fileName: row.file_name, createdBy: row.created_by };
}

/** Stores what a file held; nothing when another process was faster. */
export async function finishImport(tx: Tx, id: string, encoding: string, items: readonly ImportItem[]): Promise<void> {
  const done = await tx.query(`update question_imports set state = 'ready', encoding = $2, source = null where id = $1 and state = 'parsing'`, [id, encoding]);
  if (done.rowCount === 0) return;
  for (let from = 0; from < items.length; from += CHUNK) {
    await QuestionImportItemModel.query(tx.trx).insert(items.slice(from, from + CHUNK).map((item) => ({ ...item, importId: id })));
  }
}

/** Notes that a file could not be read at all. */
export async function failImport(q: Queryable, id: string, detail: string): Promise<void> {
  await q.query(`update question_imports set state = 'failed', source = null, detail = $2 where id = $1 and state = 'parsing'`, [id, detail]);
}

/**
 * Which of these fingerprints the bank has already.
 * @param ownerId whose questions count; null: everybody's
 */
export async function selectKnownFingerprints(q: Queryable, fingerprints: readonly string[], ownerId: string | null): Promise<ReadonlySet<string>> {
  const { rows } = await q.query<{ fingerprint: string }>(
    `select distinct v.fingerprint from question_versions v join questions q on q.id = v.question_id and q.current_version = v.version
      where v.fingerprint = any($1::text[]) and q.deleted_at is null and ($2::uuid is null or q.created_by = $2)`,
    [fingerprints, ownerId],
  );
  return new Set(rows.map((row) => row.fingerprint));
}

/** Locks an import until the end of the transaction. @throws not-found */
export async function lockImport(tx: Tx, id: string): Promise<QuestionImport> {
  await tx.query('select from question_imports where id = $1 for no key update', [id]);
  return selectImport(tx, id);
}

/** Notes which questions the items became; the caller holds the row. */
export async function markCommitted(tx: Tx, id: string, made: readonly { readonly index: number; readonly questionId: string }[], origin: Origin): Promise<void> {
  await tx.query(
    `update question_import_items i set question_id = m.question_id
       from unnest($2::int[], $3::uuid[]) as m(index, question_id) where i.import_id = $1 and i.index = m.index`,
    [id, made.map((entry) => entry.index), made.map((entry) => entry.questionId)],
  );
  await tx.query(`update question_imports set state = 'committed', committed_at = holdfast_now() where id = $1`, [id]);
  await insertAudit(tx, origin, { action: 'question-import.commit', resourceType: 'question-import', resourceId: id, after: { questionIds: made.map((entry) => entry.questionId) } });
}
