import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { hashPassword, verifyPassword } from '#api/auth/passwords.ts';
import { PLATFORM } from '#db/audit.ts';
import { type Db, inTransaction, openDb, type Queryable } from '#db/connection.ts';
import { createContentCache } from '#db/exams/content.ts';
import { resultGate } from '#db/grading/gate.ts';
import { saveGrade } from '#db/grading/grades.ts';
import { selectGradingInput } from '#db/grading/input.ts';
import { reconcileSessions, reconcileWindows } from '#db/reconcile.ts';
import { publishResults, unpublishResults } from '#db/results/publish.ts';
import { listResultRows } from '#db/results/rows.ts';
import { checkInvariants } from '#db/session/invariants.ts';
import { startSession } from '#db/session/start.ts';
import { listTimeline } from '#db/session/timeline.ts';
import { gradeSession } from '#domain/grading/grade-session.ts';
import { paperItems, toStudentPaper } from '#domain/paper/student-paper.ts';
import { checkQuestion } from '#domain/questions/check-question.ts';
import { checkResponse } from '#domain/questions/check-response.ts';
import { ROOT } from '#tools/config.ts';
import { run } from '#tools/servers/run.ts';
import type { Account } from '#tools/stack/demo.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { provideAccounts } from './provide.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-demo-'));
const open: { database: TestDatabase; db: Db }[] = [];

async function emptyDatabase(): Promise<{ database: TestDatabase; db: Db }> {
  const database = await testDatabase();
  const db = openDb(database.url, { poolSize: 4, transactionPoolSize: 4, statementTimeoutMs: 30_000, applicationName: 'test' });
  open.push({ database, db });
  return { database, db };
}

let database: TestDatabase;
let db: Db;
let accounts: readonly Account[];
let loadMs: number;
const file = join(folder, 'demo.json');

beforeAll(async () => {
  ({ database, db } = await emptyDatabase());
  const begunMs = performance.now();
  accounts = await provideAccounts(db, { file, onlyAdmin: false });
  loadMs = performance.now() - begunMs;
});
afterAll(async () => {
  for (const { database: used, db: connections } of open) {
    await connections.close();
    await used.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

const value = async <T>(sql: string, values: unknown[] = []): Promise<T> => (await db.query<{ value: T }>(`select (${sql}) as value`, values)).rows[0]!.value;
const examCalled = (title: string): Promise<string> => value('select id from exams where title = $1', [title]);
const PAST = 'Biology 1: midterm';

/** One line per table: how many rows, and a fingerprint of them. */
async function fingerprint(q: Queryable): Promise<string[]> {
  const { rows } = await q.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`);
  const lines: string[] = [];
  for (const { name } of rows) {
    const found = await q.query<{ n: number; print: string }>(`select count(*) as n, md5(coalesce(string_agg(t::text, e'\\n' order by t::text), '')) as print from ${name} t`);
    lines.push(`${name} ${found.rows[0]!.n} ${found.rows[0]!.print}`);
  }
  return lines;
}

describe('the demo data', () => {
  it('are loaded in less than three seconds and name an account of each role', () => {
    expect(loadMs).toBeLessThan(3_000);
    const count = (role: string): number => accounts.filter((account) => account.role === role).length;
    expect({ student: count('student'), teacher: count('teacher'), proctor: count('proctor'), admin: count('admin') }).toEqual({ student: 60, teacher: 2, proctor: 2, admin: 1 });
    expect(accounts[0]!.role).toBe('student');
    expect(new Set(accounts.map(({ email }) => email)).size).toBe(65);
    for (const { email } of accounts) expect(email).toMatch(/^[a-z-]+\.[a-z-]+@(students\.)?northgate\.example$/);
  });

  it('keep the passwords for the owner of the folder only', () => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ demo: true, accounts });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('let everybody log in with their password', async () => {
    const { rows } = await db.query<{ email: string; hash: string }>('select email, password_hash as hash from users');
    const hashes = new Map(rows.map((row) => [row.email, row.hash]));
    const one = (role: string): Account => accounts.find((account) => account.role === role)!;
    for (const { email, password } of ['student', 'teacher', 'proctor', 'admin'].map(one)) expect(await verifyPassword(hashes.get(email)!, password)).toBe(true);
    expect(new Set(accounts.filter(({ role }) => role === 'student').map(({ email }) => hashes.get(email))).size).toBe(1);
    expect(new Set(accounts.map(({ password }) => password)).size).toBe(6);
  });

  it('fill two batches and a bank of sound questions of many types', async () => {
    expect(await value('select array_agg(n order by n) from (select count(*)::int as n from batch_students group by batch_id) t')).toEqual([30, 30]);
    const { rows } = await db.query<{ type: string; content: object }>(
      `select type, jsonb_strip_nulls(jsonb_build_object('type', type, 'text', text, 'options', options, 'key', key, 'points', trim_scale(points)::text)) as content from question_versions`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(new Set(rows.map((row) => row.type)).size).toBeGreaterThanOrEqual(9);
    for (const { content } of rows) expect(checkQuestion(content as Parameters<typeof checkQuestion>[0])).toEqual({ ok: true });
  });

  it('hold every invariant of the durable core', async () => {
    const verdicts = await checkInvariants(db);
    expect(verdicts.filter((verdict) => !verdict.holds)).toEqual([]);
  });

  it('change nothing when they are loaded again', async () => {
    const before = await fingerprint(db);
    expect(await provideAccounts(db, { file, onlyAdmin: false })).toEqual(accounts);
    expect(await provideAccounts(db, { file, onlyAdmin: true })).toEqual(accounts);
    expect(await fingerprint(db)).toEqual(before);
  });

  it('wake the windows of the two exams that live, and no other workflow, also after the Temporal store was rebuilt', async () => {
    const waiting = (): Promise<string[]> => value(`select array_agg(topic order by topic) from outbox`);
    expect(await waiting()).toEqual(['window', 'window']);
    expect(await reconcileSessions(db, 'another-store')).toBe(0);
    expect(await reconcileWindows(db, 'another-store')).toBe(0);
    const { rows } = await db.query<{ title: string }>(`select title from outbox o join exams e on o.key = e.id || ':' || e.schedule_version order by e.opens_at`);
    expect(rows.map((row) => row.title)).toEqual(['Biology 1: end of term', 'Ecology quiz']);
  });
});

describe('the exam of a week ago', () => {
  it('is closed for everybody, with its certificate', async () => {
    const certificate = await value<{ state: string; assigned: number; counts: object; invariants: { holds: boolean }[] }>(
      'select certificate from close_outs where exam_id = $1', [await examCalled(PAST)],
    );
    expect(certificate).toMatchObject({ state: 'closed', assigned: 60, counts: { submitted: 47, expired: 8, terminated: 1, withdrawn: 1, absent: 3 } });
    expect(certificate.invariants.every(({ holds }) => holds)).toBe(true);
  });

  it('was written in responses that the product accepts, in the order of their windows', async () => {
    const examId = await examCalled(PAST);
    const papers = createContentCache(db);
    const { rows } = await db.query<{ seed: string; item_id: string; response: unknown }>(
      'select s.seed::text, r.item_id, r.response from answer_revisions r join exam_sessions s on s.id = r.session_id',
    );
    expect(rows.length).toBeGreaterThan(1_000);
    for (const { seed, item_id: itemId, response } of rows) {
      const items = toStudentPaper(await papers.drawnPaperOf(examId, seed)).sections.flatMap((section) => section.items);
      const item = items.find(({ id }) => id === itemId);
      expect(item).toBeDefined();
      expect(checkResponse(item!, response)).toEqual({ ok: true });
    }
    expect(await value(`select count(*)::int from (
      select saved_at < lag(saved_at) over (partition by session_id order by client_seq) as back from answer_revisions) t where back`)).toBe(0);
    expect(await value(`select count(*)::int from answer_revisions r join exam_sessions s on s.id = r.session_id where r.saved_at <= s.started_at or r.saved_at >= s.closed_at`)).toBe(0);
  });

  it('has two extensions, accommodations and reasons in its timelines', async () => {
    expect(await value(`select count(*)::int from session_commands where kind = 'extend'`)).toBe(2);
    expect(await value(`select array_agg(distinct entitled_ms::text) from exam_sessions`)).toEqual(['4500000', '5100000', '5625000', '7050000']);
    const sessionId = await value<string>(`select id from exam_sessions where state = 'terminated'`);
    const timeline = await listTimeline(db, { sessionId, after: undefined, limit: 500, kinds: null });
    expect(timeline.map((row) => row.kind)).toEqual(expect.arrayContaining(['start', 'connected', 'answers-saved', 'observations', 'message', 'terminate', 'graded', 'result-withhold', 'results-published']));
    expect(timeline.find((row) => row.kind === 'terminate')!.reason).toMatch(/^Pasted text/);
    expect(timeline.every((row) => row.atMs < Date.now() - 86_400_000)).toBe(true);
  });

  it('is graded like a class is: spread out, with passes and fails, the essays by hand', async () => {
    const { items } = await listResultRows(db, { examId: await examCalled(PAST), after: undefined, limit: 100 });
    expect(items).toHaveLength(57);
    const graded = items.filter((row) => row.sessionState !== 'withdrawn');
    expect(graded.every((row) => row.state === 'graded' && row.percent !== null)).toBe(true);
    const percents = graded.map((row) => row.percent!);
    const mean = percents.reduce((sum, percent) => sum + percent, 0) / percents.length;
    const deviation = Math.sqrt(percents.reduce((sum, percent) => sum + (percent - mean) ** 2, 0) / percents.length);
    expect(mean).toBeGreaterThan(50);
    expect(mean).toBeLessThan(75);
    expect(deviation).toBeGreaterThan(10);
    expect(graded.filter((row) => row.passed === false).length).toBeGreaterThan(3);
    expect(await value(`select count(*)::int from marks where source = 'manual' and comment <> ''`)).toBeGreaterThan(40);
  });

  it('keeps its grades when the product marks it again', async () => {
    const examId = await examCalled(PAST);
    const papers = createContentCache(db);
    const before = await fingerprint(db);
    const { items: results } = await listResultRows(db, { examId, after: undefined, limit: 100 });
    for (const { sessionId, sessionState, version } of results) {
      if (sessionState === 'withdrawn') continue;
      const { session, answers } = await selectGradingInput(db, sessionId);
      const { items } = gradeSession(paperItems(await papers.drawnPaperOf(examId, session.seed)), answers);
      const stored = await inTransaction(db, (tx) => saveGrade(tx, { sessionId, closedVersion: session.closedVersion, items, origin: PLATFORM }));
      expect(stored).toMatchObject({ saved: true, state: 'graded', pendingCount: 0, version });
    }
    expect(await fingerprint(db)).toEqual(before);
  });

  it('shows its results to those who sat it, except the one that is withheld', async () => {
    const { rows } = await db.query<{ id: string; state: string }>('select id, state from exam_sessions');
    for (const { id, state } of rows) {
      const gate = await resultGate(db, id);
      expect(gate!.open).toBe(state === 'submitted' || state === 'expired');
    }
  });

  it('is ready for publication by the rules of the product', async () => {
    const examId = await examCalled(PAST);
    const undone = new Error('only a trial');
    const trial = inTransaction(db, async (tx) => {
      await unpublishResults(tx, { examId, origin: PLATFORM });
      expect(await publishResults(tx, { examId, origin: PLATFORM })).toMatchObject({ changed: true, sessions: 57 });
      throw undone;
    });
    await expect(trial).rejects.toBe(undone);
  });
});

describe('the exams that live', () => {
  it('can be started by every student when open, and by nobody before', async () => {
    const openExam = await examCalled('Biology 1: end of term');
    const upcoming = await examCalled('Ecology quiz');
    const { rows } = await db.query<{ id: string }>(`select id from users where 'student' = any(roles) order by id`);
    const start = (examId: string, studentId: string) =>
      startSession(db, { examId, studentId, accessCodeOk: () => Promise.resolve(false), origin: { actorId: studentId, address: null, requestId: null } });
    const minutes: number[] = [];
    for (const { id } of rows) {
      const { session, created } = await start(openExam, id);
      expect(created).toBe(true);
      minutes.push((session.deadlineAtMs - session.startedAtMs) / 60_000);
      await expect(start(upcoming, id)).rejects.toMatchObject({ code: 'exam-not-open' });
    }
    expect(minutes).toHaveLength(60);
    expect(minutes.toSorted((left, right) => left - right).slice(-3)).toEqual([70, 75, 95]);
    expect(Math.min(...minutes)).toBe(60);
    expect((await checkInvariants(db)).filter((verdict) => !verdict.holds)).toEqual([]);
  });

  it('open ten minutes ago and in five minutes', async () => {
    const minutes = (title: string): Promise<number> => value(`select extract(epoch from opens_at - holdfast_now())::float8 / 60 from exams where title = $1`, [title]);
    expect(await minutes('Biology 1: end of term')).toBeCloseTo(-10, -0.5);
    expect(await minutes('Ecology quiz')).toBeCloseTo(5, -0.5);
  });
});

describe('providing accounts', () => {
  it('makes a single admin when no demo data are wanted, once', async () => {
    const fresh = await emptyDatabase();
    const request = { file: join(folder, 'only-admin.json'), onlyAdmin: true };
    const made = await provideAccounts(fresh.db, request);
    expect(made).toMatchObject([{ role: 'admin' }]);
    const { rows } = await fresh.db.query<{ hash: string }>('select password_hash as hash from users');
    expect(rows).toHaveLength(1);
    expect(await verifyPassword(rows[0]!.hash, made[0]!.password)).toBe(true);
    const before = await fingerprint(fresh.db);
    expect(await provideAccounts(fresh.db, request)).toEqual(made);
    rmSync(request.file);
    expect(await provideAccounts(fresh.db, request)).toEqual([]);
    expect(await fingerprint(fresh.db)).toEqual(before);
    await expect(provideAccounts(fresh.db, { ...request, onlyAdmin: false })).rejects.toThrow('There are people in this database already');
    expect(await fingerprint(fresh.db)).toEqual(before);
  });

  it('ended right before the commit begins anew, right after it keeps what was written down', async () => {
    const fresh = await emptyDatabase();
    const request = { file: join(folder, 'interrupted.json'), onlyAdmin: true };
    const lost = [{ role: 'admin', email: 'lost@northgate.example', password: 'never committed' }];
    writeFileSync(request.file, JSON.stringify({ demo: false, accounts: [], pending: { adminId: crypto.randomUUID(), accounts: lost } }));
    const made = await provideAccounts(fresh.db, request);
    expect(made).not.toEqual(lost);
    const { rows } = await fresh.db.query<{ id: string }>('select id from users');
    writeFileSync(request.file, JSON.stringify({ demo: false, accounts: [], pending: { adminId: rows[0]!.id, accounts: made } }));
    expect(await provideAccounts(fresh.db, request)).toEqual(made);
    expect(JSON.parse(readFileSync(request.file, 'utf8'))).toEqual({ demo: false, accounts: made });
  });

  it('makes an admin where there are people but nobody who could let others in', async () => {
    const fresh = await emptyDatabase();
    const hash = await hashPassword('somebody', 'staff');
    await fresh.db.query(`insert into users (id, email, name, roles, password_hash) values ($1, 'a@northgate.example', 'A', '{student}', $2)`, [crypto.randomUUID(), hash]);
    expect(await provideAccounts(fresh.db, { file: join(folder, 'no-admin.json'), onlyAdmin: true })).toMatchObject([{ role: 'admin' }]);
  });
});

describe('the command', () => {
  const command = (args: string[], env: Record<string, string>) =>
    run(process.execPath, [join(ROOT, 'tools/demo/main.ts'), ...args], { cwd: ROOT, env: { PATH: '/usr/bin:/bin', ...env } });

  it('prints one line of JSON, the same when it is run again', async () => {
    const env = { DATABASE_URL: database.url, HOLDFAST_DATA: folder };
    const { code, output } = await command([], env);
    expect({ code, accounts: (JSON.parse(output) as { accounts: Account[] }).accounts }).toEqual({ code: 0, accounts });
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it('says in one sentence what is missing', async () => {
    expect(await command([], { HOLDFAST_DATA: folder })).toMatchObject({ code: 1, output: expect.stringMatching(/^DATABASE_URL is not set.*\n$/) as string });
  });
});
