import { z } from 'zod';

import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { API_BASE } from '#api/http/router.ts';
import { demand } from '#api/monitor/policy.ts';
import { presentRun } from '#api/runs/present.ts';
import { idSchema } from '#contracts/common.ts';
import {
  clusterPageSchema, pairDecisionSchema, pairDetailSchema, pairPageSchema, pairParams, pairQuerySchema, pairSchema, scanInSchema, scanPageSchema, scanParams, scanSchema,
} from '#contracts/plagiarism.ts';
import { runQuerySchema, runSchema } from '#contracts/runs.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { listIncidentSessions, listNotices } from '#db/plagiarism/notices.ts';
import { decidePair, listClusterPairs, listDecisions, listPairs } from '#db/plagiarism/pairs.ts';
import { listScans, queueScan } from '#db/plagiarism/scans.ts';

import { permittedPair, permittedScan } from './access.ts';
import { itemIdsOf, readPairPosition, readSideBySide } from './detail.ts';
import { presentClusters, presentDetail, presentPair, presentScan } from './present.ts';

// proctors reach the policy, so that an exam they watch over answers 403 and any other 404
const staff = ['admin', 'teacher', 'proctor'] as const;
const examParams = z.strictObject({ examId: idSchema });

/** Plagiarism scans: what they found, and what people say about it. A decision never changes a mark. */
export const plagiarismRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/exams/{examId}/plagiarism-scans', tag: 'results', summary: 'Scan the closed sessions of an exam for plagiarism', access: staff, key: 'required',
    params: examParams, body: scanInSchema, replies: { 202: runSchema },
    async handle({ actor, afterCommit, body, commandId, deps, origin, params: { examId }, tx }) {
      demand(actor, 'run', await selectExamSubject(tx, examId, actor.id));
      const run = await queueScan(tx, { runId: commandId, examId, parameters: body.parameters, origin });
      afterCommit(() => deps.bus.wake());
      return reply(202, presentRun(run), { location: `${API_BASE}/runs/${run.id}` });
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/plagiarism-scans', tag: 'results', summary: 'List the plagiarism scans of an exam, newest first', access: staff,
    params: examParams, query: runQuerySchema, replies: { 200: scanPageSchema },
    async handle({ actor, db, params: { examId }, query }) {
      demand(actor, 'read-results', await selectExamSubject(db, examId, actor.id));
      return reply(200, presentPage(await listScans(db, { examId, after: readPosition(query.cursor, 'number'), limit: query.limit }), presentScan));
    },
  }),
  defineRoute({
    method: 'get', path: '/plagiarism-scans/{runId}', tag: 'results', summary: 'Read a plagiarism scan in numbers', access: staff, params: scanParams, replies: { 200: scanSchema },
    handle: async ({ actor, db, params: { runId } }) => reply(200, presentScan(await permittedScan(db, actor, runId))),
  }),
  defineRoute({
    method: 'get', path: '/plagiarism-scans/{runId}/pairs', tag: 'results', summary: 'List the pairs of a scan, the strongest first', access: staff,
    description: 'Pairs that are not flagged are listed too, when their p-value is at most 0.01 or their texts share passages.',
    params: scanParams, query: pairQuerySchema, replies: { 200: pairPageSchema },
    async handle({ actor, db, deps, params: { runId }, query }) {
      const { examId } = await permittedScan(db, actor, runId);
      const { clusterId, flagged, minScore, state } = query;
      const page = await listPairs(db, { runId, state, flagged, minScore, clusterId }, readPairPosition(query.cursor), query.limit);
      const itemIds = await itemIdsOf(deps.contents, examId);
      return reply(200, presentPage(page, (pair) => presentPair(pair, itemIds)));
    },
  }),
  defineRoute({
    method: 'get', path: '/plagiarism-scans/{runId}/clusters', tag: 'results', summary: 'List the groups that flagged pairs form', access: staff,
    params: scanParams, replies: { 200: clusterPageSchema },
    async handle({ actor, db, params: { runId } }) {
      await permittedScan(db, actor, runId);
      return reply(200, presentClusters(await listClusterPairs(db, runId)));
    },
  }),
  defineRoute({
    method: 'get', path: '/plagiarism-pairs/{pairId}', tag: 'results', summary: 'Read both sessions of a pair side by side', access: staff,
    params: pairParams, replies: { 200: pairDetailSchema },
    async handle({ actor, db, deps, params: { pairId } }) {
      const pair = await permittedPair(db, actor, pairId);
      const [items, itemIds, history, notices, incidents] = await Promise.all([
        readSideBySide(db, deps.contents, deps.config.dataDir, pair), itemIdsOf(deps.contents, pair.examId), listDecisions(db, pairId), listNotices(db, pairId), listIncidentSessions(db, pairId),
      ]);
      return reply(200, presentDetail(presentPair(pair, itemIds), items, { history, notices, incidents }));
    },
  }),
  defineRoute({
    method: 'post', path: '/plagiarism-pairs/{pairId}/decision', tag: 'results', summary: 'Confirm, dismiss or open a pair', access: staff, key: 'required',
    description: 'Marks stay as they are, whatever is decided. What students were told because of a confirmation is withdrawn when it is taken back.', params: pairParams, body: pairDecisionSchema, replies: { 200: pairSchema },
    async handle({ actor, body, deps, origin, params: { pairId }, tx }) {
      const pair = await permittedPair(tx, actor, pairId);
      const decided = await decidePair(tx, pair, { ...body, origin });
      return reply(200, presentPair(decided, await itemIdsOf(deps.contents, pair.examId)));
    },
  }),
];
