import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { StartFailure } from '#tools/servers/failure.ts';
import { tryLock, unlock } from '#tools/servers/lock.ts';

import { writeAtomically } from './files.ts';
import type { PortPlan } from './port-plan.ts';

/** What a data folder says about itself. */
interface Marker {
  product: 'holdfast';
  /** Layout of the folder; a release refuses what it does not know. */
  format: number;
  ports: PortPlan;
}

/** The folder of one stack, held by this process. */
export interface DataFolder {
  readonly path: string;
  /** True until the first start has come through. */
  readonly fresh: boolean;
  /** The ports of the last start. */
  readonly ports: PortPlan | undefined;
  file(...names: string[]): string;
  log(name: string): string;
  /** Writes down that the folder is complete and which ports it uses. */
  remember(ports: PortPlan): void;
  /** Gives the folder free; one whose first start failed is emptied of what that start made. */
  release(): void;
}

export const FORMAT = 1;

const MARKER = 'stack.json';
const LOCK = 'supervisor.lock';
const NEEDED_BYTES = { first: 400 * 1024 * 1024, later: 100 * 1024 * 1024 };

/**
 * Opens or makes a data folder and holds it, so that one supervisor at a time works on it.
 * @throws StartFailure when it is in use, of a newer release, not ours, not writable or on a full disk
 */
export function openDataFolder(path: string): DataFolder {
  const made = makeFolder(path);
  try {
    const marker = readMarker(path);
    if (!marker) refuseForeign(path);
    refuseFullDisk(path, marker ? NEEDED_BYTES.later : NEEDED_BYTES.first);
    lock(path);
    return dataFolder(path, marker, made);
  } catch (error) {
    if (made) rmSync(made, { recursive: true, force: true });
    throw error;
  }
}

function dataFolder(path: string, marker: Marker | undefined, made: string | undefined): DataFolder {
  const file = (...names: string[]): string => join(path, ...names);
  let complete = marker !== undefined;
  mkdirSync(file('logs'), { recursive: true, mode: 0o700 });
  return {
    path,
    fresh: !complete,
    ports: marker?.ports,
    file,
    log: (name) => file('logs', `${name}.log`),
    remember: (ports) => {
      writeAtomically(file(MARKER), `${JSON.stringify({ product: 'holdfast', format: FORMAT, ports } satisfies Marker, null, 2)}\n`, 0o644);
      complete = true;
    },
    release: () => {
      if (complete) unlock(file(LOCK));
      else if (made) rmSync(made, { recursive: true, force: true });
      else for (const name of OWN_NAMES) rmSync(file(name), { recursive: true, force: true });
    },
  };
}

/** @returns the topmost folder that was made, undefined when it was there */
function makeFolder(path: string): string | undefined {
  const missing: string[] = [];
  for (let folder = path; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  try {
    if (missing.length === 0 && !statSync(path).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'EEXIST' });
    // one by one: asked to make all, Node.js never returns on file systems such as /proc;
    // other accounts may pass through (PostgreSQL may run under one), not look around
    for (const folder of missing) mkdirSync(folder, { mode: 0o711 });
  } catch (error) {
    if (missing[0] !== undefined && existsSync(missing[0])) rmSync(missing[0], { recursive: true, force: true });
    throw new StartFailure(`The data folder ${path} can not be made: ${reasonOf(error)}.`);
  }
  return missing[0];
}

function readMarker(path: string): Marker | undefined {
  const file = join(path, MARKER);
  if (!existsSync(file)) return undefined;
  let marker: Marker;
  try {
    marker = JSON.parse(readFileSync(file, 'utf8')) as Marker;
  } catch {
    throw new StartFailure(`${file} is damaged: restore it from a backup.`);
  }
  if (marker.format > FORMAT) {
    throw new StartFailure(`The data folder ${path} was written by a newer release of Holdfast (format ${marker.format}, this release knows ${FORMAT}): start that release, or choose another folder with --data.`);
  }
  return marker;
}

/** What a stack puts into its folder; a first start that fails takes exactly this away again. */
const OWN_NAMES = [LOCK, 'logs', 'postgres', 'postgres.new', 'nats', 'temporal', 'cache', 'files', 'secrets.json', 'run.json', 'demo.json'] as const;

/** Things of somebody else must not be taken for ours. */
function refuseForeign(path: string): void {
  const there = new Set(readdirSync(path));
  // a first start that was killed could not clear up
  if (there.has('secrets.json') || there.has(LOCK)) return;
  const foreign = OWN_NAMES.find((name) => there.has(name));
  if (foreign === undefined) return;
  throw new StartFailure(`The folder ${path} holds something else that is called "${foreign}": choose an empty or new folder with --data.`);
}

function refuseFullDisk(path: string, needed: number): void {
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize >= needed) return;
  throw new StartFailure(`The disk that holds ${path} is full: ${Math.floor((bavail * bsize) / 1_048_576)} MB are free, ${needed / 1_048_576} MB are needed.`);
}

function lock(path: string): void {
  let owner;
  try {
    owner = tryLock(join(path, LOCK));
  } catch (error) {
    throw new StartFailure(`The data folder ${path} can not be written: ${reasonOf(error)}.`);
  }
  if (!owner) return;
  throw new StartFailure(`Holdfast is already running on ${path} (process ${owner.pid}): stop it with Ctrl-C or "kill ${owner.pid}", or choose another folder with --data.`);
}

/** The cause of a file error in words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const words: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EEXIST: 'a file of that name is in the way',
    ENOENT: 'there is nothing to make it in',
    ENOTDIR: 'a part of the path is not a folder',
  };
  return words[code] ?? (error as Error).message;
}
