import { endRunning } from '#tools/servers/run.ts';

import { type Outcome, type Step, STEPS } from './steps.ts';

// npm test [-- step…]: runs every check of the project, or only the named steps; the last line counts them
const TELL_EVERY_MS = 15_000;

const asked = process.argv.slice(2);
const names = STEPS.flat(2).map(({ name }) => name);
const unknown = asked.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`There is no step "${unknown}"; there are: ${names.join(', ')}.`);
  process.exit(1);
}
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
  process.on(signal, () => {
    endRunning();
    process.exit(code);
  });
}

let passed = 0;
let failed = 0;
for (const group of STEPS) await Promise.all(group.map(runLane));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function runLane(steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (asked.length === 0 || asked.includes(step.name)) await runStep(step);
  }
}

async function runStep({ name, work }: Step): Promise<void> {
  const begunMs = performance.now();
  const seconds = (): string => `${((performance.now() - begunMs) / 1_000).toFixed(1)} s`;
  const ticker = setInterval(() => console.log(`… ${name}: ${seconds()}`), TELL_EVERY_MS);
  const outcome = await work(console.log).catch((error: unknown): Outcome => ({ passed: 0, failed: 1, output: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
  clearInterval(ticker);
  passed += outcome.passed;
  failed += outcome.failed;
  if (outcome.failed > 0) console.log(outcome.output.trimEnd());
  console.log(`${outcome.failed === 0 ? '✓' : '✗'} ${name.padEnd(11)} ${seconds().padStart(8)}  ${outcome.passed} passed${outcome.failed > 0 ? `, ${outcome.failed} failed` : ''}`);
}
