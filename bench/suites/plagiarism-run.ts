import { type ClosedExam, writeClosedExam } from '#bench/lib/closed-exam.ts';
import { cpuMicros } from '#bench/lib/cpu.ts';
import { until } from '#bench/lib/sleep.ts';
import { round } from '#bench/lib/stats.ts';
import { simulate, USUAL } from '#bench/plagiarism/simulate.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';

const ITEMS = 50;
const OPTIONS = ['a', 'b', 'c', 'd'];
const BAR_S = 5;
/** Twice as many students make four times as many pairs; near-linear means that the time does not follow them. */
const MOST_GROWTH = 3;
const COPIERS = 20;
const WAIT_MS = 600_000;

interface Scan {
  readonly state: string;
  readonly progress: { readonly done: number; readonly failed: number };
  readonly summary: { readonly flags: number; readonly pairsCompared: number } | null;
}

/** A plagiarism scan of a class with planted copiers: from the request to the completed run, through API, workflow, worker and database. */
export const plagiarismRun: Suite = {
  names: ['plagiarism-run-1000', 'plagiarism-run-2000'],
  students: 0,
  run: async (context) => {
    await measure(context, 100);
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
  const { id: teacherId } = await teacher.call<{ id: string }>('GET', '/auth/me');
  say(`Writing ${size * ITEMS} answers`);
  const exam = await writeClosedExam(inside, { title: `Scan of ${size}`, teacherId, students: size, items: ITEMS });
  const planted = await writeAnswers(context, exam);
  const pids = Object.values(await stack.processes());
  const cpuBefore = await cpuMicros(pids);
  const began = performance.now();
  const queued = await teacher.call<{ id: string }>('POST', `/exams/${exam.examId}/plagiarism-scans`, {});
  const scan = await until('the scan', WAIT_MS, async () => {
    const seen = await teacher.call<Scan>('GET', `/plagiarism-scans/${queued.id}`);
    return (seen.state === 'completed' || seen.state === 'failed') && seen;
  }, 200);
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

/** Writes simulated answers of a class. @returns sessions of copiers and their sources */
async function writeAnswers({ inside }: BenchContext, { itemIds, sessionIds }: ClosedExam): Promise<{ a: string; b: string }[]> {
  const { options, planted } = simulate({ ...USUAL, seed: sessionIds.length, students: sessionIds.length, items: ITEMS, options: OPTIONS.length, copiers: COPIERS, shares: [0.5, 0.75] });
  await inside.pool.query(
    `insert into answers (session_id, item_id, revision, response, saved_at, session_version)
     select s.id, i.id, 1, jsonb_build_object('optionId', ($4::text[])[1 + o.code]), holdfast_now() - interval '2 h' + (s.n * 7 + i.n * 60) * interval '1 second', 1
       from unnest($1::uuid[]) with ordinality as s (id, n), unnest($2::uuid[]) with ordinality as i (id, n),
            lateral (select ($3::int[])[(s.n - 1) * $5 + i.n] as code) o where o.code >= 0`,
    [sessionIds, itemIds, Array.from(options), OPTIONS, ITEMS],
  );
  return planted.map(({ copier, source }) => ({ a: sessionIds[copier]!, b: sessionIds[source]! }));
}
