import { z } from 'zod';

import { decodeCursor, encodeCursor } from '#api/http/cursor.ts';
import { invalid } from '#api/http/problem.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { demandOwnSession, demandViewer } from '#api/sessions/access.ts';
import { isItemOpen } from '#api/sessions/forward.ts';
import { instant, presentSession } from '#api/sessions/present.ts';
import { RESPONSE_LIMIT_BYTES } from '#contracts/answers.ts';
import { idSchema } from '#contracts/common.ts';
import { refusedAnswerPageSchema, sessionListQuery, submitSchema, submittedSchema } from '#contracts/sessions.ts';
import { inTransaction, type Tx } from '#db/connection.ts';
import type { AnswerInput, AnswerVerdict } from '#db/session/answers.ts';
import { countFlagged, selectCurrentItem } from '#db/session/place.ts';
import { keepRefused, pageRefusedAnswers, type RefusedAnswer } from '#db/session/refused.ts';
import { selectOptionalSession } from '#db/session/rows.ts';
import { submitSession } from '#db/session/submit.ts';
import type { StudentPaper } from '#domain/paper/types.ts';
import { type FieldError, Refusal } from '#domain/problem.ts';
import { checkResponse } from '#domain/questions/check-response.ts';
import type { SessionRefusal } from '#domain/session/state.ts';

const sessionParams = z.strictObject({ sessionId: idSchema });

const REFUSED: Readonly<Record<SessionRefusal, string>> = {
  'session-closed': 'The session is closed already; answers that came along were kept apart.',
  'session-paused': 'The session is paused; hand in when it is resumed. Answers that came along were kept apart.',
  'deadline-passed': 'Time is over: what was saved counts. Answers that came along were kept apart.',
  'state-conflict': 'The session can not be handed in now.',
};

/** Handing in, and finding again what was refused. */
export const handInRoutes: readonly Route[] = [
  defineRoute({
    method: 'post',
    path: '/sessions/{sessionId}/submit',
    tag: 'sitting',
    summary: 'Hand in',
    description: 'Handing in twice answers the first hand-in. Answers that were not saved yet can come along; of one item the last counts.',
    access: ['student'],
    limit: 'sitting',
    key: 'optional',
    transaction: false,
    params: sessionParams,
    body: submitSchema,
    replies: { 200: submittedSchema },
    async handle({ db, deps, actor, params, body, origin, commandId, afterCommit }) {
      const { id, examId, seed } = await demandOwnSession(db, actor, params.sessionId);
      const paper = await deps.contents.paperOf(examId, seed);
      const inputs = inputsOf(id, body, paper);
      const { session, counts, results, refusal } = await inTransaction(db, async (tx) => {
        const { open, locked } = await splitLocked(tx, id, paper, inputs);
        const submitted = await submitSession(tx, { sessionId: id, commandId, origin, answers: open });
        await keepRefused(tx, locked, 'item-locked');
        const flagged = await countFlagged(tx, id);
        return { ...submitted, results: [...submitted.results, ...locked.map(lockedVerdict)], counts: { total: paper.itemCount, answered: submitted.counts.answered, flagged } };
      });
      // only now: the answers that came along are kept, whatever became of the hand-in
      if (refusal !== undefined) throw new Refusal(refusal, REFUSED[refusal]);
      afterCommit(() => deps.bus.wake());
      afterCommit(() => deps.workflows.tell('session', session.id, session.version));
      const verdicts = inputs.length === 0 ? {} : { results: results.map(presentVerdict) };
      return reply(200, { session: presentSession(session, deps.clock.nowMs()), counts, ...verdicts });
    },
  }),

  defineRoute({
    method: 'get',
    path: '/sessions/{sessionId}/refused-answers',
    tag: 'sitting',
    summary: 'Responses that were refused and kept',
    description: 'Oldest first. For the student of the session, and for those who mark the exam.',
    access: ['student', 'teacher', 'admin'],
    limit: 'sitting',
    params: sessionParams,
    query: sessionListQuery,
    replies: { 200: refusedAnswerPageSchema },
    async handle({ db, actor, params, query }) {
      const viewer = await demandViewer(db, actor, await selectOptionalSession(db, params.sessionId));
      if (viewer === 'proctor') throw new Refusal('forbidden', 'Only the student and those who mark the exam read responses.');
      const [after] = decodeCursor(query.cursor, 1) ?? [0];
      if (typeof after !== 'number' || !Number.isSafeInteger(after)) throw invalid([{ pointer: '/cursor', message: 'must be a nextCursor of this list' }]);
      const rows = await pageRefusedAnswers(db, params.sessionId, after, query.limit + 1);
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      return reply(200, { items: items.map(presentRefused), nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.id]) : null });
    },
  }),
];

function inputsOf(sessionId: string, body: z.output<typeof submitSchema>, paper: StudentPaper): AnswerInput[] {
  const items = new Map(paper.sections.flatMap((section) => section.items).map((item) => [item.id, item]));
  const errors: FieldError[] = [];
  const inputs = new Map<string, AnswerInput>();
  (body.answers ?? []).forEach((answer, index) => {
    const at = `/answers/${index}`;
    const item = items.get(answer.itemId);
    const responseJson = JSON.stringify(answer.response);
    if (Buffer.byteLength(responseJson) > RESPONSE_LIMIT_BYTES) {
      throw new Refusal('payload-too-large', 'One response may have at most 256 KiB.', { errors: [{ pointer: `${at}/response`, message: 'may have at most 256 KiB' }] });
    }
    if (item === undefined) {
      errors.push({ pointer: `${at}/itemId`, message: 'is not a question of this session' });
      return;
    }
    const checked = checkResponse(item, answer.response);
    if (!checked.ok) errors.push(...checked.errors.map((error) => ({ pointer: `${at}/response${error.pointer}`, message: error.message })));
    inputs.set(answer.itemId, {
      sessionId, itemId: answer.itemId, response: answer.response, responseJson,
      clientId: body.clientId ?? null, clientSeq: answer.clientSeq, baseRevision: answer.baseRevision ?? null,
    });
  });
  if (errors.length > 0) throw invalid(errors);
  return [...inputs.values()];
}

/** Where the way leads forwards only, an answer to a question that was left does not stop a hand-in; it is kept apart. */
async function splitLocked(tx: Tx, sessionId: string, paper: StudentPaper, inputs: readonly AnswerInput[]): Promise<{ open: AnswerInput[]; locked: AnswerInput[] }> {
  if (paper.navigation !== 'forward' || inputs.length === 0) return { open: [...inputs], locked: [] };
  const place = { currentItemId: await selectCurrentItem(tx, sessionId) };
  const first = paper.sections.flatMap((section) => section.items)[0]?.id;
  const isOpen = (input: AnswerInput): boolean => isItemOpen(place, input.itemId, first);
  return { open: inputs.filter(isOpen), locked: inputs.filter((input) => !isOpen(input)) };
}

interface Verdict {
  readonly itemId: string;
  readonly ok: boolean;
  readonly code?: string;
  readonly revision?: number;
  readonly savedAtMs?: number;
}

function lockedVerdict(input: AnswerInput): Verdict {
  return { itemId: input.itemId, ok: false, code: 'item-locked' };
}

function presentVerdict(verdict: AnswerVerdict | Verdict) {
  if ('savedAtMs' in verdict && verdict.savedAtMs !== undefined) {
    return { itemId: verdict.itemId, ok: true, revision: verdict.revision, savedAt: instant(verdict.savedAtMs) };
  }
  return { itemId: verdict.itemId, ok: false, code: 'code' in verdict ? verdict.code : undefined };
}

function presentRefused(row: RefusedAnswer) {
  return {
    id: String(row.id),
    itemId: row.itemId,
    response: row.response,
    code: row.code,
    clientId: row.clientId,
    clientSeq: row.clientSeq,
    baseRevision: row.baseRevision,
    at: instant(row.atMs),
  };
}
