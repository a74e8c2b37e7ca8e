import { wreak } from '#bench/chaos/wreak.ts';
import { readArguments } from '#bench/lib/arguments.ts';
import { openStack } from '#bench/lib/stack.ts';

const SHORT = { students: 20, minutes: 0.75 };

const given = readArguments({ students: 200, minutes: 3 });
const options = given.short ? { ...given, ...SHORT } : given;
const say = (text: string): void => void (options.json ? process.stderr : process.stdout).write(`${text}\n`);

say(options.url === undefined ? 'Starting a stack of its own in a temporary folder' : `Using the stack at ${options.url}`);
const stack = await openStack(options.url, options.data);
let ok = false;
try {
  const report = await wreak(stack, options, say);
  ok = report.ok;
  say('');
  say(`  kills                ${Object.entries(report.kills).map(([name, count]) => `${count} ${name}`).join(', ')}${report.blackoutSeconds > 0 ? `, everything for ${report.blackoutSeconds} s` : ''}`);
  say(`  saves acknowledged   ${report.acknowledged}`);
  say(`  lost / late          ${report.lost} / ${report.late}`);
  say(`  longest outage       ${report.longestOutageMs} ms for one student, outside the blackout`);
  report.invariants.forEach((invariant) => say(`  ${invariant.holds ? 'holds ' : 'BROKEN'}               ${invariant.name}${invariant.holds ? '' : ` (${invariant.violations})`}`));
  report.problems.forEach((problem) => say(`  PROBLEM ${problem}`));
  say(report.ok ? 'Everything held.' : 'It did NOT hold.');
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  await stack.stop();
}
process.exit(ok ? 0 : 1);
