import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensurePrograms } from '#tools/servers/programs.ts';
import { freePorts, takesConnections } from '#tools/servers/ports.ts';
import { becomesReady, sendSignal, spawnServer, stopProcess, textSince } from '#tools/servers/process.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';

/** A server of one test file. */
export interface TestServer {
  pid: number;
  /** Ends the server and removes what it stored. */
  stop(): Promise<void>;
}

/** Path of the time-skipping server, for `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`. */
export async function timeSkippingServerPath(): Promise<string> {
  const { 'temporal-test-server': path } = await ensurePrograms(['temporal-test-server'], console.error);
  return path;
}

/** Starts a Temporal development server in memory with the namespace `default` and the product's search attributes. */
export async function temporalDevServer(): Promise<TestServer & { address: string; namespace: string }> {
  const { temporal } = await ensurePrograms(['temporal'], console.error);
  const [port = 0, http = 0, metrics = 0] = await freePorts(3);
  const attributes = SEARCH_ATTRIBUTES.flatMap(({ name, type }) => ['--search-attribute', `${name}=${type === 'INT' ? 'Int' : 'Keyword'}`]);
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--http-port', String(http), '--metrics-port', String(metrics), '--log-level', 'warn', ...attributes];
  const server = await start('temporal', temporal, () => args, port);
  return { ...server, address: `127.0.0.1:${port}`, namespace: 'default' };
}

/** Starts a NATS server with JetStream and without log-in. */
export async function natsServer(): Promise<TestServer & { url: string }> {
  const { 'nats-server': nats } = await ensurePrograms(['nats-server'], console.error);
  const [port = 0] = await freePorts(1);
  const server = await start('nats', nats, (folder) => ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder], port);
  return { ...server, url: `nats://127.0.0.1:${port}` };
}

async function start(name: string, command: string, args: (folder: string) => string[], port: number): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), `holdfast-${name}-`));
  const logFile = join(folder, 'server.log');
  const server = await spawnServer({ name, command, args: args(folder), logFile });
  const kill = (): void => sendSignal(server.pid, 'SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    await stopProcess(server, 'SIGTERM', 5_000);
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  if (await becomesReady(server, () => takesConnections(port), 30_000)) return { pid: server.pid, stop };
  const log = textSince(logFile, 0).trim();
  await stop();
  throw new Error(`${name} did not start: ${log.slice(-2_000)}`);
}
