import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { freePorts } from '#tools/servers/ports.ts';
import { processStartMark } from '#tools/servers/process.ts';
import { runningPids, StackDidNotStart, startStack, type StartedStack } from '#tools/stack/start.ts';

const folders: string[] = [];

function newFolder(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'holdfast-stack-')), 'data');
  folders.push(join(folder, '..'));
  return folder;
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`did not come true within ${withinMs} ms`);
    await sleep(50);
  }
}

const alive = (pid: number): boolean => processStartMark(pid) !== undefined;
const kill = (pid: number | undefined): void => void process.kill(pid ?? Number.NaN, 'SIGKILL');

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('a stack', () => {
  const data = newFolder();
  let port = 0;
  let stack: StartedStack;

  beforeAll(async () => {
    [port = 0] = await freePorts(1);
    stack = await startStack({ data, port });
  });
  afterAll(() => stack.stop());

  it('tells its addresses, an account for each role and every process', async () => {
    expect(stack.urls).toEqual({ web: `http://127.0.0.1:${port}`, api: `http://127.0.0.1:${port}/api/v1` });
    expect(new Set(stack.accounts.map(({ role }) => role))).toEqual(new Set(['admin', 'teacher', 'proctor', 'student']));
    expect(Object.keys(stack.processes)).toEqual(expect.arrayContaining(['supervisor', 'postgres', 'temporal', 'nats', 'mailbox', 'api', 'worker', 'worker-grading']));
    expect(Object.values(stack.processes).filter((pid) => !alive(pid))).toEqual([]);
    expect(await answers(stack.urls.web)).toBe(true);
  });

  it('keeps its secrets and its demo passwords from other accounts', () => {
    for (const file of ['secrets.json', 'demo.json']) expect(statSync(join(data, file)).mode & 0o077).toBe(0);
  });

  it.each(['api', 'worker', 'nats', 'temporal', 'postgres'])('starts a killed %s again at once', async (name) => {
    const before = stack.pids()[name];
    kill(before);
    await until(() => stack.pids()[name] !== before, 10_000);
    await until(() => answers(stack.urls.web), 10_000);
    expect(alive(stack.pids()[name] ?? 0)).toBe(true);
  });

  it('takes over or replaces what a killed supervisor left behind, and serves meanwhile', async () => {
    const left = stack.pids();
    const ended = once(stack.supervisor, 'exit');
    kill(left['supervisor']);
    await ended;
    expect(await answers(stack.urls.web)).toBe(true);

    stack = await startStack({ data });
    expect(stack.urls.web).toBe(`http://127.0.0.1:${port}`);
    expect(stack.processes['postgres']).toBe(left['postgres']);
    expect(Object.entries(left).filter(([name, pid]) => name !== 'postgres' && alive(pid))).toEqual([]);
    expect(await answers(stack.urls.web)).toBe(true);
  });

  it('refuses a second supervisor on its folder', async () => {
    await expect(startStack({ data })).rejects.toThrow(/already running on .* \(process \d+\)/);
  });

  it('runs beside another one with its own folder and port', async () => {
    const [other = 0] = await freePorts(1);
    const second = await startStack({ data: newFolder(), port: other, demo: false });
    try {
      expect(second.accounts.map(({ role }) => role)).toEqual(['admin']);
      expect(await Promise.all([answers(stack.urls.web), answers(second.urls.web)])).toEqual([true, true]);
    } finally {
      await second.stop();
    }
    expect(await answers(stack.urls.web)).toBe(true);
  });

  it('leaves nothing running when it is stopped, and is ready in under ten seconds the next time', async () => {
    const running = Object.values(runningPids(data));
    const { accounts } = stack;
    await stack.stop();
    expect(running.filter(alive)).toEqual([]);
    expect(existsSync(join(data, 'run.json'))).toBe(false);

    const begunMs = performance.now();
    stack = await startStack({ data });
    expect(performance.now() - begunMs).toBeLessThan(10_000);
    expect(stack.accounts).toEqual(accounts);
  });
});

describe('a stack that can not be started', () => {
  it('says that its port is in use and makes nothing', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    const data = newFolder();
    await expect(startStack({ data, port })).rejects.toThrow(new RegExp(`^Port ${port} is in use`));
    blocker.close();
    expect(existsSync(data)).toBe(false);
  });

  it('says that the data folder is of a newer release and leaves it as it was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-stack-'));
    folders.push(folder);
    const marker = JSON.stringify({ product: 'holdfast', format: 99, ports: {} });
    writeFileSync(join(folder, 'stack.json'), marker);
    const failure = await startStack({ data: folder }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StackDidNotStart);
    expect(failure).toMatchObject({ exitCode: 1, message: expect.stringContaining('newer release') as string });
    expect(readFileSync(join(folder, 'stack.json'), 'utf8')).toBe(marker);
  });

  it('refuses demo accounts where others could reach them', async () => {
    await expect(startStack({ data: newFolder(), env: { HOLDFAST_HOST: '0.0.0.0' } })).rejects.toThrow(/Demo accounts are for this machine only/);
  });
});
