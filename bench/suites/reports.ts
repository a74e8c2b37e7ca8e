import { cpuMicros } from '#bench/lib/cpu.ts';
import { publishExam } from '#bench/lib/exam.ts';
import { inParallel, until } from '#bench/lib/sleep.ts';
import { round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { startAll } from '#bench/suites/exam-for.ts';

const REPORTS = 50;
const BAR_MS = 5_000;
const WAIT_MS = 180_000;
/** The clock of the database tells when a run ended, so that looking rarely measures no worse. */
const LOOK_MS = 500;

interface Run {
  readonly id: string;
  readonly state: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly progress: { readonly done: number; readonly failed: number; readonly total: number };
}

/** Reports of fifty students, one tagged PDF each: from the request to the completed run. */
export const reports: Suite = {
  names: ['reports-50'],
  students: REPORTS,
  run: async (context) => [await measure(context)],
};

async function measure({ questionIds, stack, students: everybody, teacher }: BenchContext): Promise<BenchResult> {
  const students = everybody.slice(0, REPORTS);
  const examId = await publishExam(teacher, {
    title: `Reports ${new Date().toISOString()}`, questionIds, durationMinutes: 120, opensAtMs: Date.now() - 1_000, closesAtMs: Date.now() + 7_200_000, endRule: 'window',
  }, students.map(({ id }) => id));
  const { sitters } = await startAll(students, examId);
  await inParallel(sitters, 8, (sitter) => sitter.handInAll());
  sitters.forEach((sitter) => sitter.leave());
  await over(await teacher.call<Run>('POST', `/exams/${examId}/grading-runs`, { only: 'all' }));
  const pids = Object.values(await stack.processes());
  const cpuBefore = await cpuMicros(pids);
  const run = await over(await teacher.call<Run>('POST', `/exams/${examId}/reports`, { kind: 'student', all: true }));
  const tookMs = Date.parse(run.finishedAt!) - Date.parse(run.createdAt);
  const cpu = (await cpuMicros(pids)) - cpuBefore;
  const { items } = await teacher.call<{ items: { size: number; pages: number; standard: string }[] }>('GET', `/exams/${examId}/reports?limit=200&runId=${run.id}`);
  const accessible = items.filter((item) => item.standard === 'ua-1').length;
  return {
    name: 'reports-50', value: round(tookMs / 1_000, 2), unit: 's', bar: `<= ${BAR_MS / 1_000} s, every report PDF/UA-1`,
    holds: tookMs <= BAR_MS && run.progress.done === REPORTS && accessible === REPORTS,
    more: {
      reports: run.progress.done, failed: run.progress.failed, pages: items.reduce((sum, item) => sum + item.pages, 0),
      kilobytesEach: round(items.reduce((sum, item) => sum + item.size, 0) / 1_000 / Math.max(1, items.length)), cpuMsPerReport: round(cpu / 1_000 / REPORTS, 1),
    },
  };

  function over(queued: Run): Promise<Run> {
    return until('the run', WAIT_MS, async () => {
      const seen = await teacher.call<Run>('GET', `/runs/${queued.id}`);
      return (seen.state === 'completed' || seen.state === 'failed') && seen;
    }, LOOK_MS);
  }
}
