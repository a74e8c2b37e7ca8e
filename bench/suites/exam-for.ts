import type { Person } from '#bench/lib/api.ts';
import { publishExam } from '#bench/lib/exam.ts';
import { createClassLog, Sitter } from '#bench/lib/sitter.ts';
import { inParallel } from '#bench/lib/sleep.ts';
import type { BenchContext } from '#bench/suites/context.ts';

/** Publishes an exam that is open now, for these students. @returns its id */
export function openExam(context: BenchContext, title: string, students: readonly Person[], closesAtMs: number): Promise<string> {
  return publishExam(context.teacher, {
    title: `${title} ${new Date().toISOString()}`,
    questionIds: context.questionIds,
    durationMinutes: 120,
    opensAtMs: Math.floor(Date.now() / 1000) * 1000 - 1000,
    closesAtMs,
    endRule: 'window',
    graceSeconds: 1,
  }, students.map((student) => student.id));
}

/** Lets students start. */
export async function startAll(students: readonly Person[], examId: string): Promise<{ sitters: Sitter[]; log: ReturnType<typeof createClassLog> }> {
  const log = createClassLog();
  const sitters = students.map((student) => new Sitter(student, log));
  await inParallel(sitters, 16, (sitter) => sitter.start(examId));
  return { sitters, log };
}
