import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { tryLock, unlock, withLock } from './lock.ts';

describe('a lock between processes', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is held by one, who is named to the others', () => {
    const path = join(folder, 'lock');
    expect(tryLock(path)).toBeUndefined();
    expect(tryLock(path)).toMatchObject({ pid: process.pid });
    unlock(path);
    expect(tryLock(path)).toBeUndefined();
  });

  it.each([{ pid: 2 ** 22 + 1, startMark: 'long ago' }, { pid: process.pid, startMark: 'a process that had this pid before' }])('is taken over from an owner that is gone: %j', (owner) => {
    const path = join(folder, 'lock');
    mkdirSync(path);
    writeFileSync(join(path, 'owner.json'), JSON.stringify(owner));
    expect(tryLock(path)).toBeUndefined();
  });

  it('is given back after the work, also when that fails', async () => {
    const path = join(folder, 'lock');
    await expect(withLock(path, () => undefined, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(path)).toBe(false);
  });
});
