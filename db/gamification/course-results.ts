import type { ExamFact, ExamFigures } from '#domain/gamification/facts.ts';

import type { Queryable } from '../connection.ts';
import { PUBLISHED_AT, SCORES_ARE_OUT } from '../grading/gate.ts';
import { rankedAttempts } from '../scales/cohort.ts';

const OF_COURSE = `s.student_id in (select student_id from batch_students where batch_id = $1) and ($2::uuid is null or s.student_id = $2)`;
const TIMES = `greatest(0, instant_ms(s.ended_at) - instant_ms(s.started_at) - s.paused_total_ms) / s.time_multiplier as used_ms, case when s.state = 'submitted' then s.ended_at end as handed_in_at`;
/** SQL of the exact percent of points in an exam `o`, after moderation. */
const percentOf = (grade: string): string =>
  `100 * case when o.steps is null then ${grade}.points else moderated_points(${grade}.points, ${grade}.max_points, o.steps) end / nullif(${grade}.max_points, 0)`;
/** SQL without the noise of a division in its last places; beyond that nobody is lifted over a bar. */
const cut = (percent: string): string => `trunc(round(${percent}, 10), 6)`;

/**
 * SQL of two tables, `out_exams` and `results`: what is out in the course $1, of the student $2 or of everybody in it (null). A course is a
 * batch; its exams are those that are assigned to it and whose results its owner may read. One row of `results` per student and
 * exam, of the attempts that count; a result that is withheld or not completely marked has none. Marks are never copied, so what
 * is taken back is gone at once. Exams that nobody repeated need no ranking of attempts: most, and the large ones.
 * @param since condition on an exam `o`
 */
export const courseResults = (since = 'true'): string => `
  course as materialized (
    select b.id, b.owner_id, 'admin' = any(u.roles) as sees_all from batches b join users u on u.id = b.owner_id where b.id = $1),
  out_exams as materialized (
    select o.*, exists (select from exam_sessions s where s.exam_id = o.id and s.attempt > 1) as is_repeated from (
      select e.id, e.title, e.pass_percent::float8 as pass_percent, ${PUBLISHED_AT} as published_at, coalesce((e.results ->> 'items')::boolean, false) as shows_items,
             (select jsonb_agg(jsonb_build_object('kind', m.kind, 'factor', m.amount, 'points', m.amount, 'cap', m.cap) order by m.number)
                from exam_moderations m where m.exam_id = e.id and m.undone_at is null) as steps
        from course c join exam_batches eb on eb.batch_id = c.id join exams e on e.id = eb.exam_id
       where e.deleted_at is null and ${SCORES_ARE_OUT} and (e.owner_id = c.owner_id or c.sees_all)) o
     where ${since}),
  attempts as (${rankedAttempts(`s.exam_id in (select id from out_exams where is_repeated) and ${OF_COURSE}`, `, ${TIMES}`)}),
  results as (
    select s.exam_id, s.student_id, ${cut(percentOf('g'))} as percent, ${TIMES}, array[s.id] as session_ids
      from out_exams o join exam_sessions s on s.exam_id = o.id join grades g on g.session_id = s.id and g.closed_version = s.closed_version
     where not o.is_repeated and ${OF_COURSE} and s.closed_at is not null and s.state <> 'withdrawn' and g.state = 'graded' and g.max_points > 0
       and not exists (select from result_holds h where h.session_id = s.id)
    union all
    select a.exam_id, a.student_id, ${cut(`avg(${percentOf('a')})`)}, avg(a.used_ms), min(a.handed_in_at), array_agg(a.id)
      from attempts a join out_exams o on o.id = a.exam_id left join result_holds h on h.session_id = a.id
     where a.eligible and (a.place = 1 or a.attempt_rule = 'mean')
     group by a.exam_id, a.student_id
    having bool_and(a.grade_state = 'graded' and a.max_points > 0 and h.session_id is null))`;

/** The facts of a student with whose they are. */
export type StudentExamFact = ExamFact & { readonly studentId: string };

/** An item of an exam that has a tag of a rule. */
export interface TaggedItem {
  readonly itemId: string;
  readonly tag: string;
}

interface RawFact {
  exam_id: string;
  student_id: string;
  percent: string;
  pass_percent: number | null;
  used_ms: number;
  handed_in_at: Date | null;
  published_at: Date;
  tags: Record<string, number> | null;
}

/**
 * The results of a course that are out, in the order in which they came out.
 * @param studentId null for everybody
 * @param taggedItems items whose tags are asked for; students who may not see single items have none
 */
export async function listCourseFacts(q: Queryable, batchId: string, studentId: string | null, taggedItems: readonly TaggedItem[] = []): Promise<StudentExamFact[]> {
  const { rows } = await q.query<RawFact>(
    `with ${courseResults()},
     tagged as materialized (select * from jsonb_to_recordset($3::jsonb) as t ("itemId" uuid, tag text))
     select r.exam_id, r.student_id, r.percent::text, o.pass_percent, r.used_ms::float8, r.handed_in_at, o.published_at,
            case when o.shows_items and exists (select from tagged) then (
              select jsonb_object_agg(t.tag, t.percent) from (
                select t.tag, trunc(100 * sum(m.points) / nullif(sum(m.max_points), 0), 6) as percent
                  from exam_sessions s join marks m on m.session_id = s.id and m.closed_version = s.closed_version join tagged t on t."itemId" = m.item_id
                 where s.id = any(r.session_ids) group by t.tag) t
               where t.percent is not null) end as tags
       from results r join out_exams o on o.id = r.exam_id order by o.published_at, o.id`,
    [batchId, studentId, JSON.stringify(taggedItems)],
  );
  return rows.map((row) => ({
    studentId: row.student_id, examId: row.exam_id, percent: Number(row.percent), passPercent: row.pass_percent, usedMs: row.used_ms,
    handedInAtMs: row.handed_in_at?.getTime() ?? null, publishedAtMs: row.published_at.getTime(), tagPercents: row.tags ?? {},
  }));
}

/** What the exams of a course are like for everybody in it; the first tenth of n are floor(n / 10). */
export async function listExamFigures(q: Queryable, batchId: string): Promise<ExamFigures[]> {
  const { rows } = await q.query<{ exam_id: string; mean: number | null; early: Date | null }>(
    `with ${courseResults()}
     select r.exam_id, avg(r.used_ms)::float8 as mean,
            (array_agg(r.handed_in_at order by r.handed_in_at) filter (where r.handed_in_at is not null))[(count(*) / 10)::int] as early
       from results r group by r.exam_id`,
    [batchId, null],
  );
  return rows.map((row) => ({ examId: row.exam_id, meanUsedMs: row.mean, earlyUntilMs: row.early?.getTime() ?? null }));
}

/** Exams of a course whose results are out. */
export async function listOutExams(q: Queryable, batchId: string): Promise<{ id: string; title: string; showsItems: boolean }[]> {
  const { rows } = await q.query<{ id: string; title: string; shows_items: boolean }>(
    `with ${courseResults()} select id, title, shows_items from out_exams order by published_at, id`, [batchId, null],
  );
  return rows.map((row) => ({ id: row.id, title: row.title, showsItems: row.shows_items }));
}

/** How many incidents a person has confirmed, by student; in exams whose results are out, so that none tells of itself before. */
export async function countConfirmedIncidents(q: Queryable, batchId: string, studentId: string | null): Promise<ReadonlyMap<string, number>> {
  const { rows } = await q.query<{ student_id: string; count: number }>(
    `with ${courseResults()}
     select s.student_id, count(distinct p.id) as count
       from plagiarism_pairs p join exam_sessions s on s.id in (p.session_a, p.session_b)
      where p.state = 'confirmed' and p.exam_id in (select id from out_exams) and ($2::uuid is null or s.student_id = $2)
      group by s.student_id`,
    [batchId, studentId],
  );
  return new Map(rows.map((row) => [row.student_id, row.count]));
}

/** Changes at once with everything that takes somebody out of a leaderboard; marks may be as old as the caller keeps them. */
export async function selectCoursePrint(q: Queryable, batchId: string): Promise<string> {
  const { rows } = await q.query<{ print: string }>(
    `with ${courseResults()}
     select concat_ws('/',
       (select g.version from batch_gamification g where g.batch_id = $1),
       (select md5(string_agg(concat_ws('-', o.id, instant_ms(o.published_at)), ' ' order by o.id)) from out_exams o),
       (select concat_ws('-', count(*), max(instant_ms(m.added_at))) from batch_students m where m.batch_id = $1),
       (select concat_ws('-', count(*), sum(p.version)) from gamification_preferences p join batch_students m on m.student_id = p.student_id where m.batch_id = $1),
       (select concat_ws('-', count(*), max(instant_ms(h.held_at))) from result_holds h join exam_sessions s on s.id = h.session_id where s.exam_id in (select id from out_exams))
     ) as print`,
    [batchId, null],
  );
  return rows[0]!.print;
}

/** The same with everything else that badges are made from: marks, moderation, rules, confirmed incidents. */
export async function selectRecordPrint(q: Queryable, batchId: string): Promise<string> {
  const { rows } = await q.query<{ print: string }>(
    `with ${courseResults()}
     select concat_ws('/',
       (select concat_ws('-', count(*), sum(g.version)) from grades g where g.exam_id in (select id from out_exams)),
       (select md5(string_agg(concat_ws('-', o.id, o.pass_percent, o.shows_items, o.steps), ' ' order by o.id)) from out_exams o),
       (select concat_ws('-', count(*), sum(r.version)) from achievement_rules r where r.batch_id = $1 and r.active),
       (select concat_ws('-', count(*), max(instant_ms(p.decided_at))) from plagiarism_pairs p where p.state = 'confirmed' and p.exam_id in (select id from out_exams))
     ) as print`,
    [batchId, null],
  );
  return `${await selectCoursePrint(q, batchId)}/${rows[0]!.print}`;
}
