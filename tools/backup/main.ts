import { StartFailure } from '#tools/servers/failure.ts';
import { reasonOf } from '#tools/stack/data-folder.ts';

import { backUp } from './backup.ts';
import { inMegabytes } from './copier.ts';
import { readCommand, USAGE } from './options.ts';
import { restore } from './restore.ts';

const begunMs = performance.now();
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, () => stop.abort(new StartFailure('Stopped: nothing was left behind.')));
process.channel?.unref();

try {
  await carryOut();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? sentenceOf(error) : error);
  process.exit(1);
}

async function carryOut(): Promise<void> {
  const command = readCommand(process.argv.slice(2), process.cwd());
  const common = { say: (line: string): void => console.log(line), signal: stop.signal };
  if (command === undefined) {
    console.log(USAGE);
  } else if (command.name === 'backup') {
    const { takenAt, bytes, files } = await backUp({ ...command, ...common });
    console.log(`✓ ${command.to} holds everything that was acknowledged before ${takenAt}: ${inMegabytes(bytes)} MB in ${files.length} files, ${seconds()} s`);
  } else {
    const { takenAt } = await restore({ ...command, ...common });
    console.log(`✓ ${command.data} holds everything that was acknowledged before ${takenAt}, ${seconds()} s`);
    console.log(`  Start it with: npm start -- --data ${command.data}   (beside another stack: with a --port of its own)`);
  }
}

function seconds(): string {
  return ((performance.now() - begunMs) / 1_000).toFixed(1);
}

/** What a person can do something about is one sentence; anything else comes with its stack. */
function sentenceOf(error: Error): string | Error {
  if (error instanceof StartFailure) return error.message;
  const { path } = error as NodeJS.ErrnoException;
  return path === undefined ? error : `${path} can not be read or written: ${reasonOf(error)}.`;
}
