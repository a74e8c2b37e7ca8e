import { Refusal } from '#domain/problem.ts';
import { refusalOf } from '#domain/session/state.ts';
import { v7 as uuidv7 } from 'uuid';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { databaseNowMs } from './rows.ts';

/** A file of a student. */
export interface SessionFile {
  readonly id: string;
  readonly sessionId: string;
  /** Hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly fileName: string;
}

/** Files that one session can hold. */
const MAX_FILES = 200;

interface RawFile {
  id: string;
  session_id: string;
  sha256: string;
  size_bytes: number;
  media_type: string;
  file_name: string;
}

/**
 * Counts a file that has arrived whole. The session is locked, then the clock is read: what is complete at the cut-off is late.
 * The same bytes under the same name again are the file that is there.
 * @throws Refusal `session-closed`, `session-paused`, `deadline-passed`, `state-conflict` for too many files
 */
export async function insertSessionFile(
  tx: Queryable, origin: Origin, file: Omit<SessionFile, 'id'> & { readonly examId: string },
): Promise<{ file: SessionFile; created: boolean }> {
  const { rows: locked } = await tx.query<{ state: 'active'; cutoff_at: Date }>('select state, cutoff_at from exam_sessions where id = $1 for share', [file.sessionId]);
  const session = locked[0]!;
  const refusal = refusalOf('save', { state: session.state, cutoffAtMs: session.cutoff_at.getTime(), nowMs: await databaseNowMs(tx) });
  if (refusal !== null) throw new Refusal(refusal, 'The file was not complete in time, so it does not count.');
  const { rows: known } = await tx.query<RawFile & { count: number }>(
    'select *, count(*) over () as count from session_files where session_id = $1 order by sha256 = $2 and file_name = $3 desc limit 1',
    [file.sessionId, file.sha256, file.fileName],
  );
  const [first] = known;
  if (first !== undefined && first.sha256 === file.sha256 && first.file_name === file.fileName) return { file: toFile(first), created: false };
  if ((first?.count ?? 0) >= MAX_FILES) throw new Refusal('state-conflict', `A session can hold at most ${MAX_FILES} files.`);
  const id = uuidv7();
  await tx.query('insert into session_files (id, session_id, sha256, size_bytes, media_type, file_name) values ($1, $2, $3, $4, $5, $6)', [
    id, file.sessionId, file.sha256, file.sizeBytes, file.mediaType, file.fileName,
  ]);
  await insertAudit(tx, origin, {
    action: 'session.file', resourceType: 'file', resourceId: id, examId: file.examId, sessionId: file.sessionId,
    after: { sha256: file.sha256, size: file.sizeBytes, mediaType: file.mediaType },
  });
  return {
    file: { id, sessionId: file.sessionId, sha256: file.sha256, sizeBytes: file.sizeBytes, mediaType: file.mediaType, fileName: file.fileName },
    created: true,
  };
}

/** Reads one file of a session. @throws Refusal `not-found` */
export async function selectSessionFile(q: Queryable, sessionId: string, fileId: string): Promise<SessionFile> {
  const { rows } = await q.query<RawFile>('select * from session_files where session_id = $1 and id = $2', [sessionId, fileId]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such file.');
  return toFile(rows[0]);
}

/** Reads files by id, whosever they are. */
export async function listSessionFiles(q: Queryable, fileIds: readonly string[]): Promise<SessionFile[]> {
  if (fileIds.length === 0) return [];
  const { rows } = await q.query<RawFile>('select * from session_files where id = any($1::uuid[]) order by id', [fileIds]);
  return rows.map(toFile);
}

function toFile(row: RawFile): SessionFile {
  return {
    id: row.id, sessionId: row.session_id, sha256: row.sha256, sizeBytes: row.size_bytes, mediaType: row.media_type, fileName: row.file_name,
  };
}
