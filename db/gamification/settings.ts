import type { BuiltInBadge } from '#domain/gamification/badges.ts';
import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';

/** What a course has switched on. */
export interface GamificationChange {
  readonly enabled: boolean;
  readonly points: boolean;
  readonly leaderboard: boolean;
  readonly badges: readonly BuiltInBadge[];
  /** IANA zone in which its days begin. */
  readonly timeZone: string;
  /** First day of the term, `2026-10-01`; null: no leaderboard of a term. */
  readonly termStartsOn: string | null;
}

/** The switches of a course; version 0 while nobody has touched them. */
export interface GamificationSettings extends GamificationChange {
  readonly batchId: string;
  readonly version: number;
}

interface RawSettings {
  batch_id: string;
  enabled: boolean;
  points: boolean;
  leaderboard: boolean;
  badges: BuiltInBadge[];
  time_zone: string;
  term_starts_on: string | null;
  version: number;
}

const COLUMNS = 'g.batch_id, g.enabled, g.points, g.leaderboard, g.badges, g.time_zone, g.term_starts_on::text, g.version';

/** The switches of a course; undefined while nobody has touched them. */
export async function selectOptionalSettings(q: Queryable, batchId: string): Promise<GamificationSettings | undefined> {
  const { rows } = await q.query<RawSettings>(`select ${COLUMNS} from batch_gamification g where g.batch_id = $1`, [batchId]);
  return rows[0] === undefined ? undefined : toSettings(rows[0]);
}

/** A course of a student with what it has switched on. */
export type StudentCourse = GamificationSettings & { readonly name: string };

/** The courses of a student that have anything switched on, by name. */
export async function listStudentCourses(q: Queryable, studentId: string): Promise<StudentCourse[]> {
  const { rows } = await q.query<RawSettings & { name: string }>(
    `select ${COLUMNS}, b.name from batch_students m join batch_gamification g on g.batch_id = m.batch_id and g.enabled join batches b on b.id = m.batch_id and b.active
      where m.student_id = $1 order by b.name, b.id`,
    [studentId],
  );
  return rows.map((row) => ({ ...toSettings(row), name: row.name }));
}

/** The courses that have anything switched on. */
export async function listOpenCourses(q: Queryable): Promise<string[]> {
  const { rows } = await q.query<{ id: string }>('select g.batch_id as id from batch_gamification g join batches b on b.id = g.batch_id and b.active where g.enabled order by 1');
  return rows.map(({ id }) => id);
}

/** Sets the switches of a course whose row of `batches` the transaction holds. @throws version-conflict */
export async function saveSettings(tx: Queryable, origin: Origin, batchId: string, change: GamificationChange, version: number | null): Promise<GamificationSettings> {
  const before = await selectOptionalSettings(tx, batchId);
  if (version !== null && version !== (before?.version ?? 0)) {
    throw new Refusal('version-conflict', `Somebody changed this meanwhile (version ${before?.version ?? 0}). Load it again and repeat your change.`);
  }
  await tx.query(
    `insert into batch_gamification as g (batch_id, enabled, points, leaderboard, badges, time_zone, term_starts_on, updated_by) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (batch_id) do update set enabled = excluded.enabled, points = excluded.points, leaderboard = excluded.leaderboard, badges = excluded.badges,
       time_zone = excluded.time_zone, term_starts_on = excluded.term_starts_on, updated_by = excluded.updated_by, updated_at = holdfast_now(), version = g.version + 1`,
    [batchId, change.enabled, change.points, change.leaderboard, change.badges, change.timeZone, change.termStartsOn, origin.actorId],
  );
  await insertAudit(tx, origin, { action: 'batch.gamification', resourceType: 'batch', resourceId: batchId, before: before === undefined ? null : changeOf(before), after: change });
  return (await selectOptionalSettings(tx, batchId))!;
}

function changeOf({ enabled, points, leaderboard, badges, timeZone, termStartsOn }: GamificationChange): GamificationChange {
  return { enabled, points, leaderboard, badges, timeZone, termStartsOn };
}

function toSettings(row: RawSettings): GamificationSettings {
  return {
    batchId: row.batch_id, enabled: row.enabled, points: row.points, leaderboard: row.leaderboard, badges: row.badges, timeZone: row.time_zone,
    termStartsOn: row.term_starts_on, version: row.version,
  };
}
