import { z } from 'zod';

import { authorize, defineRawRoute, type Route } from '#api/http/route.ts';
import { sendSessionFile } from '#api/sessions/files.ts';
import { idSchema } from '#contracts/common.ts';
import { selectAppealedResponse } from '#db/appeals/appeals.ts';
import { selectSessionFile } from '#db/session/files.ts';
import { fileIdsOf } from '#domain/marking/annotations.ts';

import { selectPermitted } from './access.ts';

/** Files of the answer that an appeal is about, for its reviewer: nothing else of the session. */
export const appealFileRoute: Route = defineRawRoute({
  method: 'get', path: '/appeals/{appealId}/files/{fileId}', tag: 'results', summary: 'Read a file of the answer that an appeal is about',
  description: 'For the owner of the exam and the reviewer.', access: ['admin', 'teacher'], params: z.strictObject({ appealId: idSchema, fileId: idSchema }),
  replies: { 200: z.string().meta({ description: 'The bytes.' }) }, mediaTypes: { 200: 'application/octet-stream' },
  async handle({ actor, db, deps, params: { appealId, fileId } }, ctx) {
    const appeal = await selectPermitted(db, actor, appealId);
    authorize(fileIdsOf(await selectAppealedResponse(db, appeal)).includes(fileId));
    return sendSessionFile(ctx, deps, await selectSessionFile(db, appeal.sessionId, fileId));
  },
});
