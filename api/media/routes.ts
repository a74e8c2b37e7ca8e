import { join } from 'node:path';

import { z } from 'zod';

import { hasRole, type Actor } from '#api/http/actor.ts';
import { readUpload } from '#api/http/multipart.ts';
import { authorize, defineRawRoute, reply, type Route } from '#api/http/route.ts';
import { createMediaStore, type MediaStore } from '#api/media/store.ts';
import type { Deps } from '#api/deps.ts';
import { idSchema } from '#contracts/common.ts';
import { mediaSchema } from '#contracts/questions.ts';
import { inTransaction } from '#db/connection.ts';
import { insertMedium, selectMedium, type StoredMedium, studentMaySeeMedia } from '#db/questions/media.ts';
import { Refusal } from '#domain/problem.ts';

/** Longest medium, bytes. */
const MAX_MEDIA_BYTES = 25 * 1024 * 1024;

const STAFF = ['teacher', 'proctor', 'admin'] as const;

/** Images, sounds, films and documents of questions. */
export const mediaRoutes: readonly Route[] = [
  defineRawRoute({
    method: 'post', path: '/media', tag: 'media', summary: 'Upload an image, sound, film or PDF',
    description: 'What it is, is found out by its bytes: PNG, JPEG, GIF, WebP, PDF, MP3, MP4, Ogg, WAV; at most 25 MB.',
    access: ['teacher', 'admin'],
    multipart: true,
    replies: { 201: mediaSchema },
    async handle({ deps, origin }, ctx) {
      const store = storeOf(deps);
      const { file, fileName } = await readUpload(ctx.req, {
        maxBytes: MAX_MEDIA_BYTES, fields: [], receive: (stream) => store.receive(stream), discard: (received) => store.discard(received),
      });
      const { mediaType, size, sha256 } = file;
      if (mediaType === null) {
        await store.discard(file);
        throw new Refusal('unsupported-media-type', 'This is no PNG, JPEG, GIF, WebP, PDF, MP3, MP4, Ogg or WAV file. SVG is not taken: it can run scripts.');
      }
      await store.keep(file);
      const medium = await inTransaction(deps.db, (tx) => insertMedium(tx, { mediaType, sizeBytes: size, sha256, fileName }, origin));
      return reply(201, present(medium), { location: `/api/v1/media/${medium.id}` });
    },
  }),
  defineRawRoute({
    method: 'get', path: '/media/{mediaId}', tag: 'media', summary: 'Read a medium',
    description: 'For staff; for a student only while an open session of theirs shows it.',
    access: ['student', ...STAFF],
    limit: 'sitting',
    params: z.strictObject({ mediaId: idSchema }),
    replies: { 200: z.string().meta({ description: 'The bytes.' }), 304: null },
    mediaTypes: { 200: 'application/octet-stream' },
    async handle({ actor, params, deps }, ctx) {
      const medium = await selectMedium(deps.db, params.mediaId);
      authorize(await maySee(deps, actor, medium.id));
      ctx.set(headersOf(medium));
      if (ctx.get('If-None-Match').includes(`"${medium.sha256}"`)) {
        ctx.status = 304;
        return null;
      }
      ctx.body = await storeOf(deps).read(medium.sha256);
      ctx.set('Content-Type', medium.mediaType);
      ctx.length = medium.sizeBytes;
      return null;
    },
  }),
];

async function maySee(deps: Deps, actor: Actor, mediaId: string): Promise<boolean> {
  return hasRole(actor, ...STAFF) || studentMaySeeMedia(deps.db, deps.contents, actor.id, mediaId);
}

function storeOf(deps: Deps): MediaStore {
  return createMediaStore(join(deps.config.dataDir, 'media'));
}

/** Nothing in an upload may run here, whatever it turns out to be; each view is authorised again. */
function headersOf(medium: StoredMedium): Record<string, string> {
  const disposition = medium.mediaType === 'application/pdf' ? 'attachment' : 'inline';
  const name = encodeURIComponent(medium.fileName === '' ? medium.id : medium.fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return {
    ETag: `"${medium.sha256}"`,
    'Cache-Control': 'private, no-cache',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Disposition': `${disposition}; filename*=UTF-8''${name}`,
  };
}

function present(medium: StoredMedium): Record<string, unknown> {
  return { id: medium.id, mediaType: medium.mediaType, size: medium.sizeBytes, sha256: medium.sha256 };
}
