import { join } from 'node:path';

import type { Context } from 'koa';
import { z } from 'zod';

import type { Deps } from '#api/deps.ts';
import { readUpload } from '#api/http/multipart.ts';
import { defineRawRoute, permit, reply, type Route } from '#api/http/route.ts';
import { createMediaStore, type MediaStore } from '#api/media/store.ts';
import { demandOwnSession, demandViewer } from '#api/sessions/access.ts';
import { idSchema } from '#contracts/common.ts';
import { FILE_LIMIT_BYTES, sessionFileSchema } from '#contracts/sessions.ts';
import { inTransaction } from '#db/connection.ts';
import { insertSessionFile, selectSessionFile, type SessionFile } from '#db/session/files.ts';
import { selectOptionalSession } from '#db/session/rows.ts';
import { Refusal } from '#domain/problem.ts';
import { isTerminal } from '#domain/session/state.ts';

/** Files that students hand in. */
export const fileRoutes: readonly Route[] = [
  defineRawRoute({
    method: 'post',
    path: '/sessions/{sessionId}/files',
    tag: 'sitting',
    summary: 'Hand in a file',
    description: 'One file of at most 25 MB in the field "file". It counts when it is complete before the cut; name its fileId in an answer.',
    access: ['student'],
    limit: 'sitting',
    multipart: true,
    params: z.strictObject({ sessionId: idSchema }),
    replies: { 200: sessionFileSchema, 201: sessionFileSchema },
    async handle({ db, deps, actor, params, origin }, ctx) {
      const session = await demandOwnSession(db, actor, params.sessionId);
      if (isTerminal(session.state)) throw new Refusal('session-closed', 'The session is closed.');
      const store = storeOf(deps);
      const { file, fileName } = await readUpload(ctx.req, {
        maxBytes: FILE_LIMIT_BYTES, fields: [], receive: (stream) => store.receive(stream), discard: (received) => store.discard(received),
      });
      let kept = false;
      try {
        const stored = await inTransaction(deps.db, async (tx) => {
          const counted = await insertSessionFile(tx, origin, {
            sessionId: session.id, examId: session.examId, sha256: file.sha256, sizeBytes: file.size,
            mediaType: file.mediaType ?? 'application/octet-stream', fileName,
          });
          // before the commit: a row without its bytes would be worse than bytes without a row
          if (counted.created && !kept) {
            await store.keep(file);
            kept = true;
          }
          return counted;
        });
        return reply(stored.created ? 201 : 200, presentFile(stored.file), { location: `/api/v1/sessions/${session.id}/files/${stored.file.id}` });
      } finally {
        await store.discard(file);
      }
    },
  }),

  defineRawRoute({
    method: 'get',
    path: '/sessions/{sessionId}/files/{fileId}',
    tag: 'sitting',
    summary: 'Read a file that was handed in',
    description: 'For its student, and for those who mark the exam.',
    access: ['student', 'teacher', 'admin'],
    limit: 'sitting',
    params: z.strictObject({ sessionId: idSchema, fileId: idSchema }),
    replies: { 200: z.string().meta({ description: 'The bytes.' }) },
    mediaTypes: { 200: 'application/octet-stream' },
    async handle({ db, deps, actor, params }, ctx) {
      const viewer = await demandViewer(db, actor, await selectOptionalSession(db, params.sessionId));
      permit(viewer !== 'proctor', 'Only the student and those who mark the exam read files.');
      const file = await selectSessionFile(db, params.sessionId, params.fileId);
      return sendSessionFile(ctx, deps, file);
    },
  }),
];

/** Images that a page may show: pixels only. The type is read from the bytes, whatever the file was called. */
const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Writes a file of a student as the reply. */
export async function sendSessionFile(ctx: Context, deps: Deps, file: SessionFile): Promise<null> {
  ctx.status = 200;
  ctx.set(headersOf(file));
  ctx.body = await storeOf(deps).read(file.sha256);
  ctx.set('Content-Type', SHOWN.has(file.mediaType) ? file.mediaType : 'application/octet-stream');
  ctx.length = file.sizeBytes;
  return null;
}

function storeOf(deps: Deps): MediaStore {
  return createMediaStore(join(deps.config.dataDir, 'files'));
}

/** Always a download: nothing that a student sent may run in the browser of the one who marks it. */
function headersOf(file: SessionFile): Record<string, string> {
  const name = encodeURIComponent(file.fileName === '' ? file.id : file.fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return {
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
  };
}

function presentFile(file: SessionFile): z.input<typeof sessionFileSchema> {
  return { fileId: file.id, size: file.sizeBytes, sha256: file.sha256, mediaType: file.mediaType, fileName: file.fileName };
}
