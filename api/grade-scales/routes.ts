import { z } from 'zod';

import { defineRoute, demandVersion, reply, type Reply, type Route } from '#api/http/route.ts';
import { demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import {
  type GradeScaleIn, gradeScaleInSchema, gradeScaleSchema, moderationInSchema, moderationListSchema, moderationPreviewQuery, moderationPreviewSchema, moderationSchema, moderationUndoSchema,
} from '#contracts/grade-scales.ts';
import type { Queryable } from '#db/connection.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { selectInstitution } from '#db/reports/institution.ts';
import { insertModeration, listModerations, undoModeration } from '#db/scales/moderations.ts';
import { previewModeration } from '#db/scales/preview.ts';
import { lockExamScale, saveExamScale, selectExamScale } from '#db/scales/scales.ts';
import { type GradeScale, institutionScale } from '#domain/grading/scale.ts';

import { presentModeration, presentScale } from './present.ts';

// proctors reach the policy, so that an exam they watch over answers 403 and any other 404
const staff = ['admin', 'teacher', 'proctor'] as const;
const params = z.strictObject({ examId: idSchema });

/** How points become grades, and moderation of whole exams. */
export const gradeScaleRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/exams/{examId}/grade-scale', tag: 'results', summary: 'Read the grade scale of an exam with its cut-offs', access: staff, params,
    replies: { 200: gradeScaleSchema },
    async handle({ actor, db, params: { examId } }) {
      demand(actor, 'read-results', await selectExamSubject(db, examId, actor.id));
      return scaleReply(db, examId);
    },
  }),
  defineRoute({
    method: 'put', path: '/exams/{examId}/grade-scale', tag: 'results', summary: 'Set the grade scale of an exam',
    description: 'Grades are made anew at once, also published ones.', access: staff, ifMatch: 'required', params, body: gradeScaleInSchema,
    replies: { 200: gradeScaleSchema },
    async handle({ actor, afterCommit, body, deps, ifMatch, origin, params: { examId }, tx }) {
      demand(actor, 'publish-results', await selectExamSubject(tx, examId, actor.id));
      demandVersion(ifMatch, await lockExamScale(tx, examId));
      await saveExamScale(tx, examId, await scaleOf(tx, body), origin);
      afterCommit(() => deps.bus.wake());
      return scaleReply(tx, examId);
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/moderations', tag: 'results', summary: 'List the moderations of an exam in their order', access: staff, params,
    replies: { 200: moderationListSchema },
    async handle({ actor, db, params: { examId } }) {
      demand(actor, 'read-results', await selectExamSubject(db, examId, actor.id));
      return reply(200, { items: (await listModerations(db, examId)).map(presentModeration), nextCursor: null });
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/moderations/preview', tag: 'results', summary: 'See what a moderation would do to the results', access: staff, params,
    query: moderationPreviewQuery, replies: { 200: moderationPreviewSchema },
    async handle({ actor, db, params: { examId }, query: { kind, amount = '', cap = null, without = '' } }) {
      demand(actor, 'publish-results', await selectExamSubject(db, examId, actor.id));
      const step = kind === 'scale' ? { kind, factor: amount, cap } : { kind: 'add' as const, points: amount, cap };
      return reply(200, { ...(await previewModeration(db, examId, kind === undefined ? { without } : { step })) });
    },
  }),
  defineRoute({
    method: 'post', path: '/exams/{examId}/moderations', tag: 'results', summary: 'Scale the results of an exam, or add points to them',
    description: 'Applied to the sum of the marks, which stay, after the moderations before it. Exact; the result is rounded once, half up to four places.',
    access: staff, key: 'required', params, body: moderationInSchema, replies: { 201: moderationSchema },
    async handle({ actor, afterCommit, body, commandId, deps, origin, params: { examId }, tx }) {
      demand(actor, 'publish-results', await selectExamSubject(tx, examId, actor.id));
      const { reason, ...step } = body;
      await insertModeration(tx, { id: commandId, examId, step, reason, origin });
      afterCommit(() => deps.bus.wake());
      return moderationReply(tx, 201, examId, commandId);
    },
  }),
  defineRoute({
    method: 'post', path: '/exams/{examId}/moderations/{moderationId}/undo', tag: 'results', summary: 'Undo one moderation; the others stay',
    access: staff, key: 'required', params: params.extend({ moderationId: idSchema }), body: moderationUndoSchema, replies: { 200: moderationSchema },
    async handle({ actor, afterCommit, body, deps, origin, params: { examId, moderationId }, tx }) {
      demand(actor, 'publish-results', await selectExamSubject(tx, examId, actor.id));
      await undoModeration(tx, { id: moderationId, examId, reason: body.reason, origin });
      afterCommit(() => deps.bus.wake());
      return moderationReply(tx, 200, examId, moderationId);
    },
  }),
];

async function scaleReply(q: Queryable, examId: string): Promise<Reply> {
  const scale = await selectExamScale(q, examId);
  return reply(200, presentScale(scale), { etag: scale.version });
}

async function moderationReply(q: Queryable, status: 200 | 201, examId: string, id: string): Promise<Reply> {
  return reply(status, presentModeration((await listModerations(q, examId)).find((row) => row.id === id)!));
}

async function scaleOf(q: Queryable, given: GradeScaleIn): Promise<GradeScale> {
  if (given.kind !== 'letters') return given;
  return given.bands === undefined ? { ...institutionScale((await selectInstitution(q)).letters), places: given.places } : { ...given, bands: given.bands };
}
