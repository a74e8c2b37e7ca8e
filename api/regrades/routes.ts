import { z } from 'zod';

import type { Actor } from '#api/http/actor.ts';
import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { API_BASE } from '#api/http/router.ts';
import { demand } from '#api/monitor/policy.ts';
import { presentRun } from '#api/runs/present.ts';
import { idSchema } from '#contracts/common.ts';
import { countingItemsSchema, regradeChangePageSchema, regradeChangesQuery, regradeInSchema, regradeListQuery, regradePageSchema, regradeSchema } from '#contracts/regrades.ts';
import { runSchema } from '#contracts/runs.ts';
import type { Queryable } from '#db/connection.ts';
import { listCorrections } from '#db/exams/content.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import {
  applyRegrade, discardRegrade, insertRegrade, listRegradeChanges, listRegrades, recomputeRegrade, type RegradeRow, selectRegrade,
} from '#db/regrade/regrades.ts';
import { selectRun } from '#db/runs/rows.ts';
import { correctItems, itemsOfContent } from '#domain/grading/corrections.ts';
import { itemPlaces } from '#domain/paper/places.ts';

import { presentCountingItem, presentRegrade, presentRegradeChange } from './present.ts';
import { resolveChanges } from './resolve.ts';

// proctors reach the policy, so that an exam they watch over answers 403 and any other 404
const staff = ['admin', 'teacher', 'proctor'] as const;
const examParams = z.strictObject({ examId: idSchema });
const params = z.strictObject({ regradeId: idSchema });
const command = { method: 'post', tag: 'results', access: staff, key: 'required', params } as const;

/** Correcting keys, dropping questions, changing what items are worth: first seen, then applied. */
export const regradeRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/exams/{examId}/regrades', tag: 'results', summary: 'See what corrections of an exam would change',
    description: 'Stores a preview with every changed mark; nothing else changes until it is applied. A dropped item counts 0 of 0 for everybody. With '
      + '"all-correct" everybody who has the item on the paper gets all of its points, or (`who: "answered"`) everybody who answered it. Marks given by a '
      + 'person stay when a key changes, go along in proportion when points change, and give way to "drop" and "all-correct".',
    access: staff, key: 'required', params: examParams, body: regradeInSchema, replies: { 201: regradeSchema },
    async handle({ actor, body, commandId, deps, origin, params: { examId }, tx }) {
      demand(actor, 'run', await selectExamSubject(tx, examId, actor.id));
      const content = await deps.contents.contentOf(examId);
      const corrections = resolveChanges(body.changes, correctItems(itemsOfContent(content), await listCorrections(tx, examId)));
      const regrade = await insertRegrade(tx, { id: commandId, content, corrections, reason: body.reason, origin });
      return reply(201, presentRegrade(regrade), { location: `${API_BASE}/regrades/${regrade.id}` });
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/items', tag: 'results', summary: 'List the items of an exam as they count now, with their keys', access: staff, params: examParams,
    description: 'As they were published, with the corrections since; whatever became of the questions in the bank.', replies: { 200: countingItemsSchema },
    async handle({ actor, db, deps, params: { examId } }) {
      demand(actor, 'run', await selectExamSubject(db, examId, actor.id));
      const content = await deps.contents.contentOf(examId);
      const places = itemPlaces(content);
      return reply(200, { items: correctItems(itemsOfContent(content), await listCorrections(db, examId)).map((item) => presentCountingItem(item, places.get(item.id)!)) });
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/regrades', tag: 'results', summary: 'List the regrades of an exam, newest first', access: staff,
    params: examParams, query: regradeListQuery, replies: { 200: regradePageSchema },
    async handle({ actor, db, params: { examId }, query }) {
      demand(actor, 'read-results', await selectExamSubject(db, examId, actor.id));
      return reply(200, presentPage(await listRegrades(db, { examId, after: readPosition(query.cursor, 'number'), limit: query.limit }), presentRegrade));
    },
  }),
  defineRoute({
    method: 'get', path: '/regrades/{regradeId}', tag: 'results', summary: 'Read a regrade in numbers', access: staff, params, replies: { 200: regradeSchema },
    handle: async ({ actor, db, params: { regradeId } }) => reply(200, presentRegrade(await selectPermitted(db, actor, regradeId))),
  }),
  defineRoute({
    method: 'get', path: '/regrades/{regradeId}/changes', tag: 'results', summary: 'List what a regrade changes, by name', access: staff, params,
    query: regradeChangesQuery, replies: { 200: regradeChangePageSchema },
    async handle({ actor, db, params: { regradeId }, query }) {
      await selectPermitted(db, actor, regradeId);
      const page = await listRegradeChanges(db, { regradeId, gradeOnly: query.grade ?? false, after: readPosition(query.cursor, 'number'), limit: query.limit });
      return reply(200, presentPage(page, presentRegradeChange));
    },
  }),
  defineRoute({
    ...command, path: '/regrades/{regradeId}/recompute', summary: 'Compute a preview anew from the marks as they are now', replies: { 200: regradeSchema },
    async handle({ actor, deps, params: { regradeId }, tx }) {
      const { examId } = await selectPermitted(tx, actor, regradeId);
      return reply(200, presentRegrade(await recomputeRegrade(tx, regradeId, await deps.contents.contentOf(examId))));
    },
  }),
  defineRoute({
    ...command, path: '/regrades/{regradeId}/apply', summary: 'Apply a regrade: mark all closed sessions again',
    description: 'Answers 409 with `stale` when marks changed since the preview was computed.', replies: { 202: runSchema },
    async handle({ actor, afterCommit, commandId, deps, origin, params: { regradeId }, tx }) {
      const { examId } = await selectPermitted(tx, actor, regradeId);
      await applyRegrade(tx, { id: regradeId, examId, runId: commandId, origin });
      afterCommit(() => deps.bus.wake());
      return reply(202, presentRun(await selectRun(tx, commandId)), { location: `${API_BASE}/runs/${commandId}` });
    },
  }),
  defineRoute({
    ...command, path: '/regrades/{regradeId}/discard', summary: 'Lay a preview aside', replies: { 200: regradeSchema },
    async handle({ actor, origin, params: { regradeId }, tx }) {
      await selectPermitted(tx, actor, regradeId);
      return reply(200, presentRegrade(await discardRegrade(tx, regradeId, origin)));
    },
  }),
];

async function selectPermitted(q: Queryable, actor: Actor, regradeId: string): Promise<RegradeRow> {
  const regrade = await selectRegrade(q, regradeId);
  demand(actor, 'run', await selectExamSubject(q, regrade.examId, actor.id));
  return regrade;
}
