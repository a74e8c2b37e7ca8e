import { measureBaseline, prepareBaseline, removeBaseline } from '#bench/lib/baseline.ts';
import { cpuMicros } from '#bench/lib/cpu.ts';
import { percentile, round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { openExam, startAll } from '#bench/suites/exam-for.ts';

const CONNECTIONS = [16, 64, 256];
const SECONDS = 8;
const BASELINE_SECONDS = 6;

/** Saves over HTTP, as fast as they go, beside single-row guarded upserts on the same database. */
export const answerSave: Suite = {
  names: CONNECTIONS.map((connections) => `answer-save-c${connections}`),
  async run(context) {
    const students = context.students.slice(0, Math.max(...CONNECTIONS));
    const examId = await openExam(context, 'Answer saves', students, Date.now() + 3_600_000);
    const { sitters, log } = await startAll(students, examId);
    await prepareBaseline(context.inside.ownerUrl);
    const results: BenchResult[] = [];
    for (const connections of CONNECTIONS) {
      const before = await measureBaseline(context.inside.ownerUrl, BASELINE_SECONDS);
      const measured = await saturate(context, sitters.slice(0, connections), log);
      const after = await measureBaseline(context.inside.ownerUrl, BASELINE_SECONDS);
      const baseline = (before.perSecond + after.perSecond) / 2;
      results.push(judge(connections, measured, baseline, before.by));
    }
    await removeBaseline(context.inside.ownerUrl);
    sitters.forEach((sitter) => sitter.leave());
    return results;
  },
};

interface Measured {
  readonly perSecond: number;
  readonly cpu: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

type Class = Awaited<ReturnType<typeof startAll>>;

async function saturate(context: BenchContext, sitters: Class['sitters'], log: Class['log']): Promise<Measured> {
  const { api, postgres } = await context.stack.processes();
  const pids = [api!, postgres!];
  const stop = { at: performance.now() + 2_000 };
  const drive = (): Promise<unknown> => Promise.all(sitters.map(async (sitter) => {
    while (performance.now() < stop.at) await sitter.saveOne();
  }));
  await drive();
  log.saveMs.length = 0;
  const errorsBefore = log.retried + log.unexpected.length;
  const cpuBefore = await cpuMicros(pids);
  const began = performance.now();
  stop.at = began + SECONDS * 1000;
  await drive();
  const seconds = (performance.now() - began) / 1000;
  const cpu = (await cpuMicros(pids)) - cpuBefore;
  const saves = log.saveMs.length;
  return {
    perSecond: saves / seconds, cpu: cpu / saves, p50: percentile(log.saveMs, 50), p99: percentile(log.saveMs, 99),
    errors: log.retried + log.unexpected.length - errorsBefore,
  };
}

function judge(connections: number, measured: Measured, baseline: number, by: string): BenchResult {
  const ratio = round(measured.perSecond / baseline, 2);
  const checksLatency = connections === 64;
  return {
    name: `answer-save-c${connections}`,
    value: round(measured.perSecond, 0),
    unit: 'saves/s',
    ratio,
    cpuMicros: round(measured.cpu, 0),
    bar: `>= 1.0 x single-row guarded upserts, <= 90 us CPU a save${checksLatency ? ', p99 < 50 ms' : ''}, 0 errors`,
    holds: ratio >= 1 && measured.cpu <= 90 && measured.errors === 0 && (!checksLatency || measured.p99 < 50),
    more: { baselinePerSecond: round(baseline, 0), baselineBy: by, p50Ms: round(measured.p50), p99Ms: round(measured.p99), errors: measured.errors },
  };
}
