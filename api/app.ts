import { createServer, type Server } from 'node:http';

import cors from '@koa/cors';
import Koa from 'koa';
import helmet from 'koa-helmet';

import { createAnswerPath } from '#api/answers/handler.ts';
import type { Deps } from '#api/deps.ts';
import { requestContext } from '#api/http/request-context.ts';
import { API_BASE, createRouter } from '#api/http/router.ts';
import { openApiDocument } from '#api/openapi/document.ts';
import { docsPage, problemsPage, rootPage } from '#api/openapi/page.ts';
import { createOperations } from '#api/operations/middleware.ts';
import { ROUTES } from '#api/routes.ts';
import { createSite } from '#api/site/site.ts';
import { Refusal } from '#domain/problem.ts';

/** Builds the HTTP server of one process; it listens when the caller says so. */
export function createApiServer(deps: Deps): Server {
  const app = new Koa({ proxy: deps.config.trustProxy });
  app.silent = true;
  app.use(requestContext(deps.log, deps.clock));
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY }, crossOriginEmbedderPolicy: false, hsts: deps.config.publicUrl.startsWith('https:') }));
  if (deps.config.corsOrigins.length > 0) app.use(cors({ origin: (ctx) => allowedOrigin(deps, ctx), credentials: true }));
  const operations = createOperations(deps);
  app.use(operations.middleware);
  const site = deps.config.webDir === undefined ? undefined : createSite(deps.config.webDir);
  if (site !== undefined) app.use(site);
  app.use(pages(deps));
  const router = createRouter(ROUTES, deps);
  app.use(router.routes());
  app.use(router.allowedMethods({ throw: true, methodNotAllowed: wrongMethod, notImplemented: wrongMethod }));

  const answers = createAnswerPath(deps);
  const framework = app.callback();
  return createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const route = answers.serve(request, response);
    operations.observe(request, response, route);
    if (route === undefined) void framework(request, response);
  });
}

const CONTENT_SECURITY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'unsafe-inline'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

function pages(deps: Deps): Koa.Middleware {
  const document = openApiDocument(ROUTES, deps.config.publicUrl);
  const html = 'text/html; charset=utf-8';
  const found = new Map([
    ['/', { type: html, text: rootPage() }],
    ['/api/docs', { type: html, text: docsPage(ROUTES, document) }],
    ['/docs/problems', { type: html, text: problemsPage() }],
    [`${API_BASE}/openapi.json`, { type: 'application/json; charset=utf-8', text: JSON.stringify(document) }],
  ]);
  return async (ctx, next) => {
    const page = found.get(ctx.path);
    if (page === undefined) return next();
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw wrongMethod();
    ctx.type = page.type;
    ctx.body = page.text;
  };
}

function allowedOrigin(deps: Deps, ctx: Koa.Context): string {
  const origin = ctx.get('Origin');
  return deps.config.corsOrigins.includes(origin) ? origin : '';
}

function wrongMethod(): Refusal {
  return new Refusal('method-not-allowed', 'This address does not know that method; see /api/docs.');
}
