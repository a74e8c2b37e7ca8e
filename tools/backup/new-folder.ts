import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { StartFailure } from '#tools/servers/failure.ts';
import { tryLock } from '#tools/servers/lock.ts';
import { reasonOf } from '#tools/stack/data-folder.ts';

import { syncFolder } from './copier.ts';

/** A folder that is being filled beside the place where it will appear. */
export interface NewFolder {
  /** Where to write meanwhile. */
  readonly path: string;
  /** Puts the folder into its place, complete. */
  appear(): Promise<void>;
  /** Takes away what was made. */
  discard(): Promise<void>;
}

/**
 * Begins a folder `to`. What a killed run left behind is taken away.
 * @param mode permissions of the folder
 * @throws StartFailure when something is there, another process is filling it, or it can not be written
 */
export function makeNewFolder(to: string, mode: number): NewFolder {
  if (existsSync(to) && !(statSync(to).isDirectory() && readdirSync(to).length === 0)) throw new StartFailure(`${to} is not empty: choose a new folder.`);
  const path = `${to}.part`;
  let made: string | undefined;
  let owner;
  try {
    made = makeParents(dirname(to));
    owner = tryLock(path);
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    throw new StartFailure(`The folder ${to} can not be made: ${reasonOf(error)}.`);
  }
  if (owner) throw new StartFailure(`Another process (${owner.pid}) is already filling ${to}: wait for it or choose another folder.`);
  return {
    path,
    async appear() {
      // the mark of its owner
      await rm(join(path, 'owner.json'));
      await chmod(path, mode);
      await syncFolder(path);
      await rename(path, to);
      await syncFolder(dirname(to));
    },
    async discard() {
      await rm(path, { recursive: true, force: true });
      if (made !== undefined) await rm(made, { recursive: true, force: true });
    },
  };
}

/** Makes folders one by one: asked to make all, Node.js never returns on file systems such as /proc. @returns the topmost one that was made */
function makeParents(folder: string): string | undefined {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path); path = dirname(path)) missing.unshift(path);
  for (const path of missing) mkdirSync(path, { mode: 0o711 });
  return missing[0];
}
