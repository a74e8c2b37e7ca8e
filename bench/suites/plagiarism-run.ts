import { randomUUID } from 'node:crypto';

import { cpuMicros } from '#bench/lib/cpu.ts';
import { publishExam } from '#bench/lib/exam.ts';
import { inParallel, until } from '#bench/lib/sleep.ts';
import { round } from '#bench/lib/stats.ts';
import { simulate, USUAL } from '#bench/plagiarism/simulate.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { startAll } from '#bench/suites/exam-for.ts';

const ITEMS = 50;
const OPTIONS = ['a', 'b', 'c', 'd'];
const BAR_S = 5;
/** Twice as many students make four times as many pairs; near-linear means that the time does not follow them. */
const MOST_GROWTH = 3;
const COPIERS = 20;
const WAIT_MS = 180_000;

interface Run {
  readonly id: string;
  readonly state: string;
}

interface Scan {
  readonly state: string;
  readonly progress: { readonly done: number; readonly failed: number };
  readonly summary: { readonly flags: number; readonly pairsCompared: number; readonly expectedFalsePairs: number } | null;
}

/** A plagiarism scan of a class with planted copiers: from the request to the completed run, through API, workflow, worker and database. */
export const plagiarismRun: Suite = {
  names: ['plagiarism-run-1000', 'plagiarism-run-2000'],
  students: 2_000,
  run: async (context) => {
    const small = await measure(context, 1_000);
    const large = await measure(context, 2_000);
    return [
      { ...small, bar: `<= ${BAR_S} s`, holds: small.holds && small.value <= BAR_S },
      { ...large, ratio: round(large.value / small.value, 2), bar: `<= ${MOST_GROWTH} x the time of 1,000`, holds: large.holds && large.value <= MOST_GROWTH * small.value },
    ];
  },
};

async function measure(context: BenchContext, size: number): Promise<BenchResult> {
  const { inside, say, stack, teacher } = context;
  const students = context.students.slice(0, size);
  const questionIds = await inParallel(Array.from({ length: ITEMS }), 1, async (_unused, index) => (await teacher.call<{ id: string }>('POST', '/questions', questionOf(index))).id);
  const examId = await publishExam(teacher, {
    title: `Scan of ${size} ${new Date().toISOString()}`, questionIds, durationMinutes: 120, opensAtMs: Date.now() - 1_000, closesAtMs: Date.now() + 7_200_000, endRule: 'window', inOrder: true,
  }, students.map(({ id }) => id));
  const { sitters } = await startAll(students, examId);
  const planted = await answer(context, examId, sitters.map(({ sessionId }) => sessionId));
  await inParallel(sitters, 8, (sitter, index) => students[index]!.call('POST', `/sessions/${sitter.sessionId}/submit`, { clientId: randomUUID(), answers: [] }));
  sitters.forEach((sitter) => sitter.leave());
  say('Waiting for the workflows of the sessions');
  await until('the workflows of the sessions to end', WAIT_MS, async () => {
    const { rows } = await inside.pool.query<{ open: number }>(
      'select count(*)::int as open from exam_sessions s left join session_workflows w on w.session_id = s.id where s.exam_id = $1 and w.completed_at is null', [examId],
    );
    return rows[0]!.open === 0;
  }, 500);
  const pids = Object.values(await stack.processes());
  const cpuBefore = await cpuMicros(pids);
  const began = performance.now();
  const queued = await teacher.call<Run>('POST', `/exams/${examId}/plagiarism-scans`, {});
  const scan = await until('the scan', WAIT_MS, async () => {
    const seen = await teacher.call<Scan>('GET', `/plagiarism-scans/${queued.id}`);
    return (seen.state === 'completed' || seen.state === 'failed') && seen;
  }, 50);
  const seconds = (performance.now() - began) / 1_000;
  const cpu = (await cpuMicros(pids)) - cpuBefore;
  const { rows: [found] } = await inside.pool.query<{ copiers: number; other: number }>(
    `with planted as (select least(a, b) as a, greatest(a, b) as b from unnest($2::uuid[], $3::uuid[]) as p (a, b))
     select count(*) filter (where p.a is not null)::int as copiers, count(*) filter (where p.a is null)::int as other
       from plagiarism_pairs f left join planted p on p.a = f.session_a and p.b = f.session_b where f.run_id = $1 and f.flagged`,
    [queued.id, planted.map(({ a }) => a), planted.map(({ b }) => b)],
  );
  return {
    name: `plagiarism-run-${size}`, value: round(seconds, 2), unit: 's', bar: '', holds: scan.state === 'completed' && scan.progress.done === size && found!.copiers > planted.length / 2,
    more: {
      sessions: scan.progress.done, failed: scan.progress.failed, compared: scan.summary?.pairsCompared ?? 0, planted: planted.length, found: found!.copiers, 'flags beside them': found!.other,
      cpuSeconds: round(cpu / 1_000_000, 1),
    },
  };
}

/** Writes simulated answers of a class as if they had been saved; sitting them would measure answer saves. @returns sessions of copiers and their sources */
async function answer({ inside }: BenchContext, examId: string, sessionIds: readonly string[]): Promise<{ a: string; b: string }[]> {
  const { options, planted } = simulate({ ...USUAL, seed: sessionIds.length, students: sessionIds.length, items: ITEMS, options: OPTIONS.length, copiers: COPIERS, shares: [0.5, 0.75] });
  const { rows: [exam] } = await inside.pool.query<{ sections: { items: { id: string }[] }[] }>('select sections from exams where id = $1', [examId]);
  const itemIds = exam!.sections.flatMap(({ items }) => items.map(({ id }) => id));
  for (const [student, sessionId] of sessionIds.entries()) {
    const given = itemIds.map((_, item) => options[student * ITEMS + item]!);
    await inside.pool.query(
      `insert into answers (session_id, item_id, revision, client_id, client_seq, response, saved_at, session_version)
       select s.id, a.item_id, 1, gen_random_uuid(), a.n, jsonb_build_object('optionId', a.option), s.started_at + a.n * interval '7 milliseconds', 1
         from exam_sessions s cross join unnest($2::uuid[], $3::text[]) with ordinality as a (item_id, option, n) where s.id = $1`,
      [sessionId, itemIds.filter((_, item) => given[item]! >= 0), given.filter((option) => option >= 0).map((option) => OPTIONS[option])],
    );
  }
  return planted.map(({ copier, source }) => ({ a: sessionIds[copier]!, b: sessionIds[source]! }));
}

function questionOf(index: number): Record<string, unknown> {
  const options = OPTIONS.map((id) => ({ id, text: `Answer ${id.toUpperCase()}` }));
  return { type: 'single-choice', text: `Question ${index + 1} of the scan benchmark (${randomUUID()})`, options, key: { optionId: 'a' }, points: '1' };
}
