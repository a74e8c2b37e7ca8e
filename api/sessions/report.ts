import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';

import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { demandOwnSession } from '#api/sessions/access.ts';
import { instant } from '#api/sessions/present.ts';
import { idSchema } from '#contracts/common.ts';
import {
  acknowledgedSchema, acknowledgementSchema, helpRequestInSchema, helpRequestSchema, observationsReplySchema, observationsSchema,
} from '#contracts/sessions.ts';
import { acknowledge } from '#db/session/presence.ts';
import { insertHelpRequest, insertObservations } from '#db/session/reports.ts';
import type { SessionRow } from '#db/session/rows.ts';
import { Refusal } from '#domain/problem.ts';
import { isTerminal } from '#domain/session/state.ts';

const sessionParams = z.strictObject({ sessionId: idSchema });

/** Observations and help requests of one session, a minute. */
const OBSERVATIONS_PER_MINUTE = 600;
const HELP_PER_MINUTE = 6;

const observationBudget = new RateLimiterMemory({ keyPrefix: 'observations', points: OBSERVATIONS_PER_MINUTE, duration: 60 });
const helpBudget = new RateLimiterMemory({ keyPrefix: 'help', points: HELP_PER_MINUTE, duration: 60 });

/** What the exam page tells besides answers. */
export const reportRoutes: readonly Route[] = [
  defineRoute({
    method: 'post',
    path: '/sessions/{sessionId}/observations',
    tag: 'sitting',
    summary: 'Report what the exam page noticed',
    description: 'Evidence for a person; no count of observations does anything by itself. At most 100 in one request and 600 a minute.',
    access: ['student'],
    limit: 'sitting',
    params: sessionParams,
    body: observationsSchema,
    replies: { 200: observationsReplySchema },
    async handle({ tx, deps, actor, params, body, afterCommit }) {
      const session = await demandOwnSession(tx, actor, params.sessionId);
      refuseClosed(session);
      await take(observationBudget, session.id, body.observations.length);
      await insertObservations(tx, session, body.observations.map(({ kind, at, detail }) => ({ kind, atMs: at, detail })));
      afterCommit(() => deps.bus.wake());
      return reply(200, { stored: body.observations.length });
    },
  }),

  defineRoute({
    method: 'post',
    path: '/sessions/{sessionId}/help-requests',
    tag: 'sitting',
    summary: 'Ask staff for help',
    access: ['student'],
    limit: 'sitting',
    key: 'optional',
    params: sessionParams,
    body: helpRequestInSchema,
    replies: { 201: helpRequestSchema },
    async handle({ tx, deps, actor, params, body, afterCommit }) {
      const session = await demandOwnSession(tx, actor, params.sessionId);
      refuseClosed(session);
      await take(helpBudget, session.id, 1);
      const request = await insertHelpRequest(tx, session, uuidv7(), body.reason);
      afterCommit(() => deps.bus.wake());
      return reply(201, { id: request.id, sessionId: request.sessionId, reason: request.reason, at: instant(request.atMs) });
    },
  }),

  defineRoute({
    method: 'post',
    path: '/sessions/{sessionId}/acknowledgements',
    tag: 'sitting',
    summary: 'Acknowledge what the page shows',
    description: 'Send the sessionVersion of the last event that the page has shown; staff see who has not acknowledged a time change.',
    access: ['student'],
    limit: 'sitting',
    key: 'optional',
    params: sessionParams,
    body: acknowledgementSchema,
    replies: { 200: acknowledgedSchema },
    async handle({ tx, deps, actor, params, body, afterCommit }) {
      const session = await demandOwnSession(tx, actor, params.sessionId);
      const acknowledgedVersion = await acknowledge(tx, { sessionId: session.id, version: body.sessionVersion });
      afterCommit(() => deps.bus.wake());
      return reply(200, { sessionVersion: session.version, acknowledgedVersion });
    },
  }),
];

function refuseClosed(session: Pick<SessionRow, 'state'>): void {
  if (isTerminal(session.state)) throw new Refusal('session-closed', 'The session is closed.');
}

async function take(budget: RateLimiterMemory, sessionId: string, points: number): Promise<void> {
  try {
    await budget.consume(sessionId, points);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new Refusal('rate-limited', `Too many at once. Try again in ${seconds} s.`, { extra: { retryAfterSeconds: seconds } });
  }
}
