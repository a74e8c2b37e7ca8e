import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** The mark of one item as a machine gives it. */
export interface NewItemMark {
  readonly itemId: string;
  /** Decimal string; null while a person has to decide. */
  readonly points: string | null;
  readonly maxPoints: string;
}

/** The grade of one closed state of a session. */
export interface NewGrade {
  readonly sessionId: string;
  /** The version that the session was closed with; after a re-open there is another. */
  readonly closedVersion: number;
  readonly items: readonly NewItemMark[];
  /** Why a person has to mark the whole session; the items are then left out. */
  readonly needsManual?: string;
  readonly origin: Origin;
}

/** What is stored after it. */
export interface StoredGrade {
  /** False when the session was re-opened, or closed again, since it was read: nothing is stored then. */
  readonly saved: boolean;
  readonly state: 'graded' | 'pending' | 'needs-manual' | null;
  readonly gradedCount: number;
  readonly pendingCount: number;
  readonly version: number;
}

/**
 * Stores the grade of a session in the caller's transaction, one per session and closed version. Again with the same marks it changes
 * nothing; with others (a corrected key) it changes the marks that a machine gave, never those of a person, and adds up anew.
 */
export async function saveGrade(tx: Queryable, grade: NewGrade): Promise<StoredGrade> {
  const { rows: sessions } = await tx.query<{ exam_id: string; closed_version: number | null }>(
    'select exam_id, closed_version from exam_sessions where id = $1 for share',
    [grade.sessionId],
  );
  const session = sessions[0];
  if (session?.closed_version !== grade.closedVersion) return { saved: false, state: null, gradedCount: 0, pendingCount: 0, version: 0 };

  const changed = await upsertMarks(tx, grade);
  const { rows } = await tx.query<{ state: 'graded' | 'pending' | 'needs-manual'; graded_count: number; pending_count: number; version: number; moved: boolean }>(
    `with added as (
       select coalesce(sum(points), 0) as points, coalesce(sum(max_points), 0) as max_points,
         count(*) filter (where state = 'graded')::int as graded, count(*) filter (where state = 'pending')::int as pending
       from marks where session_id = $1 and closed_version = $2
     ), stored as (
       insert into grades as g (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state, detail)
       select $1, $2, $3, points, max_points, graded, pending,
         case when $4::text is not null then 'needs-manual' when pending > 0 then 'pending' else 'graded' end, $4
       from added
       on conflict (session_id, closed_version) do update set points = excluded.points, max_points = excluded.max_points,
         graded_count = excluded.graded_count, pending_count = excluded.pending_count, state = excluded.state, detail = excluded.detail,
         version = g.version + 1, graded_at = holdfast_now()
       where $5 or (g.state, g.detail) is distinct from (excluded.state, excluded.detail)
       returning g.state, g.graded_count, g.pending_count, g.version
     )
     select state, graded_count, pending_count, version, true as moved from stored
     union all
     select state, graded_count, pending_count, version, false from grades
     where session_id = $1 and closed_version = $2 and not exists (select from stored)`,
    [grade.sessionId, grade.closedVersion, session.exam_id, grade.needsManual ?? null, changed > 0],
  );
  const row = rows[0]!;
  if (row.moved) await tell(tx, grade, session.exam_id, row);
  return { saved: true, state: row.state, gradedCount: row.graded_count, pendingCount: row.pending_count, version: row.version };
}

async function upsertMarks(tx: Queryable, grade: NewGrade): Promise<number> {
  if (grade.items.length === 0) return 0;
  const { rowCount } = await tx.query(
    `insert into marks as m (session_id, closed_version, item_id, points, max_points, state, source)
     select $1, $2, i.item_id, i.points, i.max_points, case when i.points is null then 'pending' else 'graded' end, 'auto'
     from unnest($3::uuid[], $4::numeric[], $5::numeric[]) as i (item_id, points, max_points)
     order by i.item_id
     on conflict (session_id, closed_version, item_id) do update set points = excluded.points, max_points = excluded.max_points,
       state = excluded.state, version = m.version + 1, marked_at = holdfast_now()
     where m.source = 'auto' and (m.points, m.max_points) is distinct from (excluded.points, excluded.max_points)`,
    [
      grade.sessionId, grade.closedVersion, grade.items.map((item) => item.itemId), grade.items.map((item) => item.points),
      grade.items.map((item) => item.maxPoints),
    ],
  );
  return rowCount ?? 0;
}

async function tell(
  tx: Queryable, grade: NewGrade, examId: string, row: { state: string; graded_count: number; pending_count: number; version: number },
): Promise<void> {
  const counts = { state: row.state, gradedCount: row.graded_count, pendingCount: row.pending_count, version: row.version };
  await insertStreamEvent(tx, { examId, sessionId: grade.sessionId, kind: 'graded', data: { sessionId: grade.sessionId, ...counts } });
  await insertAudit(tx, grade.origin, {
    action: 'session.grade', resourceType: 'session', resourceId: grade.sessionId, examId, sessionId: grade.sessionId,
    after: { closedVersion: grade.closedVersion, ...counts },
  });
}
