import { readConfig } from './config.ts';
import { createLog, installTemporalRuntime } from './log.ts';
import { createWorkerProcess } from './process.ts';

const config = readConfig();
const log = createLog(config.logLevel, config.processName);
installTemporalRuntime(log);
const worker = createWorkerProcess(config, log);

worker.start();
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the worker did not stop cleanly');
        process.exit(1);
      },
    );
  });
}
