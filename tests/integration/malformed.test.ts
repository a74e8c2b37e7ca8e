import { connect } from 'node:net';

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Route } from '#api/http/route.ts';
import { ROUTES } from '#api/routes.ts';
import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';

let api: TestApi;
let people: TestPerson[];

beforeAll(async () => {
  api = await createTestApi();
  people = [await api.person('student'), await api.person('teacher'), await api.person('proctor'), await api.person('admin')];
});
afterAll(() => api.close());

const RUNS_PER_ROUTE = 12;

const badId = fc.oneof(fc.constant('0'), fc.constant('%00'), fc.constant('..%2f..'), fc.constant('01890a5d-ac96-774b-bcce-b302099a8057'), fc.string({ minLength: 1, maxLength: 40 }).map(encodeURIComponent));
const badText = fc.oneof(fc.string(), fc.constant('\u0000'), fc.constant('\ud800'), fc.constant("'; drop table users; --"), fc.constant('x'.repeat(5_000)));
const badValue = fc.oneof(badText, fc.double(), fc.constant(null), fc.boolean(), fc.constant(1e308), fc.constant(-1), fc.array(fc.jsonValue(), { maxLength: 3 }), fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }));
const badQuery = fc.dictionary(fc.constantFrom('limit', 'cursor', 'q', 'sort', 'state', 'changedSince', 'after', 'topics', '__proto__'), badText, { maxKeys: 3 });
const badHeaders = fc.record({
  'Idempotency-Key': fc.constantFrom('x', '00000000-0000-0000-0000-000000000000', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'),
  'If-Match': fc.constantFrom('"1"', '*', 'W/"x"', '"99999999999999999999"', '1'),
  'Last-Event-ID': fc.constantFrom('abc', '-1', '99999999999999999999'),
  'Content-Type': fc.constantFrom('application/json', 'text/plain', 'multipart/form-data', 'application/json; charset=utf-16'),
}, { requiredKeys: [] });

test.for(ROUTES.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))(
  '%s answers malformed requests with a problem, never with a fault of ours',
  { timeout: 60_000 },
  async ([, route]) => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: people.length - 1 }), fc.infiniteStream(badId), bodyFor(route), badQuery, badHeaders, async (who, ids, body, query, headers) => {
        const path = route.path.replaceAll(/\{\w+\}/g, () => ids.next().value as string);
        await demandProblem(route, path, people[who]!, body, query, headers);
      }),
      { numRuns: RUNS_PER_ROUTE },
    );
  },
);

/** Wrong bodies of the right outline: the members that the contract knows, with values that it does not. */
function bodyFor(route: Route): fc.Arbitrary<string | undefined> {
  if (route.method === 'get' || route.method === 'delete') return fc.constant(undefined);
  const shape = route.body === undefined ? {} : ((route.body as { shape?: Record<string, unknown> }).shape ?? {});
  const members = fc.record(Object.fromEntries(Object.keys(shape).map((name) => [name, badValue])), { requiredKeys: [] });
  return fc.oneof(members.map((value) => JSON.stringify(value)), badValue.map((value) => JSON.stringify(value)), fc.constantFrom('', '{', '[[[[', '"\\ud800"', '{"__proto__":{}}'));
}

async function demandProblem(route: Route, path: string, person: TestPerson, body: string | undefined, query: Record<string, string>, headers: Record<string, string>): Promise<void> {
  const search = new URLSearchParams(Object.fromEntries(Object.entries(query).map(([name, value]) => [name, value.toWellFormed()])));
  const stop = new AbortController();
  const response = await fetch(`${api.url}/api/v1${path}?${search.toString()}`, {
    method: route.method.toUpperCase(),
    headers: { Authorization: `Bearer ${person.token}`, 'Content-Type': 'application/json', ...headers },
    signal: stop.signal,
    ...(body === undefined ? {} : { body }),
  });
  const type = response.headers.get('content-type') ?? '';
  // an endless stream is left as soon as it has answered
  const text = type.startsWith('text/event-stream') ? '' : await response.text();
  stop.abort();
  expect(response.status, `${route.method} ${path}: ${text}`).toBeLessThan(500);
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  if (response.status >= 400) expect(type, `${route.method} ${path} ${response.status}`).toMatch(/^application\/problem\+json/);
}

test('an address that does not exist is a problem', async () => {
  const reply = await api.anybody.get('/nothing/here');
  expect([reply.status, reply.body.code]).toEqual([404, 'not-found']);
});

test('a method that an address does not know is a problem that names the code', async () => {
  const reply = await api.anybody.delete('/auth/login');
  expect([reply.status, reply.body.code]).toEqual([405, 'method-not-allowed']);
});

test('bytes that are not HTTP end the connection and nothing else', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write('\u0000\u0001nonsense\r\n\r\n'));
    socket.on('error', () => undefined);
    socket.resume();
    socket.on('close', () => resolve());
  });
  expect((await api.anybody.get('/nothing/here')).status).toBe(404);
});
