import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { presentNumbered, readNumber } from '#api/monitor/numbered.ts';
import { demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import {
  timeChangeDetailSchema, timeChangeInSchema, timeChangePageSchema, timeChangeQuerySchema, timeChangeVerdictSchema,
} from '#contracts/time-changes.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { listTimeChanges, selectTimeChange } from '#db/schedule/time-changes.ts';
import { z } from 'zod';

import { decideTimeChange } from './apply.ts';
import { presentChange, presentOutcome } from './present.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const examParams = z.strictObject({ examId: idSchema });
const MAX_CHANGE_NO = 2_147_483_647;

/** Time changes of a whole exam, of batches or of a selection of students. */
export const timeChangeRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/exams/{examId}/time-changes', tag: 'exams', summary: 'Change the time of an exam, of batches or of some students',
    description: '202 `accepted`: some sessions are locked at the moment and follow within seconds.',
    access: staff, key: 'required', params: examParams, body: timeChangeInSchema,
    replies: { 200: timeChangeVerdictSchema, 202: timeChangeVerdictSchema },
    handle: decideTimeChange,
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/time-changes', tag: 'exams', summary: 'List the time changes of an exam, newest first', access: staff,
    params: examParams, query: timeChangeQuerySchema, replies: { 200: timeChangePageSchema },
    async handle({ actor, db, params, query: { cursor, limit } }) {
      demand(actor, 'monitor', await selectExamSubject(db, params.examId, actor.id));
      const before = readNumber(cursor, MAX_CHANGE_NO);
      const changes = await listTimeChanges(db, params.examId, { limit: limit + 1, ...(before === undefined ? {} : { before }) });
      return reply(200, presentNumbered({ items: changes.slice(0, limit), more: changes.length > limit }, (change) => change.changeNo, presentChange));
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/time-changes/{commandId}', tag: 'exams', summary: 'Read what a time change did to each student', access: staff,
    params: z.strictObject({ examId: idSchema, commandId: idSchema }), replies: { 200: timeChangeDetailSchema },
    async handle({ actor, db, params }) {
      demand(actor, 'monitor', await selectExamSubject(db, params.examId, actor.id));
      const change = await selectTimeChange(db, params.examId, params.commandId);
      return reply(200, { ...presentChange(change), students: change.students.map(presentOutcome) });
    },
  }),
];
