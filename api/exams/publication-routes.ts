import { z } from 'zod';

import { applyChange } from '#api/exams/change.ts';
import { can } from '#api/exams/policy.ts';
import { presentExam } from '#api/exams/present.ts';
import { readWindow } from '#api/exams/window.ts';
import { invalid } from '#api/http/problem.ts';
import { authorize, defineRoute, demandVersion, reply, type Route } from '#api/http/route.ts';
import { idSchema } from '#contracts/common.ts';
import { examSchema, windowPutSchema, windowReplySchema } from '#contracts/exams.ts';
import { lockExamRow, selectExam, type StaffExam } from '#db/exams/exams.ts';
import { publishExam } from '#db/exams/publish.ts';
import type { ExamWindow } from '#db/exams/types.ts';
import { lockExam } from '#db/schedule/lock.ts';
import { moveWindow } from '#db/schedule/windows.ts';
import { type FieldError, Refusal } from '#domain/problem.ts';

const params = z.strictObject({ examId: idSchema });
const STAFF = ['teacher', 'admin'] as const;

/** What turns a draft into an exam that is sat, and when. */
export const publicationRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/exams/{examId}/publish', tag: 'exams', summary: 'Publish a draft',
    description: 'Checks everything at once, freezes the questions with their keys, and opens and closes by itself from then on.',
    access: STAFF,
    params,
    key: 'required',
    ifMatch: 'optional',
    replies: { 200: examSchema },
    async handle({ actor, params: { examId }, ifMatch, tx, origin, deps, afterCommit }) {
      await lockExam(tx, examId, 'exclusive');
      const draft = await selectExam(tx, examId);
      authorize(can(actor, 'publish', draft));
      demandVersion(ifMatch, draft.version);
      const exam = await publishExam(tx, examId, origin);
      afterCommit(() => deps.bus.wake());
      afterCommit(() => deps.workflows.tell('window', exam.id, exam.scheduleVersion));
      return reply(200, presentExam(exam, deps.clock.nowMs()), { etag: exam.version });
    },
  }),
  defineRoute({
    method: 'put', path: '/exams/{examId}/window', tag: 'exams', summary: 'Set or move the window',
    description: 'Wall times and an IANA zone. A time that the clocks skip is shifted forward, of one that comes twice the first is taken; `notes` tells. '
      + 'On a published exam every open session follows at once, and a reason is needed.',
    access: STAFF,
    params,
    key: 'optional',
    ifMatch: 'optional',
    body: windowPutSchema,
    replies: { 200: windowReplySchema, 202: windowReplySchema },
    async handle({ actor, params: { examId }, body, commandId, ifMatch, tx, origin, deps, afterCommit }) {
      // first in the lock order, before anything is read
      await lockExam(tx, examId, 'exclusive');
      const before = await lockExamRow(tx, examId);
      authorize(can(actor, 'move-window', before));
      demandVersion(ifMatch, before.version);
      const { window, errors, notes } = readWindow(body, '');
      const nowMs = deps.clock.nowMs();
      const published = before.lifecycle !== 'draft';
      const wrong = published ? [...errors, ...moveErrors(before, window, body.reason, nowMs)] : errors;
      if (window === null || wrong.length > 0) throw invalid(wrong);
      if (!published) {
        const exam = await applyChange(tx, before, { fields: { window }, notes }, origin);
        return reply(200, { commandId, state: 'applied', affected: 0, skipped: 0, notes, exam: presentExam(exam, nowMs) }, { etag: exam.version });
      }
      const result = await moveWindow(tx, { examId, commandId, ...window, reason: body.reason!, origin });
      const exam = await selectExam(tx, examId);
      afterCommit(() => deps.bus.wake());
      afterCommit(() => deps.workflows.tell('window', exam.id, exam.scheduleVersion));
      const { state, affected, skipped } = result;
      return reply(state === 'accepted' ? 202 : 200, { commandId, state, affected, skipped, notes, exam: presentExam(exam, nowMs) }, { etag: exam.version });
    },
  }),
];

/**
 * What stands against moving the window of a published exam.
 * @throws exam-closed once it is over: sessions are re-opened instead
 */
function moveErrors(exam: StaffExam, window: ExamWindow | null, reason: string | undefined, nowMs: number): readonly FieldError[] {
  if (exam.window !== null && exam.window.closesAtMs <= nowMs) {
    throw new Refusal('exam-closed', 'This exam is over; re-open sessions instead of moving its window.', {
      errors: [{ pointer: '/localEnd', message: 'the window to be moved is over' }],
    });
  }
  return [
    ...(reason === undefined ? [{ pointer: '/reason', message: 'is needed: students of a published exam feel this' }] : []),
    ...(window !== null && window.closesAtMs <= nowMs ? [{ pointer: '/localEnd', message: 'must lie in the future' }] : []),
  ];
}
