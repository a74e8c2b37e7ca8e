import { z } from 'zod';

import { authorize, defineRawRoute, type Route } from '#api/http/route.ts';
import { sendSessionFile } from '#api/sessions/files.ts';
import { idSchema } from '#contracts/common.ts';
import { selectAnswer } from '#db/marking/answers.ts';
import { selectSessionFile } from '#db/session/files.ts';
import { fileIdsOf } from '#domain/marking/annotations.ts';

import { openMarkingOf } from './load.ts';

/** Files of answers, for those who mark them. */
export const markingFileRoute: Route = defineRawRoute({
  method: 'get', path: '/marking/answers/{sessionId}/{itemId}/files/{fileId}', tag: 'marking', summary: 'Read a file of an answer to mark',
  description: 'Under a neutral name while marking is anonymous.', access: ['admin', 'teacher', 'proctor'],
  params: z.strictObject({ sessionId: idSchema, itemId: idSchema, fileId: idSchema }),
  replies: { 200: z.string().meta({ description: 'The bytes.' }) },
  mediaTypes: { 200: 'application/octet-stream' },
  async handle({ actor, db, deps, params: { sessionId, itemId, fileId } }, ctx) {
    const { exam, settings } = await openMarkingOf(db, deps, actor, sessionId);
    const answer = await selectAnswer(db, exam.id, actor.id, sessionId, itemId);
    authorize(fileIdsOf(answer.response).includes(fileId));
    const file = await selectSessionFile(db, sessionId, fileId);
    return sendSessionFile(ctx, deps, settings.anonymous ? { ...file, fileName: '' } : file);
  },
});
