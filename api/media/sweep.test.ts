import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { sweepIncoming } from './sweep.ts';

const HOUR = 3_600_000;
const NOW = 1_800_000_000_000;
const silent = { info: () => undefined, warn: () => undefined };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-sweep-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function leave(name: string, ageMs: number): Promise<void> {
  const path = join(folder, 'incoming', name);
  await mkdir(join(folder, 'incoming'), { recursive: true });
  await writeFile(path, 'half a picture');
  await utimes(path, (NOW - ageMs) / 1000, (NOW - ageMs) / 1000);
}

test('what nobody has written to for an hour is removed, what is arriving stays', async () => {
  await leave('dead', HOUR);
  await leave('alive', HOUR - 1_000);
  await mkdir(join(folder, 'ab'), { recursive: true });
  await writeFile(join(folder, 'ab', 'kept'), 'a picture');
  expect(await sweepIncoming(folder, NOW, silent)).toBe(1);
  expect(await readdir(join(folder, 'incoming'))).toEqual(['alive']);
  expect(await readdir(join(folder, 'ab'))).toEqual(['kept']);
});

test('a folder that nobody has sent anything to is no failure', async () => {
  const told: unknown[] = [];
  expect(await sweepIncoming(join(folder, 'none'), NOW, { ...silent, warn: (...text: unknown[]) => void told.push(text) })).toBe(0);
  expect(told).toEqual([]);
});
