import type { Actor } from '#api/http/actor.ts';
import { reply, type Reply, type RouteRequest } from '#api/http/route.ts';
import { demand } from '#api/monitor/policy.ts';
import type { timeChangeInSchema, TimeChangeKind } from '#contracts/time-changes.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { applyTimeChange } from '#db/schedule/time-changes.ts';
import type { z } from 'zod';

import { presentVerdict } from './present.ts';

type ChangeRequest = RouteRequest<{ examId: string }, unknown, z.output<typeof timeChangeInSchema>, Actor>;

/** Kinds that can move or end the window, so that its workflow is told. */
const MOVES_WINDOW: ReadonlySet<TimeChangeKind> = new Set(['extend', 'shorten', 'open', 'end', 'cancel']);

/**
 * Decides a time change in the transaction of the request: 200 when it reached every session, 202 while some are locked.
 * The workflows of the sessions are told by the relay, thousands at its pace; the one of the window at once.
 */
export async function decideTimeChange(request: ChangeRequest): Promise<Reply> {
  const { actor, afterCommit, body, commandId, deps, origin, params, tx } = request;
  demand(actor, body.kind, await selectExamSubject(tx, params.examId, actor.id));
  const { kind, seconds, scaled, scope, reason } = body;
  // the whole class has to hear of it at once; workflows that are just being started can wait
  deps.bus.sayBusy();
  const verdict = await applyTimeChange(tx, { commandId, examId: params.examId, kind, seconds, scaled, scope, reason, origin });
  const { scheduleVersion } = await selectExamSubject(tx, params.examId, actor.id);
  afterCommit(() => {
    deps.bus.wake();
    if (MOVES_WINDOW.has(kind)) deps.workflows.tell('window', params.examId, scheduleVersion);
  });
  return reply(verdict.state === 'applied' ? 200 : 202, presentVerdict(verdict));
}
