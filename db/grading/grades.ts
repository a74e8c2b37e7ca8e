import { insertSessionAudits, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { insertStreamEvents } from '../stream-events.ts';

/** The mark of one item as a machine gives it. */
export interface NewItemMark {
  readonly itemId: string;
  /** Decimal string; null while a person has to decide. */
  readonly points: string | null;
  readonly maxPoints: string;
  /** The item counts otherwise than it was published: marks of a person are looked at too. */
  readonly corrected?: boolean;
  /** A rule about the whole item decided it, so it holds instead of the mark of a person. */
  readonly decided?: boolean;
}

/** The grade of one closed state of a session. */
export interface NewGrade {
  readonly sessionId: string;
  /** The version that the session was closed with; after a re-open there is another. */
  readonly closedVersion: number;
  readonly items: readonly NewItemMark[];
  /** Why a person has to mark the whole session; the items are then left out. */
  readonly needsManual?: string;
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

const NOT_SAVED: StoredGrade = { saved: false, state: null, gradedCount: 0, pendingCount: 0, version: 0 };

interface RawGrade {
  session_id: string;
  exam_id: string;
  closed_version: number;
  state: 'graded' | 'pending' | 'needs-manual';
  graded_count: number;
  pending_count: number;
  version: number;
  moved: boolean;
}

/**
 * Stores the grades of sessions in the caller's transaction, one per session and closed version. Again with the same marks it changes
 * nothing; with others (a corrected key) it changes the marks that a machine gave and adds up anew. Marks of a person stay, in
 * proportion where the item is worth more or less now, unless a rule decided the whole item.
 * @param grades each of another session
 * @returns in the order of `grades`
 */
export async function saveGrades(tx: Queryable, grades: readonly NewGrade[], origin: Origin): Promise<StoredGrade[]> {
  const { rows: sessions } = await tx.query<{ id: string; exam_id: string; closed_version: number | null }>(
    'select id, exam_id, closed_version from exam_sessions where id = any($1::uuid[]) order by id for share',
    [grades.map((grade) => grade.sessionId)],
  );
  const closed = new Map(sessions.map((session) => [session.id, session]));
  const current = grades.filter((grade) => closed.get(grade.sessionId)?.closed_version === grade.closedVersion);
  if (current.length === 0) return grades.map(() => NOT_SAVED);

  const changed = await upsertMarks(tx, current);
  const { rows } = await tx.query<RawGrade>(
    `with wanted as (
       select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::bool[]) as w (session_id, closed_version, exam_id, detail, changed)
     ), added as (
       select w.session_id, coalesce(sum(m.points), 0) as points, coalesce(sum(m.max_points), 0) as max_points,
         count(*) filter (where m.state = 'graded')::int as graded, count(*) filter (where m.state = 'pending')::int as pending,
         case when w.detail is not null then 'needs-manual' when count(*) filter (where m.state = 'pending') > 0 then 'pending' else 'graded' end as state
       from wanted w left join marks m on m.session_id = w.session_id and m.closed_version = w.closed_version
       group by w.session_id, w.detail
     ), stored as (
       insert into grades as g (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state, detail)
       select w.session_id, w.closed_version, w.exam_id, a.points, a.max_points, a.graded, a.pending, a.state, w.detail
       from wanted w join added a using (session_id) left join grades known on known.session_id = w.session_id and known.closed_version = w.closed_version
       where w.changed or known.session_id is null or (known.state, known.detail) is distinct from (a.state, w.detail)
       order by w.session_id
       on conflict (session_id, closed_version) do update set points = excluded.points, max_points = excluded.max_points,
         graded_count = excluded.graded_count, pending_count = excluded.pending_count, state = excluded.state, detail = excluded.detail,
         version = g.version + 1, graded_at = holdfast_now()
       returning g.session_id, g.exam_id, g.closed_version, g.state, g.graded_count, g.pending_count, g.version
     )
     select *, true as moved from stored
     union all
     select g.session_id, g.exam_id, g.closed_version, g.state, g.graded_count, g.pending_count, g.version, false
       from wanted w join grades g on g.session_id = w.session_id and g.closed_version = w.closed_version
      where not exists (select from stored s where s.session_id = w.session_id)`,
    [
      current.map((grade) => grade.sessionId), current.map((grade) => grade.closedVersion), current.map((grade) => closed.get(grade.sessionId)!.exam_id),
      current.map((grade) => grade.needsManual ?? null), current.map((grade) => changed.has(grade.sessionId)),
    ],
  );
  await tell(tx, rows.filter((row) => row.moved), origin);
  const stored = new Map(rows.map((row) => [row.session_id, row]));
  return grades.map((grade) => {
    const row = current.includes(grade) ? stored.get(grade.sessionId) : undefined;
    return row === undefined ? NOT_SAVED : { saved: true, state: row.state, gradedCount: row.graded_count, pendingCount: row.pending_count, version: row.version };
  });
}

/** Stores the grade of one session; see `saveGrades`. */
export async function saveGrade(tx: Queryable, { origin, ...grade }: NewGrade & { readonly origin: Origin }): Promise<StoredGrade> {
  return (await saveGrades(tx, [grade], origin))[0]!;
}

/** @returns the sessions of which a mark changed */
async function upsertMarks(tx: Queryable, grades: readonly NewGrade[]): Promise<ReadonlySet<string>> {
  const marks = grades.flatMap(({ sessionId, closedVersion, items }) => items.map((item) => ({ sessionId, closedVersion, ...item })));
  const left = await leaveToPeople(tx, grades.filter((grade) => grade.needsManual !== undefined));
  if (marks.length === 0) return new Set(left);
  const { rows } = await tx.query<{ session_id: string }>(
    `with stored as (
       insert into marks as m (session_id, closed_version, item_id, points, max_points, state, source)
       select i.session_id, i.closed_version, i.item_id, i.points, i.max_points, case when i.points is null then 'pending' else 'graded' end, 'auto'
       from unnest($1::uuid[], $2::int[], $3::uuid[], $4::numeric[], $5::numeric[]) as i (session_id, closed_version, item_id, points, max_points)
       order by i.session_id, i.item_id
       on conflict (session_id, closed_version, item_id) do update set points = excluded.points, max_points = excluded.max_points,
         state = excluded.state, version = m.version + 1, marked_at = holdfast_now()
       where m.source = 'auto' and (m.points, m.max_points) is distinct from (excluded.points, excluded.max_points)
       returning session_id)
     select distinct session_id from stored`,
    [
      marks.map((mark) => mark.sessionId), marks.map((mark) => mark.closedVersion), marks.map((mark) => mark.itemId), marks.map((mark) => mark.points),
      marks.map((mark) => mark.maxPoints),
    ],
  );
  return new Set([...left, ...rows.map((row) => row.session_id), ...(await correctManualMarks(tx, marks.filter((mark) => mark.corrected === true)))]);
}

/** What the machine gave before it could not mark a session any more is no mark: a person looks at it too. */
async function leaveToPeople(tx: Queryable, grades: readonly NewGrade[]): Promise<string[]> {
  if (grades.length === 0) return [];
  const { rows } = await tx.query<{ session_id: string }>(
    `update marks m set points = null, state = 'pending', version = m.version + 1, marked_at = holdfast_now()
       from unnest($1::uuid[], $2::int[]) as g (session_id, closed_version)
      where m.session_id = g.session_id and m.closed_version = g.closed_version and m.source = 'auto' and m.state = 'graded'
      returning m.session_id`,
    [grades.map((grade) => grade.sessionId), grades.map((grade) => grade.closedVersion)],
  );
  return rows.map((row) => row.session_id);
}

async function correctManualMarks(tx: Queryable, marks: readonly (NewItemMark & { readonly sessionId: string; readonly closedVersion: number })[]): Promise<string[]> {
  if (marks.length === 0) return [];
  const { rows } = await tx.query<{ session_id: string }>(
    `update marks m set max_points = i.max_points, version = m.version + 1, marked_at = holdfast_now(),
            points = case when i.decided then i.points when m.max_points = 0 then 0 else round(m.points * i.max_points / m.max_points, 4) end,
            state = case when i.decided then 'graded' else m.state end
       from unnest($1::uuid[], $2::int[], $3::uuid[], $4::numeric[], $5::numeric[], $6::bool[]) as i (session_id, closed_version, item_id, points, max_points, decided)
      where m.session_id = i.session_id and m.closed_version = i.closed_version and m.item_id = i.item_id and m.source = 'manual'
        and (m.max_points <> i.max_points or (i.decided and m.points is distinct from i.points))
      returning m.session_id`,
    [
      marks.map((mark) => mark.sessionId), marks.map((mark) => mark.closedVersion), marks.map((mark) => mark.itemId), marks.map((mark) => mark.points),
      marks.map((mark) => mark.maxPoints), marks.map((mark) => mark.decided === true),
    ],
  );
  return rows.map((row) => row.session_id);
}

async function tell(tx: Queryable, rows: readonly RawGrade[], origin: Origin): Promise<void> {
  if (rows.length === 0) return;
  const told = rows.map((row) => ({
    sessionId: row.session_id, examId: row.exam_id, closedVersion: row.closed_version,
    counts: { state: row.state, gradedCount: row.graded_count, pendingCount: row.pending_count, version: row.version },
  }));
  await insertStreamEvents(tx, told.map(({ sessionId, examId, counts }) => ({ examId, sessionId, kind: 'graded', data: { sessionId, ...counts } })));
  await insertSessionAudits(tx, origin, 'session.grade', told.map(({ sessionId, examId, closedVersion, counts }) => ({ examId, sessionId, after: { closedVersion, ...counts } })));
}
