import { appendFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { settlesWithin, spawnServer, stopProcess, type ServerProcess } from './process.ts';
import { endWithoutPool } from './temporal-pool.ts';

const LINE = '{"level":"error","msg":"Operation failed with internal error.","error":"sql: database is closed"}\n';
const TIMES = { every: 20, lasting: 300, silence: 150 };

let dir: string;
let logFile: string;
let server: ServerProcess;
let said: string[];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'holdfast-pool-'));
  logFile = join(dir, 'temporal.log');
  appendFileSync(logFile, LINE);
  server = await spawnServer({ name: 'temporal', command: 'sleep', args: ['60'], logFile });
  said = [];
  endWithoutPool(server, logFile, (line) => said.push(line), TIMES);
});
afterEach(async () => {
  await stopProcess(server, 'SIGKILL', 1_000);
  rmSync(dir, { recursive: true });
});

/** Has the server complain every few ms for a while. */
async function complain(ms: number): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; await sleep(30)) appendFileSync(logFile, LINE);
}

describe('a Temporal server whose log says that its database is closed', () => {
  test('is ended when that goes on', async () => {
    await complain(1_000);
    expect(await settlesWithin(server.exited, 5_000)).toBe(true);
    expect(said).toEqual([expect.stringContaining('works without its database')]);
  });

  test('also after its log was full and has been emptied', async () => {
    appendFileSync(logFile, 'x'.repeat(10_000));
    await sleep(60);
    truncateSync(logFile);
    await complain(1_000);
    expect(await settlesWithin(server.exited, 5_000)).toBe(true);
  });

  test('is left alone when that was before it started, or for a moment now and then', async () => {
    await complain(40);
    await sleep(400);
    await complain(40);
    expect(await settlesWithin(server.exited, 200)).toBe(false);
    expect(said).toEqual([]);
  });
});
