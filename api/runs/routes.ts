import type { Actor } from '#api/http/actor.ts';
import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Reply, type Route, type RouteRequest } from '#api/http/route.ts';
import { API_BASE } from '#api/http/router.ts';
import { demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import { gradingRunInSchema, runPageSchema, runQuerySchema, runSchema } from '#contracts/runs.ts';
import type { Queryable } from '#db/connection.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { auditRunControl, listGradingRuns, queueGradingRun } from '#db/results/grading-runs.ts';
import { type RunRow, selectRun } from '#db/runs/rows.ts';
import { z } from 'zod';

import { cancelRun } from './cancel.ts';
import { controlRun, type RunControl } from './control.ts';
import { presentRun } from './present.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const examParams = z.strictObject({ examId: idSchema });
const runParams = z.strictObject({ runId: idSchema });
const control = { method: 'post', tag: 'results', access: staff, key: 'required', params: runParams, replies: { 200: runSchema } } as const;

/** Grading runs and the control of runs. */
export const runRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/exams/{examId}/grading-runs', tag: 'results', summary: 'Grade the closed sessions of an exam', access: staff, key: 'required',
    params: examParams, body: gradingRunInSchema, replies: { 202: runSchema },
    async handle({ actor, afterCommit, body, commandId, deps, origin, params, tx }) {
      demand(actor, 'run', await selectExamSubject(tx, params.examId, actor.id));
      const run = await queueGradingRun(tx, { runId: commandId, examId: params.examId, only: body.only, origin });
      afterCommit(() => deps.bus.wake());
      return reply(202, presentRun(run), { location: `${API_BASE}/runs/${run.id}` });
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/grading-runs', tag: 'results', summary: 'List the grading runs of an exam, newest first', access: staff,
    params: examParams, query: runQuerySchema, replies: { 200: runPageSchema },
    async handle({ actor, db, params, query }) {
      demand(actor, 'run', await selectExamSubject(db, params.examId, actor.id));
      const page = await listGradingRuns(db, { examId: params.examId, after: readPosition(query.cursor, 'number'), limit: query.limit });
      return reply(200, presentPage(page, presentRun));
    },
  }),
  defineRoute({
    method: 'get', path: '/runs/{runId}', tag: 'results', summary: 'Read how far a run is', access: staff, params: runParams, replies: { 200: runSchema },
    async handle({ actor, db, params }) {
      return reply(200, presentRun(await selectPermittedRun(db, actor, params.runId)));
    },
  }),
  defineRoute({ ...control, path: '/runs/{runId}/pause', summary: 'Pause a run', handle: (request) => tell(request, 'pause') }),
  defineRoute({ ...control, path: '/runs/{runId}/resume', summary: 'Let a run go on', handle: (request) => tell(request, 'resume') }),
  defineRoute({ ...control, path: '/runs/{runId}/retry', summary: 'Take the failures of a run again', handle: (request) => tell(request, 'retry') }),
  defineRoute({
    ...control, path: '/runs/{runId}/cancel', summary: 'Cancel a run',
    async handle({ actor, db, deps, origin, params, tx }) {
      const run = await selectPermittedRun(db, actor, params.runId);
      return reply(200, presentRun(await cancelRun(deps, tx, { run, origin, reason: null })));
    },
  }),
];

// the workflow writes the row of the run meanwhile, so the row is read outside of the transaction of the request
async function tell(request: RouteRequest<{ runId: string }, unknown, unknown, Actor>, what: RunControl): Promise<Reply> {
  const { actor, commandId, db, deps, origin, params, tx } = request;
  const run = await controlRun(deps, await selectPermittedRun(db, actor, params.runId), what, commandId);
  await auditRunControl(tx, run, what, origin, null);
  return reply(200, presentRun(run));
}

async function selectPermittedRun(q: Queryable, actor: Actor, runId: string): Promise<RunRow> {
  const run = await selectRun(q, runId);
  const exam = run.examId === null ? { ownerId: '', lifecycle: 'draft' as const, assigned: false } : await selectExamSubject(q, run.examId, actor.id);
  demand(actor, 'run', exam);
  return run;
}
