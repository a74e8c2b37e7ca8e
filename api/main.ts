import { once } from 'node:events';

import pino from 'pino';

import { createApiServer } from '#api/app.ts';
import { readConfig } from '#api/config.ts';
import { createDeps } from '#api/create-deps.ts';

const config = readConfig();
const log = pino({ level: config.logLevel, base: { process: config.processName } }, pino.destination(2));
const { deps, start, stop } = createDeps(config, log);
const server = createApiServer(deps);

await start();
server.listen(config.port, config.host);
await once(server, 'listening');
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void shutDown();
  });
}

async function shutDown(): Promise<void> {
  // what is in flight gets its answer; streams reconnect to another process
  const closed = new Promise((resolve) => server.close(resolve));
  deps.streams.close();
  server.closeIdleConnections();
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 5_000))]);
  server.closeAllConnections();
  await stop();
  process.exit(0);
}
