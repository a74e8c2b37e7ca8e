import { percentile, round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { inBrowser } from '#bench/suites/in-browser.ts';
import { measureMonitorFrames, spread } from '#bench/web/monitor-frames.ts';

/** Budget of a frame at 60 Hz. */
const BAR_MS = 16;
const LOAD = { rows: 2_000, rate: 200, seconds: 20 };
const NAME = 'monitor-frames';

/** What a frame of the live monitor costs with 2,000 rows and 200 events a second. */
export const monitorFrames: Suite = {
  names: [NAME],
  students: 0,
  run: (context) => inBrowser([NAME], (chromium) => measure(context, chromium)),
};

async function measure({ stack }: BenchContext, chromium: string): Promise<BenchResult[]> {
  const { frames, eventsPerSecond, rowsDrawn, cpuMs, clockMs, taskMs, isCpuTime } = await measureMonitorFrames(chromium, stack.url, LOAD);
  const p95 = percentile(cpuMs, 95);
  return [{
    name: NAME, value: round(p95), unit: `ms (p95 of a frame, ${isCpuTime ? 'processor time' : 'time on the clock'})`, bar: `p95 <= ${BAR_MS} ms, ${LOAD.rows} rows, ${LOAD.rate} events/s`, holds: p95 <= BAR_MS && frames > 0,
    more: { frames, framesOverBar: cpuMs.filter((ms) => ms > BAR_MS).length, eventsPerSecond, rowsDrawn, 'p50/p95/p99/max': spread(cpuMs), clockMs: spread(clockMs), taskMs: spread(taskMs) },
  }];
}
