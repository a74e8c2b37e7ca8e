import { StartFailure } from '#tools/servers/failure.ts';

import { readOptions, type StackOptions, USAGE } from './options.ts';
import { screen } from './screen.ts';
import { Stack } from './stack.ts';

const begunMs = performance.now();
const cwd = process.cwd();

try {
  const options = readOptions(process.argv.slice(2), cwd);
  if (options) await runStack(options);
  else console.log(USAGE);
} catch (error) {
  console.error(error instanceof StartFailure ? error.message : error);
  process.exit(1);
}

async function runStack(options: StackOptions): Promise<void> {
  const say = (line: string): void => console[options.json ? 'error' : 'log'](line);
  const stack = new Stack(options, say);
  let stopping = false;
  const stop = (): void => {
    // a terminal may send the same signal through several ways
    if (stopping) return;
    stopping = true;
    say('Stopping');
    void stack.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, stop);
  process.channel?.unref();
  // a reader that went away must not end the stack
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  try {
    const running = await stack.start();
    const seconds = (performance.now() - begunMs) / 1_000;
    if (options.json) console.log(readyLine(running, options.data));
    else console.log(screen({ ...running, data: options.data, seconds, cwd }));
  } catch (error) {
    // stopped while starting: the stop ends this process
    if (!stopping) throw error;
  }
}

function readyLine({ url, accounts, processes }: Awaited<ReturnType<Stack['start']>>, data: string): string {
  return JSON.stringify({ ready: true, urls: { web: url, api: `${url}/api/v1` }, accounts, processes, data });
}
