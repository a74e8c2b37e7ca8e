import type { Queryable } from '../connection.ts';

/** One month, or all of time, in numbers. */
export interface PeriodFigures {
  readonly exams: number;
  readonly sessions: number;
  readonly students: number;
  readonly graded: number;
  readonly meanPercent: number | null;
  readonly passRate: number | null;
}

interface RawFigures {
  exams: number;
  sessions: number;
  students: number;
  graded: number;
  mean_percent: number | null;
  pass_rate: number | null;
}

const MONTHS = 12;

const FIGURES = `
  count(distinct s.exam_id) as exams, count(s.id) as sessions, count(distinct s.student_id) as students,
  count(g.session_id) filter (where g.state = 'graded') as graded,
  (avg(100 * g.points / nullif(g.max_points, 0)) filter (where g.state = 'graded'))::float8 as mean_percent,
  (avg(case when 100 * g.points / nullif(g.max_points, 0) >= e.pass_percent then 1 else 0 end)
    filter (where g.state = 'graded' and e.pass_percent is not null and g.max_points > 0))::float8 as pass_rate`;
const SESSIONS = `
  exam_sessions s join exams e on e.id = s.exam_id and e.deleted_at is null
  left join grades g on g.session_id = s.id and g.closed_version = s.closed_version and s.closed_at is not null and s.state <> 'withdrawn'`;

/** The institution in numbers: in all, and by month of the start (UTC), the last twelve, empty ones included. */
export async function selectOverview(q: Queryable): Promise<{ totals: PeriodFigures; months: readonly (PeriodFigures & { month: string })[] }> {
  const [totals, months] = await Promise.all([
    q.query<RawFigures>(`select ${FIGURES} from ${SESSIONS}`),
    q.query<RawFigures & { month: string }>(
      `select to_char(m.month, 'YYYY-MM') as month, ${FIGURES}
         from generate_series(0, $1::int - 1) as ago
         cross join lateral (select date_trunc('month', holdfast_now() at time zone 'UTC') - ago * interval '1 month' as month) m
         left join (${SESSIONS}) on date_trunc('month', s.started_at at time zone 'UTC') = m.month
        group by m.month order by m.month`,
      [MONTHS],
    ),
  ]);
  return { totals: toFigures(totals.rows[0]!), months: months.rows.map((row) => ({ month: row.month, ...toFigures(row) })) };
}

function toFigures(row: RawFigures): PeriodFigures {
  return { exams: row.exams, sessions: row.sessions, students: row.students, graded: row.graded, meanPercent: row.mean_percent, passRate: row.pass_rate };
}
