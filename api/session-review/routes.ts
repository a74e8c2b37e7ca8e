import { z } from 'zod';

import type { Actor } from '#api/http/actor.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { presentNumbered, readNumber } from '#api/monitor/numbered.ts';
import { can, demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import { reviewAnswersSchema, revisionPageSchema, revisionQuerySchema, sessionReviewSchema } from '#contracts/review.ts';
import type { Queryable } from '#db/connection.ts';
import { listItemReviews, listItemRevisions, selectOptionalReview } from '#db/monitor/review.ts';
import { selectSessionSubject } from '#db/monitor/subjects.ts';
import { listMarks } from '#db/results/marks.ts';
import { listResultRows } from '#db/results/rows.ts';
import { selectSession } from '#db/session/rows.ts';
import { paperItems } from '#domain/paper/student-paper.ts';
import { Refusal } from '#domain/problem.ts';

import {
  presentAnswersForProctor, presentAnswersForTeacher, presentReviewForProctor, presentReviewForTeacher, presentRevisionForProctor, presentRevisionForTeacher,
} from './present.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const read = { method: 'get', tag: 'monitoring', access: staff } as const;
const params = z.strictObject({ sessionId: idSchema });
/** Largest number of a revision. */
const MAX_REVISION = 2_147_483_647;

/** Looking at a session afterwards, or while it runs. */
export const sessionReviewRoutes: readonly Route[] = [
  defineRoute({
    ...read, path: '/sessions/{sessionId}/review', summary: 'Read a session with its student, exam, time and workflow', params, replies: { 200: sessionReviewSchema },
    async handle({ actor, db, deps, params: { sessionId } }) {
      const marks = await demandReader(db, actor, sessionId);
      const review = (await selectOptionalReview(db, sessionId))!;
      const { itemCount } = await deps.contents.paperOf(review.exam.id, review.session.seed);
      return reply(200, (marks ? presentReviewForTeacher : presentReviewForProctor)(review, itemCount, deps.clock.nowMs()));
    },
  }),
  defineRoute({
    ...read, path: '/sessions/{sessionId}/answers', summary: 'Read the paper of a session with its answers, keys and marks',
    description: 'Proctors see which items have an answer, not what it says, and no keys.', params, replies: { 200: reviewAnswersSchema },
    async handle({ actor, db, deps, params: { sessionId } }) {
      const marks = await demandReader(db, actor, sessionId);
      const session = await selectSession(db, sessionId);
      const paper = await deps.contents.drawnPaperOf(session.examId, session.seed);
      const items = await listItemReviews(db, sessionId);
      const source = { session, paper, items, marks: [], resultVersion: null };
      if (!marks) return reply(200, presentAnswersForProctor(source));
      const closedVersion = session.closedVersion;
      const [result] = closedVersion === null ? [] : (await listResultRows(db, { examId: session.examId, sessionId, after: undefined, limit: 1 })).items;
      const given = closedVersion === null ? [] : await listMarks(db, [{ sessionId, closedVersion }]);
      return reply(200, presentAnswersForTeacher({ ...source, marks: given, resultVersion: result === undefined || result.state === 'ungraded' ? null : result.version }));
    },
  }),
  defineRoute({
    ...read, path: '/sessions/{sessionId}/answers/{itemId}/revisions', summary: 'List every accepted save of one item, oldest first',
    params: z.strictObject({ sessionId: idSchema, itemId: idSchema }), query: revisionQuerySchema, replies: { 200: revisionPageSchema },
    async handle({ actor, db, deps, params: { sessionId, itemId }, query }) {
      const marks = await demandReader(db, actor, sessionId);
      const { examId, seed } = await selectSession(db, sessionId);
      const paper = await deps.contents.drawnPaperOf(examId, seed);
      if (!paperItems(paper).some(({ id }) => id === itemId)) throw new Refusal('not-found', 'There is no such item in this session.');
      const page = await listItemRevisions(db, { sessionId, itemId, after: readNumber(query.cursor, MAX_REVISION) ?? 0, limit: query.limit });
      return reply(200, presentNumbered(page, (row) => row.revision, marks ? presentRevisionForTeacher : presentRevisionForProctor));
    },
  }),
];

/** @returns whether the actor also marks the exam, and so may read answers and keys. @throws not-found */
async function demandReader(q: Queryable, actor: Actor, sessionId: string): Promise<boolean> {
  const { exam } = await selectSessionSubject(q, sessionId, actor.id);
  demand(actor, 'monitor', exam);
  return can(actor, 'read-results', exam);
}
