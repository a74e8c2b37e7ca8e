import type { Queryable } from '../connection.ts';
import { resultGates } from '../grading/gate.ts';

/** How a student did in one exam, beside the others. */
export interface TrendPoint {
  readonly examId: string;
  readonly title: string;
  readonly atMs: number;
  readonly percent: number;
  readonly passed: boolean | null;
  readonly classMean: number | null;
  readonly classN: number;
}

interface RawPoint {
  exam_id: string;
  title: string;
  at: Date;
  session_ids: string[];
  percent: number;
  passed: boolean | null;
  class_mean: number;
  class_n: number;
}

/** Attempts that count, by the rule of `db/results/rows.ts`, with a complete grade of their last hand-in. */
const COUNTED = `
  select r.* from (
    select s.id, s.exam_id, s.student_id, coalesce(s.ended_at, s.closed_at) as ended_at, e.attempt_rule, e.pass_percent, coalesce(g.state, 'ungraded') as grade_state,
           g.points / nullif(g.max_points, 0) as ratio,
           row_number() over (
             partition by s.exam_id, s.student_id
             order by case e.attempt_rule when 'best' then coalesce(g.points / nullif(g.max_points, 0), -1e9) when 'last' then s.attempt else -s.attempt end desc, s.attempt
           ) as place
      from exam_sessions s join exams e on e.id = s.exam_id and e.deleted_at is null
      left join grades g on g.session_id = s.id and g.closed_version = s.closed_version
     where s.exam_id in (select exam_id from exams_of_student) and s.closed_at is not null and s.state <> 'withdrawn'
  ) r where r.attempt_rule = 'mean' or r.place = 1`;

const TRENDS = `
  with exams_of_student as (
    select distinct s.exam_id from exam_sessions s join exams e on e.id = s.exam_id
     where s.student_id = $1 and s.closed_at is not null and ($2::uuid is null or e.owner_id = $2)
  ), counted as (${COUNTED}),
  per_student as (
    select exam_id, student_id, avg(ratio) * 100 as percent, max(ended_at) as at, array_agg(id::text) as session_ids,
           case when max(pass_percent) is null then null else avg(ratio) * 100 >= max(pass_percent) end as passed
      from counted group by exam_id, student_id having bool_and(grade_state = 'graded') and bool_and(ratio is not null)
  ), classes as (select exam_id, avg(percent)::float8 as class_mean, count(*) as class_n from per_student group by exam_id)
  select p.exam_id, e.title, p.at, p.session_ids, p.percent::float8 as percent, p.passed, c.class_mean, c.class_n
    from per_student p join classes c on c.exam_id = p.exam_id join exams e on e.id = p.exam_id
   where p.student_id = $1 order by p.at, p.exam_id`;

/**
 * The results of a student over time for staff, published or not, oldest first.
 * @param ownerId only exams of this teacher
 */
export async function listTrends(q: Queryable, studentId: string, ownerId: string | null): Promise<TrendPoint[]> {
  const { rows } = await q.query<RawPoint>(TRENDS, [studentId, ownerId]);
  return rows.map(toPoint);
}

/** Fewer results would tell a student about single others. */
const SMALLEST_CLASS = 5;

/** The results that a student may see now, by the one gate: of exams that show the score and hold back none of the attempts that count. */
export async function listOwnTrends(q: Queryable, studentId: string): Promise<TrendPoint[]> {
  const { rows } = await q.query<RawPoint>(TRENDS, [studentId, null]);
  const gates = await resultGates(q, rows.flatMap((row) => row.session_ids));
  return rows
    .filter((row) => row.session_ids.every((id) => gates.get(id)?.open === true && gates.get(id)?.visibility.score === true))
    .map(toPoint)
    .map((point) => (point.classN < SMALLEST_CLASS ? { ...point, classMean: null } : point));
}

function toPoint(row: RawPoint): TrendPoint {
  return {
    examId: row.exam_id, title: row.title, atMs: row.at.getTime(), percent: row.percent, passed: row.passed, classMean: row.class_mean, classN: row.class_n,
  };
}
