import { randomUUID } from 'node:crypto';

import { publishExam } from '#bench/lib/exam.ts';
import { cpuMicros } from '#bench/lib/cpu.ts';
import { inParallel, until } from '#bench/lib/sleep.ts';
import { round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { startAll } from '#bench/suites/exam-for.ts';

const SESSIONS = 1_000;
const ITEMS = 50;
const BAR_MS = 5_000;
const WAIT_MS = 180_000;

interface Run {
  readonly id: string;
  readonly state: string;
  readonly progress: { readonly done: number; readonly failed: number; readonly total: number };
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** A grading run over a thousand sessions of fifty items: from the request to the completed run, with every mark written anew. */
export const grading: Suite = {
  names: ['grading-1000x50'],
  students: SESSIONS,
  run: async (context) => [await measure(context)],
};

async function measure(context: BenchContext): Promise<BenchResult> {
  const { inside, stack, teacher, say } = context;
  const students = context.students.slice(0, SESSIONS);
  const questionIds = await inParallel(Array.from({ length: ITEMS }), 1, async (_unused, index) => (await teacher.call<{ id: string }>('POST', '/questions', questionOf(index))).id);
  const examId = await publishExam(teacher, {
    title: `Grading ${new Date().toISOString()}`, questionIds, durationMinutes: 120, opensAtMs: Date.now() - 1_000, closesAtMs: Date.now() + 7_200_000, endRule: 'window',
  }, students.map(({ id }) => id));
  const { sitters } = await startAll(students, examId);
  await inParallel(sitters, 8, (sitter) => sitter.handInAll());
  sitters.forEach((sitter) => sitter.leave());
  say('Waiting for the workflows of the sessions');
  // a class of this size is not marked session by session, so every mark is left to the run
  await until('the workflows of the sessions to end', WAIT_MS, async () => (await count('open')) === 0, 500);
  const processes = await stack.processes();
  const pids = Object.values(processes);
  const cpuBefore = await cpuMicros(pids);
  const began = performance.now();
  const queued = await teacher.call<Run>('POST', `/exams/${examId}/grading-runs`, { only: 'all' });
  const run = await until('the grading run', WAIT_MS, async () => {
    const seen = await teacher.call<Run>('GET', `/runs/${queued.id}`);
    return (seen.state === 'completed' || seen.state === 'failed') && seen;
  }, 50);
  const tookMs = performance.now() - began;
  const cpu = (await cpuMicros(pids)) - cpuBefore;
  const marks = await count('marks');
  return {
    name: 'grading-1000x50', value: round(tookMs / 1_000, 2), unit: 's', bar: `<= ${BAR_MS / 1_000} s, every mark written`,
    holds: tookMs <= BAR_MS && marks === SESSIONS * ITEMS && run.progress.done === SESSIONS,
    more: { sessions: run.progress.done, failed: run.progress.failed, marks, cpuMsPerSession: round(cpu / 1_000 / SESSIONS, 2) },
  };

  async function count(what: 'marks' | 'open'): Promise<number> {
    const from = {
      marks: 'marks m join exam_sessions s on s.id = m.session_id where s.exam_id = $1',
      open: 'exam_sessions s left join session_workflows w on w.session_id = s.id where s.exam_id = $1 and w.completed_at is null',
    }[what];
    const { rows } = await inside.pool.query<{ n: number }>(`select count(*)::int as n from ${from}`, [examId]);
    return rows[0]!.n;
  }
}

// what an objective exam is made of: half choices, the rest typed
function questionOf(index: number): Record<string, unknown> {
  const tag = randomUUID();
  const options = ['A', 'B', 'C', 'D'].map((letter) => ({ id: letter.toLowerCase(), text: `Answer ${letter}` }));
  const text = `Question ${index + 1} of the grading benchmark (${tag})`;
  if (index % 5 === 1) return { type: 'multiple-choice', text, options, key: { optionIds: ['a', 'c'], scoring: 'partial' }, points: '1' };
  if (index % 5 === 2) return { type: 'numeric', text, key: { accepted: [{ value: '3.14', tolerance: '0.01' }] }, points: '1' };
  if (index % 5 === 3) return { type: 'short-text', text, key: { accepted: [{ text: 'mitochondrion', ratio: '1' }], matchCase: false, collapseSpaces: true }, points: '1' };
  return { type: 'single-choice', text, options, key: { optionId: 'b' }, points: '1' };
}
