import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ROUTES } from '#api/routes.ts';
import { createTestApi, type TestApi } from '#tests/support/api.ts';
import { ROWS, type Row } from './rows.ts';
import { createWorld, type World } from './world.ts';

let api: TestApi;
let world: World;

beforeAll(async () => {
  api = await createTestApi();
  // the matrix asks more in a minute than a person may
  Object.assign(api.deps, { limits: { take: () => Promise.resolve({}) } });
  world = await createWorld(api);
});
afterAll(() => api.close());

const SIGNS: Readonly<Record<number, string>> = { 401: '-', 403: 'x', 404: '0' };

test('every route has a row in the authorisation matrix, and every row a route', () => {
  const routes = ROUTES.map((route) => `${route.method.toUpperCase()} ${route.path}`).sort();
  expect(Object.keys(ROWS).sort()).toEqual(routes);
});

describe('nobody, own student, other student, own teacher, other teacher, proctor, admin', () => {
  test.for(Object.entries(ROWS))('%s', { timeout: 30_000 }, async ([name, row]) => {
    const { student, otherStudent, teacher, otherTeacher, proctor, admin } = world.cast;
    const verdicts = [];
    for (const token of [undefined, ...[student, otherStudent, teacher, otherTeacher, proctor, admin].map((person) => person.token)]) {
      verdicts.push(await verdictOf(name.split(' ')[0]!, row, token));
    }
    expect(verdicts.join('')).toBe(row.verdicts);
  });
});

/** Calls the route on resources made for this call; the reply may be a refusal for another reason than rights. */
async function verdictOf(method: string, row: Row, token: string | undefined): Promise<string> {
  const path = await row.path(world);
  const body = row.body?.(world);
  const stop = new AbortController();
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method,
    signal: stop.signal,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
      ...(row.ifMatch === undefined ? {} : { 'If-Match': `"${row.ifMatch}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { status } = response;
  stop.abort();
  expect(status).not.toBe(500);
  return SIGNS[status] ?? '+';
}
