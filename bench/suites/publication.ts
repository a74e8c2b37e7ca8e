import { randomUUID } from 'node:crypto';

import { cpuMicros } from '#bench/lib/cpu.ts';
import { publishExam } from '#bench/lib/exam.ts';
import { inParallel, until } from '#bench/lib/sleep.ts';
import { round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { startAll } from '#bench/suites/exam-for.ts';

const STUDENTS = 2_000;
const PUBLISH_BAR_MS = 60_000;
/** Mails a minute. */
const RATE_BAR = 1_000;
const WAIT_MS = 600_000;

/** The publication of results to a class, with its mails: until the request is answered, and until the mail server has all of them. */
export const publication: Suite = {
  names: ['publish-2000', 'mail-2000'],
  students: STUDENTS,
  run: measure,
};

async function measure({ inside, stack, students: everybody, teacher, say }: BenchContext): Promise<BenchResult[]> {
  const students = everybody.slice(0, STUDENTS);
  const { id: questionId } = await teacher.call<{ id: string }>('POST', '/questions', {
    type: 'numeric', text: `What is pi? (${randomUUID()})`, key: { accepted: [{ value: '3.14', tolerance: '0.01' }] }, points: '1',
  });
  const examId = await publishExam(teacher, {
    title: `Publication ${new Date().toISOString()}`, questionIds: [questionId], durationMinutes: 120, opensAtMs: Date.now() - 1_000, closesAtMs: Date.now() + 7_200_000, endRule: 'window',
  }, students.map(({ id }) => id));
  const { sitters } = await startAll(students, examId);
  await inParallel(sitters, 8, (sitter) => sitter.handInAll());
  sitters.forEach((sitter) => sitter.leave());
  // to grade a class is measured elsewhere; here everybody has the grade that a machine would have given by now
  say('Writing the grades');
  await inside.pool.query(
    `insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state)
     select id, closed_version, exam_id, 0, 1, 1, 0, 'graded' from exam_sessions where exam_id = $1 on conflict (session_id, closed_version) do nothing`,
    [examId],
  );

  const { 'worker-grading': sender = 0, mailbox = 0 } = await stack.processes();
  const cpuBefore = await cpuMicros([sender, mailbox]);
  const began = performance.now();
  const { mails } = await teacher.call<{ mails: number }>('POST', `/exams/${examId}/results/publish`, { notify: true });
  const tookMs = performance.now() - began;
  await until('the mails', WAIT_MS, async () => (await count("state in ('queued', 'sending')")) === 0, 500);
  const cpu = (await cpuMicros([sender, mailbox])) - cpuBefore;
  const sent = await count("state = 'sent'");
  const { rows } = await inside.pool.query<{ ms: number }>("select extract(epoch from max(sent_at) - min(created_at)) * 1000 as ms from mails where exam_id = $1", [examId]);
  const { rows: kept } = await inside.pool.query<{ n: number }>(
    `select count(distinct m.id)::int as n from mails m join mailbox_mails b on b.message_id like '<' || m.id || '.%' where m.exam_id = $1`, [examId],
  );
  const sendMs = Number(rows[0]!.ms);
  const perMinute = (sent * 60_000) / sendMs;
  return [
    {
      name: 'publish-2000', value: round(tookMs / 1_000, 2), unit: 's', bar: `<= ${PUBLISH_BAR_MS / 1_000} s, a mail queued for everybody`,
      holds: tookMs <= PUBLISH_BAR_MS && mails === students.length, more: { students: students.length, mails },
    },
    {
      name: 'mail-2000', value: round(perMinute, 0), unit: 'mails/min', bar: `>= ${RATE_BAR} mails/min, every one at the server`,
      holds: perMinute >= RATE_BAR && sent === students.length && kept[0]!.n === students.length, more: { sent, received: kept[0]!.n, seconds: round(sendMs / 1_000, 1), cpuMsPerMail: round(cpu / 1_000 / sent, 2) },
    },
  ];

  async function count(what: string): Promise<number> {
    const found = await inside.pool.query<{ n: number }>(`select count(*)::int as n from mails where exam_id = $1 and ${what}`, [examId]);
    return found.rows[0]!.n;
  }
}
