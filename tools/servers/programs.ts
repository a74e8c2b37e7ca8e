import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

import { CACHE_DIR, givenProgram, ROOT, SEARCH_PATH } from '#tools/config.ts';

import { GO, type GoSource, type Program, PROGRAMS, type ProgramName } from './catalogue.ts';
import { StartFailure } from './failure.ts';
import { buildWithGo } from './go.ts';
import { withLock } from './lock.ts';
import { fetchWithMaven } from './maven.ts';
import { type Say, withProgress } from './progress.ts';
import { run } from './run.ts';

/**
 * Finds each program: the path in `HOLDFAST_<NAME>`, on PATH with the pinned version, in the user's cache; else it is built into that cache.
 * @param say told what takes long and why
 * @throws StartFailure with the ways out when one can not be had
 */
export async function ensurePrograms<Name extends ProgramName>(names: readonly Name[], say: Say): Promise<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  // one after the other: a build uses all cores by itself
  for (const name of names) found[name] = await ensureProgram(PROGRAMS[name], say);
  return found as Record<Name, string>;
}

async function ensureProgram(program: Program, say: Say): Promise<string> {
  const given = givenProgram(program.name);
  if (given !== undefined) {
    if (existsSync(given)) return given;
    throw new StartFailure(`${variableOf(program)} names ${given}, which does not exist.`);
  }
  const cached = cachePath(program);
  if (existsSync(cached)) return cached;
  return (await onSearchPath(program)) ?? (await build(program, say));
}

async function build(program: Program, say: Say): Promise<string> {
  const target = cachePath(program);
  const folder = join(CACHE_DIR, program.name, program.version);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StartFailure(`The cache folder ${CACHE_DIR} can not be written (${(error as Error).message}): set HOLDFAST_CACHE to a folder that can.`);
  }
  const waiting = (pid: number): void => say(`Another process (${pid}) is already building ${program.name}: waiting for it`);
  return withLock(join(CACHE_DIR, `${program.name}.lock`), waiting, async () => {
    if (existsSync(target)) return target;
    const half = join(folder, `.half-${process.pid}`);
    rmSync(half, { recursive: true, force: true });
    try {
      await make(program, program.source, half, say);
      renameSync(half, program.source.kind === 'maven' ? join(folder, 'server') : target);
    } finally {
      rmSync(half, { recursive: true, force: true });
    }
    return target;
  });
}

async function make(program: Program, source: Program['source'], half: string, say: Say): Promise<void> {
  const module = join(ROOT, 'tools', program.module);
  if (source.kind === 'maven') {
    await fetchWithMaven(module, join(half, 'lib'), say, `Fetching ${program.name} ${program.version} (${program.purpose}), once for this user`);
    copyFileSync(join(module, 'temporal-test-server'), join(half, 'temporal-test-server'));
    return;
  }
  await makeWithGo(program, source, module, half, say);
}

async function makeWithGo(program: Program, source: GoSource, module: string, half: string, say: Say): Promise<void> {
  let compiled = 0;
  let fetched = 0;
  const what = `Building ${program.name} ${program.version}, ${program.purpose}; once for this user, kept in ${CACHE_DIR.replace(homedir(), '~')}`;
  const state = (): string => (compiled > 0 ? `${compiled} packages compiled` : `${fetched} modules fetched`);
  const onLine = (line: string): void => {
    if (line.startsWith('go: downloading')) fetched += 1;
    else compiled += 1;
  };
  await withProgress(say, what, () => buildWithGo({ module, source, version: program.version, target: half, onLine, say, fallback: twoWaysOut(program) }), state);
}

async function onSearchPath(program: Program): Promise<string | undefined> {
  for (const folder of SEARCH_PATH.split(delimiter)) {
    const candidate = join(folder, program.name);
    if (folder === '' || !existsSync(candidate)) continue;
    const { code, output } = await run(candidate, ['--version']);
    if (code === 0 && versionIn(output) === program.version) return candidate;
  }
  return undefined;
}

function versionIn(output: string): string | undefined {
  return /\bv?(\d+\.\d+\.\d+)\b/.exec(output)?.[1];
}

function cachePath(program: Program): string {
  const folder = join(CACHE_DIR, program.name, program.version);
  return program.source.kind === 'maven' ? join(folder, 'server', program.name) : join(folder, program.name);
}

function variableOf(program: Program): string {
  return `HOLDFAST_${program.name.replaceAll('-', '_').toUpperCase()}`;
}

function twoWaysOut(program: Program): string {
  return `Install Go ${GO.atLeast.slice(0, 2).join('.')} or newer, or put ${program.name} ${program.version} on PATH (or its path into ${variableOf(program)}).`;
}
