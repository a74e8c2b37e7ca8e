import { z } from 'zod';

import { presentPage, readPosition } from '#api/http/keyset.ts';
import { authorize, defineRoute, permit, reply, type Route } from '#api/http/route.ts';
import { API_BASE } from '#api/http/router.ts';
import { demand } from '#api/monitor/policy.ts';
import { maybeInstant } from '#api/session-commands/present.ts';
import { demandOwnSession, demandViewer } from '#api/sessions/access.ts';
import {
  appealAssignSchema, appealDecisionSchema, appealDetailSchema, appealInSchema, appealListQuery, appealPageSchema, appealSchema, examAppealPageSchema, ownAppealSchema, sessionAppealsSchema,
} from '#contracts/appeals.ts';
import { idSchema } from '#contracts/common.ts';
import { type AppealRow, assignAppeal, decideAppeal, insertAppeal, listAppeals, listSessionAppeals, lockForDecision, selectAppeal, selectAppealTime, withdrawAppeal } from '#db/appeals/appeals.ts';
import type { Queryable } from '#db/connection.ts';
import { resultGate } from '#db/grading/gate.ts';
import { listReleasableMarks } from '#db/grading/released.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { setMark } from '#db/results/marks.ts';
import { listSessionFiles } from '#db/session/files.ts';
import { selectOptionalSession, selectSession, type SessionRow } from '#db/session/rows.ts';
import { type AppealFacts, appealDeadlineMs, canAppeal } from '#domain/grading/appeal.ts';
import { fileIdsOf } from '#domain/marking/annotations.ts';
import { toPaperItem } from '#domain/paper/student-paper.ts';
import { Refusal } from '#domain/problem.ts';

import { selectPermitted } from './access.ts';
import { presentAppeal, presentOwnAppeal } from './present.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const reviewers = ['admin', 'teacher'] as const;
const sessionParams = z.strictObject({ sessionId: idSchema });
const examParams = z.strictObject({ examId: idSchema });
const params = z.strictObject({ appealId: idSchema });

/** Appeals of students against published results. */
export const appealRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/sessions/{sessionId}/appeals', tag: 'results', summary: 'Appeal against the own published result, or the mark of one item',
    description: 'While the result is out and until `appealDays` of the exam have passed: 409 deadline-passed after that.',
    access: ['student'], key: 'required', params: sessionParams, body: appealInSchema, replies: { 201: ownAppealSchema },
    async handle({ actor, body, commandId, deps, origin, params: { sessionId }, tx }) {
      const session = await demandOwnSession(tx, actor, sessionId);
      const facts = await factsOf(tx, session);
      if (!facts.open) throw new Refusal('results-not-published', 'Results are not published yet.');
      if (facts.appealDays === 0) throw new Refusal('state-conflict', 'This exam takes no appeals.');
      if (!canAppeal(facts, deps.clock.nowMs())) throw new Refusal('deadline-passed', 'The time for appeals is over.');
      await insertAppeal(tx, { id: commandId, sessionId, examId: session.examId, studentId: actor.id, itemId: body.itemId ?? null, text: body.text, origin });
      return reply(201, presentOwnAppeal(await selectAppeal(tx, commandId), true));
    },
  }),
  defineRoute({
    method: 'get', path: '/sessions/{sessionId}/appeals', tag: 'results', summary: 'List the appeals of a session', access: ['student', ...staff], params: sessionParams,
    replies: { 200: sessionAppealsSchema },
    async handle({ actor, db, deps, params: { sessionId } }) {
      const session = await selectOptionalSession(db, sessionId);
      const viewer = await demandViewer(db, actor, session);
      permit(viewer !== 'proctor', 'Only the student and those who mark the exam read appeals.');
      const facts = await factsOf(db, session!);
      const appeals = await listSessionAppeals(db, sessionId);
      return reply(200, {
        items: appeals.map((appeal) => (viewer === 'student' ? presentOwnAppeal(appeal, facts.open) : presentAppeal(appeal))),
        canAppeal: viewer === 'student' && canAppeal(facts, deps.clock.nowMs()),
        deadlineAt: maybeInstant(appealDeadlineMs(facts)),
      });
    },
  }),
  defineRoute({
    method: 'post', path: '/appeals/{appealId}/withdraw', tag: 'results', summary: 'Take an own appeal back', access: ['student'], key: 'required', params,
    replies: { 200: ownAppealSchema },
    async handle({ actor, origin, params: { appealId }, tx }) {
      const appeal = await selectAppeal(tx, appealId);
      authorize(appeal.student.id === actor.id);
      await withdrawAppeal(tx, appealId, origin);
      return reply(200, presentOwnAppeal(await selectAppeal(tx, appealId), (await resultGate(tx, appeal.sessionId))!.open));
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/appeals', tag: 'results', summary: 'List the appeals of an exam, oldest first', access: staff, params: examParams,
    query: appealListQuery, replies: { 200: examAppealPageSchema },
    async handle({ actor, db, params: { examId }, query }) {
      demand(actor, 'read-results', await selectExamSubject(db, examId, actor.id));
      const page = await listAppeals(db, { examId, state: query.state, after: readPosition(query.cursor, 'number'), limit: query.limit });
      const { appealDays, sinceMs } = await selectAppealTime(db, examId);
      const deadlineAt = maybeInstant(appealDeadlineMs({ open: sinceMs !== null, sinceMs, appealDays }));
      return reply(200, { ...presentPage(page, presentAppeal), appealDays, deadlineAt });
    },
  }),
  defineRoute({
    method: 'get', path: '/appeals', tag: 'results', summary: 'List the appeals that are assigned to you, oldest first', access: reviewers, query: appealListQuery,
    replies: { 200: appealPageSchema },
    async handle({ actor, db, query }) {
      return reply(200, presentPage(await listAppeals(db, { reviewerId: actor.id, state: query.state, after: readPosition(query.cursor, 'number'), limit: query.limit }), presentAppeal));
    },
  }),
  defineRoute({
    method: 'get', path: '/appeals/{appealId}', tag: 'results', summary: 'Read an appeal with the answer that it is about', access: reviewers, params,
    description: 'For the owner of the exam and the reviewer.', replies: { 200: appealDetailSchema },
    async handle({ actor, db, deps, params: { appealId } }) {
      const appeal = await selectPermitted(db, actor, appealId);
      const session = await selectSession(db, appeal.sessionId);
      const paper = await deps.contents.drawnPaperOf(session.examId, session.seed);
      const item = paper.sections.flatMap((section) => section.items).find((each) => each.id === appeal.itemId);
      const marks = session.closedVersion === null ? [] : await listReleasableMarks(db, session.id, session.closedVersion);
      const mark = marks.find((each) => each.itemId === appeal.itemId);
      const files = await listSessionFiles(db, fileIdsOf(mark?.response));
      const context = item === undefined ? null : {
        item: toPaperItem(item), key: { ...item.question.key }, response: mark?.response ?? null, comment: mark?.comment ?? null,
        files: files.filter((file) => file.sessionId === session.id).map((file) => ({ fileId: file.id, name: file.fileName, mediaType: file.mediaType, size: file.sizeBytes, href: `${API_BASE}/appeals/${appealId}/files/${file.id}` })),
      };
      return reply(200, { ...presentAppeal(appeal), context });
    },
  }),
  defineRoute({
    method: 'post', path: '/appeals/{appealId}/assign', tag: 'results', summary: 'Give an appeal to a reviewer who has marked nothing of it', access: reviewers, key: 'required',
    params, body: appealAssignSchema, replies: { 200: appealSchema },
    async handle({ actor, body, origin, params: { appealId }, tx }) {
      const appeal = await selectPermitted(tx, actor, appealId);
      demand(actor, 'mark', await selectExamSubject(tx, appeal.examId, actor.id));
      await assignAppeal(tx, appealId, body.reviewerId, origin);
      return reply(200, presentAppeal(await selectAppeal(tx, appealId)));
    },
  }),
  defineRoute({
    method: 'post', path: '/appeals/{appealId}/decide', tag: 'results', summary: 'Decide an appeal; the mark is changed with it', access: reviewers, key: 'required', params,
    body: appealDecisionSchema, replies: { 200: appealSchema },
    async handle({ actor, afterCommit, body, deps, origin, params: { appealId }, tx }) {
      await selectPermitted(tx, actor, appealId);
      const appeal = await lockForDecision(tx, appealId, actor.id);
      const { outcome, points = null, reason } = body;
      if (points !== null) await markFor(tx, appeal, points, (examId, seed) => deps.contents.drawnPaperOf(examId, seed).then((paper) => paper.sections.flatMap((section) => section.items)), origin);
      await decideAppeal(tx, appeal, { outcome, reason, points, tell: (await resultGate(tx, appeal.sessionId))!.open, origin });
      afterCommit(() => deps.bus.wake());
      return reply(200, presentAppeal(await selectAppeal(tx, appealId)));
    },
  }),
];

async function factsOf(q: Queryable, session: Pick<SessionRow, 'id' | 'closedAtMs'>): Promise<AppealFacts> {
  const { appealDays, open, publishedAtMs } = (await resultGate(q, session.id))!;
  return { open, appealDays, sinceMs: publishedAtMs ?? session.closedAtMs };
}

type SetMark = Parameters<typeof setMark>[1];

async function markFor(tx: Queryable, appeal: AppealRow, points: string, itemsOf: SetMark['itemsOf'], origin: SetMark['origin']): Promise<void> {
  const { itemId, mark, sessionId } = appeal;
  if (itemId === null || mark === null) {
    throw new Refusal('validation-failed', 'An appeal about the whole result has no points of its own.', { errors: [{ pointer: '/points', message: 'must be absent for an appeal about the whole result' }] });
  }
  const { rows } = await tx.query<{ version: number }>(
    'select g.version from grades g join exam_sessions s on s.id = g.session_id and s.closed_version = g.closed_version where g.session_id = $1 for update of g', [sessionId],
  );
  await setMark(tx, { sessionId, itemId, points, comment: mark.comment, rubric: mark.rubric, version: rows[0]!.version, origin, itemsOf });
}
