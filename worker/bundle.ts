import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { bundleWorkflowCode, type Logger, type WorkflowBundle } from '@temporalio/worker';

const ROOT = join(import.meta.dirname, '..');
/** Everything that the bundle can contain: workflow code, the pure rules, and the names of what was installed. */
const SOURCES = ['workflows', 'domain'];
const INSTALLED = 'node_modules/@temporalio/workflow/package.json';

/**
 * Gives the bundle of all workflows. It is made once for each state of the sources and kept in `cacheDir` under the hash
 * of their content, so that a restart does not spend a second on it.
 */
export async function workflowBundle(cacheDir: string, logger?: Logger): Promise<WorkflowBundle> {
  const folder = join(cacheDir, 'workflow-bundles');
  const file = join(folder, `${await sourceHash()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return { code: kept };
  const { code } = await bundleWorkflowCode({ workflowsPath: join(ROOT, 'workflows/index.ts'), ...(logger === undefined ? {} : { logger }) });
  await keep(folder, file, code);
  return { code };
}

/** A bundle that can not be kept (read-only or full disk) is made again at the next start. */
async function keep(folder: string, file: string, code: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const written = `${file}.${process.pid}`;
    await writeFile(written, code);
    await rename(written, file);
  } catch {
    return;
  }
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(ROOT, INSTALLED)));
  for (const source of SOURCES) {
    const names = await readdir(join(ROOT, source), { recursive: true });
    for (const name of names.filter((entry) => entry.endsWith('.ts') && !entry.endsWith('.test.ts')).sort()) {
      hash.update(name).update('\0').update(await readFile(join(ROOT, source, name))).update('\0');
    }
  }
  return hash.digest('hex').slice(0, 32);
}
