import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { presentNumbered, readNumber } from '#api/monitor/numbered.ts';
import { presentHealth, presentHistory } from '#api/operations/present.ts';
import { readHealth } from '#api/operations/health.ts';
import { cancelRun } from '#api/runs/cancel.ts';
import { textSchema } from '#contracts/common.ts';
import {
  auditPageSchema, auditQuerySchema, healthHistoryQuery, healthHistorySchema, healthSchema, outagePageSchema, outageQuerySchema, workflowActionReplySchema, workflowActionSchema,
  workflowDetailSchema, workflowHistorySchema, workflowPageSchema, workflowQuerySchema,
} from '#contracts/operations.ts';
import { listAudit } from '#db/admin/audit.ts';
import { listOutages } from '#db/admin/outages.ts';
import {
  listCommandSteps, listMilestoneSteps, listWorkflowAudit, listWorkflows, requestNudge, type WorkflowRow,
} from '#db/admin/workflows.ts';
import type { Queryable } from '#db/connection.ts';
import { selectRun } from '#db/runs/rows.ts';
import { Refusal } from '#domain/problem.ts';
import { z } from 'zod';

import { auditExportRoute } from './audit-export.ts';
import { presentAudit, presentOutage, presentWorkflow, presentWorkflowDetail } from './present.ts';
import { describeMany, readRawHistory, readWorkflow, signalNudge } from './temporal.ts';
import { mergeSteps, tellAudit, tellCommands, tellMilestones, tellWorkflow, type TimelineStep } from './timeline.ts';
import { parseWorkflowId, workflowIdOf } from './workflow-ids.ts';

const admin = ['admin'] as const;
const read = { method: 'get', tag: 'admin', access: admin } as const;
const workflowParams = z.strictObject({ workflowId: textSchema(100, 1) });
const act = {
  method: 'post', tag: 'admin', access: admin, key: 'required', params: workflowParams, body: workflowActionSchema, replies: { 200: workflowActionReplySchema },
} as const;

/** What admins see of the platform: health, audit, workflows, outages. */
export const adminRoutes: readonly Route[] = [
  defineRoute({
    ...read, path: '/admin/health', summary: 'See how the platform is', replies: { 200: healthSchema },
    handle: async ({ deps }) => reply(200, presentHealth(await readHealth(deps))),
  }),
  defineRoute({
    ...read, path: '/admin/health/history', summary: 'See how the platform was in the last hour',
    description: 'A point each 15 s from the memory of the API process that answers. It begins empty with the process.',
    query: healthHistoryQuery, replies: { 200: healthHistorySchema },
    handle({ deps, query }) {
      const sinceMs = deps.clock.nowMs() - query.minutes * 60_000;
      return Promise.resolve(reply(200, presentHistory(deps.config.processName, deps.history.points().filter(({ atMs }) => atMs >= sinceMs))));
    },
  }),
  auditExportRoute,
  defineRoute({
    ...read, path: '/admin/audit', summary: 'Search the audit log, newest first', query: auditQuerySchema, replies: { 200: auditPageSchema },
    async handle({ db, query: { cursor, from, to, ...filters } }) {
      const page = await listAudit(db, { ...filters, fromMs: from, toMs: to, beforeId: readNumber(cursor) });
      return reply(200, presentNumbered(page, (row) => row.id, presentAudit));
    },
  }),
  defineRoute({
    ...read, path: '/admin/outages', summary: 'List the outages that the platform noticed itself, newest first', query: outageQuerySchema,
    replies: { 200: outagePageSchema },
    async handle({ db, query }) {
      const page = await listOutages(db, { beforeId: readNumber(query.cursor), limit: query.limit });
      return reply(200, presentNumbered(page, (outage) => outage.id, presentOutage));
    },
  }),
  defineRoute({
    ...read, path: '/admin/workflows', summary: 'List the workflows, newest first', query: workflowQuerySchema, replies: { 200: workflowPageSchema },
    async handle({ db, deps, query }) {
      const { kind, examId, open, behind, limit } = query;
      const page = await listWorkflows(db, { kind, examId, open, behind, limit, after: readPosition(query.cursor, 'number') });
      const facts = await describeMany(deps.workflows, page.items.map((row) => workflowIdOf(row)));
      return reply(200, presentPage(page, (row) => presentWorkflow(row, facts.get(workflowIdOf(row)))));
    },
  }),
  defineRoute({
    ...read, path: '/admin/workflows/{workflowId}', summary: 'Read what happened in a workflow and to its row, step by step', params: workflowParams,
    replies: { 200: workflowDetailSchema },
    async handle({ db, deps, params }) {
      const row = await selectWorkflow(db, params.workflowId);
      const { facts, steps } = await readWorkflow(deps.workflows, params.workflowId);
      return reply(200, presentWorkflowDetail(row, facts, mergeSteps(await readRowSteps(db, row), tellWorkflow(steps))));
    },
  }),
  defineRoute({
    ...read, path: '/admin/workflows/{workflowId}/history', summary: 'Read the history of a workflow as Temporal keeps it', params: workflowParams,
    replies: { 200: workflowHistorySchema },
    async handle({ db, deps, params }) {
      await selectWorkflow(db, params.workflowId);
      const history = await readRawHistory(deps.workflows, params.workflowId);
      if (history === undefined) throw new Refusal('not-found', 'Temporal has no history of this workflow.');
      return reply(200, { workflowId: params.workflowId, ...history });
    },
  }),
  defineRoute({
    ...act, path: '/admin/workflows/{workflowId}/nudge', summary: 'Ask a workflow for a fresh look at its row; start it if it is gone',
    async handle({ afterCommit, body, commandId, deps, origin, params, tx }) {
      const row = await selectWorkflow(tx, params.workflowId);
      await requestNudge(tx, { row, workflowId: params.workflowId, commandId, reason: body.reason, origin });
      afterCommit(() => {
        deps.bus.wake();
        return signalNudge(deps.workflows, row, commandId);
      });
      return reply(200, { workflowId: params.workflowId, state: 'asked' });
    },
  }),
  defineRoute({
    ...act, path: '/admin/workflows/{workflowId}/cancel', summary: 'Cancel the workflow of a run',
    description: 'The workflows of sessions and windows follow their rows and can not be cancelled: 409.',
    async handle({ body, db, deps, origin, params, tx }) {
      const row = await selectWorkflow(db, params.workflowId);
      if (row.kind !== 'run') throw new Refusal('state-conflict', 'This workflow follows a row; change the session or the exam instead, or nudge it.');
      await cancelRun(deps, tx, { run: await selectRun(db, row.id), origin, reason: body.reason });
      return reply(200, { workflowId: params.workflowId, state: 'cancelled' });
    },
  }),
];

async function selectWorkflow(q: Queryable, workflowId: string): Promise<WorkflowRow> {
  const wanted = parseWorkflowId(workflowId);
  const { items } = wanted === undefined ? { items: [] } : await listWorkflows(q, { ...wanted, after: undefined, limit: 1 });
  if (items[0] === undefined) throw new Refusal('not-found', 'There is no such workflow.');
  return items[0];
}

async function readRowSteps(q: Queryable, row: WorkflowRow): Promise<TimelineStep[]> {
  const audit = await listWorkflowAudit(q, { kind: row.kind, id: row.id, workflowId: workflowIdOf(row) });
  const commands = row.kind === 'session' ? await listCommandSteps(q, row.id) : [];
  const milestones = row.kind === 'window' ? await listMilestoneSteps(q, row.id) : [];
  return [...tellCommands(commands), ...tellAudit(audit, commands), ...tellMilestones(milestones)];
}
