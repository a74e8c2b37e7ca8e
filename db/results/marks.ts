import { compare, decimal } from '#domain/decimal.ts';
import { totalsOf } from '#domain/grading/grade-session.ts';
import { Refusal } from '#domain/problem.ts';
import { isTerminal } from '#domain/session/state.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { lockSession } from '../session/rows.ts';
import { insertStreamEvent } from '../stream-events.ts';
import { canonical, STORED } from './rows.ts';

/** The mark of one item of a hand-in. */
export interface MarkRow {
  readonly sessionId: string;
  readonly itemId: string;
  /** Decimal string; null while a person has to decide. */
  readonly points: string | null;
  readonly maxPoints: string;
  readonly state: 'graded' | 'pending';
  readonly source: 'auto' | 'manual';
  readonly comment: string | null;
  readonly rubric: unknown;
  /** What the student handed in, null for no answer. */
  readonly response: unknown;
  readonly markedBy: string | null;
  readonly markedAtMs: number;
  /** The version of the grade in which this mark was changed last. */
  readonly version: number;
}

/** A mark given by a person. */
export interface NewMark {
  readonly sessionId: string;
  readonly itemId: string;
  /** Decimal string, 0 up to what the item is worth. */
  readonly points: string;
  readonly comment: string | null;
  readonly rubric: unknown;
  /** Version of the result, or of the mark, that the marker saw. */
  readonly version: number;
  readonly origin: Origin;
  /** The items of the paper of a session, for one that the machine could not mark at all. */
  itemsOf(examId: string, seed: string): Promise<readonly { readonly id: string; readonly points: string }[]>;
}

interface RawMark {
  session_id: string;
  item_id: string;
  points: string | null;
  max_points: string;
  state: MarkRow['state'];
  source: MarkRow['source'];
  comment: string | null;
  rubric: unknown;
  response: unknown;
  marked_by: string | null;
  marked_at: Date;
  version: number;
}

const MARK_COLUMNS = 'm.session_id, m.item_id, m.points, m.max_points, m.state, m.source, m.comment, m.rubric, m.marked_by, m.marked_at, m.version';

/** The marks of some hand-ins, by session and item, with what was handed in. */
export async function listMarks(q: Queryable, sessions: readonly { sessionId: string; closedVersion: number }[]): Promise<MarkRow[]> {
  const { rows } = await q.query<RawMark>(
    `select ${MARK_COLUMNS}, a.response
       from unnest($1::uuid[], $2::int[]) as wanted(session_id, closed_version)
       join marks m on m.session_id = wanted.session_id and m.closed_version = wanted.closed_version
       left join answers a on a.session_id = m.session_id and a.item_id = m.item_id
      order by m.session_id, m.item_id`,
    [sessions.map((session) => session.sessionId), sessions.map((session) => session.closedVersion)],
  );
  return rows.map(toMarkRow);
}

/**
 * Gives the mark of one item by hand and adds the grade of the session up again, exactly. Every change raises the version of the
 * grade and stamps the mark with it, so somebody who saw the grade at any version at or after the mark's own knows the mark.
 * The mark before is in the audit log. A session that was left to a person gets its items as pending marks first.
 * @throws not-found, state-conflict (open, or not graded yet), version-conflict, validation-failed
 */
export async function setMark(tx: Queryable, mark: NewMark): Promise<void> {
  const session = await lockSession(tx, mark.sessionId);
  if (!isTerminal(session.state) || session.closedVersion === null) throw new Refusal('state-conflict', 'The session is still open; marks are given after its end.');
  const grade = await lockGrade(tx, session.id, session.closedVersion);
  if (grade.state === 'needs-manual') await insertPendingMarks(tx, session.id, session.closedVersion, await mark.itemsOf(session.examId, session.seed));
  const before = await selectMark(tx, session.id, session.closedVersion, mark.itemId);
  refuseStale(mark.version, before.version, grade.version);
  refusePoints(mark.points, before.max_points);
  const version = grade.version + 1;
  await tx.query(
    `update marks set points = $4, state = 'graded', source = 'manual', comment = $5, rubric = $6, marked_by = $7, marked_at = holdfast_now(), version = $8
      where session_id = $1 and closed_version = $2 and item_id = $3`,
    [session.id, session.closedVersion, mark.itemId, mark.points, mark.comment, toJson(mark.rubric), mark.origin.actorId, version],
  );
  const state = await addUp(tx, session.id, session.closedVersion, version);
  await insertStreamEvent(tx, { examId: session.examId, sessionId: session.id, kind: 'graded', data: { sessionId: session.id, state, itemId: mark.itemId } });
  await insertAudit(tx, mark.origin, {
    action: 'mark.set', resourceType: 'mark', resourceId: `${session.id}/${mark.itemId}`, examId: session.examId, sessionId: session.id,
    before: { points: before.points === null ? null : canonical(before.points), source: before.source, comment: before.comment, rubric: before.rubric, version: before.version },
    after: { points: canonical(mark.points), source: 'manual', comment: mark.comment, rubric: mark.rubric, version },
  });
}

async function lockGrade(tx: Queryable, sessionId: string, closedVersion: number): Promise<{ version: number; state: string }> {
  const { rows } = await tx.query<{ version: number; state: string }>(
    'select version, state from grades where session_id = $1 and closed_version = $2 for update',
    [sessionId, closedVersion],
  );
  if (rows[0] === undefined) throw new Refusal('state-conflict', 'The session is not graded yet. Try again when it is.');
  return rows[0];
}

/** Lets every item of a session wait for a person; items that have a mark keep it. */
export async function insertPendingMarks(tx: Queryable, sessionId: string, closedVersion: number, items: readonly { id: string; points: string }[]): Promise<void> {
  await tx.query(
    `insert into marks (session_id, closed_version, item_id, max_points, state, source)
     select $1, $2, i.id, i.points, 'pending', 'auto' from unnest($3::uuid[], $4::numeric[]) as i (id, points) order by i.id on conflict do nothing`,
    [sessionId, closedVersion, items.map((item) => item.id), items.map((item) => item.points)],
  );
}

async function selectMark(tx: Queryable, sessionId: string, closedVersion: number, itemId: string): Promise<RawMark> {
  const { rows } = await tx.query<RawMark>(
    `select ${MARK_COLUMNS}, null as response from marks m where m.session_id = $1 and m.closed_version = $2 and m.item_id = $3`,
    [sessionId, closedVersion, itemId],
  );
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such item in this session.');
  return rows[0];
}

function refuseStale(seen: number, changedIn: number, current: number): void {
  if (seen >= changedIn && seen <= current) return;
  throw new Refusal('version-conflict', `Somebody marked this item meanwhile (version ${changedIn}). Load it again and repeat your mark.`);
}

function refusePoints(points: string, maxPoints: string): void {
  const given = decimal(points, STORED);
  const most = decimal(maxPoints, STORED);
  if (given.num >= 0n && compare(given, most) <= 0) return;
  throw new Refusal('validation-failed', `This item is worth 0 to ${canonical(maxPoints)} points.`, {
    errors: [{ pointer: '/points', message: `must be from 0 to ${canonical(maxPoints)}` }],
  });
}

async function addUp(tx: Queryable, sessionId: string, closedVersion: number, version: number): Promise<string> {
  const { rows } = await tx.query<{ points: string | null; max_points: string }>(
    'select points, max_points from marks where session_id = $1 and closed_version = $2',
    [sessionId, closedVersion],
  );
  const totals = totalsOf(rows.map((row) => ({ points: row.points, maxPoints: row.max_points })));
  await tx.query(
    `update grades set points = $3, max_points = $4, graded_count = $5, pending_count = $6, state = $7, detail = null, version = $8, graded_at = holdfast_now()
      where session_id = $1 and closed_version = $2`,
    [sessionId, closedVersion, totals.points, totals.maxPoints, totals.gradedCount, totals.pendingCount, totals.state, version],
  );
  return totals.state;
}

function toMarkRow(row: RawMark): MarkRow {
  return {
    sessionId: row.session_id,
    itemId: row.item_id,
    points: row.points === null ? null : canonical(row.points),
    maxPoints: canonical(row.max_points),
    state: row.state,
    source: row.source,
    comment: row.comment,
    rubric: row.rubric,
    response: row.response,
    markedBy: row.marked_by,
    markedAtMs: row.marked_at.getTime(),
    version: row.version,
  };
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
