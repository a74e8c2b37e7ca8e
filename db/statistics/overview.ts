import { isPassed } from '#domain/grading/grade-session.ts';
import { moderate, type ModerationStep } from '#domain/grading/moderation.ts';

import type { Queryable } from '../connection.ts';
import { rankedAttempts } from '../scales/cohort.ts';
import { RULE_COLUMNS } from '../scales/rules.ts';

/** One month, or all of time, in numbers. */
export interface PeriodFigures {
  readonly exams: number;
  readonly sessions: number;
  readonly students: number;
  readonly graded: number;
  /** Of the attempts that count, after moderation. */
  readonly meanPercent: number | null;
  readonly passRate: number | null;
}

interface RawFigures {
  exams: number;
  sessions: number;
  students: number;
  graded: number;
}

/** As many results with the same sum of marks in the same exam. */
interface RawResults {
  month: string;
  exam_id: string;
  points: string;
  max_points: string;
  results: number;
}

interface Rules {
  readonly passPercent: string | null;
  readonly steps: readonly ModerationStep[];
}

const MONTHS = 12;

const FIGURES = `
  count(distinct s.exam_id) as exams, count(s.id) as sessions, count(distinct s.student_id) as students,
  count(g.session_id) filter (where g.state = 'graded') as graded`;
const SESSIONS = `
  exam_sessions s join exams e on e.id = s.exam_id and e.deleted_at is null
  left join grades g on g.session_id = s.id and g.closed_version = s.closed_version and s.closed_at is not null and s.state <> 'withdrawn'`;

/** The institution in numbers: in all, and by month of the start (UTC), the last twelve, empty ones included. */
export async function selectOverview(q: Queryable): Promise<{ totals: PeriodFigures; months: readonly (PeriodFigures & { month: string })[] }> {
  const [totals, months, results] = await Promise.all([
    q.query<RawFigures>(`select ${FIGURES} from ${SESSIONS}`),
    q.query<RawFigures & { month: string }>(
      `select to_char(m.month, 'YYYY-MM') as month, ${FIGURES}
         from generate_series(0, $1::int - 1) as ago
         cross join lateral (select date_trunc('month', holdfast_now() at time zone 'UTC') - ago * interval '1 month' as month) m
         left join (${SESSIONS}) on date_trunc('month', s.started_at at time zone 'UTC') = m.month
        group by m.month order by m.month`,
      [MONTHS],
    ),
    selectResults(q),
  ]);
  const rules = await selectRules(q, [...new Set(results.map((row) => row.exam_id))]);
  const byMonth = Map.groupBy(results, (row) => row.month);
  return {
    totals: { ...totals.rows[0]!, ...summarise(results, rules) },
    months: months.rows.map((row) => ({ ...row, ...summarise(byMonth.get(row.month) ?? [], rules) })),
  };
}

/** The attempts that count and are completely marked, those with the same sum together: an institution has far more attempts than sums. */
async function selectResults(q: Queryable): Promise<RawResults[]> {
  const { rows } = await q.query<RawResults>(
    `with r as (${rankedAttempts('e.deleted_at is null', ', s.started_at')})
     select to_char(started_at at time zone 'UTC', 'YYYY-MM') as month, exam_id, points::text, max_points::text, count(*) as results
       from r where eligible and (attempt_rule = 'mean' or place = 1) and grade_state = 'graded' and max_points > 0
      group by 1, 2, 3, 4`,
  );
  return rows;
}

async function selectRules(q: Queryable, examIds: readonly string[]): Promise<ReadonlyMap<string, Rules>> {
  const { rows } = await q.query<{ id: string; pass_percent: string | null; steps: ModerationStep[] | null }>(
    `select e.id, e.pass_percent::text, ${RULE_COLUMNS} from exams e where e.id = any($1::uuid[])`, [examIds],
  );
  return new Map(rows.map((row) => [row.id, { passPercent: row.pass_percent, steps: row.steps ?? [] }]));
}

function summarise(groups: readonly RawResults[], rules: ReadonlyMap<string, Rules>): Pick<PeriodFigures, 'meanPercent' | 'passRate'> {
  let [all, percents, judged, passed] = [0, 0, 0, 0];
  for (const { exam_id: examId, points: raw, max_points: maxPoints, results } of groups) {
    const { passPercent, steps } = rules.get(examId)!;
    const points = steps.length === 0 ? raw : moderate(raw, maxPoints, steps);
    all += results;
    percents += (results * 100 * Number(points)) / Number(maxPoints);
    if (passPercent === null) continue;
    judged += results;
    if (isPassed(points, maxPoints, passPercent)) passed += results;
  }
  return { meanPercent: all === 0 ? null : percents / all, passRate: judged === 0 ? null : passed / judged };
}
