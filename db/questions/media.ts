import { v7 as uuidv7 } from 'uuid';

import { type Origin, insertAudit } from '#db/audit.ts';
import type { Queryable, Tx } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import { MediaModel } from '#db/models/media.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { paperItems, toPaperItem } from '#domain/paper/student-paper.ts';
import { Refusal } from '#domain/problem.ts';
import type { QuestionContent } from '#domain/questions/types.ts';

/** An image, sound, film or document; its bytes lie on disk under their hash. */
export interface StoredMedium {
  readonly id: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly fileName: string;
}

const EMBEDDED = /\/api\/v1\/media\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g;

/** Notes a medium whose bytes are in place. */
export async function insertMedium(tx: Tx, medium: Omit<StoredMedium, 'id'>, origin: Origin): Promise<StoredMedium> {
  const id = uuidv7();
  const { mediaType, sizeBytes, sha256, fileName } = medium;
  await MediaModel.query(tx.trx).insert({ id, mediaType, sizeBytes, sha256, fileName, createdBy: origin.actorId! });
  await insertAudit(tx, origin, { action: 'media.create', resourceType: 'media', resourceId: id, after: { mediaType, sizeBytes, sha256 } });
  return { id, mediaType, sizeBytes, sha256, fileName };
}

/** Reads what is known about a medium. @throws not-found */
export async function selectMedium(runner: Runner, id: string): Promise<StoredMedium> {
  const row = await MediaModel.query(runnerOf(runner)).findById(id);
  if (row === undefined) throw new Refusal('not-found', 'There is no such medium.');
  return { id: row.id, mediaType: row.mediaType, sizeBytes: row.sizeBytes, sha256: row.sha256, fileName: row.fileName };
}

/** Which of these media are stored, with their media types. */
export async function selectKnownMedia(q: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await q.query<{ id: string; media_type: string }>('select id, media_type from media where id = any($1::uuid[])', [ids]);
  return new Map(rows.map((row) => [row.id, row.media_type]));
}

/**
 * Tells whether a student may see a medium now: it is on the paper of an open session of theirs, with forward navigation
 * among the items that were reached.
 */
export async function studentMaySeeMedia(q: Queryable, contents: ContentCache, studentId: string, mediaId: string): Promise<boolean> {
  const { rows } = await q.query<{ exam_id: string; seed: string; reached: number }>(
    `select s.exam_id, s.seed::text as seed, coalesce(p.reached, 1) as reached
       from exam_sessions s left join session_places p on p.session_id = s.id
      where s.student_id = $1 and s.state in ('active','paused')`,
    [studentId],
  );
  for (const row of rows) {
    const paper = await contents.drawnPaperOf(row.exam_id, row.seed);
    const items = paperItems(paper);
    const shown = paper.navigation === 'forward' ? items.slice(0, row.reached) : items;
    if (shown.some((item) => visibleMediaIds(item.question).has(mediaId))) return true;
  }
  return false;
}

/** The media that a student meets in a question: whatever the paper shows, so never those of explanation or feedback. */
export function visibleMediaIds(question: QuestionContent): ReadonlySet<string> {
  const item = toPaperItem({ id: '', points: '0', question });
  const embedded = [...JSON.stringify(item).matchAll(EMBEDDED)].map((match) => match[1]!);
  return new Set([...(item.media ?? []).map((entry) => entry.id), ...embedded]);
}
