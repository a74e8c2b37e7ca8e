/**
 * Records the histories that the replay test replays, on a real Temporal server, one file for each scenario:
 * `node tests/replay/record.ts [workflow] [scenario]`. Run it for every release, and before a change of workflow code
 * that needs `patched()`; files of releases whose workflows are all over may be removed.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection } from '@temporalio/worker';

import { temporalDevServer } from '#tests/support/servers.ts';
import { quietRuntime } from '#tests/support/workflow-environment.ts';

import { type Recorder, SCENARIOS } from './scenarios.ts';

const HERE = import.meta.dirname;
const [onlyWorkflow, onlyScenario] = process.argv.slice(2);

quietRuntime();
const { version } = JSON.parse(await readFile(join(HERE, '../../package.json'), 'utf8')) as { version: string };
const temporal = await temporalDevServer();
const connection = await Connection.connect({ address: temporal.address });
const nativeConnection = await NativeConnection.connect({ address: temporal.address });
const recorder: Recorder = {
  server: { nativeConnection, namespace: temporal.namespace, currentTimeMs: () => Promise.resolve(Date.now()) },
  client: new Client({ connection, namespace: temporal.namespace, identity: 'test' }).workflow,
};
try {
  for (const [workflow, scenarios] of Object.entries(SCENARIOS)) {
    if (onlyWorkflow !== undefined && workflow !== onlyWorkflow) continue;
    const folder = join(HERE, 'histories', workflow);
    await mkdir(folder, { recursive: true });
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (onlyScenario !== undefined && name !== onlyScenario) continue;
      const history = await (await scenario(recorder)).fetchHistory();
      const file = join(folder, `${version}-${name}.json`);
      await writeFile(file, `${historyToJSON(history)}\n`);
      console.log(`${workflow} ${name}: ${history.events?.length ?? 0} events`);
    }
  }
} finally {
  await connection.close();
  await nativeConnection.close();
  await temporal.stop();
}
