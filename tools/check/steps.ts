import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inheritedEnv, ROOT } from '#tools/config.ts';
import { TEST_PROGRAMS } from '#tools/servers/catalogue.ts';
import { StartFailure } from '#tools/servers/failure.ts';
import { ensurePrograms } from '#tools/servers/programs.ts';
import { run } from '#tools/servers/run.ts';
import { ensureWeb } from '#tools/web/build.ts';

/** What a step found: how many checks held, how many did not, and what to show for those. */
export interface Outcome {
  passed: number;
  failed: number;
  output: string;
}

/** One part of `npm test`. */
export interface Step {
  name: string;
  work: (say: (line: string) => void) => Promise<Outcome>;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

const FOLDERS = ['activities', 'api', 'bench', 'contracts', 'db', 'domain', 'tests', 'tools', 'web', 'worker', 'workflows'];
const CHAOS = join(ROOT, 'bench/chaos/main.ts');

/** Every step, in groups: the groups follow one another, the lanes of a group run side by side. */
export const STEPS: readonly (readonly (readonly Step[])[])[] = [
  [[preparation('servers', (say) => ensurePrograms(TEST_PROGRAMS, say))], [preparation('web build', ensureWeb)]],
  [
    [tool('lint', 'eslint', ['.'])],
    [tool('arrows', 'depcruise', ['--config', '.dependency-cruiser.cjs', ...FOLDERS]), tool('unused', 'knip', []), tool('types', 'tsc', ['--noEmit']), tool('web types', 'tsc', ['--noEmit', '-p', 'web']), tool('service worker types', 'tsc', ['--noEmit', '-p', 'web/sw']), tool('e2e types', 'tsc', ['--noEmit', '-p', 'tests/e2e'])],
  ],
  ...['unit', 'web', 'db', 'workflow', 'replay', 'integration'].map((project) => [[vitest(project)]]),
  [[{ name: 'e2e', work: endToEnd }]],
  ...(existsSync(CHAOS) ? [[[{ name: 'chaos', work: () => check(process.execPath, [CHAOS, '--short', '--json']) }]]] : []),
];

function preparation(name: string, work: (say: (line: string) => void) => Promise<unknown>): Step {
  return {
    name,
    work: async (say) => {
      try {
        await work(say);
        return { passed: 1, failed: 0, output: '' };
      } catch (error) {
        if (!(error instanceof StartFailure)) throw error;
        return { passed: 0, failed: 1, output: error.message };
      }
    },
  };
}

function tool(name: string, command: string, args: string[]): Step {
  return { name, work: () => check(join(ROOT, 'node_modules/.bin', command), args) };
}

async function check(command: string, args: string[]): Promise<Outcome> {
  const { code, output } = await run(command, args, { cwd: ROOT });
  return code === 0 ? { passed: 1, failed: 0, output: '' } : { passed: 0, failed: 1, output };
}

function vitest(project: string): Step {
  const work = async (): Promise<Outcome> => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-check-'));
    const file = join(folder, 'report.json');
    try {
      const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      const { code, output } = await run(join(ROOT, 'node_modules/.bin/vitest'), args, { cwd: ROOT, env: inheritedEnv({ NO_COLOR: '1' }) });
      return counted(code, output, existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VitestReport) : undefined);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { name: project, work };
}

async function endToEnd(): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-check-'));
  const file = join(folder, 'report.json');
  try {
    const env = inheritedEnv({ NO_COLOR: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: file });
    const { code, output } = await run(join(ROOT, 'node_modules/.bin/playwright'), ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=line,json'], { cwd: ROOT, env });
    if (!existsSync(file)) return { passed: 0, failed: 1, output };
    const { stats } = JSON.parse(readFileSync(file, 'utf8')) as { stats: Record<'expected' | 'unexpected' | 'skipped' | 'flaky', number> };
    // what passed only when it was tried again has failed
    return counted(code, output, { numPassedTests: stats.expected, numFailedTests: stats.unexpected + stats.flaky, numPendingTests: stats.skipped, numTodoTests: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A test that did not run counts as failed: nothing is skipped in silence. */
function counted(code: number, output: string, report: VitestReport | undefined): Outcome {
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const failed = (report?.numFailedTests ?? 0) + skipped;
  // a file that could not be loaded, or an error outside of any test
  if (code !== 0 && failed === 0) return { passed, failed: 1, output };
  return { passed, failed, output: failed === 0 ? '' : `${output}${skipped > 0 ? `\n${skipped} tests did not run` : ''}` };
}
