import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';

let api: TestApi;
let admin: TestPerson;
let teacher: TestPerson;
let proctor: TestPerson;
let student: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [admin, teacher, proctor, student] = [await api.person('admin'), await api.person('teacher'), await api.person('proctor'), await api.person('student')];
});
afterAll(() => api.close());

function code(reply: TestReply): [number, string] {
  return [reply.status, reply.body.code];
}

function pointers(reply: TestReply): unknown[] {
  return reply.body.errors!.map((error: TestBody) => error.pointer).sort();
}

function newPerson(more: Record<string, unknown> = {}) {
  return { email: `${randomUUID()}@uni.test`, name: 'Somebody', ...more };
}

async function created(more: Record<string, unknown> = {}): Promise<TestBody & { id: string; email: string }> {
  return (await admin.post('/users', newPerson(more))).body as never;
}

async function batchOf(owner: TestPerson, more: Record<string, unknown> = {}): Promise<TestBody & { id: string }> {
  return (await owner.post('/batches', { name: 'Class', ...more })).body as never;
}

const id = randomUUID();
const ROUTES: readonly [string, keyof TestPerson & ('get' | 'post' | 'put' | 'patch' | 'delete'), string, unknown, readonly string[]][] = [
  ['list accounts', 'get', '/users', undefined, ['admin', 'teacher', 'proctor']],
  ['create an account', 'post', '/users', {}, ['admin']],
  ['create many accounts', 'post', '/users/bulk', {}, ['admin']],
  ['put an account by external id', 'put', '/users/by-external-id/x', {}, ['admin']],
  ['read an account', 'get', `/users/${id}`, undefined, ['admin', 'teacher', 'proctor']],
  ['change an account', 'patch', `/users/${id}`, {}, ['admin']],
  ['remove an account', 'delete', `/users/${id}`, undefined, ['admin']],
  ['read accommodations', 'get', `/users/${id}/accommodations`, undefined, ['admin', 'teacher']],
  ['put accommodations', 'put', `/users/${id}/accommodations`, {}, ['admin', 'teacher']],
  ['list batches', 'get', '/batches', undefined, ['admin', 'teacher', 'proctor']],
  ['create a batch', 'post', '/batches', {}, ['admin', 'teacher']],
  ['put a batch by external id', 'put', '/batches/by-external-id/x', {}, ['admin', 'teacher']],
  ['read a batch', 'get', `/batches/${id}`, undefined, ['admin', 'teacher', 'proctor']],
  ['change a batch', 'patch', `/batches/${id}`, {}, ['admin', 'teacher']],
  ['remove a batch', 'delete', `/batches/${id}`, undefined, ['admin', 'teacher']],
  ['replace the students of a batch', 'put', `/batches/${id}/students`, { studentIds: [] }, ['admin', 'teacher']],
  ['add a student to a batch', 'put', `/batches/${id}/students/${id}`, undefined, ['admin', 'teacher']],
  ['take a student out of a batch', 'delete', `/batches/${id}/students/${id}`, undefined, ['admin', 'teacher']],
];

it.each(ROUTES)('to %s takes a log-in and the right role', async (_what, method, path, body, roles) => {
  const call = (who: Pick<TestPerson, typeof method>): Promise<TestReply> =>
    method === 'get' || method === 'delete' ? who[method](path, { ifMatch: 1 }) : who[method](path, body, { ifMatch: 1 });
  expect(code(await call(api.anybody))).toEqual([401, 'unauthenticated']);
  for (const [role, person] of Object.entries({ admin, teacher, proctor, student })) {
    const { status } = await call(person);
    if (roles.includes(role)) expect([200, 404, 422]).toContain(status);
    else expect(status).toBe(403);
  }
});

it.each(ROUTES.filter(([, , path]) => path.includes(id)))('to %s of a malformed id finds nothing', async (_what, method, path, body) => {
  const wrong = path.replaceAll(id, 'not-an-id');
  expect(code(method === 'get' || method === 'delete' ? await admin[method](wrong) : await admin[method](wrong, body, { ifMatch: 1 }))).toEqual([404, 'not-found']);
});

describe('an account', () => {
  it('is created, read, changed and removed', async () => {
    const reply = await admin.post('/users', newPerson({ externalId: 'S-1', roles: ['student', 'proctor', 'student'], timeZone: 'Europe/Paris', locale: 'fr' }));
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ externalId: 'S-1', roles: ['student', 'proctor'], timeZone: 'Europe/Paris', locale: 'fr', disabled: false, version: 1 });
    const path = `/users/${reply.body.id}`;
    expect(reply.headers.get('location')).toBe(`/api/v1${path}`);
    const read = await admin.get(path);
    expect([read.headers.get('etag'), read.body]).toEqual(['"1"', reply.body]);
    const changed = await admin.patch(path, { name: 'Renamed', externalId: null, roles: ['teacher'] }, { ifMatch: 1 });
    expect(changed.body).toMatchObject({ name: 'Renamed', externalId: null, roles: ['teacher'], email: reply.body.email, version: 2 });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await admin.delete(path, { ifMatch: 2 })).status).toBe(204);
    expect(code(await admin.get(path))).toEqual([404, 'not-found']);
  });

  it('is created once by a command that is sent twice', async () => {
    const [body, key] = [newPerson(), randomUUID()];
    const [first, second] = await Promise.all([admin.post('/users', body, { key }), admin.post('/users', body, { key })]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.id).toBe(second.body.id);
  });

  it('logs in with the password that an admin gives, and with no password before', async () => {
    const user = await created();
    const logIn = (password: string) => api.anybody.post('/auth/login', { email: user.email, password });
    expect((await logIn('given by an admin')).status).toBe(401);
    const changed = await admin.patch(`/users/${user.id}`, { password: 'given by an admin' }, { ifMatch: 1 });
    expect(JSON.stringify(changed.body)).not.toContain('given by an admin');
    expect((await logIn('given by an admin')).status).toBe(200);
    const withPassword = await created({ password: 'given at the start' });
    expect((await api.anybody.post('/auth/login', { email: withPassword.email, password: 'given at the start' })).status).toBe(200);
  });

  it('leaves no password and no hash in the audit log', async () => {
    const { rows } = await api.pool.query<{ text: string }>('select string_agg(a::text, E\'\\n\') as text from audit_log a');
    expect(rows[0]!.text).not.toMatch(/given by an admin|given at the start|argon2/);
  });

  it('is refused with every wrong field by name', async () => {
    const refused = await admin.post('/users', { email: 'x', name: ' ', roles: ['king'], timeZone: 'Nowhere', locale: '?', password: 'short', id: 1 });
    expect(code(refused)).toEqual([422, 'validation-failed']);
    expect(pointers(refused)).toEqual(['/email', '/id', '/locale', '/name', '/password', '/roles/0', '/timeZone']);
  });

  it('is refused when its e-mail address or external id is taken', async () => {
    const [first, second] = [await created({ externalId: randomUUID() }), await created()];
    expect(pointers(await admin.post('/users', newPerson({ email: first.email.toUpperCase() })))).toEqual(['/email']);
    expect(pointers(await admin.post('/users', newPerson({ externalId: first.externalId })))).toEqual(['/externalId']);
    expect(code(await admin.patch(`/users/${second.id}`, { email: first.email }, { ifMatch: 1 }))).toEqual([409, 'already-exists']);
  });

  it('changes only in the version that was read', async () => {
    const user = await created();
    expect(code(await admin.patch(`/users/${user.id}`, { name: 'A' }))).toEqual([428, 'precondition-required']);
    const [first, second] = await Promise.all(['A', 'B'].map((name) => admin.patch(`/users/${user.id}`, { name }, { ifMatch: 1 })));
    expect([first!.status, second!.status].sort()).toEqual([200, 412]);
    expect(code(await admin.delete(`/users/${user.id}`, { ifMatch: 1 }))).toEqual([412, 'version-conflict']);
  });

  it('is not changed by a patch that says nothing', async () => {
    const user = await created();
    expect((await admin.patch(`/users/${user.id}`, {}, { ifMatch: 1 })).body).toMatchObject({ version: 1 });
  });

  it('refuses null where there is always a value', async () => {
    const user = await created();
    expect(pointers(await admin.patch(`/users/${user.id}`, { name: null, roles: null, timeZone: null }, { ifMatch: 1 }))).toEqual(['/name', '/roles', '/timeZone']);
  });

  it('of an admin is not disabled or removed by themselves', async () => {
    expect(code(await admin.patch(`/users/${admin.id}`, { disabled: true }, { ifMatch: 1 }))).toEqual([409, 'state-conflict']);
    expect(code(await admin.delete(`/users/${admin.id}`))).toEqual([409, 'state-conflict']);
    expect(code(await admin.patch(`/users/${admin.id}`, { roles: ['teacher'] }, { ifMatch: 1 }))).toEqual([409, 'state-conflict']);
  });

  it('of somebody who owns something is disabled instead of removed', async () => {
    const owner = await created({ roles: ['teacher'] });
    await admin.post('/batches', { name: 'Theirs', ownerId: owner.id });
    const reply = await admin.delete(`/users/${owner.id}`);
    expect([reply.status, reply.body.disabled]).toEqual([200, true]);
  });

  it('is created and changed by the id of another system', async () => {
    const path = `/users/by-external-id/${encodeURIComponent(`uni:4711/${randomUUID()}`)}`;
    const first = await admin.put(path, newPerson());
    expect([first.status, first.body.roles]).toEqual([201, ['student']]);
    const second = await admin.put(path, { email: first.body.email, name: 'Renamed', roles: ['teacher'] });
    expect([second.status, second.body.id, second.body.name, second.body.version]).toEqual([200, first.body.id, 'Renamed', 2]);
    const third = await admin.put(path, { email: first.body.email, name: 'Renamed' });
    expect(third.body.roles).toEqual(['teacher']);
    expect(code(await admin.put(path, newPerson(), { ifMatch: 1 }))).toEqual([412, 'version-conflict']);
    expect(pointers(await admin.put(path, { name: 'x' }))).toEqual(['/email']);
    expect(code(await admin.put(`/users/by-external-id/${randomUUID()}`, newPerson({ email: admin.email })))).toEqual([409, 'already-exists']);
  });
});

it('two systems that put the same external id at once make one account and one batch', async () => {
  const externalId = randomUUID();
  const person = newPerson();
  const users = await Promise.all([1, 2, 3].map(() => admin.put(`/users/by-external-id/${externalId}`, person)));
  expect(users.map((reply) => reply.status).sort()).toEqual([200, 200, 201]);
  const batches = await Promise.all([1, 2, 3].map(() => teacher.put(`/batches/by-external-id/${externalId}`, { name: 'Class' })));
  expect(batches.map((reply) => reply.status).sort()).toEqual([200, 200, 201]);
});

describe('the list of accounts', () => {
  const mark = randomUUID().slice(0, 8);
  beforeAll(async () => {
    const rows = ['Cem', 'Ada', 'Ben', 'Ada'].map((name, index) => newPerson({ name: `${mark} ${name}`, externalId: `${mark}-${index}`, roles: index === 0 ? ['teacher'] : ['student'] }));
    await admin.post('/users/bulk', { rows });
  });

  async function walk(person: TestPerson, query: string): Promise<TestBody[]> {
    const seen: TestBody[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: TestReply = await person.get(`/users?${query}${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      seen.push(...page.body.items!);
      cursor = page.body.nextCursor;
    }
    return seen;
  }

  it.each(['name', '-name', 'email', '-email', 'createdAt', '-createdAt'])('is read page by page in the order %s, nobody twice and nobody left out', async (sort) => {
    const whole = (await admin.get(`/users?sort=${sort}&limit=200`)).body;
    const paged = await walk(admin, `sort=${sort}&limit=3`);
    expect(paged.map((user) => user.id)).toEqual(whole.items!.map((user: TestBody) => user.id));
    expect(whole.total).toBe(paged.length);
  });

  it('is narrowed by text, role, disabled and batch', async () => {
    const names = async (query: string): Promise<unknown[]> => (await admin.get(`/users?${query}`)).body.items!.map((user: TestBody) => user.name);
    expect(await names(`q=${mark}`)).toEqual([`${mark} Ada`, `${mark} Ada`, `${mark} Ben`, `${mark} Cem`]);
    expect(await names(`q=${mark}-2`)).toEqual([`${mark} Ben`]);
    expect(await names(`q=${mark}&role=teacher`)).toEqual([`${mark} Cem`]);
    expect(await names(`q=${mark}&disabled=true`)).toEqual([]);
    expect(await names(`q=${encodeURIComponent('%')}`)).toEqual([]);
    const batch = await batchOf(teacher);
    await teacher.put(`/batches/${batch.id}/students/${student.id}`);
    expect(await names(`batchId=${batch.id}`)).toEqual([student.name]);
    expect(await names(`q=${mark}&changedSince=2100-01-01T00:00:00Z`)).toEqual([]);
  });

  it('shows a proctor names and ids, and lets them find nothing by anything else', async () => {
    const items = await walk(proctor, `q=${mark}&limit=3`);
    expect(items).toHaveLength(4);
    for (const item of items) expect(Object.keys(item).sort()).toEqual(['externalId', 'id', 'name']);
    expect((await proctor.get(`/users?q=${encodeURIComponent(teacher.email)}`)).body.items).toEqual([]);
    expect(pointers(await proctor.get('/users?sort=email'))).toEqual(['/sort']);
    expect((await proctor.get(`/users/${teacher.id}`)).body).toEqual({ id: teacher.id, externalId: null, name: teacher.name });
    expect((await teacher.get(`/users/${student.id}`)).body).toMatchObject({ email: student.email });
  });

  it.each(['sort=password', 'limit=0', 'limit=201', 'cursor=x', 'disabled=perhaps', 'passwordHash=x', 'batchId=1', 'changedSince=yesterday'])('refuses the query %s', async (query) => {
    const refused = await admin.get(`/users?${query}`);
    expect(code(refused)).toEqual([422, 'validation-failed']);
    expect(pointers(refused)).toEqual([`/${query.split('=')[0]}`]);
  });

  it('refuses a cursor of another order', async () => {
    const { nextCursor } = (await admin.get('/users?sort=name&limit=1')).body;
    expect(pointers(await admin.get(`/users?sort=createdAt&cursor=${nextCursor}`))).toEqual(['/cursor']);
  });
});

describe('many accounts at once', () => {
  it('get a verdict each, and a wrong row harms no other', async () => {
    const known = await created({ externalId: randomUUID() });
    const email = `${randomUUID()}@uni.test`;
    const reply = await admin.post('/users/bulk', {
      rows: [{ email, name: 'New', password: 'set in the file' }, 'nonsense', { email: 'x', name: 'Y', role: 'admin' }, { externalId: known.externalId, name: 'Renamed' }, {}, { email: admin.email, disabled: true }],
    });
    expect(reply.status).toBe(200);
    expect(reply.body.counts).toEqual({ created: 1, updated: 1, refused: 4 });
    expect(reply.body.results!.map((result: TestBody) => [result.index, result.verdict, result.code, result.errors?.map((error: TestBody) => error.pointer).sort()])).toEqual([
      [0, 'created', undefined, undefined],
      [1, 'refused', 'validation-failed', ['/rows/1']],
      [2, 'refused', 'validation-failed', ['/rows/2/email', '/rows/2/role']],
      [3, 'updated', undefined, undefined],
      [4, 'refused', 'validation-failed', ['/rows/4/email']],
      [5, 'refused', 'state-conflict', ['/rows/5/disabled']],
    ]);
    expect((await api.anybody.post('/auth/login', { email, password: 'set in the file' })).status).toBe(200);
    expect((await admin.get(`/users/${known.id}`)).body).toMatchObject({ name: 'Renamed', email: known.email, version: 2 });
  });

  it('are 2,000 in one request, and a second time nothing changes', async () => {
    const rows = Array.from({ length: 2_000 }, (_all, index) => newPerson({ externalId: randomUUID(), name: `Student ${index}` }));
    expect((await admin.post('/users/bulk', { rows })).body.counts).toEqual({ created: 2_000, updated: 0, refused: 0 });
    expect((await admin.post('/users/bulk', { rows })).body.counts).toEqual({ created: 0, updated: 2_000, refused: 0 });
    const { rows: versions } = await api.pool.query('select distinct version from users where external_id = any($1)', [rows.map((row) => (row as { externalId?: string }).externalId)]);
    expect(versions).toEqual([{ version: 1 }]);
  });

  it('are refused beyond 2,000, and when there is none', async () => {
    expect(pointers(await admin.post('/users/bulk', { rows: Array.from({ length: 2_001 }, () => ({})) }))).toEqual(['/rows']);
    expect(pointers(await admin.post('/users/bulk', { rows: [] }))).toEqual(['/rows']);
  });
});

describe('accommodations', () => {
  it('are none until staff set them, and are replaced as a whole', async () => {
    const path = `/users/${student.id}/accommodations`;
    expect((await teacher.get(path)).body).toEqual({ timeMultiplier: '1', extraMinutes: 0, breakMinutes: 0, note: '' });
    const set = await teacher.put(path, { timeMultiplier: 1.25, extraMinutes: 10, note: 'doctor\'s note' });
    expect(set.body).toEqual({ timeMultiplier: '1.25', extraMinutes: 10, breakMinutes: 0, note: 'doctor\'s note' });
    expect((await admin.put(path, { timeMultiplier: '1.5000', breakMinutes: 5 }, { ifMatch: 1 })).body).toEqual({ timeMultiplier: '1.5', extraMinutes: 0, breakMinutes: 5, note: '' });
    expect(code(await teacher.put(path, {}, { ifMatch: 1 }))).toEqual([412, 'version-conflict']);
    const { rows } = await api.pool.query(`select before, after from audit_log where resource_id = $1 and action = 'user.change-accommodations' order by id`, [student.id]);
    expect(rows).toMatchObject([{ before: { timeMultiplier: '1' }, after: { timeMultiplier: '1.25' } }, { before: { timeMultiplier: '1.25' }, after: { breakMinutes: 5 } }]);
  });

  it.each<[string, unknown, string]>([
    ['a multiplier below 1', { timeMultiplier: '0.9' }, '/timeMultiplier'],
    ['a multiplier above 5', { timeMultiplier: '5.0001' }, '/timeMultiplier'],
    ['a multiplier of letters', { timeMultiplier: 'much' }, '/timeMultiplier'],
    ['half a minute', { extraMinutes: 0.5 }, '/extraMinutes'],
    ['more than a day', { breakMinutes: 1441 }, '/breakMinutes'],
    ['an unknown field', { reader: true }, '/reader'],
  ])('refuse %s', async (_what, body, pointer) => {
    expect(pointers(await teacher.put(`/users/${student.id}/accommodations`, body))).toEqual([pointer]);
  });

  it('are not given by a teacher to themselves, nor to nobody', async () => {
    expect(code(await teacher.put(`/users/${teacher.id}/accommodations`, { extraMinutes: 60 }))).toEqual([403, 'forbidden']);
    expect(code(await teacher.put(`/users/${randomUUID()}/accommodations`, { extraMinutes: 60 }))).toEqual([404, 'not-found']);
    expect(code(await teacher.get(`/users/${randomUUID()}/accommodations`))).toEqual([404, 'not-found']);
  });
});

describe('a batch', () => {
  it('is created, read, changed and removed by its owner', async () => {
    const reply = await teacher.post('/batches', { name: 'Physics 1', description: 'Monday', externalId: randomUUID() });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ name: 'Physics 1', ownerId: teacher.id, active: true, studentCount: 0, version: 1 });
    const path = `/batches/${reply.body.id}`;
    expect((await proctor.get(path)).body).toEqual(reply.body);
    expect((await teacher.patch(path, { active: false, externalId: null }, { ifMatch: 1 })).body).toMatchObject({ active: false, externalId: null, name: 'Physics 1', version: 2 });
    expect((await teacher.delete(path)).status).toBe(204);
    expect(code(await teacher.get(path))).toEqual([404, 'not-found']);
  });

  it('of somebody else is read, not changed; an admin changes every one', async () => {
    const batch = await batchOf(teacher);
    const other = await api.person('teacher');
    const path = `/batches/${batch.id}`;
    expect((await other.get(path)).status).toBe(200);
    for (const reply of [
      await other.patch(path, { name: 'Mine' }, { ifMatch: 1 }), await other.delete(path), await other.put(`${path}/students`, { studentIds: [] }),
      await other.put(`${path}/students/${student.id}`), await other.delete(`${path}/students/${student.id}`),
    ]) expect(code(reply)).toEqual([403, 'forbidden']);
    expect((await admin.patch(path, { ownerId: other.id }, { ifMatch: 1 })).body).toMatchObject({ ownerId: other.id });
    expect(code(await other.patch(path, { ownerId: teacher.id }, { ifMatch: 2 }))).toEqual([403, 'forbidden']);
    expect(code(await other.post('/batches', { name: 'x', ownerId: teacher.id }))).toEqual([403, 'forbidden']);
    expect(pointers(await admin.post('/batches', { name: 'x', ownerId: student.id }))).toEqual(['/ownerId']);
  });

  it('changes only in the version that was read', async () => {
    const batch = await batchOf(teacher);
    expect(code(await teacher.patch(`/batches/${batch.id}`, { name: 'x' }))).toEqual([428, 'precondition-required']);
    expect(code(await teacher.patch(`/batches/${batch.id}`, { name: 'x' }, { ifMatch: 2 }))).toEqual([412, 'version-conflict']);
    expect(code(await teacher.delete(`/batches/${batch.id}`, { ifMatch: 2 }))).toEqual([412, 'version-conflict']);
  });

  it('is refused with every wrong field by name, and with an external id that is taken', async () => {
    expect(pointers(await teacher.post('/batches', { name: '', description: 1, students: [] }))).toEqual(['/description', '/name', '/students']);
    const batch = await batchOf(teacher, { externalId: randomUUID() });
    expect(code(await teacher.post('/batches', { name: 'x', externalId: batch.externalId }))).toEqual([409, 'already-exists']);
  });

  it('is created and changed by the id of another system, each teacher their own', async () => {
    const path = `/batches/by-external-id/${randomUUID()}`;
    const first = await teacher.put(path, { name: 'A', description: 'kept' });
    expect([first.status, first.body.ownerId]).toEqual([201, teacher.id]);
    expect((await teacher.put(path, { name: 'B' })).body).toMatchObject({ id: first.body.id, name: 'B', description: 'kept', version: 2 });
    const other = await api.person('teacher');
    expect(code(await other.put(path, { name: 'C' }))).toEqual([403, 'forbidden']);
    expect((await admin.put(path, { name: 'D' })).body).toMatchObject({ name: 'D', ownerId: teacher.id });
  });

  it('is listed page by page and narrowed', async () => {
    const mark = randomUUID().slice(0, 8);
    for (const name of ['C', 'A', 'B']) await batchOf(teacher, { name: `${mark} ${name}`, active: name !== 'B' });
    const first = await proctor.get(`/batches?q=${mark}&limit=2`);
    expect(first.body).toMatchObject({ total: 3, items: [{ name: `${mark} A` }, { name: `${mark} B` }] });
    const second = await proctor.get(`/batches?q=${mark}&limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ nextCursor: null, items: [{ name: `${mark} C` }] });
    expect((await admin.get(`/batches?q=${mark}&active=false&ownerId=${teacher.id}&sort=-createdAt`)).body.items!.map((batch: TestBody) => batch.name)).toEqual([`${mark} B`]);
  });

  it('gets its students as a set or one by one', async () => {
    const batch = await batchOf(teacher);
    const path = `/batches/${batch.id}/students`;
    const [a, b] = await api.students(2);
    expect((await teacher.put(path, { studentIds: [a!.id, b!.id] })).body).toMatchObject({ studentCount: 2 });
    expect((await teacher.put(path, { studentIds: [b!.id] })).body).toMatchObject({ studentCount: 1 });
    expect((await teacher.put(`${path}/${a!.id}`)).body).toMatchObject({ studentCount: 2 });
    expect((await teacher.put(`${path}/${a!.id}`)).body).toMatchObject({ studentCount: 2 });
    expect((await teacher.delete(`${path}/${a!.id}`)).status).toBe(204);
    expect(code(await teacher.delete(`${path}/${a!.id}`))).toEqual([404, 'not-found']);
    expect(code(await teacher.put(`${path}/${teacher.id}`))).toEqual([404, 'not-found']);
    expect(pointers(await teacher.put(path, { studentIds: [b!.id, randomUUID(), 'x'] }))).toEqual(['/studentIds/2']);
    expect(pointers(await teacher.put(path, { studentIds: [b!.id, randomUUID()] }))).toEqual(['/studentIds/1']);
    expect((await teacher.get(`/batches/${batch.id}`)).body).toMatchObject({ studentCount: 1 });
  });
});
