import { z } from 'zod';

import type { Route } from '#api/http/route.ts';
import { API_BASE } from '#api/http/router.ts';
import { PROBLEMS, problemSchema } from '#contracts/problems.ts';

type Json = Record<string, unknown>;

/** Builds the OpenAPI 3.1 description of the API out of its routes and their zod contracts. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    path[route.method] = operationOf(route, components);
  }
  refTo(problemSchema, components);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version: '1',
      description:
        'Online examinations that end at their second and lose no acknowledged answer. Ids are UUIDs, instants RFC 3339 UTC with milliseconds, '
        + 'points decimal strings. Errors are application/problem+json; each code is explained in docs/problems.md.',
    },
    servers: [{ url: `${publicUrl}${API_BASE}` }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'hf_access', description: 'With cookies, unsafe methods need X-Requested-By: holdfast.' },
      },
    },
  };
}

function operationOf(route: Route, components: Json): Json {
  return {
    operationId: `${route.method}${route.path.replaceAll(/[{}]/g, '').replaceAll(/[/-](\w)/g, (_all, letter: string) => letter.toUpperCase())}`,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.access === 'public' ? { security: [] } : { 'x-roles': route.access }),
    parameters: parametersOf(route, components),
    ...bodyOf(route, components),
    responses: responsesOf(route, components),
  };
}

function parametersOf(route: Route, components: Json): Json[] {
  const parameters: Json[] = [
    ...membersOf(route.params, components).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...membersOf(route.query, components).map(([name, schema]) => ({ name, in: 'query', required: false, schema })),
  ];
  if (route.key !== undefined) {
    parameters.push({
      name: 'Idempotency-Key', in: 'header', required: route.key === 'required', schema: { type: 'string', format: 'uuid' },
      description: 'A fresh UUID for each command; the same one when it is retried.',
    });
  }
  if (route.ifMatch !== undefined) {
    parameters.push({ name: 'If-Match', in: 'header', required: route.ifMatch === 'required', schema: { type: 'string' }, description: 'The ETag that was read.' });
  }
  return parameters;
}

function bodyOf(route: Route, components: Json): Json {
  if (route.multipart) {
    const schema = { type: 'object', properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } }, required: ['file'] };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  if (route.body === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: refTo(route.body, components) } } } };
}

function responsesOf(route: Route, components: Json): Json {
  const responses: Json = {};
  for (const [status, schema] of Object.entries(route.replies)) {
    const mediaType = route.mediaTypes?.[Number(status)] ?? 'application/json';
    responses[status] = {
      description: DESCRIPTIONS[status] ?? 'Answer',
      ...(schema === null ? {} : { content: { [mediaType]: { schema: refTo(schema, components) } } }),
    };
  }
  responses['default'] = {
    description: `A problem: ${Object.entries(PROBLEMS).length} codes, each with its status.`,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return responses;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'Done', 201: 'Created', 202: 'Accepted; the rest follows', 204: 'Done, nothing to say', 206: 'Part of the content',
};

function membersOf(schema: z.ZodType | undefined, components: Json): [string, Json][] {
  if (schema === undefined) return [];
  const json = jsonSchemaOf(schema, components);
  return Object.entries((json['properties'] ?? {}) as Record<string, Json>);
}

/** A reference when the schema has a name, the schema itself otherwise. */
function refTo(schema: z.ZodType, components: Json): Json {
  const name = z.globalRegistry.get(schema)?.id;
  if (name === undefined) return jsonSchemaOf(schema, components);
  if (components[name] === undefined) {
    const json = jsonSchemaOf(schema, components);
    // a named schema comes as a reference to its own definition, which is among the components by then
    components[name] ??= json;
  }
  return { $ref: `#/components/schemas/${name}` };
}

function jsonSchemaOf(schema: z.ZodType, components: Json): Json {
  const { $schema: _dialect, $defs, id: _id, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
    const { id: _named, ...rest } = definition;
    components[name] ??= withComponentRefs(rest);
  }
  return withComponentRefs(json) as Json;
}

function withComponentRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withComponentRefs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string' ? member.replace('#/$defs/', '#/components/schemas/') : withComponentRefs(member),
    ]),
  );
}
