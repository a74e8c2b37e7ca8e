import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import { can } from '#api/exams/policy.ts';
import { presentExam } from '#api/exams/present.ts';
import { presentReadiness } from '#api/exams/present-readiness.ts';
import { authorize, defineRoute, reply, type Route } from '#api/http/route.ts';
import { presentPaper } from '#api/sessions/present.ts';
import { idSchema } from '#contracts/common.ts';
import { examSchema } from '#contracts/exams.ts';
import { examCopySchema, examPreviewQuery, examPreviewSchema, examReadinessSchema } from '#contracts/exam-drafts.ts';
import { snapshotBank } from '#db/exams/bank.ts';
import { copyExam } from '#db/exams/copy.ts';
import { selectExam } from '#db/exams/exams.ts';
import { freezeExam } from '#db/exams/freeze.ts';
import { readinessOf, totalsOf } from '#db/exams/readiness.ts';
import { databaseNowMs } from '#db/session/rows.ts';
import { drawPaper } from '#domain/paper/draw.ts';
import { drawableContent } from '#domain/paper/drawable.ts';
import { toStudentPaper } from '#domain/paper/student-paper.ts';

const params = z.strictObject({ examId: idSchema });
const STAFF = ['teacher', 'admin'] as const;

/** What authors need on the way to a publication. */
export const examDraftRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/exams/{examId}/readiness', tag: 'exams', summary: 'See what is missing before an exam can be published',
    description: '`errors` are those that publishing would answer; `warnings` stop nothing. A published exam has neither.',
    access: STAFF,
    params,
    replies: { 200: examReadinessSchema },
    async handle({ actor, params: { examId }, db, deps }) {
      const exam = await selectExam(db, examId);
      authorize(can(actor, 'change', exam));
      if (exam.lifecycle !== 'draft') {
        const totals = totalsOf(await deps.contents.contentOf(examId));
        return reply(200, presentReadiness(exam, { errors: [], warnings: [], totals, pools: [] }));
      }
      return reply(200, presentReadiness(exam, readinessOf(exam, await snapshotBank(db, exam), await databaseNowMs(db))));
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/preview', tag: 'exams', summary: 'Draw a paper as a student would see it',
    description: 'No session is made. A draft is drawn from the bank as it is now, without what is missing (`missing` tells); a published exam from what was frozen. '
      + 'The same seed draws the same paper.',
    access: STAFF,
    params,
    query: examPreviewQuery,
    replies: { 200: examPreviewSchema },
    async handle({ actor, params: { examId }, query, db, deps }) {
      const exam = await selectExam(db, examId);
      authorize(can(actor, 'change', exam));
      const seed = query.seed ?? randomSeed();
      if (exam.lifecycle !== 'draft') {
        const paper = await deps.contents.paperOf(examId, seed);
        return reply(200, { examId, seed, source: 'published', paper: presentPaper(paper, 'all'), missing: [] });
      }
      const { content, errors, shortages } = freezeExam(exam, await snapshotBank(db, exam), await databaseNowMs(db));
      const paper = toStudentPaper(drawPaper(drawableContent(content), seed));
      const missing = [...errors, ...shortages].filter(({ pointer }) => pointer.startsWith('/sections'));
      return reply(200, { examId, seed, source: 'draft', paper: presentPaper(paper, 'all'), missing });
    },
  }),
  defineRoute({
    method: 'post', path: '/exams/{examId}/copies', tag: 'exams', summary: 'Make a draft out of an exam',
    description: 'With every setting, the access code and the questions; without window, people and external id.',
    access: STAFF,
    params,
    key: 'required',
    body: examCopySchema,
    replies: { 201: examSchema },
    async handle({ actor, params: { examId }, body, tx, origin, deps }) {
      const exam = await selectExam(tx, examId);
      authorize(can(actor, 'change', exam) && can(actor, 'create'));
      const copy = await copyExam(tx, exam, actor.id, body.title ?? titleOfCopy(exam.title), origin);
      return reply(201, presentExam(copy, deps.clock.nowMs()), { etag: copy.version, location: `/api/v1/exams/${copy.id}` });
    },
  }),
];

/** 63 random bits, as sessions have them. */
function randomSeed(): string {
  return (randomBytes(8).readBigUInt64BE() >> 1n).toString();
}

function titleOfCopy(title: string): string {
  const suffix = ' (copy)';
  return `${title.slice(0, 200 - suffix.length).toWellFormed()}${suffix}`;
}
