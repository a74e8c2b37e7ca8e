import type { BuiltInBadge } from '#domain/gamification/badges.ts';
import { type CourseBadges, courseStandings } from '#domain/gamification/course.ts';

import { type Db, inTransaction, type Queryable } from '../connection.ts';
import { countConfirmedIncidents, listCourseFacts, listExamFigures, selectRecordPrint } from './course-results.ts';
import { listRules } from './rules.ts';
import { listTaggedItems } from './tagged-items.ts';

/** A badge that a student has. */
export interface Achievement {
  readonly studentId: string;
  readonly badge: string;
  readonly earnedAtMs: number;
}

const EARNED_AT = `to_timestamp(e."earnedAtMs" / 1000)`;

/** When a student has seen their badges of a course, by badge. */
export async function listSeen(q: Queryable, batchId: string, studentId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await q.query<{ badge: string; seen_at: Date }>(
    'select badge, seen_at from achievements where batch_id = $1 and student_id = $2 and seen_at is not null', [batchId, studentId],
  );
  return new Map(rows.map((row) => [row.badge, row.seen_at.getTime()]));
}

/** Notes that a student has seen badges that they have. */
export async function markSeen(tx: Queryable, batchId: string, achievements: readonly Achievement[]): Promise<void> {
  await tx.query(
    `insert into achievements as a (batch_id, student_id, badge, earned_at, seen_at)
     select $1, e."studentId", e.badge, ${EARNED_AT}, holdfast_now() from jsonb_to_recordset($2::jsonb) as e ("studentId" uuid, badge text, "earnedAtMs" float8)
     on conflict (batch_id, student_id, badge) do update set seen_at = coalesce(a.seen_at, excluded.seen_at)`,
    [batchId, JSON.stringify(achievements)],
  );
}

/**
 * Makes the record of a course what its published results say: new badges are added, lost ones marked as withdrawn, those that come
 * back are the same again. As often as wanted, with the same outcome.
 * @returns how many rows changed
 */
async function recordAchievements(tx: Queryable, batchId: string, achievements: readonly Achievement[]): Promise<number> {
  const { rowCount } = await tx.query(
    `with earned as materialized (
       select e."studentId" as student_id, e.badge, ${EARNED_AT} as earned_at from jsonb_to_recordset($2::jsonb) as e ("studentId" uuid, badge text, "earnedAtMs" float8)),
     lost as (
       update achievements a set withdrawn_at = holdfast_now()
        where a.batch_id = $1 and a.withdrawn_at is null and not exists (select from earned e where e.student_id = a.student_id and e.badge = a.badge) returning 1),
     kept as (
       insert into achievements as a (batch_id, student_id, badge, earned_at) select $1, student_id, badge, earned_at from earned
       on conflict (batch_id, student_id, badge) do update set earned_at = excluded.earned_at, withdrawn_at = null
         where a.withdrawn_at is not null or a.earned_at <> excluded.earned_at returning 1)
     select 1 from lost union all select 1 from kept`,
    [batchId, JSON.stringify(achievements)],
  );
  return rowCount ?? 0;
}

/** Every badge that the students of a course have by its published results, of those that are given. */
export async function earnedIn(q: Queryable, batchId: string, course: CourseBadges): Promise<{ earned: Achievement[]; students: number }> {
  const facts = await listCourseFacts(q, batchId, null, await listTaggedItems(q, batchId, course.rules));
  const figures = new Map((await listExamFigures(q, batchId)).map((each) => [each.examId, each]));
  const incidents = await countConfirmedIncidents(q, batchId, null);
  const byStudent = Map.groupBy(facts, (fact) => fact.studentId);
  const earned = [...byStudent].flatMap(([studentId, exams]) =>
    courseStandings(course, { exams, figures, confirmedIncidents: incidents.get(studentId) ?? 0 }).flatMap(({ badge, earnedAtMs }) =>
      earnedAtMs === null ? [] : [{ studentId, badge, earnedAtMs }]));
  return { earned, students: byStudent.size };
}

/**
 * Brings the record of a course up to date when anything that it rests on has changed since the last time. What changes meanwhile is
 * found the next time: the print is older than the facts.
 * @returns how many rows changed
 */
export async function refreshRecord(db: Db, batchId: string): Promise<number> {
  const { rows: [course] } = await db.query<{ badges: BuiltInBadge[]; recorded_print: string | null }>('select badges, recorded_print from batch_gamification where batch_id = $1', [batchId]);
  const print = await selectRecordPrint(db, batchId);
  if (course === undefined || course.recorded_print === print) return 0;
  const { earned } = await earnedIn(db, batchId, { badges: course.badges, rules: await listRules(db, batchId, true) });
  return inTransaction(db, async (tx) => {
    const changed = await recordAchievements(tx, batchId, earned);
    await tx.query('update batch_gamification set recorded_print = $2 where batch_id = $1', [batchId, print]);
    return changed;
  });
}
