import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSameProcess, processStartMark } from './process.ts';

/** Who holds a lock folder. */
export interface LockOwner {
  pid: number;
  startMark: string;
}

/**
 * Takes a lock that is a folder, so that exactly one process has it; a lock whose owner is gone is taken over.
 * @returns undefined when it is held now, else the owner that is alive
 */
export function tryLock(path: string): LockOwner | undefined {
  const own: LockOwner = { pid: process.pid, startMark: processStartMark(process.pid) ?? '' };
  const ready = `${path}.${process.pid}`;
  for (;;) {
    rmSync(ready, { recursive: true, force: true });
    mkdirSync(ready);
    writeFileSync(join(ready, 'owner.json'), JSON.stringify(own));
    try {
      // a folder can not be renamed onto one that holds something: the owner is inside before the lock appears
      renameSync(ready, path);
      return undefined;
    } catch (error) {
      rmSync(ready, { recursive: true, force: true });
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
    const owner = ownerOf(path);
    if (owner && isSameProcess(owner.pid, owner.startMark)) return owner;
    const aside = `${path}.gone.${process.pid}`;
    try {
      renameSync(path, aside);
      const moved = ownerOf(aside);
      // between the look and the move another process may have taken over: give it back
      if (moved && isSameProcess(moved.pid, moved.startMark)) renameSync(aside, path);
      else rmSync(aside, { recursive: true, force: true });
    } catch {
      // another process was quicker
    }
  }
}

/** Gives a lock back. */
export function unlock(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/**
 * Runs `work` while no other process of this machine runs work under the same lock.
 * @param onWait called once with the pid that is waited for
 */
export async function withLock<T>(path: string, onWait: (pid: number) => void, work: () => Promise<T>): Promise<T> {
  for (let told = false; ; ) {
    const owner = tryLock(path);
    if (!owner) break;
    if (!told) onWait(owner.pid);
    told = true;
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    unlock(path);
  }
}

function ownerOf(path: string): LockOwner | undefined {
  try {
    return JSON.parse(readFileSync(join(path, 'owner.json'), 'utf8')) as LockOwner;
  } catch {
    return undefined;
  }
}
