import { z } from 'zod';

import { invalid } from '#api/http/problem.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { accessCodeCheck } from '#api/sessions/access-code.ts';
import { demandOwnSession, demandViewer } from '#api/sessions/access.ts';
import { reachedBy } from '#api/sessions/forward.ts';
import type { SessionViewer } from '#api/sessions/policy.ts';
import { presentPaper, presentPlace, presentSitting, presentSittingForProctor, presentSittingForTeacher } from '#api/sessions/present.ts';
import { idSchema } from '#contracts/common.ts';
import { type PlaceIn, placeInSchema, placeReplySchema, sessionStartSchema, sittingSchema } from '#contracts/sessions.ts';
import { lockPlace, updatePlace } from '#db/session/place.ts';
import { freshSitting, type Sitting, selectOptionalSitting } from '#db/session/sitting.ts';
import { startSession } from '#db/session/start.ts';
import type { StudentPaper } from '#domain/paper/types.ts';
import { type FieldError, Refusal } from '#domain/problem.ts';
import { isTerminal } from '#domain/session/state.ts';

const sessionParams = z.strictObject({ sessionId: idSchema });

const PRESENTERS: Readonly<Record<SessionViewer, (sitting: Sitting, paper: StudentPaper) => z.input<typeof sittingSchema>>> = {
  student: presentSitting,
  proctor: presentSittingForProctor,
  teacher: presentSittingForTeacher,
};

/** Starting, going on, and telling where one is. */
export const sitRoutes: readonly Route[] = [
  defineRoute({
    method: 'post',
    path: '/exams/{examId}/sessions',
    tag: 'sitting',
    summary: 'Start or resume',
    description: 'Starts the session of the student (201), or answers the open one (200), however often and from however many devices it is called.',
    access: ['student'],
    limit: 'sitting',
    key: 'optional',
    transaction: false,
    params: z.strictObject({ examId: idSchema }),
    body: sessionStartSchema,
    replies: { 200: sittingSchema, 201: sittingSchema },
    async handle({ db, deps, actor, params, body, origin, afterCommit }) {
      // taken before the start: whatever changes the session afterwards comes later in the stream
      const position = deps.streams.position();
      const { session, created } = await startSession(db, {
        examId: params.examId, studentId: actor.id, origin, accessCodeOk: accessCodeCheck(params.examId, actor.id, body.accessCode),
      });
      // the workflow follows by the outbox: a whole class starting at once must not become as many signals at once
      if (created) afterCommit(() => deps.bus.wake());
      const paper = await deps.contents.paperOf(session.examId, session.seed);
      const isFresh = created && position !== undefined;
      const sitting = isFresh ? freshSitting(session, deps.clock.nowMs(), position) : (await selectOptionalSitting(db, session.id))!;
      return reply(created ? 201 : 200, presentSitting(sitting, paper), { location: `/api/v1/sessions/${session.id}`, etag: sitting.session.version });
    },
  }),

  defineRoute({
    method: 'get',
    path: '/sessions/{sessionId}',
    tag: 'sitting',
    summary: 'Read a session with its paper',
    description: 'For its student, and for staff of the exam; proctors see which items are answered, not what the answers say.',
    access: ['student', 'proctor', 'teacher', 'admin'],
    limit: 'sitting',
    params: sessionParams,
    replies: { 200: sittingSchema },
    async handle({ db, deps, actor, params }) {
      const sitting = await selectOptionalSitting(db, params.sessionId);
      const viewer = await demandViewer(db, actor, sitting?.session);
      const { session } = sitting!;
      const paper = await deps.contents.paperOf(session.examId, session.seed);
      return reply(200, PRESENTERS[viewer](sitting!, paper), { etag: session.version });
    },
  }),

  defineRoute({
    method: 'put',
    path: '/sessions/{sessionId}/place',
    tag: 'sitting',
    summary: 'Tell where the student is',
    description:
      'Always the whole object. An older clientSeq changes nothing and answers what is stored. With forward navigation a later item is reached by it, and '
      + 'the paper comes along; going back is 409 item-locked.',
    access: ['student'],
    limit: 'sitting',
    params: sessionParams,
    body: placeInSchema,
    replies: { 200: placeReplySchema },
    async handle({ tx, deps, actor, params, body }) {
      const session = await demandOwnSession(tx, actor, params.sessionId);
      if (isTerminal(session.state)) throw new Refusal('session-closed', 'The session is closed.');
      const paper = await deps.contents.paperOf(session.examId, session.seed);
      const order = paper.sections.flatMap((section) => section.items.map((item) => item.id));
      refuseUnknownItems(order, body);
      const { place, lastSeq } = await lockPlace(tx, session.id);
      if (body.clientSeq <= lastSeq) return reply(200, presentPlace(place));
      const isForward = paper.navigation === 'forward';
      const reached = isForward ? reachedBy(order, place, body.currentItemId) : place.reached;
      if (reached > place.reached && session.state === 'paused') throw new Refusal('session-paused', 'The session is paused; go on when it is resumed.');
      const next = { ...body, currentItemId: isForward ? (body.currentItemId ?? place.currentItemId) : body.currentItemId, reached };
      await updatePlace(tx, session.id, next);
      return reply(200, { ...presentPlace(next), ...(reached > place.reached ? { paper: presentPaper(paper, { reached }) } : {}) });
    },
  }),
];

function refuseUnknownItems(order: readonly string[], place: PlaceIn): void {
  const known = new Set(order);
  const errors: FieldError[] = [];
  const check = (id: string, pointer: string): void => {
    if (!known.has(id)) errors.push({ pointer, message: 'is not a question of this session' });
  };
  if (place.currentItemId !== null) check(place.currentItemId, '/currentItemId');
  place.seen.forEach((id, index) => check(id, `/seen/${index}`));
  place.flagged.forEach((id, index) => check(id, `/flagged/${index}`));
  Object.keys(place.notes).forEach((id) => check(id, `/notes/${id}`));
  if (errors.length > 0) throw invalid(errors);
}
