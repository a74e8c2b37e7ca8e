import { until } from '#bench/lib/sleep.ts';
import { maximum, percentile, round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { openExam, startAll } from '#bench/suites/exam-for.ts';

const CLOSE_WAIT_MS = 30_000;
const FOLLOW_BAR_MS = 60_000;
const FOLLOW_WAIT_MS = 180_000;

/** Two thousand sessions with the same deadline and nobody online; the second time with Temporal stopped. */
export const endSpike: Suite = {
  names: ['end-spike-2000', 'end-spike-2000-without-temporal'],
  run: async (context) => [await spike(context, false), await spike(context, true)],
};

async function spike(context: BenchContext, withoutTemporal: boolean): Promise<BenchResult> {
  const closesAtMs = Math.ceil(Date.now() / 1000) * 1000 + 60_000;
  const examId = await openExam(context, 'End spike', context.students, closesAtMs);
  const { sitters } = await startAll(context.students, examId);
  await Promise.all(sitters.slice(0, 200).map((sitter) => sitter.saveOne()));
  sitters.forEach((sitter) => sitter.leave());
  const { temporal } = await context.stack.processes();
  // stopped, not killed: the supervisor would start it again at once
  if (withoutTemporal) process.kill(temporal!, 'SIGSTOP');
  try {
    await until('every session to be closed', closesAtMs - Date.now() + CLOSE_WAIT_MS, () => allClosed(context, examId), 250);
  } finally {
    if (withoutTemporal) process.kill(temporal!, 'SIGCONT');
  }
  const there = performance.now();
  const lags = await closeLags(context, examId);
  await until('the workflows to follow', FOLLOW_WAIT_MS, () => allFollowed(context, examId), 500);
  const followedMs = performance.now() - there;
  const p99 = percentile(lags, 99);
  const max = maximum(lags);
  const { rows } = await context.inside.pool.query<{ late: number }>(
    'select count(*)::int as late from answers a join exam_sessions s on s.id = a.session_id where s.exam_id = $1 and a.saved_at >= s.cutoff_at', [examId],
  );
  return {
    name: withoutTemporal ? 'end-spike-2000-without-temporal' : 'end-spike-2000',
    value: round(p99), unit: 'ms (p99 close lag)',
    bar: 'p99 <= 1 s, max <= 2 s, 0 late, workflows followed within 60 s',
    holds: p99 <= 1_000 && max <= 2_000 && rows[0]!.late === 0 && followedMs <= FOLLOW_BAR_MS,
    more: { sessions: lags.length, p50Ms: round(percentile(lags, 50)), maxMs: round(max), late: rows[0]!.late, followedMs: round(followedMs, 0) },
  };
}

async function allClosed(context: BenchContext, examId: string): Promise<boolean> {
  const { rows } = await context.inside.pool.query<{ open: number }>(
    `select count(*)::int as open from exam_sessions where exam_id = $1 and state in ('active', 'paused')`, [examId],
  );
  return rows[0]!.open === 0;
}

async function allFollowed(context: BenchContext, examId: string): Promise<boolean> {
  const { rows } = await context.inside.pool.query<{ open: number }>(
    `select count(*)::int as open from exam_sessions s left join session_workflows w on w.session_id = s.id
      where s.exam_id = $1 and (w.completed_at is null or w.seen_version < s.version)`, [examId],
  );
  return rows[0]!.open === 0;
}

async function closeLags(context: BenchContext, examId: string): Promise<number[]> {
  const { rows } = await context.inside.pool.query<{ lag: string }>(
    'select extract(epoch from closed_at - cutoff_at) * 1000 as lag from exam_sessions where exam_id = $1', [examId],
  );
  return rows.map((row) => Number(row.lag));
}
