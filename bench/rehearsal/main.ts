import { writeFile } from 'node:fs/promises';

import { readArguments } from '#bench/lib/arguments.ts';
import { openStack } from '#bench/lib/stack.ts';
import { drawRehearsal } from '#bench/rehearsal/picture.ts';
import { printRehearsal } from '#bench/rehearsal/print.ts';
import { rehearse } from '#bench/rehearsal/rehearse.ts';

const options = readArguments({ students: 200, minutes: 2 });
const say = (text: string): void => void (options.json ? process.stderr : process.stdout).write(`${text}\n`);

say(options.url === undefined ? 'Starting a stack of its own in a temporary folder' : `Using the stack at ${options.url}`);
const stack = await openStack(options.url, options.data);
let ok = false;
try {
  const report = await rehearse(stack, options, say);
  ok = report.ok;
  printRehearsal(report, say);
  if (options.picture !== undefined) await writeFile(options.picture, drawRehearsal(report));
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  await stack.stop();
}
process.exit(ok ? 0 : 1);
