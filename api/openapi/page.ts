import type { Route } from '#api/http/route.ts';
import { API_BASE } from '#api/http/router.ts';
import { PROBLEMS } from '#contracts/problems.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; required: boolean; description?: string }[];
  readonly requestBody?: { content: Record<string, { schema: unknown }> };
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}

/** The readable page of the API: one section per subject, one entry per route, no script. */
export function docsPage(routes: readonly Route[], document: Record<string, unknown>): string {
  const paths = document['paths'] as Record<string, Record<string, Operation>>;
  const tags = [...new Set(routes.map((route) => route.tag))];
  const sections = tags.map((tag) => {
    const entries = routes.filter((route) => route.tag === tag).map((route) => entryOf(route, paths[route.path]![route.method]!));
    return `<section id="${escape(tag)}"><h2>${escape(tag)}</h2>${entries.join('')}</section>`;
  });
  const components = Object.entries((document['components'] as { schemas: Record<string, unknown> }).schemas).map(
    ([name, schema]) => `<details id="schema-${escape(name)}"><summary><code>${escape(name)}</code></summary>${schemaOf(schema)}</details>`,
  );
  return layout(
    'Holdfast API',
    `<p>Base <code>${API_BASE}</code> · <a href="${API_BASE}/openapi.json">openapi.json</a> (OpenAPI 3.1) · ${routes.length} routes</p>
     <nav>${tags.map((tag) => `<a href="#${escape(tag)}">${escape(tag)}</a>`).join(' ')} <a href="#schemas">schemas</a></nav>
     ${sections.join('')}<section id="schemas"><h2>schemas</h2>${components.join('')}</section>`,
  );
}

/** The page at `/` while there is no web app: says where the API is. */
export function rootPage(): string {
  return layout(
    'Holdfast',
    `<p>Online examinations that end at their second and lose no acknowledged answer.</p>
     <ul><li><a href="/api/docs">Read the API</a></li><li><a href="${API_BASE}/openapi.json">openapi.json</a></li><li><a href="/readyz">Is everything up?</a></li></ul>`,
  );
}

/** The page that the `type` of every problem points to. */
export function problemsPage(): string {
  const entries = Object.entries(PROBLEMS).map(([code, { status, title, help }]) => {
    const text = escape(help).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
    return `<section id="${code}"><h3><code>${code}</code> ${status}</h3><p><strong>${escape(title)}.</strong> ${text}</p></section>`;
  });
  return layout('Problems', `<p>Every error is <code>application/problem+json</code> with one of these codes.</p>${entries.join('')}`);
}

function entryOf(route: Route, operation: Operation): string {
  const roles = route.access === 'public' ? 'everybody' : route.access.join(', ');
  const parameters = operation.parameters.map(
    (parameter) =>
      `<tr><td><code>${escape(parameter.name)}</code></td><td>${parameter.in}</td><td>${parameter.required ? 'required' : ''}</td><td>${escape(parameter.description ?? '')}</td></tr>`,
  );
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(([type, body]) => `<h4>Body, ${escape(type)}</h4>${schemaOf(body.schema)}`);
  const replies = Object.entries(operation.responses)
    .filter(([status]) => status !== 'default')
    .map(([status, response]) => {
      const content = Object.entries(response.content ?? {}).map(([, body]) => schemaOf(body.schema));
      return `<h4>${status} ${escape(response.description)}</h4>${content.join('')}`;
    });
  return `<details id="${operation.operationId}"><summary><b class="${route.method}">${route.method.toUpperCase()}</b> <code>${escape(route.path)}</code>
    <span>${escape(route.summary)}</span></summary>${route.description === undefined ? '' : `<p>${escape(route.description)}</p>`}
    <p>For ${escape(roles)}.</p>${parameters.length === 0 ? '' : `<table><tbody>${parameters.join('')}</tbody></table>`}${bodies.join('')}${replies.join('')}</details>`;
}

function schemaOf(schema: unknown): string {
  const text = escape(JSON.stringify(schema, null, 2));
  return `<pre>${text.replaceAll(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">$1</a>')}</pre>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const STYLE = `
:root{color-scheme:light dark;font:17px/1.55 system-ui,sans-serif}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-weight:650}h2{font-weight:650;margin-top:2.5rem;text-transform:capitalize}h4{margin:.75rem 0 .25rem}
code,pre{font:14px/1.45 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid #8885;border-radius:8px}
details{border-bottom:1px solid #8883;padding:.35rem 0}summary{cursor:pointer;overflow-wrap:anywhere}summary span{opacity:.8}
nav a{margin-right:.75rem}table{border-collapse:collapse}td{padding:.15rem .75rem .15rem 0;vertical-align:top}
b{display:inline-block;min-width:4.2rem;font:600 13px ui-monospace,monospace}
a{color:light-dark(#0d6e6e,#53d0c4)}
@media print{details{break-inside:avoid}}`;

function layout(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head><body><h1>${title}</h1>${content}</body></html>`;
}
