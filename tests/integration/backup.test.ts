import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { hashPassword } from '#api/auth/passwords.ts';
import { logIn, type Person } from '#bench/lib/api.ts';
import { createStudents, importQuestions, publishExam } from '#bench/lib/exam.ts';
import type { SessionReply } from '#bench/lib/replies.ts';
import { type Acknowledged, createClassLog, Sitter } from '#bench/lib/sitter.ts';
import { until } from '#bench/lib/sleep.ts';
import { type Db, openDb } from '#db/connection.ts';
import { checkInvariants } from '#db/session/invariants.ts';
import { ROOT } from '#tools/config.ts';
import { freePorts } from '#tools/servers/ports.ts';
import { type StartedStack, startStack } from '#tools/stack/start.ts';

const GRACE_SECONDS = 2;

interface SessionState {
  state: string;
  version: number;
  late_ms: number | null;
  ended_at_deadline: boolean | null;
  seen_version: number | null;
  namespace_id: string | null;
  completed: boolean;
  graded: boolean;
}

describe('a stack that is lost in the middle of an exam and comes back from a backup', () => {
  let root: string;
  let stack: StartedStack | undefined;
  let db: Db | undefined;
  let teacher: Person;
  let port = 0;
  // two sessions that end by themselves soon, one that goes on
  let sitters: Sitter[] = [];
  let acknowledgedBefore: Map<string, Acknowledged>[] = [];
  let namespaceBefore: string | null = null;

  const at = (name: string): string => join(root, name);
  const start = async (name: string): Promise<void> => {
    stack = await startStack({ data: at(name), demo: false, ...(name === 'first' ? { port } : {}) });
    db = databaseOf(at(name));
  };
  const stop = async (): Promise<void> => {
    await db?.close();
    await stack?.stop();
    db = undefined;
    stack = undefined;
  };
  const session = async (sitter: Sitter): Promise<SessionState> => {
    const { rows } = await db!.query<SessionState & Record<string, unknown>>(
      `select s.state, s.version, instant_ms(s.closed_at) - instant_ms(s.cutoff_at) as late_ms, s.ended_at = s.deadline_at as ended_at_deadline, w.seen_version, w.namespace_id,
         w.completed_at is not null as completed, exists (select from grades g where g.session_id = s.id and g.closed_version = s.closed_version) as graded
       from exam_sessions s left join session_workflows w on w.session_id = s.id where s.id = $1`,
      [sitter.sessionId],
    );
    return rows[0]!;
  };
  const lostSaves = async (): Promise<string[]> => {
    const lost = await Promise.all(sitters.map(async (sitter, index) => {
      const { answers } = await sitter.person.call<SessionReply>('GET', `/sessions/${sitter.sessionId}`);
      const stored = new Map(answers.map((answer) => [answer.itemId, answer]));
      return [...acknowledgedBefore[index]!].filter(([itemId, { revision }]) => (stored.get(itemId)?.revision ?? 0) < revision).map(([itemId]) => itemId);
    }));
    return lost.flat();
  };
  const broken = async (): Promise<string[]> => (await checkInvariants(db!)).filter(({ holds }) => !holds).map(({ name, detail }) => `${name}: ${detail}`);
  const extend = async (sitter: Sitter): Promise<void> => void (await teacher.call('POST', `/sessions/${sitter.sessionId}/extensions`, { seconds: 60, reason: 'Fire alarm.' }));

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'holdfast-backup-'));
    await chmod(root, 0o711);
    [port = 0] = await freePorts(1);
    await start('first');
    teacher = await insertTeacher(db!, stack!.urls.web);
    const questionIds = await importQuestions(teacher);
    const students = await createStudents(teacher, 3, 'backup');
    const exam = (title: string, durationMinutes: number, from: number, to: number): Promise<string> =>
      publishExam(
        teacher,
        { title, questionIds, durationMinutes, graceSeconds: GRACE_SECONDS, endRule: 'duration', opensAtMs: Date.now() - 60_000, closesAtMs: Date.now() + 7_200_000 },
        students.slice(from, to).map(({ id }) => id),
      );
    const exams = [await exam('Ends soon', 1, 0, 2), await exam('Goes on', 60, 2, 3)];
    const log = createClassLog();
    sitters = await Promise.all(students.map(async (student) => new Sitter(await logIn(stack!.urls.web, student), log)));
    for (const [index, sitter] of sitters.entries()) await sitter.start(exams[index < 2 ? 0 : 1]!);
    await teacher.call('POST', `/exams/${exams[0]}/time-changes`, { kind: 'extend', seconds: 25, scope: { all: true }, reason: 'Late start.' });
    await until('the workflows to have seen the sessions', 60_000, async () => (await Promise.all(sitters.map(session))).every(({ version, seen_version: seen }) => seen === version));
    namespaceBefore = (await session(sitters[0]!)).namespace_id;

    let over = false;
    const sitting = Promise.all(sitters.map((sitter) => sitter.sit(() => 20, () => over)));
    await until('some saves', 30_000, () => Promise.resolve(sitters.every(({ acknowledged }) => acknowledged.size > 10)));
    acknowledgedBefore = sitters.map(({ acknowledged }) => new Map(acknowledged));
    const count = log.acknowledged;
    await runTool('backup', '--data', at('first'), '--to', at('backup'));
    expect(log.acknowledged).toBeGreaterThan(count);
    over = true;
    await sitting;
    expect(log.unexpected).toEqual([]);

    await db!.close();
    const ended = once(stack!.supervisor, 'exit');
    for (const pid of Object.values(stack!.pids())) process.kill(pid, 'SIGKILL');
    await ended;
    await rm(at('first'), { recursive: true });
  }, 300_000);

  afterAll(async () => {
    for (const sitter of sitters) sitter.leave();
    await stop();
    await rm(root, { recursive: true, force: true });
  });

  it('goes on at its address with every save that was acknowledged before, ends its sessions at their second and follows them', async () => {
    await runTool('restore', '--from', at('backup'), '--data', at('second'));
    await start('second');
    expect(stack!.urls.web).toBe(`http://127.0.0.1:${port}`);
    expect(await lostSaves()).toEqual([]);
    expect(await broken()).toEqual([]);
    const deadlines = sitters.slice(0, 2).map(({ deadlineAtMs }) => deadlineAtMs);
    expect(Math.min(...deadlines)).toBeGreaterThan(Date.now());

    // the students' log-ins are still good, and their windows too
    for (const sitter of sitters) expect(await sitter.saveOne()).toBe(true);
    await extend(sitters[2]!);
    await until('the workflow to see a command', 30_000, async () => (await session(sitters[2]!)).seen_version === 2);
    expect((await session(sitters[2]!)).namespace_id).toBe(namespaceBefore);

    await until('the sessions to end', Math.max(...deadlines) - Date.now() + GRACE_SECONDS * 1_000 + 5_000, async () => (await Promise.all(sitters.slice(0, 2).map(session))).every(({ state }) => state === 'expired'));
    await until('the workflows to complete', 60_000, async () => (await Promise.all(sitters.slice(0, 2).map(session))).every(({ completed, graded }) => completed && graded));
    for (const sitter of sitters.slice(0, 2)) {
      const { late_ms: lateMs, ended_at_deadline: atDeadline } = await session(sitter);
      expect(atDeadline).toBe(true);
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(2_000);
    }
    expect(await lostSaves()).toEqual([]);
    expect(await broken()).toEqual([]);
    await stop();
  }, 300_000);

  it('can come back without the store of Temporal, which is filled from the sessions', async () => {
    await runTool('restore', '--from', at('backup'), '--data', at('third'), '--without-temporal');
    await start('third');
    expect(await lostSaves()).toEqual([]);
    await until('workflows for every session', 150_000, async () => {
      const [a, b, open] = await Promise.all(sitters.map(session));
      return a!.completed && a!.graded && b!.completed && b!.graded && open!.seen_version === open!.version && open!.namespace_id !== namespaceBefore;
    });
    const states = await Promise.all(sitters.map(session));
    expect(states.map(({ state }) => state)).toEqual(['expired', 'expired', 'active']);
    // closed late, because nothing ran at their end, but as of that end
    expect(states.map(({ ended_at_deadline: atDeadline }) => atDeadline)).toEqual([true, true, null]);
    await extend(sitters[2]!);
    await until('the new workflow to see a command', 30_000, async () => (await session(sitters[2]!)).seen_version === 2);
    expect(await broken()).toEqual([]);
    await stop();
  }, 300_000);
});

/** Runs `npm run backup` or `npm run restore` as a person would, without npm. */
async function runTool(...args: string[]): Promise<void> {
  const tool = spawn(process.execPath, [join(ROOT, 'tools/backup/main.ts'), ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [tool.stdout, tool.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(tool, 'close')) as [number];
  if (code !== 0) throw new Error(`${args[0]} ended with code ${code}: ${output}`);
}

/** Connections as the superuser of a running stack. */
function databaseOf(data: string): Db {
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(data, name), 'utf8')) as T;
  const { ports } = read<{ ports: { postgres: number } }>('stack.json');
  const { postgres } = read<{ postgres: string }>('secrets.json');
  return openDb(`postgres://postgres:${encodeURIComponent(postgres)}@127.0.0.1:${ports.postgres}/holdfast`, { poolSize: 3, transactionPoolSize: 1, statementTimeoutMs: 20_000, applicationName: 'test' });
}

async function insertTeacher(db: Db, url: string): Promise<Person> {
  const [email, password] = ['teacher@backup.example', 'a long password for one test'];
  await db.query(`insert into users (id, email, name, roles, password_hash) values ($1, $2, 'Teacher', '{teacher,admin}', $3)`, [uuidv7(), email, await hashPassword(password, 'staff')]);
  return logIn(url, { email, password });
}
