import { correctItems, itemsOfContent } from '#domain/grading/corrections.ts';
import type { ExamContent } from '#domain/paper/types.ts';
import type { CompletionFacts, ExamFacts, ItemFacts } from '#domain/statistics/facts.ts';

import type { Queryable } from '../connection.ts';
import { listCorrections } from '../exams/content.ts';
import { listResultRows, type ResultRow } from '../results/rows.ts';
import { itemFactsOf } from './items.ts';

/** More sessions than any exam has. */
const ALL = 100_000;

/** What one student did, in a form that is cheap to carry; items are told by their index. */
export interface PackedSession {
  readonly studentId: string;
  /** The plain sum of the marks. */
  readonly points: string;
  readonly maxPoints: string;
  /** After moderation. */
  readonly percent: number | null;
  readonly passed: boolean | null;
  /** `item:points:maxPoints` joined by `;`. */
  readonly cells: string;
  /** Items with an answer, joined by spaces, but for those in `single`. */
  readonly answered: string;
  /** `item:optionId` joined by U+001F for items of which one option was taken. */
  readonly single: string;
  /** Responses to other items with choices, as JSON by the index of the item; null for none. */
  readonly choices: string | null;
}

/** Everything about one exam that statistics are computed from, its items aside. */
export interface PackedFacts extends Omit<ExamFacts, 'items' | 'sessions'> {
  readonly results: readonly ResultRow[];
  readonly sessions: readonly PackedSession[];
}

/** One exam as it is carried to where its statistics are computed. */
export interface PackedExam {
  readonly items: readonly ItemFacts[];
  readonly facts: Omit<PackedFacts, 'results'>;
}

/** What tells whether the statistics of an exam may have changed; cheap to read. */
export async function selectStatisticsVersion(q: Queryable, examId: string): Promise<string> {
  const { rows } = await q.query<{ version: string }>(
    `select concat_ws('/', e.version, count(g.*), sum(g.version), max(instant_ms(g.graded_at)),
              (select concat_ws('-', count(*), count(undone_at)) from exam_moderations where exam_id = e.id)) as version
       from exams e left join grades g on g.exam_id = e.id where e.id = $1 group by e.id`,
    [examId],
  );
  return rows[0]?.version ?? '';
}

/**
 * Reads an exam with its items as corrected, in the order in which it was written, and what its statistics are computed from.
 * @param content undefined for a draft, which has no items that anybody could have answered
 */
export async function selectPackedExam(q: Queryable, examId: string, content: ExamContent | undefined): Promise<PackedExam & { results: readonly ResultRow[] }> {
  const items = content === undefined ? [] : itemFactsOf(correctItems(itemsOfContent(content), await listCorrections(q, examId)), content);
  const withChoices = items.flatMap((item, index) => (item.choices === null ? [] : [index]));
  const { results, ...facts } = await selectFacts(q, examId, items.map((item) => item.itemId), withChoices);
  return { items, facts, results };
}

/**
 * Reads what the statistics of an exam are computed from. Sessions that count and are completely marked enter; with the
 * attempt rule `mean` every attempt does.
 * @param itemIds every item that a paper of the exam can have; what is read tells items by their index in it
 * @param withChoices indexes of the items whose responses are wanted
 */
async function selectFacts(q: Queryable, examId: string, itemIds: readonly string[], withChoices: readonly number[]): Promise<PackedFacts> {
  const { items: results } = await listResultRows(q, { examId, after: undefined, limit: ALL });
  const counted = results.filter((row) => row.counted);
  const graded = counted.filter((row) => row.state === 'graded' && row.rawPoints !== null && row.points !== null && row.maxPoints !== null);
  const [packed, completion, batches, times, passPercent] = await Promise.all([
    selectPacked(q, graded, itemIds, withChoices), selectCompletion(q, examId), selectBatches(q, examId),
    selectTimes(q, graded.map((row) => row.sessionId), itemIds), selectPassPercent(q, examId),
  ]);
  return {
    passPercent, results: graded, closed: results.length, counted: counted.length, pending: counted.length - graded.length, completion, batches, times,
    sessions: graded.map((row) => {
      const done = packed.get(row.sessionId) ?? { cells: '', answered: '', single: '', choices: null };
      return { studentId: row.student.id, points: row.rawPoints!, maxPoints: row.maxPoints!, percent: exactPercent(row), passed: row.passed, ...done };
    }),
  };
}

/** Of the exact points: `percent` of a result is rounded for people. */
export function exactPercent({ points, maxPoints }: Pick<ResultRow, 'points' | 'maxPoints'>): number | null {
  return points !== null && Number(maxPoints) > 0 ? (100 * Number(points)) / Number(maxPoints) : null;
}

type Packed = Pick<PackedSession, 'cells' | 'answered' | 'single' | 'choices'>;

/** One row per session: a hundred thousand rows of marks would keep this process from everything else. */
async function selectPacked(q: Queryable, sessions: readonly ResultRow[], itemIds: readonly string[], withChoices: readonly number[]): Promise<ReadonlyMap<string, Packed>> {
  const { rows } = await q.query<{ [Part in keyof Packed]: string | null } & { session_id: string }>(
    `select w.session_id, c.cells, a.*
       from unnest($1::uuid[], $2::int[]) as w(session_id, closed_version)
       cross join lateral (
         select string_agg(array_position($3::uuid[], m.item_id) - 1 || ':' || m.points || ':' || m.max_points, ';') as cells
           from marks m where m.session_id = w.session_id and m.closed_version = w.closed_version and m.points is not null
       ) c
       cross join lateral (
         select string_agg(i.item::text, ' ') filter (where not ${ONE_OPTION} and ${ANSWERED} = 1) as answered,
                string_agg(i.item || ':' || (a.response ->> 'optionId'), E'\\x1f') filter (where ${ONE_OPTION}) as single,
                (json_object_agg(i.item, a.response) filter (where not ${ONE_OPTION} and i.item = any($4::int[]) and a.response <> 'null'))::text as choices
           from answers a cross join lateral (select array_position($3::uuid[], a.item_id) - 1 as item) i
          where a.session_id = w.session_id and i.item is not null
       ) a`,
    [sessions.map((row) => row.sessionId), sessions.map((row) => row.closedVersion), itemIds, withChoices],
  );
  return new Map(rows.map((row) => [row.session_id, { cells: row.cells ?? '', answered: row.answered ?? '', single: row.single ?? '', choices: row.choices }]));
}

const ONE_OPTION = "coalesce(a.response ? 'optionId', false)";

// the rule of `isAnswered`, as far as it can be told without the type of the question
const ANSWERED = `case
  when a.response is null or jsonb_typeof(a.response) <> 'object' then 0
  when a.response ? 'text' then case when a.response ->> 'format' = 'html' and a.response ->> 'text' ~* '<(img|audio|video|table|math|svg)' then 1
    when regexp_replace(a.response ->> 'text', '<[^>]*>|&nbsp;|&#160;', ' ', 'g') ~ '\\S' or (a.response ->> 'format' is distinct from 'html' and a.response ->> 'text' ~ '\\S') then 1 else 0 end
  when a.response ? 'value' then case when coalesce(a.response ->> 'value', '') ~ '\\S' then 1 else 0 end
  when coalesce(a.response -> 'optionIds', a.response -> 'pairs', a.response -> 'order', a.response -> 'points', a.response -> 'fileIds', a.response -> 'gaps', '[]') in ('[]', '{}') then 0
  else 1 end`;

async function selectCompletion(q: Queryable, examId: string): Promise<CompletionFacts> {
  const { rows } = await q.query<Omit<CompletionFacts, 'minutes'> & { minutes: number[] | null }>(
    `select (select count(*) from exam_assignments where exam_id = $1) as assigned,
            count(distinct s.student_id) as started,
            count(*) filter (where s.state = 'submitted') as submitted, count(*) filter (where s.state = 'expired') as expired,
            count(*) filter (where s.state = 'terminated') as terminated, count(*) filter (where s.state = 'withdrawn') as withdrawn,
            array_agg(greatest(0, instant_ms(s.ended_at) - instant_ms(s.started_at) - s.paused_total_ms) / 60000.0::float8)
              filter (where s.ended_at is not null and s.state in ('submitted', 'expired', 'terminated')) as minutes
       from exam_sessions s where s.exam_id = $1`,
    [examId],
  );
  const row = rows[0]!;
  return { ...row, minutes: row.minutes ?? [] };
}

async function selectBatches(q: Queryable, examId: string): Promise<PackedFacts['batches']> {
  const { rows } = await q.query<{ batch_id: string; name: string; student_ids: string[] }>(
    `select b.id as batch_id, b.name, array_agg(distinct s.student_id::text) as student_ids
       from exam_sessions s
       join lateral (
         select m.batch_id from batch_students m join exam_batches x on x.batch_id = m.batch_id and x.exam_id = s.exam_id where m.student_id = s.student_id
         union select a.batch_id from exam_assignments a where a.exam_id = s.exam_id and a.student_id = s.student_id and a.batch_id is not null
       ) member on true
       join batches b on b.id = member.batch_id
      where s.exam_id = $1 group by b.id order by b.name, b.id`,
    [examId],
  );
  return rows.map((row) => ({ batchId: row.batch_id, name: row.name, studentIds: row.student_ids }));
}

/**
 * Time per item, as far as saves tell it: what passed since the save before, or since the start, goes to the item that was
 * saved. Reading an item that stays without an answer counts for the next one. Paused and re-opened sessions are left out.
 */
async function selectTimes(q: Queryable, sessionIds: readonly string[], itemIds: readonly string[]): Promise<PackedFacts['times']> {
  const { rows } = await q.query<{ item: number; seconds: number; sessions: number }>(
    `select i.item, percentile_cont(0.5) within group (order by p.seconds) as seconds, count(*) as sessions
       from exam_sessions s
       cross join lateral (
         select item_id, sum(greatest(ms, 0))::float8 / 1000 as seconds
           from (select r.item_id, instant_ms(r.saved_at) - coalesce(lag(instant_ms(r.saved_at)) over (order by r.saved_at, r.item_id, r.revision), instant_ms(s.started_at)) as ms
                   from answer_revisions r where r.session_id = s.id) steps
          group by item_id
       ) p
       join (select id, (place - 1)::int as item from unnest($2::uuid[]) with ordinality as u(id, place)) i on i.id = p.item_id
      where s.id = any($1::uuid[]) and s.paused_total_ms = 0
        and not exists (select from session_commands c where c.session_id = s.id and c.kind in ('reopen', 'pause'))
      group by i.item`,
    [sessionIds, itemIds],
  );
  return rows.map((row) => ({ item: row.item, medianSeconds: row.seconds, sessions: row.sessions }));
}

async function selectPassPercent(q: Queryable, examId: string): Promise<number | null> {
  const { rows } = await q.query<{ pass_percent: string | null }>('select pass_percent from exams where id = $1', [examId]);
  const percent = rows[0]?.pass_percent ?? null;
  return percent === null ? null : Number(percent);
}
