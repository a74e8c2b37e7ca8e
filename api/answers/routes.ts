import { z } from 'zod';

import { defineOutsideRoute, type Route } from '#api/http/route.ts';
import { answerBatchSavedSchema, answerBatchSchema, answerSavedSchema, answerSaveSchema } from '#contracts/answers.ts';
import { idSchema } from '#contracts/common.ts';

/** The answer path as the description and the tests see it; `createAnswerPath` serves it. */
export const answerRoutes: readonly Route[] = [
  defineOutsideRoute({
    method: 'put',
    path: '/sessions/{sessionId}/answers/{itemId}',
    tag: 'sitting',
    summary: 'Save one answer',
    description:
      'Acknowledged only after the commit. Accepted when baseRevision is the stored revision, or when the stored one came from the same clientId with a lower '
      + 'clientSeq. The same clientId, clientSeq and response again answers the first result. Everything else is 409 stale-revision with the current answer, and '
      + 'the refused response is kept. A disconnect changes nothing: send the same save again.',
    access: ['student'],
    limit: 'sitting',
    params: z.strictObject({ sessionId: idSchema, itemId: idSchema }),
    body: answerSaveSchema,
    replies: { 200: answerSavedSchema },
  }),
  defineOutsideRoute({
    method: 'post',
    path: '/sessions/{sessionId}/answers',
    tag: 'sitting',
    summary: 'Save many answers at once',
    description: 'At most 200 answers and 2 MiB. Every answer has its own verdict; a refusal of the whole session is one 409 and keeps every response.',
    access: ['student'],
    limit: 'sitting',
    params: z.strictObject({ sessionId: idSchema }),
    body: answerBatchSchema,
    replies: { 200: answerBatchSavedSchema },
  }),
];
