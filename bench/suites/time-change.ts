import { sleep, until } from '#bench/lib/sleep.ts';
import { maximum, percentile, round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { openExam, startAll } from '#bench/suites/exam-for.ts';

const CLIENTS = 1_000;
const CHANGES = 3;

/** A change of the whole exam reaches a thousand open clients; the second time with Temporal stopped. */
export const timeChange: Suite = {
  names: ['time-change-1000', 'time-change-1000-without-temporal'],
  async run(context) {
    const students = context.students.slice(0, CLIENTS);
    const examId = await openExam(context, 'Time changes', students, Date.now() + 3_600_000);
    const { sitters } = await startAll(students, examId);
    let sentAtMs = 0;
    let delaysMs: number[] = [];
    await Promise.all(sitters.map((sitter) => sitter.follow((_who, message) => {
      if (message.event === 'time-changed') delaysMs.push(message.readAtMs - sentAtMs);
    })));
    const extend = async (): Promise<void> => {
      const expected = delaysMs.length + sitters.length;
      sentAtMs = performance.now();
      await context.proctor.call('POST', `/exams/${examId}/time-changes`, { kind: 'extend', seconds: 60, scope: { all: true }, reason: 'Fire alarm' });
      await until('every client to know', 20_000, () => Promise.resolve(delaysMs.length >= expected), 20);
      await sleep(1_000);
    };
    const results: BenchResult[] = [];
    for (const withoutTemporal of [false, true]) {
      delaysMs = [];
      await underTemporal(context, withoutTemporal, async () => {
        for (let change = 0; change < CHANGES; change += 1) await extend();
      });
      const p99 = percentile(delaysMs, 99);
      const max = maximum(delaysMs);
      results.push({
        name: withoutTemporal ? 'time-change-1000-without-temporal' : 'time-change-1000',
        value: round(p99), unit: 'ms (p99)', bar: 'p99 <= 500 ms, max <= 2 s', holds: p99 <= 500 && max <= 2_000,
        more: { clients: sitters.length, changes: CHANGES, p50Ms: round(percentile(delaysMs, 50)), maxMs: round(max) },
      });
    }
    sitters.forEach((sitter) => sitter.leave());
    return results;
  },
};

async function underTemporal(context: BenchContext, stopped: boolean, work: () => Promise<void>): Promise<void> {
  const { temporal } = await context.stack.processes();
  if (stopped) process.kill(temporal!, 'SIGSTOP');
  try {
    await work();
  } finally {
    if (stopped) process.kill(temporal!, 'SIGCONT');
  }
}
