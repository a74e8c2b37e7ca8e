import { cpus, totalmem } from 'node:os';

import { accountOf, logIn } from '#bench/lib/api.ts';
import { readArguments } from '#bench/lib/arguments.ts';
import { importQuestions } from '#bench/lib/exam.ts';
import { createClass, openInside } from '#bench/lib/inside.ts';
import { openStack } from '#bench/lib/stack.ts';
import { answerSave } from '#bench/suites/answer-save.ts';
import type { BenchResult } from '#bench/suites/context.ts';
import { endSpike } from '#bench/suites/end-spike.ts';
import { events } from '#bench/suites/events.ts';
import { examPageBytes } from '#bench/suites/exam-page-bytes.ts';
import { examPageInput } from '#bench/suites/exam-page-input.ts';
import { examPageLoad } from '#bench/suites/exam-page-load.ts';
import { examPageMemory } from '#bench/suites/exam-page-memory.ts';
import { grading } from '#bench/suites/grading.ts';
import { monitorFrames } from '#bench/suites/monitor-frames.ts';
import { publication } from '#bench/suites/publication.ts';
import { reports } from '#bench/suites/reports.ts';
import { plagiarismRun } from '#bench/suites/plagiarism-run.ts';
import { plagiarism } from '#bench/suites/plagiarism.ts';
import { plagiarismRecall } from '#bench/suites/plagiarism-recall.ts';
import { startSpike } from '#bench/suites/start-spike.ts';
import { statistics } from '#bench/suites/statistics.ts';
import { steadySaves } from '#bench/suites/steady-saves.ts';
import { timeChange } from '#bench/suites/time-change.ts';

const SUITES = [answerSave, steadySaves, timeChange, startSpike, events, endSpike, grading, plagiarism, plagiarismRecall, plagiarismRun, reports, publication, statistics, examPageBytes, examPageLoad, examPageInput, examPageMemory, monitorFrames];

const options = readArguments({ students: 2_000, minutes: 1 });
const say = (text: string): void => void (options.json ? process.stderr : process.stdout).write(`${text}\n`);
const wanted = SUITES.filter((suite) => options.only.length === 0 || suite.names.some((name) => options.only.includes(name)));
if (wanted.length === 0) throw new Error(`--only names none of ${SUITES.flatMap(({ names }) => names).join(', ')}`);

const stack = await openStack(options.url, options.data);
let ok = false;
try {
  const inside = await openInside(stack);
  const [admin, teacher, proctor] = await Promise.all(['admin', 'teacher', 'proctor'].map((role) => logIn(stack.url, accountOf(stack.accounts, role))));
  const needed = Math.max(...wanted.map((suite) => Math.min(options.students, suite.students ?? options.students)));
  say(`Creating ${needed} students`);
  const students = needed > 0 ? await createClass(admin!, inside, needed, `bench-${Date.now().toString(36)}`) : [];
  const questionIds = await importQuestions(teacher!);
  const benches: BenchResult[] = [];
  for (const suite of wanted) {
    say(`Measuring ${suite.names.join(', ')}`);
    const results = await suite.run({ stack, inside, admin: admin!, teacher: teacher!, proctor: proctor!, questionIds, students, say });
    results.forEach((result) => say(lineOf(result)));
    benches.push(...results);
  }
  await inside.close();
  ok = benches.every((bench) => bench.holds);
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  printTable(benches, machine);
  if (options.json) process.stdout.write(`${JSON.stringify({ ok, machine, benches })}\n`);
} finally {
  await stack.stop();
}
process.exit(ok ? 0 : 1);

function printTable(benches: readonly BenchResult[], machine: string): void {
  say('');
  say(`Machine: ${machine}; the load generator shares it.`);
  say('| benchmark | value | ratio | CPU a save | bar | holds |');
  say('| --- | --- | --- | --- | --- | --- |');
  for (const bench of benches) {
    if (bench.skipped !== undefined) {
      say(`| ${bench.name} | | | | | skipped: ${bench.skipped} |`);
      continue;
    }
    const more = Object.entries(bench.more).map(([name, value]) => `${name} ${value}`).join(', ');
    const cpu = bench.cpuMicros === undefined ? '' : `${bench.cpuMicros} us`;
    say(`| ${bench.name} | ${bench.value} ${bench.unit} (${more}) | ${bench.ratio ?? ''} | ${cpu} | ${bench.bar} | ${bench.holds ? 'yes' : 'NO'} |`);
  }
}

function lineOf(bench: BenchResult): string {
  if (bench.skipped !== undefined) return `  skipped ${bench.name}: ${bench.skipped}`;
  return `  ${bench.holds ? 'holds' : 'MISSES'}  ${bench.name}: ${bench.value} ${bench.unit}${bench.ratio === undefined ? '' : `, ratio ${bench.ratio}`}${bench.cpuMicros === undefined ? '' : `, ${bench.cpuMicros} us CPU a save`}`;
}
