import { z } from 'zod';

import type { Deps } from '#api/deps.ts';
import { authorize, defineRoute, reply, type Route } from '#api/http/route.ts';
import { can, demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import { reusableCommentInSchema, reusableCommentSchema, reusableCommentsSchema } from '#contracts/marking.ts';
import { rubricInSchema, rubricSchema } from '#contracts/rubrics.ts';
import { addComment, listComments, removeComment } from '#db/marking/notes.ts';
import { addRubricVersion, selectRubric } from '#db/marking/rubrics.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';

import { presentComment, presentRubric } from './present.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const params = z.strictObject({ examId: idSchema, itemId: idSchema });
const commentsPath = '/exams/{examId}/items/{itemId}/comments';

/** Rubrics and reusable comments of items. */
export const rubricRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/exams/{examId}/items/{itemId}/rubric', tag: 'marking', summary: 'Read the rubric of an item; version 0 is none', access: staff, params, replies: { 200: rubricSchema },
    async handle({ actor, db, deps, params: { examId, itemId } }) {
      demand(actor, 'mark-answers', await selectExamSubject(db, examId, actor.id));
      const maxPoints = await pointsOf(deps, examId, itemId);
      const rubric = await selectRubric(db, examId, itemId);
      return reply(200, presentRubric(rubric, maxPoints), { etag: rubric.version });
    },
  }),
  defineRoute({
    method: 'put', path: '/exams/{examId}/items/{itemId}/rubric', tag: 'marking', summary: 'Set the rubric of an item', access: staff, ifMatch: 'required', params,
    description: 'Older versions stay: marks made with one keep their points and are listed as such, and a grader who has it on the screen may still save.',
    body: rubricInSchema, replies: { 200: rubricSchema },
    async handle({ actor, body, deps, ifMatch, origin, params: { examId, itemId }, tx }) {
      demand(actor, 'mark', await selectExamSubject(tx, examId, actor.id));
      const maxPoints = await pointsOf(deps, examId, itemId);
      const rubric = await addRubricVersion(tx, examId, itemId, ifMatch!, body, origin);
      return reply(200, presentRubric(rubric, maxPoints), { etag: rubric.version });
    },
  }),
  defineRoute({
    method: 'get', path: commentsPath, tag: 'marking', summary: 'List the comments that the graders of an item share', access: staff, params, replies: { 200: reusableCommentsSchema },
    async handle({ actor, db, params: { examId, itemId } }) {
      demand(actor, 'mark-answers', await selectExamSubject(db, examId, actor.id));
      return reply(200, { items: (await listComments(db, examId, itemId)).map(presentComment) });
    },
  }),
  defineRoute({
    method: 'post', path: commentsPath, tag: 'marking', summary: 'Add a comment to share', access: staff, key: 'required', params, body: reusableCommentInSchema, replies: { 201: reusableCommentSchema },
    async handle({ actor, body, deps, origin, params: { examId, itemId }, tx }) {
      demand(actor, 'mark-answers', await selectExamSubject(tx, examId, actor.id));
      await pointsOf(deps, examId, itemId);
      return reply(201, presentComment(await addComment(tx, examId, itemId, body.text, origin)));
    },
  }),
  defineRoute({
    method: 'delete', path: `${commentsPath}/{commentId}`, tag: 'marking', summary: 'Remove a shared comment; marks keep its words', access: staff,
    params: params.extend({ commentId: idSchema }), replies: { 204: null },
    async handle({ actor, origin, params: { commentId, examId, itemId }, tx }) {
      const exam = await selectExamSubject(tx, examId, actor.id);
      demand(actor, 'mark-answers', exam);
      await removeComment(tx, examId, itemId, commentId, can(actor, 'mark', exam) ? null : actor.id, origin);
      return reply(204);
    },
  }),
];

/** What a fixed item of the exam is worth; drawn ones are worth what their section says. */
async function pointsOf(deps: Deps, examId: string, itemId: string): Promise<string | null> {
  const { sections } = await deps.contents.contentOf(examId);
  const fixed = sections.flatMap((section) => section.items).find((item) => item.id === itemId);
  authorize(fixed !== undefined || sections.some((section) => section.draw !== undefined));
  return fixed?.points ?? null;
}
