import { writeClosedExam } from '#bench/lib/closed-exam.ts';
import { cpuMicros } from '#bench/lib/cpu.ts';
import type { Inside } from '#bench/lib/inside.ts';
import { maximum, round } from '#bench/lib/stats.ts';
import { sleep } from '#bench/lib/sleep.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';

const STUDENTS = 2_000;
const ITEMS = 50;
const BAR_CPU_MS = 1_500;
const BAR_CACHED_MS = 100;
const BAR_STALL_MS = 250;
const IDLE_MS = 2_000;

/** The statistics of a large exam over HTTP: the first request computes them, models included, the next ones are answered from memory; other requests go on. */
export const statistics: Suite = {
  names: [`statistics-${STUDENTS}x${ITEMS}`],
  students: 0,
  run: async (context) => [await measure(context)],
};

async function measure({ inside, proctor, say, stack, teacher }: BenchContext): Promise<BenchResult> {
  const { id: teacherId } = await teacher.call<{ id: string }>('GET', '/auth/me');
  say(`Writing ${STUDENTS * ITEMS} marks`);
  const examId = await writeExam(inside, teacherId);
  const { api, postgres } = await stack.processes() as Record<string, number>;
  // both have been asked for something once
  await teacher.call('GET', `/exams/${examId}`);
  const others = watch(() => proctor.call('GET', '/auth/me'));
  const cpuOf = async (): Promise<{ api: number; postgres: number; atMs: number }> => ({ api: await cpuMicros([api!]), postgres: await cpuMicros([postgres!]), atMs: performance.now() });
  // what both use anyway, with somebody asking all the time
  const idle = await cpuOf();
  await sleep(IDLE_MS);
  const before = await cpuOf();
  const first = await timed(() => teacher.call<{ irt: { rasch: object | null; twoPl: object | null }; sessions: { graded: number } }>('GET', `/exams/${examId}/statistics`));
  const after = await cpuOf();
  const stallMs = await others.stop();
  const above = (name: 'api' | 'postgres'): number => Math.max(0, after[name] - before[name] - ((before[name] - idle[name]) * (after.atMs - before.atMs)) / (before.atMs - idle.atMs)) / 1_000;
  const cpuMs = { api: above('api'), postgres: above('postgres') };
  const cached = await timed(() => teacher.call('GET', `/exams/${examId}/statistics`));
  const items = await timed(() => teacher.call<{ items: readonly object[] }>('GET', `/exams/${examId}/statistics/items`));
  const file = await timed(async () => (await fetch(`${teacher.url}/api/v1/exams/${examId}/statistics/export?format=xlsx`, { headers: { Authorization: `Bearer ${teacher.token}` } })).arrayBuffer());
  const complete = first.value.sessions.graded === STUDENTS && items.value.items.length === ITEMS && first.value.irt.rasch !== null && first.value.irt.twoPl !== null;
  return {
    name: statistics.names[0]!, value: round((cpuMs.api + cpuMs.postgres) / 1_000, 2), unit: 's CPU', bar: `<= ${BAR_CPU_MS / 1_000} s CPU, then <= ${BAR_CACHED_MS} ms, others wait <= ${BAR_STALL_MS} ms`,
    holds: complete && cpuMs.api + cpuMs.postgres <= BAR_CPU_MS && cached.ms <= BAR_CACHED_MS && stallMs <= BAR_STALL_MS,
    more: {
      firstMs: round(first.ms, 0), apiCpuMs: round(cpuMs.api, 0), postgresCpuMs: round(cpuMs.postgres, 0), othersWorstMs: round(stallMs, 0),
      cachedMs: round(cached.ms), itemsMs: round(items.ms), xlsxMs: round(file.ms, 0),
    },
  };
}

async function timed<Value>(act: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const began = performance.now();
  return { value: await act(), ms: performance.now() - began };
}

/** Asks again and again until it is told to stop, and says how long the slowest answer took. */
function watch(ask: () => Promise<unknown>): { stop(): Promise<number> } {
  const took: number[] = [];
  let isOn = true;
  const going = (async () => {
    while (isOn) {
      took.push((await timed(ask)).ms);
      await sleep(100);
    }
  })();
  return {
    async stop() {
      isOn = false;
      await going;
      return maximum(took);
    },
  };
}

/** A closed exam with marks that follow a model, written into the tables: what is measured is reading them. */
async function writeExam(inside: Inside, teacherId: string): Promise<string> {
  const { pool } = inside;
  const { examId, itemIds } = await writeClosedExam(inside, { title: 'Statistics', teacherId, students: STUDENTS, items: ITEMS });
  await pool.query(
    `with able as materialized (select id, sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) as ability from exam_sessions where exam_id = $1),
          item as materialized (select u.id, (u.place - 25) / 12.0 as difficulty, 0.6 + random() as slope from unnest($2::uuid[]) with ordinality u(id, place)),
          mark as (insert into marks (session_id, closed_version, item_id, points, max_points, state, source)
                   select able.id, 1, item.id, case when random() < 1 / (1 + exp(-slope * (ability - difficulty))) then 1 else 0 end, 1, 'graded', 'auto' from able, item returning *),
          answer as (insert into answers (session_id, item_id, revision, response, saved_at, session_version)
                     select session_id, item_id, 1, jsonb_build_object('optionId', case when points = 1 then 'a' else (array['b', 'c', 'd'])[1 + floor(random() * 3)::int] end),
                            holdfast_now() - interval '1 h' - interval '1 h' * random(), 1 from mark returning *)
     insert into answer_revisions (session_id, item_id, revision, response, saved_at, session_version)
     select session_id, item_id, 1, response, saved_at, 1 from answer`,
    [examId, itemIds],
  );
  await pool.query(
    `insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state)
     select m.session_id, 1, $1, sum(m.points), sum(m.max_points), count(*), 0, 'graded' from marks m join exam_sessions s on s.id = m.session_id where s.exam_id = $1 group by 1`,
    [examId],
  );
  return examId;
}
