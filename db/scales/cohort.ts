import { LRUCache } from 'lru-cache';

import type { Queryable } from '../connection.ts';

/** The sum of the marks of one attempt that counts; decimal strings, before moderation. */
export interface CohortTotal {
  readonly points: string;
  readonly maxPoints: string;
}

/**
 * SQL of every closed attempt in its place: rank 1 counts; a withdrawn one never does, one without a grade only by its place.
 * @param which condition on sessions `s`
 * @param more further columns of `s`
 */
export const rankedAttempts = (which: string, more = ''): string => `
  select s.id, s.closed_version, s.exam_id, s.student_id, s.attempt, s.state as session_state, e.attempt_rule,
         g.points, g.max_points, coalesce(g.graded_count, 0) as graded_count, coalesce(g.pending_count, 0) as pending_count,
         coalesce(g.state, 'ungraded') as grade_state, coalesce(g.version, 0) as version,
         s.state <> 'withdrawn' as eligible,
         row_number() over (
           partition by s.exam_id, s.student_id, s.state <> 'withdrawn'
           order by case e.attempt_rule when 'best' then coalesce(g.points / nullif(g.max_points, 0), -1e9) when 'last' then s.attempt else -s.attempt end desc, s.attempt
         ) as place${more}
    from exam_sessions s join exams e on e.id = s.exam_id
    left join grades g on g.session_id = s.id and g.closed_version = s.closed_version
   where ${which} and s.closed_at is not null`;

/** The attempts of one exam ($1), of one student ($2) or of all (null). */
export const RANKED = rankedAttempts('s.exam_id = $1 and ($2::uuid is null or s.student_id = $2)');

// thousands of students ask for the same exam after a publication; any change of a grade makes another print
const kept = new LRUCache<string, { print: string; totals: readonly CohortTotal[] }>({ max: 100 });

/** Makes a memory for what is worked out from a cohort and a key, as long as the cohort itself is kept. */
export function keptWith<Value>(): (cohort: readonly CohortTotal[], key: string, make: () => Value) => Value {
  const made = new WeakMap<readonly CohortTotal[], { key: string; value: Value }>();
  return (cohort, key, make) => {
    const known = made.get(cohort);
    if (known !== undefined && known.key === key) return known.value;
    const value = make();
    made.set(cohort, { key, value });
    return value;
  };
}

/** The graded attempts of an exam that count. */
export async function cohortOf(q: Queryable, examId: string): Promise<readonly CohortTotal[]> {
  const { rows: [state] } = await q.query<{ print: string }>(
    `select concat_ws('/', (select attempt_rule from exams where id = $1),
              (select concat_ws('-', count(*), coalesce(sum(version), 0)) from grades where exam_id = $1),
              (select concat_ws('-', count(*), coalesce(sum(version), 0)) from exam_sessions where exam_id = $1)) as print`,
    [examId],
  );
  const known = kept.get(examId);
  if (known !== undefined && known.print === state!.print) return known.totals;
  const { rows } = await q.query<{ points: string; max_points: string }>(
    `with r as (${RANKED})
     select points::text, max_points::text from r where eligible and (attempt_rule = 'mean' or place = 1) and grade_state = 'graded'`,
    [examId, null],
  );
  const totals = rows.map((row) => ({ points: row.points, maxPoints: row.max_points }));
  kept.set(examId, { print: state!.print, totals });
  return totals;
}
