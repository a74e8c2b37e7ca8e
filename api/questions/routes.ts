import { authorize, defineRoute, reply, type Route } from '#api/http/route.ts';
import { encodeCursor, decodeCursor } from '#api/http/cursor.ts';
import { presentPage, readPage } from '#api/http/keyset.ts';
import { invalid } from '#api/http/problem.ts';
import { draftOf } from '#api/questions/draft.ts';
import { questionExportRoute } from '#api/questions/export.ts';
import { can, ownerSeen } from '#api/questions/policy.ts';
import { presentFacets, presentQuestion, presentVersion } from '#api/questions/present.ts';
import { idSchema } from '#contracts/common.ts';
import {
  questionFacetQuery, questionFacetsSchema, questionInSchema, questionListQuery, questionPageSchema, questionSchema, questionVersionListQuery, questionVersionPageSchema, questionVersionQuery,
} from '#contracts/questions.ts';
import { countFacets } from '#db/questions/facets.ts';
import {
  countQuestions, deleteQuestion, insertQuestion, insertQuestionVersion, listQuestions, listQuestionVersions, QUESTION_SORTS, restoreQuestion, selectAnyQuestion, selectQuestion,
} from '#db/questions/questions.ts';
import { z } from 'zod';

const params = z.strictObject({ questionId: idSchema });
const STAFF = ['teacher', 'admin'] as const;

/** The question bank. */
export const questionRoutes: readonly Route[] = [
  questionExportRoute,
  defineRoute({
    method: 'get', path: '/questions/facets', tag: 'questions', summary: 'Count what the question bank can be narrowed by',
    description: 'Takes the filters of the list; each facet is counted under the other ones.',
    access: STAFF,
    query: questionFacetQuery,
    replies: { 200: questionFacetsSchema },
    async handle({ actor, query, db }) {
      const owner = ownerSeen(actor);
      const foreign = owner !== null && query.createdBy !== undefined && query.createdBy !== owner;
      if (foreign) return reply(200, presentFacets(0, { types: [], tags: [], subjects: [], topics: [], difficulties: [] }));
      const filter = { ...query, createdBy: owner ?? query.createdBy };
      return reply(200, presentFacets(await countQuestions(db, filter), await countFacets(db, filter)));
    },
  }),
  defineRoute({
    method: 'get', path: '/questions', tag: 'questions', summary: 'Search the question bank',
    description: 'Teachers find their own questions, admins all. `q` looks for words in text and options.',
    access: STAFF,
    query: questionListQuery,
    replies: { 200: questionPageSchema },
    async handle({ actor, query, db }) {
      const owner = ownerSeen(actor);
      const filter = { ...query, createdBy: owner ?? query.createdBy };
      const foreign = owner !== null && query.createdBy !== undefined && query.createdBy !== owner;
      if (foreign) return reply(200, { items: [], nextCursor: null, total: 0 });
      const page = await listQuestions(db, filter, readPage(query, QUESTION_SORTS));
      const total = query.cursor === undefined ? await countQuestions(db, filter) : undefined;
      return reply(200, presentPage(page, presentQuestion, total));
    },
  }),
  defineRoute({
    method: 'post', path: '/questions', tag: 'questions', summary: 'Add a question',
    access: STAFF,
    key: 'optional',
    body: questionInSchema,
    replies: { 201: questionSchema },
    async handle({ actor, body, tx, origin }) {
      const question = await insertQuestion(tx, await draftOf(tx, body, 'manual'), actor.id, origin);
      return reply(201, presentQuestion(question), { etag: question.version, location: `/api/v1/questions/${question.id}` });
    },
  }),
  defineRoute({
    method: 'get', path: '/questions/{questionId}', tag: 'questions', summary: 'Read a question in its newest or an older version',
    access: STAFF,
    params,
    query: questionVersionQuery,
    replies: { 200: questionSchema },
    async handle({ actor, params: { questionId }, query, db }) {
      const question = await selectQuestion(db, questionId, query.version);
      authorize(can(actor, 'read', question));
      return reply(200, presentQuestion(question), { etag: question.version });
    },
  }),
  defineRoute({
    method: 'put', path: '/questions/{questionId}', tag: 'questions', summary: 'Change a question',
    description: 'Makes a new version; the ones before stay, and published exams keep theirs.',
    access: STAFF,
    params,
    ifMatch: 'required',
    body: questionInSchema,
    replies: { 200: questionSchema },
    async handle({ actor, params: { questionId }, body, ifMatch, tx, origin }) {
      authorize(can(actor, 'change', await selectQuestion(tx, questionId)));
      const question = await insertQuestionVersion(tx, questionId, ifMatch, await draftOf(tx, body, 'manual'), origin);
      return reply(200, presentQuestion(question), { etag: question.version });
    },
  }),
  defineRoute({
    method: 'delete', path: '/questions/{questionId}', tag: 'questions', summary: 'Take a question out of the bank',
    description: 'Published exams keep it. A question that stands in a draft is refused.',
    access: STAFF,
    params,
    replies: { 204: null },
    async handle({ actor, params: { questionId }, tx, origin }) {
      authorize(can(actor, 'delete', await selectQuestion(tx, questionId)));
      await deleteQuestion(tx, questionId, origin);
      return reply(204);
    },
  }),
  defineRoute({
    method: 'post', path: '/questions/{questionId}/restore', tag: 'questions', summary: 'Put a question back into the bank',
    description: 'One that is in the bank stays as it is.',
    access: STAFF,
    params,
    key: 'optional',
    replies: { 200: questionSchema },
    async handle({ actor, params: { questionId }, tx, origin }) {
      authorize(can(actor, 'delete', await selectAnyQuestion(tx, questionId)));
      const question = await restoreQuestion(tx, questionId, origin);
      return reply(200, presentQuestion(question), { etag: question.version });
    },
  }),
  defineRoute({
    method: 'get', path: '/questions/{questionId}/versions', tag: 'questions', summary: 'List the versions of a question, newest first',
    access: STAFF,
    params,
    query: questionVersionListQuery,
    replies: { 200: questionVersionPageSchema },
    async handle({ actor, params: { questionId }, query, db }) {
      authorize(can(actor, 'read', await selectQuestion(db, questionId)));
      const page = await listQuestionVersions(db, questionId, readVersion(query.cursor), query.limit);
      return reply(200, { items: page.items.map(presentVersion), nextCursor: page.next === null ? null : encodeCursor([page.next]) });
    },
  }),
];

function readVersion(cursor: string | undefined): number | undefined {
  const parts = decodeCursor(cursor, 1);
  if (parts === undefined) return undefined;
  const [version] = parts;
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || Math.abs(version) > 1_000_000) {
    throw invalid([{ pointer: '/cursor', message: 'must be a nextCursor of this list' }]);
  }
  return version;
}
