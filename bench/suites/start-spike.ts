import { createClassLog, Sitter } from '#bench/lib/sitter.ts';
import { sleep } from '#bench/lib/sleep.ts';
import { percentile, round } from '#bench/lib/stats.ts';
import type { Suite } from '#bench/suites/context.ts';
import { openExam } from '#bench/suites/exam-for.ts';

const SPIKE_MS = 5_000;

/** Two thousand students press Start within five seconds. */
export const startSpike: Suite = {
  names: ['start-spike-2000'],
  async run(context) {
    const examId = await openExam(context, 'Start spike', context.students, Date.now() + 3_600_000);
    const log = createClassLog();
    const sitters = context.students.map((student) => new Sitter(student, log));
    const tookMs: number[] = [];
    let errors = 0;
    await Promise.all(sitters.map(async (sitter, index) => {
      await sleep((index / sitters.length) * SPIKE_MS);
      const began = performance.now();
      await sitter.start(examId).catch(() => (errors += 1));
      tookMs.push(performance.now() - began);
    }));
    sitters.forEach((sitter) => sitter.leave());
    errors += log.retried;
    const { rows } = await context.inside.pool.query<{ sessions: number; students: number }>(
      'select count(*)::int as sessions, count(distinct student_id)::int as students from exam_sessions where exam_id = $1', [examId],
    );
    const duplicates = rows[0]!.sessions - rows[0]!.students;
    const p95 = percentile(tookMs, 95);
    const p99 = percentile(tookMs, 99);
    return [{
      name: 'start-spike-2000', value: round(p95), unit: 'ms (p95)',
      bar: 'p95 <= 300 ms, p99 <= 1 s, 0 errors, 0 duplicate sessions',
      holds: p95 <= 300 && p99 <= 1_000 && errors === 0 && duplicates === 0 && rows[0]!.sessions === sitters.length,
      more: { starts: rows[0]!.sessions, p50Ms: round(percentile(tookMs, 50)), p99Ms: round(p99), errors, duplicates },
    }];
  },
};
