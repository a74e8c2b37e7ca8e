import { z } from 'zod';

import type { Actor } from '#api/http/actor.ts';
import { encodeCursor } from '#api/http/cursor.ts';
import { readPosition } from '#api/http/keyset.ts';
import { authorize, defineRoute, permit, reply, type Reply, type Route, type RouteRequest } from '#api/http/route.ts';
import { idSchema } from '#contracts/common.ts';
import {
  answerFlagInSchema, answerListQuery, answerPageSchema, draftReplySchema, leaseReplySchema, markerDraftInSchema, markerMarkInSchema, markingAnswerSchema,
  nextInSchema, nextReplySchema, reconcileInSchema, sessionMarkingSchema,
} from '#contracts/marking.ts';
import type { Queryable } from '#db/connection.ts';
import { listAnswers, listMarkerMarks, selectAnswer } from '#db/marking/answers.ts';
import type { MarkingAnswer } from '#db/marking/answer-rows.ts';
import { countTakeable, leaseNext, lockAnswer, releaseLease, selectLease, whyNotFree, writeLease } from '#db/marking/leases.ts';
import { type GivenMark, giveMark, keepDraft, keepRefusedMark } from '#db/marking/marks.ts';
import { writeFlag } from '#db/marking/notes.ts';
import { selectOwnMarks } from '#db/marking/overview.ts';
import { selectRubric } from '#db/marking/rubrics.ts';
import { reconcile } from '#db/marking/settle.ts';
import { listMarks } from '#db/results/marks.ts';
import { Refusal } from '#domain/problem.ts';
import { answerText, countWords } from '#domain/marking/answer-text.ts';

import { itemIn, itemsOf, type MarkedExam, openMarking, openMarkingOf, presentAnswers } from './load.ts';
import { presentDraft, presentLease, presentSubject } from './present.ts';
import { visibleMarks } from './sight.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const answerParams = z.strictObject({ sessionId: idSchema, itemId: idSchema });
const path = '/marking/answers/{sessionId}/{itemId}';
const role = z.enum(['first', 'second']);

/** Marking of single answers. */
export const markingAnswerRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/exams/{examId}/marking/next', tag: 'marking', summary: 'Lease the next answer', access: staff, key: 'required',
    description: 'Two graders never get the same answer. A lease ends by itself; saving a draft renews it.',
    params: z.strictObject({ examId: idSchema }), body: nextInSchema, replies: { 200: nextReplySchema },
    async handle({ actor, body, deps, params, tx }) {
      const opened = await openMarking(tx, deps, actor, params.examId);
      const request = { ...body, examId: params.examId, graderId: actor.id, leaseMinutes: opened.settings.leaseMinutes };
      const remaining = await countTakeable(tx, request);
      const key = await leaseNext(tx, request);
      if (key === null) return reply(200, { answer: null, remaining });
      return reply(200, { answer: await oneAnswer(tx, deps, actor, opened, key.sessionId, key.itemId), remaining });
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/marking/items/{itemId}/answers', tag: 'marking', summary: 'List the answers to a question that need a person, by code', access: staff,
    params: z.strictObject({ examId: idSchema, itemId: idSchema }), query: answerListQuery, replies: { 200: answerPageSchema },
    async handle({ actor, db, deps, params: { examId, itemId }, query }) {
      const opened = await openMarking(db, deps, actor, examId);
      const after = readPosition(query.cursor, 'text') as { value: string; id: string } | undefined;
      const found = await listAnswers(db, { examId, itemId, actorId: actor.id, filter: query.filter, after, limit: query.limit + 1 });
      const answers = found.slice(0, query.limit);
      const last = answers.at(-1);
      return reply(200, {
        items: await presentRows(db, actor, opened, itemId, answers),
        nextCursor: found.length > query.limit && last !== undefined ? encodeCursor([last.code, last.sessionId]) : null,
        mine: presentOwnMarks(await selectOwnMarks(db, examId, itemId, actor.id)),
      });
    },
  }),
  defineRoute({
    method: 'get', path: '/sessions/{sessionId}/marking', tag: 'marking', summary: 'Read the answers of a session that need a person', access: staff,
    params: z.strictObject({ sessionId: idSchema }), replies: { 200: sessionMarkingSchema },
    async handle({ actor, db, deps, params: { sessionId } }) {
      const opened = await openMarkingOf(db, deps, actor, sessionId);
      const examId = opened.exam.id;
      const all = await listAnswers(db, { examId, actorId: actor.id });
      const answers = all.filter((answer) => answer.sessionId === sessionId);
      authorize(answers.length > 0);
      const sessions = [...new Set(all.map((answer) => answer.sessionId))];
      const place = sessions.indexOf(sessionId);
      const paper = (await itemsOf(deps)(examId, answers[0]!.seed)).map((item) => item.id);
      const ordered = answers.toSorted((a, b) => paper.indexOf(a.itemId) - paper.indexOf(b.itemId));
      const { code, student } = presentSubject(answers[0]!, opened.settings.anonymous);
      return reply(200, {
        examId, sessionId, code, student, previousSessionId: sessions[place - 1] ?? null, nextSessionId: sessions[place + 1] ?? null,
        items: await presentAnswers(db, deps, actor, opened, ordered),
      });
    },
  }),
  defineRoute({
    method: 'get', path, tag: 'marking', summary: 'Read an answer with all that is needed to mark it', access: staff, params: answerParams, replies: { 200: markingAnswerSchema },
    description: 'Nothing of a first mark is in it for anybody else before the second is in.',
    async handle({ actor, db, deps, params: { sessionId, itemId } }) {
      return reply(200, await oneAnswer(db, deps, actor, await openMarkingOf(db, deps, actor, sessionId), sessionId, itemId));
    },
  }),
  defineRoute({
    method: 'put', path, tag: 'marking', summary: 'Give the own mark of an answer', access: staff, key: 'optional', params: answerParams, body: markerMarkInSchema,
    description: 'Refused with 409 when somebody else has it or has marked it, with 412 when the own mark or the hand-in changed; what was sent is then kept as the draft, which the problem carries as `draft`.',
    replies: { 200: markingAnswerSchema },
    async handle(request) {
      const { actor, afterCommit, body, db, deps, origin, params: { sessionId, itemId }, tx } = request;
      const opened = await openMarkingOf(tx, deps, actor, sessionId);
      const answer = await selectAnswer(tx, opened.exam.id, actor.id, sessionId, itemId);
      const { question } = await itemIn(deps, opened.exam.id, answer.seed, itemId);
      const given = { ...body, sessionId, itemId, graderId: actor.id, settings: opened.settings };
      try {
        await giveMark(tx, { ...given, flag: body.flag, hasQuestionImage: (question.media ?? []).length > 0, origin, itemsOf: itemsOf(deps) });
      } catch (error) {
        throw await withDraft(db, given, error);
      }
      afterCommit(() => deps.bus.wake());
      return reply(200, await oneAnswer(tx, deps, actor, opened, sessionId, itemId));
    },
  }),
  defineRoute({
    method: 'put', path: `${path}/draft`, tag: 'marking', summary: 'Keep what is written so far, and the lease', access: staff, key: 'optional', params: answerParams, body: markerDraftInSchema,
    description: 'Always kept; `lease` is null when the answer is not free any more.', replies: { 200: draftReplySchema },
    async handle({ actor, body, deps, params: { sessionId, itemId }, tx }) {
      const opened = await openMarkingOf(tx, deps, actor, sessionId);
      await keepDraft(tx, { ...body, sessionId, itemId, graderId: actor.id, settings: opened.settings });
      const answer = await selectAnswer(tx, opened.exam.id, actor.id, sessionId, itemId);
      const lease = presentLease(answer, actor.id);
      const { rows: [now] } = await tx.query<{ at: Date }>('select holdfast_now() as at');
      return reply(200, { savedAt: now!.at.toISOString(), lease: lease?.mine === true ? lease : null });
    },
  }),
  defineRoute({
    method: 'post', path: `${path}/lease`, tag: 'marking', summary: 'Take or renew the lease of an answer', access: staff, key: 'required', params: answerParams,
    body: z.strictObject({ role: role.default('first') }).meta({ id: 'MarkingLeaseInput' }), replies: { 200: leaseReplySchema },
    async handle({ actor, body, deps, params: { sessionId, itemId }, tx }) {
      const { exam, settings } = await openMarkingOf(tx, deps, actor, sessionId);
      const locked = await lockAnswer(tx, sessionId, itemId);
      const why = whyNotFree(locked, actor.id, body.role);
      if (why !== null) throw new Refusal('state-conflict', why);
      await writeLease(tx, locked, { graderId: actor.id, role: body.role, leaseMinutes: settings.leaseMinutes });
      return reply(200, { lease: presentLease(await selectAnswer(tx, exam.id, actor.id, sessionId, itemId), actor.id) });
    },
  }),
  defineRoute({
    method: 'post', path: '/marking/leases/{leaseId}/release', tag: 'marking', summary: 'Give an answer back to the others', access: staff, key: 'required',
    description: 'The owner of the exam may also end the lease of somebody else.', params: z.strictObject({ leaseId: idSchema }), replies: { 200: leaseReplySchema },
    async handle({ actor, deps, params: { leaseId }, tx }) {
      const lease = await selectLease(tx, leaseId);
      authorize(lease !== undefined);
      const { decides } = await openMarking(tx, deps, actor, lease!.examId);
      permit(decides || lease!.holderId === actor.id, 'This is the lease of somebody else.');
      await releaseLease(tx, leaseId);
      return reply(200, { lease: null });
    },
  }),
  defineRoute({
    method: 'put', path: `${path}/flag`, tag: 'marking', summary: 'Flag an answer for discussion', access: staff, key: 'optional', params: answerParams, body: answerFlagInSchema, replies: { 200: markingAnswerSchema },
    handle: (request) => flag(request, request.body.note),
  }),
  defineRoute({
    method: 'delete', path: `${path}/flag`, tag: 'marking', summary: 'Clear the own flag', access: staff, params: answerParams, replies: { 200: markingAnswerSchema },
    handle: (request) => flag(request, null),
  }),
  defineRoute({
    method: 'post', path: `${path}/reconcile`, tag: 'marking', summary: 'Decide between two marks', access: staff, key: 'required', params: answerParams, body: reconcileInSchema,
    description: 'By the owner of the exam, or a grader who has not marked this answer.', replies: { 200: markingAnswerSchema },
    async handle({ actor, afterCommit, body, deps, origin, params: { sessionId, itemId }, tx }) {
      const opened = await openMarkingOf(tx, deps, actor, sessionId);
      await reconcile(tx, { ...body, sessionId, itemId, decide: opened.decides, origin, itemsOf: itemsOf(deps) });
      afterCommit(() => deps.bus.wake());
      return reply(200, await oneAnswer(tx, deps, actor, opened, sessionId, itemId));
    },
  }),
];

type AnswerRequest = RouteRequest<z.output<typeof answerParams>, unknown, unknown, Actor>;

async function flag({ actor, deps, origin, params: { sessionId, itemId }, tx }: AnswerRequest, note: string | null): Promise<Reply> {
  const opened = await openMarkingOf(tx, deps, actor, sessionId);
  await writeFlag(tx, await lockAnswer(tx, sessionId, itemId), actor.id, note, origin);
  return reply(200, await oneAnswer(tx, deps, actor, opened, sessionId, itemId));
}

async function oneAnswer(q: Queryable, deps: AnswerRequest['deps'], actor: Actor, opened: MarkedExam, sessionId: string, itemId: string) {
  const [answer] = await presentAnswers(q, deps, actor, opened, [await selectAnswer(q, opened.exam.id, actor.id, sessionId, itemId)]);
  return answer!;
}

/** The refusal of a mark rolls everything back; what was written is kept apart from it. */
async function withDraft(db: Queryable, given: GivenMark, error: unknown): Promise<unknown> {
  if (!(error instanceof Refusal) || (error.code !== 'state-conflict' && error.code !== 'version-conflict')) return error;
  const draft = await keepRefusedMark(db, given);
  return new Refusal(error.code, error.message, { extra: { ...error.extra, draft: presentDraft(draft) } });
}

async function presentRows(q: Queryable, actor: Actor, { exam, settings }: MarkedExam, itemId: string, answers: readonly MarkingAnswer[]) {
  const [marks, effective, rubric] = await Promise.all([listMarkerMarks(q, answers), listMarks(q, answers), selectRubric(q, exam.id, itemId)]);
  return answers.map((answer) => {
    const seen = visibleMarks(answer, marks.filter((mark) => mark.sessionId === answer.sessionId), actor.id);
    const own = seen.find((mark) => mark.graderId === actor.id);
    const counts = answer.state === 'done' ? effective.find((mark) => mark.sessionId === answer.sessionId && mark.itemId === itemId) : undefined;
    const text = answerText(answer.response);
    return {
      ...presentSubject(answer, settings.anonymous),
      points: own?.points ?? counts?.points ?? null,
      mine: own !== undefined,
      allocated: (answer.state === 'first' && answer.firstGrader === actor.id) || (answer.state === 'second' && answer.secondGrader === actor.id),
      flagged: answer.flagged,
      olderRubric: seen.some((mark) => mark.rubricVersion !== null && mark.rubricVersion < rubric.version),
      draft: answer.drafted,
      wordCount: text === null ? null : countWords(text),
      lease: presentLease(answer, actor.id),
    };
  });
}

function presentOwnMarks({ done, mean, histogram, compared }: Awaited<ReturnType<typeof selectOwnMarks>>) {
  return { done, mean, histogram, compared: compared.map(({ graderId, name, answers, meanDifference }) => ({ grader: { id: graderId, name }, answers, meanDifference })) };
}
