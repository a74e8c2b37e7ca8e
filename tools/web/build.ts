import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { inheritedEnv, ROOT } from '#tools/config.ts';
import { StartFailure } from '#tools/servers/failure.ts';
import { lastReason } from '#tools/stack/node-service.ts';
import { withLock } from '#tools/servers/lock.ts';
import { type Say, withProgress } from '#tools/servers/progress.ts';
import { run } from '#tools/servers/run.ts';

/** Where the built pages are. */
export const WEB_DIR = join(ROOT, 'web/dist/client');

/** What the pages are made of. */
const SOURCES = ['web', 'contracts', 'domain'];
const LOCK = join(ROOT, '.cache/web.lock');
const STAMP = join(ROOT, 'web/dist/built.txt');

/**
 * Builds the web app unless what is built comes from the sources as they are.
 * @throws StartFailure with what the bundler said
 */
export async function ensureWeb(say: Say): Promise<void> {
  const waiting = (pid: number): void => say(`Another process (${pid}) is building the web app: waiting for it`);
  mkdirSync(dirname(LOCK), { recursive: true });
  await withLock(LOCK, waiting, () => build(say));
}

async function build(say: Say): Promise<void> {
  const wanted = hashOfSources();
  if (built() === wanted) return;
  await withProgress(say, 'Building the web app, because its sources have changed since it was last built', async () => {
    const { code, output } = await run(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
      cwd: join(ROOT, 'web'),
      env: inheritedEnv({ NODE_ENV: 'production', NO_COLOR: '1' }),
    });
    if (code !== 0) throw new StartFailure(`The web app could not be built: ${lastReason(output)}`);
    mkdirSync(dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, wanted);
  });
}

function built(): string | undefined {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.startsWith(join(ROOT, 'web/dist/')) && !/\.test\.tsx?$/.test(file))
      .sort();
    for (const file of files) hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}
