import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { StartFailure } from './failure.ts';
import { takesConnections } from './ports.ts';
import { becomesReady, fileSize, type ServerProcess, spawnServer, stopProcess, textSince } from './process.ts';

/** Where a NATS server lives and who may use it. */
export interface NatsOptions {
  program: string;
  /** Folder for its settings and streams; made when missing. */
  dir: string;
  port: number;
  user: string;
  password: string;
  logFile: string;
  /** Told as soon as the process exists, before it answers. */
  onSpawn?: (process: ServerProcess) => void;
}

/**
 * Starts NATS with JetStream on loopback.
 * @throws StartFailure when it ends at once or does not answer
 */
export async function startNats(options: NatsOptions): Promise<ServerProcess> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const settings = join(options.dir, 'nats.conf');
  writeFileSync(settings, natsSettings(options), { mode: 0o600 });
  const offset = fileSize(options.logFile);
  const server = await spawnServer({ name: 'nats', command: options.program, args: ['-c', settings], logFile: options.logFile });
  options.onSpawn?.(server);
  if (await becomesReady(server, () => takesConnections(options.port), 30_000)) return server;
  await stopProcess(server, 'SIGKILL', 2_000);
  const reason = textSince(options.logFile, offset).split('\n').findLast((line) => /\[(FTL|ERR)\]/.test(line));
  throw new StartFailure(`NATS did not start: ${reason?.trim() ?? 'it gave no reason'} (log: ${options.logFile})`);
}

/** The settings file of NATS; strings in JSON form are valid in it. */
export function natsSettings(options: Pick<NatsOptions, 'dir' | 'port' | 'user' | 'password'>): string {
  return `host: "127.0.0.1"
port: ${options.port}
max_payload: 1MB
authorization { user: ${JSON.stringify(options.user)}, password: ${JSON.stringify(options.password)} }
jetstream { store_dir: ${JSON.stringify(join(options.dir, 'jetstream'))}, max_memory_store: 64MB, max_file_store: 1GB }
`;
}
