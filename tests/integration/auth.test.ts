import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { createCaller, type TestBody, type TestReply } from '#tests/support/caller.ts';

let api: TestApi;
let admin: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  admin = await api.person('admin');
});
afterAll(() => api.close());

const DEVICE = { headers: { 'X-Device-Id': 'a-device-that-nobody-else-has' } };

function logIn(email: string, password: string, headers: Record<string, string> = {}): Promise<TestReply> {
  return api.anybody.post('/auth/login', { email, password }, { headers });
}

function code(reply: TestReply): [number, string] {
  return [reply.status, reply.body.code];
}

function pointers(reply: TestReply): unknown[] {
  return reply.body.errors!.map((error: TestBody) => error.pointer);
}

/** Cookies that a reply sets, by name. */
function cookiesOf(reply: TestReply): Record<string, string> {
  return Object.fromEntries(reply.headers.getSetCookie().map((cookie) => /^(\w+)=([^;]*)/.exec(cookie)!.slice(1)));
}

/** Polls until the condition holds; the bound is part of what is promised. */
async function within(ms: number, condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('registering', () => {
  const form = () => ({ email: `Ada.${randomUUID()}@Uni.Test`, password: 'quite a long one', name: ' Ada ' });

  it('makes a student who can log in at once, under an address in lower case', async () => {
    const asked = form();
    const registered = await api.anybody.post('/auth/register', asked);
    expect(registered.status).toBe(201);
    expect(registered.body).toMatchObject({ email: asked.email.toLowerCase(), name: 'Ada', roles: ['student'], disabled: false, version: 1 });
    expect((await logIn(asked.email.toUpperCase(), asked.password)).status).toBe(200);
  });

  it('refuses a role, and every other wrong field at once', async () => {
    const refused = await api.anybody.post('/auth/register', { email: 'nobody', password: 'short', name: '', roles: ['admin'], role: 'admin' });
    expect(code(refused)).toEqual([422, 'validation-failed']);
    expect(pointers(refused).sort()).toEqual(['/email', '/name', '/password', '/role', '/roles']);
  });

  it('refuses an address that is taken, in whatever case', async () => {
    const asked = form();
    await api.anybody.post('/auth/register', asked);
    const refused = await api.anybody.post('/auth/register', { ...asked, email: asked.email.toLowerCase() });
    expect(code(refused)).toEqual([409, 'already-exists']);
    expect(pointers(refused)).toEqual(['/email']);
  });
});

describe('logging in', () => {
  it('answers a pair of tokens, who it is, and cookies that no script reads', async () => {
    const student = await api.person('student');
    const reply = await logIn(student.email, student.password);
    expect(reply.body).toMatchObject({ expiresIn: 900, user: { id: student.id, roles: ['student'] } });
    expect(JSON.stringify(reply.body)).not.toContain('argon2');
    expect(Object.keys(cookiesOf(reply)).sort()).toEqual(['hf_access', 'hf_device', 'hf_refresh']);
    for (const cookie of reply.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  it('answers the same for a wrong password, an unknown account and an account without a password', async () => {
    const student = await api.person('student');
    const silent = await admin.post('/users', { email: `${randomUUID()}@uni.test`, name: 'Silent' });
    const replies = await Promise.all([logIn(student.email, 'wrong'), logIn('nobody@uni.test', 'wrong'), logIn(silent.body.email, 'wrong')]);
    for (const reply of replies) expect(code(reply)).toEqual([401, 'unauthenticated']);
    expect(new Set(replies.map((reply) => reply.body.detail)).size).toBe(1);
  });

  it('tells a disabled account so, but only to who knows the password', async () => {
    const student = await api.person('student');
    await admin.patch(`/users/${student.id}`, { disabled: true }, { ifMatch: 1 });
    expect(code(await logIn(student.email, 'wrong'))).toEqual([401, 'unauthenticated']);
    expect(code(await logIn(student.email, student.password))).toEqual([403, 'forbidden']);
  });

  it('never counts successes, however many come at once', async () => {
    const student = await api.person('student');
    const replies = await Promise.all(Array.from({ length: 20 }, () => logIn(student.email, student.password)));
    expect(replies.map((reply) => reply.status)).toEqual(Array.from({ length: 20 }, () => 200));
  });

  it.each<[string, unknown, string]>([
    ['no e-mail address', { password: 'x' }, '/email'],
    ['an unknown field', { email: 'a@b.test', password: 'x', remember: true }, '/remember'],
    ['a password with a NUL', { email: 'a@b.test', password: 'x\u0000' }, '/password'],
  ])('refuses %s by name', async (_what, body, pointer) => {
    const reply = await api.anybody.post('/auth/login', body);
    expect(code(reply)).toEqual([422, 'validation-failed']);
    expect(pointers(reply)).toEqual([pointer]);
  });

  it('refuses a device id that could be guessed', async () => {
    expect(pointers(await logIn('a@b.test', 'x', { 'X-Device-Id': '1' }))).toEqual(['/X-Device-Id']);
  });
});

describe('wrong passwords', () => {
  it('stop after the fifth with 429, also for the right password, and later lock with 423 for longer', async () => {
    const student = await api.person('student');
    for (let count = 0; count < 5; count += 1) expect((await logIn(student.email, 'wrong')).status).toBe(401);
    const stopped = await logIn(student.email, student.password);
    expect(code(stopped)).toEqual([429, 'rate-limited']);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(50);
    await api.pool.query('update login_failures set locked_until = holdfast_now() where key like $1', [`${student.email}%`]);
    for (let count = 0; count < 5; count += 1) expect((await logIn(student.email, 'wrong')).status).toBe(401);
    const locked = await logIn(student.email, student.password);
    expect(code(locked)).toEqual([423, 'account-locked']);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(290);
    await api.pool.query('update login_failures set locked_until = holdfast_now() where key like $1', [`${student.email}%`]);
    expect((await logIn(student.email, student.password)).status).toBe(200);
  });

  it('sent all at once get no more than five guesses', async () => {
    const student = await api.person('student');
    const replies = await Promise.all(Array.from({ length: 25 }, (_all, index) => logIn(student.email, `guess ${index}`)));
    expect(replies.filter((reply) => reply.status === 401)).toHaveLength(5);
    expect(replies.filter((reply) => reply.status === 429)).toHaveLength(20);
  });

  it('of a stranger do not keep the owner out of a known device, by header or by cookie', async () => {
    const student = await api.person('student');
    await logIn(student.email, student.password, DEVICE.headers);
    const mark = cookiesOf(await logIn(student.email, student.password))['hf_device']!;
    for (let count = 0; count < 5; count += 1) await logIn(student.email, 'wrong');
    expect((await logIn(student.email, student.password)).status).toBe(429);
    expect((await logIn(student.email, student.password, DEVICE.headers)).status).toBe(200);
    expect((await logIn(student.email, student.password, { Cookie: `hf_device=${mark}` })).status).toBe(200);
  });

  it('on a known device slow that device down and nobody else', async () => {
    const student = await api.person('student');
    await logIn(student.email, student.password, DEVICE.headers);
    for (let count = 0; count < 5; count += 1) expect((await logIn(student.email, 'wrong', DEVICE.headers)).status).toBe(401);
    expect(code(await logIn(student.email, student.password, DEVICE.headers))).toEqual([429, 'rate-limited']);
    expect((await logIn(student.email, student.password)).status).toBe(200);
  });

  it('leave a trace that holds no password', async () => {
    const student = await api.person('student');
    for (let count = 0; count < 5; count += 1) await logIn(student.email, 'my wrong secret');
    const { rows } = await api.pool.query(`select * from audit_log where resource_id = $1 and action = 'auth.stop'`, [student.id]);
    expect(rows).toMatchObject([{ after: { code: 'rate-limited', seconds: 60, knownDevice: false } }]);
    expect(JSON.stringify(rows)).not.toContain('my wrong secret');
  });
});

describe('refreshing', () => {
  async function pairOf(person: TestPerson): Promise<{ accessToken: string; refreshToken: string }> {
    const { body } = await logIn(person.email, person.password);
    return body as unknown as { accessToken: string; refreshToken: string };
  }
  const refresh = (refreshToken: string) => api.anybody.post('/auth/refresh', { refreshToken });

  it('gives twins that come at once, and one that comes a little later, the same pair', async () => {
    const { refreshToken } = await pairOf(await api.person('student'));
    const [first, second] = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    const third = await refresh(refreshToken);
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(third.body).toEqual(first.body);
    expect(first.body.refreshToken).not.toBe(refreshToken);
    expect((await createCaller(api.url, first.body.accessToken).get('/auth/me')).status).toBe(200);
  });

  it('with a token that was used long ago ends the log-in in all its tokens', async () => {
    const person = await api.person('student');
    const { accessToken, refreshToken } = await pairOf(person);
    const next = await refresh(refreshToken);
    await api.pool.query(`update refresh_tokens set used_at = used_at - interval '31 seconds' where used_at is not null`);
    expect(code(await refresh(refreshToken))).toEqual([401, 'unauthenticated']);
    expect(code(await refresh(next.body.refreshToken))).toEqual([401, 'unauthenticated']);
    for (const token of [accessToken, next.body.accessToken]) {
      expect(code(await createCaller(api.url, token).get('/auth/me'))).toEqual([401, 'unauthenticated']);
    }
    // other log-ins of the same person go on
    expect((await person.get('/auth/me')).status).toBe(200);
    const { rows } = await api.pool.query(`select count(*)::int as count from audit_log where actor_id = $1 and action = 'auth.refresh-reused'`, [person.id]);
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('by cookie needs the header that no foreign page can send', async () => {
    const person = await api.person('student');
    const jar = cookiesOf(await logIn(person.email, person.password));
    const Cookie = `hf_refresh=${jar['hf_refresh']}`;
    expect(code(await api.anybody.post('/auth/refresh', undefined, { headers: { Cookie } }))).toEqual([403, 'forbidden']);
    const reply = await api.anybody.post('/auth/refresh', undefined, { headers: { Cookie, 'X-Requested-By': 'holdfast' } });
    expect(reply.status).toBe(200);
    expect(cookiesOf(reply)['hf_refresh']).toBe(reply.body.refreshToken);
  });

  it('without, or with an unknown token, is refused', async () => {
    expect(code(await api.anybody.post('/auth/refresh', {}))).toEqual([401, 'unauthenticated']);
    expect(code(await refresh('made up'))).toEqual([401, 'unauthenticated']);
    expect(pointers(await api.anybody.post('/auth/refresh', { refreshToken: 1 }))).toEqual(['/refreshToken']);
  });

  it('stores neither token', async () => {
    const { accessToken, refreshToken } = await pairOf(await api.person('student'));
    const next = await refresh(refreshToken);
    const { rows } = await api.pool.query<{ text: string }>(
      `select coalesce(string_agg(t::text, ''), '') as text from (select to_jsonb(r) as t from refresh_tokens r union all select to_jsonb(s) from auth_sessions s union all select to_jsonb(a) from audit_log a) all_rows`,
    );
    for (const secret of [accessToken, refreshToken, next.body.refreshToken, next.body.accessToken]) expect(rows[0]!.text).not.toContain(secret);
  });
});

describe('logging out', () => {
  it('ends the tokens at once and takes the cookies away', async () => {
    const person = await api.person('student');
    const reply = await person.post('/auth/logout');
    expect(reply.status).toBe(204);
    expect(cookiesOf(reply)).toEqual({ hf_access: '', hf_refresh: '' });
    expect(code(await person.get('/auth/me'))).toEqual([401, 'unauthenticated']);
  });

  it('works with the refresh token alone, once the access token is over', async () => {
    const person = await api.person('student');
    const { refreshToken } = (await logIn(person.email, person.password)).body;
    expect((await api.anybody.post('/auth/logout', { refreshToken })).status).toBe(204);
    expect(code(await api.anybody.post('/auth/refresh', { refreshToken }))).toEqual([401, 'unauthenticated']);
    expect((await person.get('/auth/me')).status).toBe(200);
  });

  it('by cookie needs the header that no foreign page can send', async () => {
    const person = await api.person('student');
    const headers = { Cookie: `hf_access=${person.token}` };
    expect(code(await api.anybody.post('/auth/logout', undefined, { headers }))).toEqual([403, 'forbidden']);
    expect((await api.anybody.post('/auth/logout', undefined, { headers: { ...headers, 'X-Requested-By': 'holdfast' } })).status).toBe(204);
  });

  it('without a log-in is refused', async () => {
    expect(code(await api.anybody.post('/auth/logout'))).toEqual([401, 'unauthenticated']);
  });
});

describe('the own account', () => {
  it('is read and changed by its owner, and by nobody without a log-in', async () => {
    const person = await api.person('student');
    const me = await person.get('/auth/me');
    expect(me.headers.get('etag')).toBe('"1"');
    expect(me.body).toMatchObject({ id: person.id, email: person.email });
    const changed = await person.patch('/auth/me', { name: 'New name', timeZone: 'Asia/Tokyo', locale: 'ja' }, { ifMatch: 1 });
    expect(changed.body).toMatchObject({ name: 'New name', timeZone: 'Asia/Tokyo', locale: 'ja', version: 2 });
    expect(code(await api.anybody.get('/auth/me'))).toEqual([401, 'unauthenticated']);
    expect(code(await api.anybody.patch('/auth/me', { name: 'x' }, { ifMatch: 1 }))).toEqual([401, 'unauthenticated']);
  });

  it('refuses what an owner may not set, wrong values, and changes of an old version', async () => {
    const person = await api.person('student');
    expect(pointers(await person.patch('/auth/me', { roles: ['admin'], email: 'x@y.test', timeZone: 'Mars/Base' }, { ifMatch: 1 })).sort()).toEqual(['/email', '/roles', '/timeZone']);
    expect(code(await person.patch('/auth/me', { name: 'x' }))).toEqual([428, 'precondition-required']);
    expect(code(await person.patch('/auth/me', { name: 'x' }, { ifMatch: 7 }))).toEqual([412, 'version-conflict']);
  });
});

describe('the own password', () => {
  it('changes for who knows it; other log-ins end, this one goes on', async () => {
    const person = await api.person('student');
    const other = createCaller(api.url, (await logIn(person.email, person.password)).body.accessToken);
    expect((await person.post('/auth/me/password', { current: person.password, next: 'a brand new one' })).status).toBe(204);
    expect((await person.get('/auth/me')).status).toBe(200);
    expect(code(await other.get('/auth/me'))).toEqual([401, 'unauthenticated']);
    expect(code(await logIn(person.email, person.password))).toEqual([401, 'unauthenticated']);
    expect((await logIn(person.email, 'a brand new one')).status).toBe(200);
  });

  it('is not changed with a wrong one, and guessing stops like at log-in', async () => {
    const person = await api.person('student');
    for (let count = 0; count < 5; count += 1) {
      expect(pointers(await person.post('/auth/me/password', { current: 'wrong', next: 'a brand new one' }))).toEqual(['/current']);
    }
    expect(code(await person.post('/auth/me/password', { current: person.password, next: 'a brand new one' }))).toEqual([429, 'rate-limited']);
  });

  it('is not changed without a log-in, nor to a short one', async () => {
    const person = await api.person('student');
    expect(code(await api.anybody.post('/auth/me/password', { current: 'a', next: 'a brand new one' }))).toEqual([401, 'unauthenticated']);
    expect(pointers(await person.post('/auth/me/password', { current: person.password, next: 'short' }))).toEqual(['/next']);
  });
});

describe('the own log-ins', () => {
  it('are listed, and ended one by one', async () => {
    const person = await api.person('student');
    const other = await logIn(person.email, person.password, { 'User-Agent': 'another browser' });
    const listed = await person.get('/auth/sessions');
    expect(listed.body.items!.map((session: TestBody) => [session.current, session.userAgent]).sort()).toEqual([[false, 'another browser'], [true, expect.any(String)]]);
    const id = listed.body.items!.find((session: TestBody) => !session.current)!.id;
    expect((await person.delete(`/auth/sessions/${id}`)).status).toBe(204);
    expect(code(await createCaller(api.url, other.body.accessToken).get('/auth/me'))).toEqual([401, 'unauthenticated']);
    expect(code(await person.delete(`/auth/sessions/${id}`))).toEqual([404, 'not-found']);
  });

  it('are nobody else\'s business', async () => {
    const [person, stranger] = [await api.person('student'), await api.person('admin')];
    const { items } = (await person.get('/auth/sessions')).body;
    expect(code(await stranger.delete(`/auth/sessions/${items![0]!.id}`))).toEqual([404, 'not-found']);
    expect(code(await person.delete('/auth/sessions/1'))).toEqual([404, 'not-found']);
    expect(code(await api.anybody.get('/auth/sessions'))).toEqual([401, 'unauthenticated']);
    expect(code(await api.anybody.delete(`/auth/sessions/${randomUUID()}`))).toEqual([401, 'unauthenticated']);
    expect((await person.get('/auth/me')).status).toBe(200);
  });
});

describe('rights that are taken away', () => {
  it('stop a disabled account within two seconds, its refresh at once', async () => {
    const person = await api.person('teacher');
    const { refreshToken } = (await logIn(person.email, person.password)).body;
    await admin.patch(`/users/${person.id}`, { disabled: true }, { ifMatch: 1 });
    expect(code(await api.anybody.post('/auth/refresh', { refreshToken }))).toEqual([401, 'unauthenticated']);
    await within(2_000, async () => (await person.get('/auth/me')).status === 401);
    await admin.patch(`/users/${person.id}`, { disabled: false }, { ifMatch: 2 });
    expect((await logIn(person.email, person.password)).status).toBe(200);
  });

  it('stop the tokens of a changed role within two seconds, and a refresh gives the new rights', async () => {
    const person = await api.person('admin');
    const { refreshToken } = (await logIn(person.email, person.password)).body;
    expect((await person.get('/users')).status).toBe(200);
    await admin.patch(`/users/${person.id}`, { roles: ['student'] }, { ifMatch: 1 });
    await within(2_000, async () => (await person.get('/users')).status === 401);
    const fresh = await api.anybody.post('/auth/refresh', { refreshToken });
    expect(fresh.body.user).toMatchObject({ roles: ['student'] });
    expect(code(await createCaller(api.url, fresh.body.accessToken).get('/users'))).toEqual([403, 'forbidden']);
  });

  it('stop in a second process too', async () => {
    const person = await api.person('student');
    const { createTokens } = await import('#api/auth/tokens.ts');
    const { createRevocations } = await import('#api/auth/revocations.ts');
    const tokens = createTokens({ signingKey: api.deps.config.signingKey, secret: api.deps.config.secret });
    const revocations = createRevocations(api.deps.db, tokens, 100);
    await revocations.start();
    expect(await tokens.verify(person.token)).toMatchObject({ id: person.id });
    await person.post('/auth/logout');
    await within(1_000, async () => tokens.verifyCached(person.token) === undefined && (await tokens.verify(person.token)) === null);
    revocations.stop();
    // one that starts later knows it from the first look
    const late = createTokens({ signingKey: api.deps.config.signingKey, secret: api.deps.config.secret });
    const lateRevocations = createRevocations(api.deps.db, late);
    await lateRevocations.start();
    expect(await late.verify(person.token)).toBeNull();
    lateRevocations.stop();
  });
});

describe('with registration switched off', () => {
  it('nobody makes an account for themselves', async () => {
    const closed = await createTestApi({ HOLDFAST_REGISTRATION: 'off', HOLDFAST_INSTITUTION: 'University of Somewhere' });
    const shown = await closed.anybody.get('/config');
    expect(shown.body).toEqual({ registration: false, institution: { name: 'University of Somewhere' }, version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    const refused = await closed.anybody.post('/auth/register', { email: 'a@uni.test', password: 'quite a long one', name: 'A' });
    expect(code(refused)).toEqual([403, 'forbidden']);
    await closed.close();
  });
});
