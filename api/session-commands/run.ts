import type { Actor } from '#api/http/actor.ts';
import { reply, type Reply, type RouteRequest } from '#api/http/route.ts';
import { demand } from '#api/monitor/policy.ts';
import { runSessionCommand, type StaffCommandKind } from '#db/session/commands.ts';
import { selectSessionSubject } from '#db/monitor/subjects.ts';

import { presentStaffSession } from './present.ts';

/** What a command to one session was asked with. */
export interface CommandArgs {
  readonly reason: string | null;
  readonly seconds?: number;
  readonly scaled?: boolean;
}

type CommandRequest = RouteRequest<{ sessionId: string }, unknown, unknown, Actor>;

/** Decides a command to one session in the transaction of the request; streams and the workflow are told after the commit. */
export async function carryOut(request: CommandRequest, kind: StaffCommandKind, args: CommandArgs): Promise<Reply> {
  const { sessionId } = request.params;
  const subject = await selectSessionSubject(request.tx, sessionId, request.actor.id);
  demand(request.actor, kind, subject.exam);
  const { session, commandId } = await runSessionCommand(request.tx, { sessionId, commandId: request.commandId, kind, origin: request.origin, ...args });
  request.afterCommit(() => {
    request.deps.bus.wake();
    request.deps.workflows.tell('session', session.id, session.version);
  });
  return reply(200, { session: presentStaffSession(session, request.deps.clock.nowMs()), commandId });
}
