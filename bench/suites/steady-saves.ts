import { percentile, round } from '#bench/lib/stats.ts';
import { sleep } from '#bench/lib/sleep.ts';
import type { Suite } from '#bench/suites/context.ts';
import { openExam, startAll } from '#bench/suites/exam-for.ts';

const STUDENTS = 1_000;
const EVERY_MS = 5_000;
const SECONDS = 30;

/** A thousand students, each saving every five seconds. */
export const steadySaves: Suite = {
  names: ['steady-saves-1000'],
  async run(context) {
    const students = context.students.slice(0, STUDENTS);
    const examId = await openExam(context, 'Steady saves', students, Date.now() + 3_600_000);
    const { sitters, log } = await startAll(students, examId);
    const end = performance.now() + SECONDS * 1000;
    await Promise.all(sitters.map(async (sitter) => {
      // an open loop: the next save is due whether or not the last one was quick
      let due = performance.now() + Math.random() * EVERY_MS;
      for (; due < end; due += EVERY_MS) {
        await sleep(Math.max(0, due - performance.now()));
        await sitter.saveOne();
      }
    }));
    sitters.forEach((sitter) => sitter.leave());
    const p95 = percentile(log.saveMs, 95);
    const p99 = percentile(log.saveMs, 99);
    const errors = log.retried + log.unexpected.length;
    return [{
      name: 'steady-saves-1000', value: round(p95), unit: 'ms (p95)',
      bar: 'p95 < 25 ms, p99 < 100 ms, 0 errors', holds: p95 < 25 && p99 < 100 && errors === 0,
      more: { saves: log.saveMs.length, p50Ms: round(percentile(log.saveMs, 50)), p99Ms: round(p99), errors },
    }];
  },
};
