import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type Koa from 'koa';

import type { Deps } from '#api/deps.ts';
import { ROUTES } from '#api/routes.ts';
import { Refusal } from '#domain/problem.ts';

import { createMetrics } from './metrics.ts';
import { presentReadiness } from './present.ts';
import { readReadiness } from './readiness.ts';
import { createRouteLabels } from './route-labels.ts';

/** What one API process shows to those who run it. */
export interface Operations {
  /** Serves `/healthz`, `/readyz` and `/metrics`. */
  readonly middleware: Koa.Middleware;
  /**
   * Times a request, whoever answers it.
   * @param route its label where that is known already; found out by the path otherwise
   */
  observe(request: IncomingMessage, response: ServerResponse, route?: string): void;
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** Makes the probes and metrics of one process. */
export function createOperations(deps: Deps): Operations {
  const metrics = createMetrics(deps);
  const labelOf = createRouteLabels(ROUTES);

  const pages: Readonly<Record<string, (ctx: Koa.Context) => Promise<void>>> = {
    '/healthz': async (ctx) => send(ctx, 200, { status: 'alive' }),
    '/readyz': async (ctx) => {
      const readiness = await readReadiness(deps);
      send(ctx, readiness.status === 'down' ? 503 : 200, presentReadiness(readiness));
    },
    '/metrics': async (ctx) => {
      refuseStrangers(ctx, deps.config.metricsToken);
      ctx.type = metrics.contentType;
      ctx.body = await metrics.text();
    },
  };

  return {
    async middleware(ctx, next) {
      const page = Object.hasOwn(pages, ctx.path) ? pages[ctx.path] : undefined;
      if (page === undefined) return next();
      if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw new Refusal('method-not-allowed', 'This page can only be read.');
      ctx.set('Cache-Control', 'no-store');
      await page(ctx);
    },
    observe(request, response, known) {
      const began = performance.now();
      response.once('close', () => {
        const method = request.method ?? '';
        const route = known ?? labelOf(method, (request.url ?? '').split('?', 1)[0]!);
        if (route.endsWith('/stream')) return;
        metrics.observe({ method, route, status: String(response.statusCode) }, (performance.now() - began) / 1000);
      });
    },
  };
}

function send(ctx: Koa.Context, status: number, body: Record<string, unknown>): void {
  ctx.status = status;
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = JSON.stringify(body);
}

/** Only this machine, or who has the token. A proxy on this machine is no stranger to the socket, but it says for whom it asks. */
function refuseStrangers(ctx: Koa.Context, token: string | undefined): void {
  const given = /^Bearer (.+)$/.exec(ctx.get('Authorization'))?.[1];
  if (token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token))) return;
  const forwarded = ctx.get('X-Forwarded-For') !== '' || ctx.get('Forwarded') !== '';
  if (!forwarded && LOOPBACK.test(ctx.req.socket.remoteAddress ?? '')) return;
  throw new Refusal('unauthenticated', 'Metrics are for this machine, or for who sends the token of the settings.');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
