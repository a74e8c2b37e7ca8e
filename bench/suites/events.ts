import { Client, Connection } from '@temporalio/client';

import { inParallel, until } from '#bench/lib/sleep.ts';
import { maximum, percentile } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { openExam, startAll } from '#bench/suites/exam-for.ts';
import { examSessionWorkflowId } from '#workflows/session/messages.ts';

const NOMINAL = 30;
const EXTENSIONS = 5;

/** Events in the histories of sessions: nominal ones, and one with every kind of change. */
export const events: Suite = {
  names: ['events-per-session', 'events-worst-session'],
  async run(context) {
    const students = context.students.slice(0, NOMINAL + 1);
    const examId = await openExam(context, 'Events', students, Date.now() + 3_600_000);
    const { sitters } = await startAll(students, examId);
    for (const sitter of sitters.slice(1)) for (let save = 0; save < 10; save += 1) await sitter.saveOne();
    const eventful = sitters[0]!;
    const command = (name: string, body: object): Promise<unknown> => context.proctor.call('POST', `/sessions/${eventful.sessionId}/${name}`, body);
    for (let change = 0; change < EXTENSIONS; change += 1) await command('extensions', { seconds: 60, reason: 'Noise' });
    for (let pause = 0; pause < 2; pause += 1) {
      await command('pause', { reason: 'Break' });
      await command('resume', { reason: 'Back' });
    }
    await Promise.all(sitters.map((sitter) => sitter.submit()));
    sitters.forEach((sitter) => sitter.leave());
    await until('the workflows to end', 120_000, () => allCompleted(context, examId), 500);
    const lengths = await historyLengths(context, sitters.map((sitter) => sitter.sessionId));
    const worst = lengths[0]!;
    const nominal = lengths.slice(1);
    const results: BenchResult[] = [
      { name: 'events-per-session', value: maximum(nominal), unit: 'events (max)', bar: '<= 25', holds: maximum(nominal) <= 25, more: { sessions: nominal.length, p50: percentile(nominal, 50) } },
      { name: 'events-worst-session', value: worst, unit: 'events', bar: '<= 80', holds: worst <= 80, more: { extensions: EXTENSIONS, pauses: 2 } },
    ];
    return results;
  },
};

async function allCompleted(context: BenchContext, examId: string): Promise<boolean> {
  const { rows } = await context.inside.pool.query<{ open: number }>(
    'select count(*)::int as open from exam_sessions s left join session_workflows w on w.session_id = s.id where s.exam_id = $1 and w.completed_at is null', [examId],
  );
  return rows[0]!.open === 0;
}

async function historyLengths(context: BenchContext, sessionIds: readonly string[]): Promise<number[]> {
  const connection = await Connection.connect({ address: context.inside.temporalAddress });
  try {
    const { workflow } = new Client({ connection, namespace: 'holdfast' });
    return await inParallel(sessionIds, 4, async (id) => (await workflow.getHandle(examSessionWorkflowId(id)).describe()).historyLength);
  } finally {
    await connection.close();
  }
}
