import { inheritedEnv } from '#tools/config.ts';

import { StartFailure } from './failure.ts';
import { type Say, withProgress } from './progress.ts';
import { run } from './run.ts';

/**
 * Fetches the Java libraries that `pom.xml` in `module` names into `target`; root on a Debian machine gets Maven installed first.
 * @throws StartFailure when there is neither Maven nor a way to install it, or a library can not be had
 */
export async function fetchWithMaven(module: string, target: string, say: Say, what: string): Promise<void> {
  if ((await run('mvn', ['--version'])).code !== 0) await installMaven(say);
  const args = ['-q', '-B', '-f', `${module}/pom.xml`, 'dependency:copy-dependencies', `-DoutputDirectory=${target}`];
  const { code, output } = await withProgress(say, what, () => run('mvn', args));
  if (code === 0) return;
  throw new StartFailure(`The time-skipping Temporal server can not be fetched by Maven: ${output.split('\n').find((line) => line.includes('ERROR')) ?? output.trim()}`);
}

async function installMaven(say: Say): Promise<void> {
  const apt = process.getuid?.() === 0 && (await run('apt-get', ['--version'])).code === 0;
  if (apt) {
    const env = inheritedEnv({ DEBIAN_FRONTEND: 'noninteractive' });
    const installed = await withProgress(say, 'Installing Maven and Java from Debian, to fetch the time-skipping Temporal server', async () => {
      await run('apt-get', ['update', '-qq'], { env });
      return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'maven', 'default-jre-headless'], { env });
    });
    if (installed.code === 0) return;
  }
  throw new StartFailure('The workflow tests need Maven and Java 17: install them (on Debian "apt-get install maven"), or set HOLDFAST_TEMPORAL_TEST_SERVER to a temporal-test-server.');
}
