import { z } from 'zod';

import type { Actor } from '#api/http/actor.ts';
import { hasRole } from '#api/http/actor.ts';
import { authorize, defineRawRoute, defineRoute, reply, type Route } from '#api/http/route.ts';
import { commitImport } from '#api/question-imports/commit.ts';
import { presentImport } from '#api/question-imports/present.ts';
import { processImport } from '#api/question-imports/process.ts';
import { readQuestionFile } from '#api/question-imports/upload.ts';
import type { Deps } from '#api/deps.ts';
import { idSchema } from '#contracts/common.ts';
import { importCommitSchema, importCommittedSchema, questionImportSchema } from '#contracts/questions.ts';
import { inTransaction } from '#db/connection.ts';
import { insertImport, listImportItems, lockImport, type QuestionImport, selectImport } from '#db/questions/imports.ts';

const params = z.strictObject({ importId: idSchema });
const STAFF = ['teacher', 'admin'] as const;

/** Question files: upload, review, commit. */
export const questionImportRoutes: readonly Route[] = [
  defineRawRoute({
    method: 'post', path: '/question-imports', tag: 'questions', summary: 'Upload a question file for review',
    description: 'Fields: `file` (at most 5 MB), `format` (found out when absent; supported: gift), `examId` (a draft that the questions are appended to). '
      + 'Nothing reaches the bank before the commit.',
    access: STAFF,
    multipart: true,
    replies: { 202: questionImportSchema },
    async handle({ actor, deps, db, origin }, ctx) {
      const file = await readQuestionFile(ctx.req, actor, db);
      const held = await inTransaction(db, (tx) => insertImport(tx, file, origin));
      readInBackground(deps, held.id);
      return reply(202, presentImport(held, []), { location: `/api/v1/question-imports/${held.id}` });
    },
  }),
  defineRoute({
    method: 'get', path: '/question-imports/{importId}', tag: 'questions', summary: 'Review a question file',
    description: 'One item per question, with line, status, reason and the text of what was skipped.',
    access: STAFF,
    params,
    replies: { 200: questionImportSchema },
    async handle({ actor, params: { importId }, db, deps }) {
      const held = await selectImport(db, importId);
      authorize(maySee(actor, held));
      // also after a crash of the process that took it on
      if (held.state === 'queued' || held.state === 'parsing') readInBackground(deps, held.id);
      return reply(200, presentImport(held, await listImportItems(db, importId)));
    },
  }),
  defineRoute({
    method: 'post', path: '/question-imports/{importId}/commit', tag: 'questions', summary: 'Take reviewed questions into the bank',
    description: 'All of `indexes`, or every ready item, in one transaction; committed again it answers the same ids.',
    access: STAFF,
    params,
    key: 'optional',
    body: importCommitSchema,
    replies: { 200: importCommittedSchema },
    async handle({ actor, params: { importId }, body, tx, origin }) {
      const held = await lockImport(tx, importId);
      authorize(maySee(actor, held));
      return reply(200, { questionIds: await commitImport(tx, held, body.indexes, origin) });
    },
  }),
];

/** An upload is its author's and the admins'. */
function maySee(actor: Actor, held: QuestionImport): boolean {
  return hasRole(actor, 'admin') || (hasRole(actor, 'teacher') && held.createdBy === actor.id);
}

function readInBackground(deps: Deps, id: string): void {
  processImport(deps, id).catch((error: unknown) => deps.log.warn({ err: error, importId: id }, 'an import waits for the next look at it'));
}
