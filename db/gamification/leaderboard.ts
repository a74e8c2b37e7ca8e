import { type ShownAs, shownName } from '#domain/gamification/names.ts';

import type { Queryable } from '../connection.ts';
import { courseResults } from './course-results.ts';

/** Stretches of time that leaderboards are made for. */
export const PERIODS = ['week', 'month', 'term', 'all'] as const;

/** Stretch of time of a leaderboard. */
export type Period = (typeof PERIODS)[number];

/** A student in a leaderboard. */
export interface RankedStudent {
  readonly studentId: string;
  readonly name: string;
  /** As the others see the name. */
  readonly shownName: string;
  readonly points: number;
  readonly exams: number;
  /** Whoever has the same points has the same rank; the next one is as many places lower. */
  readonly rank: number;
}

/** The order of a course in a period. */
export interface Leaderboard {
  /** Null: of all time. */
  readonly sinceMs: number | null;
  readonly students: readonly RankedStudent[];
}

/** The first instant of a period now: Monday, the first of the month, the first day of the term, at midnight in the zone of the course. */
const SINCE = `
  (case $3::text
     when 'week' then date_trunc('week', holdfast_now() at time zone g.time_zone)
     when 'month' then date_trunc('month', holdfast_now() at time zone g.time_zone)
     when 'term' then g.term_starts_on::timestamp
   end) at time zone g.time_zone`;

interface RawRank {
  since: Date | null;
  student_id: string | null;
  name: string;
  shown_as: ShownAs;
  alias: string;
  points: number;
  exams: number;
  rank: number;
}

/**
 * The whole order of a course in one statement: points of the results that came out in the period, without those who opted out and
 * accounts that are disabled.
 */
export async function selectLeaderboard(q: Queryable, batchId: string, period: Period): Promise<Leaderboard> {
  const { rows } = await q.query<RawRank>(
    `with period as materialized (select ${SINCE} as since from batch_gamification g where g.batch_id = $1),
     ${courseResults('o.published_at >= coalesce((select since from period), o.published_at)')},
     totals as (
       select r.student_id, sum(least(100, greatest(0, floor(r.percent + 0.5))))::int as points, count(*)::int as exams from results r group by r.student_id)
     select p.since, t.student_id, u.name, coalesce(f.shown_as, 'initials') as shown_as, coalesce(f.alias, '') as alias, t.points, t.exams,
            (rank() over (order by t.points desc))::int as rank
       from period p
       left join (totals t join users u on u.id = t.student_id and not u.disabled left join gamification_preferences f on f.student_id = t.student_id)
         on not coalesce(f.opted_out, false)
      order by t.points desc, t.student_id`,
    [batchId, null, period],
  );
  return {
    sinceMs: rows[0]?.since?.getTime() ?? null,
    students: rows.flatMap((row) => (row.student_id === null ? [] : [{
      studentId: row.student_id, name: row.name, shownName: shownName(row.name, { shownAs: row.shown_as, alias: row.alias }), points: row.points, exams: row.exams, rank: row.rank,
    }])),
  };
}
