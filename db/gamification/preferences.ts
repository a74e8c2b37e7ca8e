import type { NameChoice } from '#domain/gamification/names.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';

/** What a student chose for all courses. */
export interface Preferences extends NameChoice {
  /** In no leaderboard, and none is shown. */
  readonly optedOut: boolean;
}

/** What a student chose; initials and taking part unless they chose otherwise. */
export async function selectPreferences(q: Queryable, studentId: string): Promise<Preferences> {
  const { rows } = await q.query<Preferences>(
    'select opted_out as "optedOut", shown_as as "shownAs", alias from gamification_preferences where student_id = $1', [studentId],
  );
  return rows[0] ?? { optedOut: false, shownAs: 'initials', alias: '' };
}

/** Keeps what a student chose. */
export async function savePreferences(tx: Queryable, origin: Origin, studentId: string, { alias, optedOut, shownAs }: Preferences): Promise<void> {
  await tx.query(
    `insert into gamification_preferences as p (student_id, opted_out, shown_as, alias) values ($1, $2, $3, $4)
     on conflict (student_id) do update set opted_out = excluded.opted_out, shown_as = excluded.shown_as, alias = excluded.alias, version = p.version + 1`,
    [studentId, optedOut, shownAs, alias],
  );
  await insertAudit(tx, origin, { action: 'user.gamification', resourceType: 'user', resourceId: studentId, after: { optedOut, shownAs } });
}

/** Shows a member of a course by initials again. @returns whether the student is in the course */
export async function resetName(tx: Queryable, origin: Origin, batchId: string, studentId: string): Promise<boolean> {
  const member = await tx.query('select from batch_students where batch_id = $1 and student_id = $2', [batchId, studentId]);
  if (member.rowCount === 0) return false;
  const { rowCount } = await tx.query(
    `update gamification_preferences set shown_as = 'initials', alias = '', version = version + 1 where student_id = $1 and (shown_as, alias) is distinct from ('initials', '')`, [studentId],
  );
  if (rowCount !== 0) await insertAudit(tx, origin, { action: 'user.gamification', resourceType: 'user', resourceId: studentId, after: { shownAs: 'initials' } });
  return true;
}
