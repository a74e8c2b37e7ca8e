import type { Queryable } from '#db/connection.ts';
import { v7 as uuidv7 } from 'uuid';

/** A row by the names that TypeScript uses; instants as ISO texts, numbers of more than 53 bits as texts. */
export type NewRow = Readonly<Record<string, unknown>>;

/**
 * Inserts rows in one statement, each column read by its type in the table; columns that no row names get their default.
 * @param rows all with the members of the first
 */
export async function insertRows(q: Queryable, table: string, rows: readonly NewRow[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const names = Object.keys(first).map((member) => ({ member, column: member.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) }));
  const list = (prefix: string): string => names.map(({ column }) => prefix + column).join(', ');
  await q.query(
    `insert into ${table} (${list('')}) select ${list('r.')} from jsonb_populate_recordset(null::${table}, $1) r`,
    [JSON.stringify(rows.map((row) => Object.fromEntries(names.map(({ member, column }) => [column, row[member]]))))],
  );
}

/** An id that sorts to the instant at which its row came into being. */
export function idOf(atMs: number): string {
  return uuidv7({ msecs: atMs });
}

/** An instant as the database reads it. */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}

/** An entry of the audit log about something that happened before the demo data were loaded. */
export interface PastEntry {
  readonly atMs: number;
  /** Null: the platform itself. */
  readonly actorId: string | null;
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly examId?: string;
  readonly sessionId?: string;
  readonly reason?: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What goes into the audit log, gathered on the way. */
export type Trail = PastEntry[];

/** Writes a trail into the audit log in the order in which things happened. */
export async function insertTrail(q: Queryable, trail: Readonly<Trail>): Promise<void> {
  const sorted = [...trail].sort((left, right) => left.atMs - right.atMs);
  await insertRows(q, 'audit_log', sorted.map(({ atMs, ...entry }) => ({
    at: instant(atMs),
    actorId: entry.actorId,
    action: entry.action,
    resourceType: entry.resourceType,
    resourceId: entry.resourceId,
    examId: entry.examId ?? null,
    sessionId: entry.sessionId ?? null,
    reason: entry.reason ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
  })));
}
