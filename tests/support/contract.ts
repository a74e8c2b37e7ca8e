import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

import { openApiDocument } from '#api/openapi/document.ts';
import { ROUTES } from '#api/routes.ts';

type Json = Record<string, unknown>;

const document = openApiDocument(ROUTES, 'http://127.0.0.1') as { paths: Record<string, Record<string, Json>>; components: { schemas: Json } };
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ $id: 'api', components: document.components });
const compiled = new Map<string, ValidateFunction>();
const matchers = Object.keys(document.paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  literal: !path.includes('{'),
}));

/**
 * Checks one reply against the OpenAPI description: a described status and a body of the described shape, or a problem.
 * @throws Error that says what differs
 */
export function checkReply(method: string, path: string, reply: { status: number; headers: Headers; body: unknown }): void {
  const pathname = new URL(path, 'http://local').pathname.replace(/^\/api\/v1/, '');
  const found = matchers.filter(({ pattern }) => pattern.test(pathname)).sort((a, b) => Number(b.literal) - Number(a.literal))[0];
  if (reply.status >= 400) {
    demandProblem(method, path, reply);
    return;
  }
  const operation = found === undefined ? undefined : document.paths[found.path]![method.toLowerCase()];
  if (operation === undefined) throw new Error(`${method} ${pathname} answers ${reply.status} but is not described`);
  const described = (operation['responses'] as Record<string, { content?: Record<string, { schema: Json }> }>)[reply.status];
  if (described === undefined) throw new Error(`${method} ${found!.path} answers ${reply.status}, which is not described`);
  const schema = described.content?.['application/json']?.schema;
  if (schema !== undefined) demandShape(`${method} ${found!.path} ${reply.status}`, schema, reply.body);
}

function demandProblem(method: string, path: string, reply: { status: number; headers: Headers; body: unknown }): void {
  const type = reply.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) throw new Error(`${method} ${path} answers ${reply.status} as ${type}`);
  demandShape(`${method} ${path} ${reply.status}`, { $ref: '#/components/schemas/Problem' }, reply.body);
  if ((reply.body as Json)['status'] !== reply.status) throw new Error(`${method} ${path}: the problem says ${String((reply.body as Json)['status'])}, the reply ${reply.status}`);
}

function demandShape(name: string, schema: Json, body: unknown): void {
  let validate = compiled.get(name);
  if (validate === undefined) {
    validate = ajv.compile(withApiRefs(schema) as Json);
    compiled.set(name, validate);
  }
  if (validate(body)) return;
  const wrong = (validate.errors ?? []).slice(0, 5).map((error) => `${error.instancePath} ${error.message}`).join('; ');
  throw new Error(`${name} differs from its contract: ${wrong}\n${JSON.stringify(body)?.slice(0, 600)}`);
}

function withApiRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withApiRefs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === '$ref' && typeof member === 'string' && member.startsWith('#') ? `api${member}` : withApiRefs(member)]),
  );
}
