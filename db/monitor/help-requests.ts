import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import type { Page, Position } from '../keyset.ts';
import { toMs } from '../session/rows.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** Somebody of the staff, by name. */
export interface Helper {
  readonly id: string;
  readonly name: string;
}

/** Where a help request stands: nobody has seen to it, somebody does, it is done. */
export type HelpState = 'open' | 'claimed' | 'resolved';

/** A help request as those who watch over an exam see it. */
export interface HelpRequestRow {
  readonly id: string;
  readonly sessionId: string;
  readonly examId: string;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string };
  readonly reason: string;
  readonly atMs: number;
  readonly state: HelpState;
  readonly claimedBy: Helper | null;
  readonly claimedAtMs: number | null;
  readonly resolvedBy: Helper | null;
  readonly resolvedAtMs: number | null;
  /** What the one who resolved it wrote down. */
  readonly note: string | null;
}

/** Which help requests, newest first. */
export interface HelpListRequest {
  readonly examId: string;
  readonly state?: HelpState | undefined;
  readonly resolved?: boolean | undefined;
  readonly sessionId?: string | undefined;
  readonly after: Position | undefined;
  readonly limit: number;
}

interface RawHelp {
  id: string;
  session_id: string;
  exam_id: string;
  student_id: string;
  external_id: string | null;
  student_name: string;
  reason: string;
  at: Date;
  state: HelpState;
  claimed_by: string | null;
  claimed_name: string | null;
  claimed_at: Date | null;
  resolved_by: string | null;
  resolved_name: string | null;
  resolved_at: Date | null;
  note: string | null;
}

const SELECT = `
  select h.id, h.session_id, s.exam_id, s.student_id, u.external_id, u.name as student_name, h.reason, h.at, h.state,
         h.claimed_by, c.name as claimed_name, h.claimed_at, h.resolved_by, r.name as resolved_name, h.resolved_at, h.note
    from help_requests h join exam_sessions s on s.id = h.session_id join users u on u.id = s.student_id
    left join users c on c.id = h.claimed_by left join users r on r.id = h.resolved_by`;

/** Reads one page of the help requests of an exam. */
export async function listHelpRequests(q: Queryable, request: HelpListRequest): Promise<Page<HelpRequestRow>> {
  const values: unknown[] = [request.examId];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const where = ['s.exam_id = $1'];
  if (request.state !== undefined) where.push(`h.state = ${add(request.state)}`);
  if (request.resolved !== undefined) where.push(`(h.state = 'resolved') = ${add(request.resolved)}`);
  if (request.sessionId !== undefined) where.push(`h.session_id = ${add(request.sessionId)}`);
  if (request.after !== undefined) where.push(`(instant_ms(h.at), h.id) < (${add(request.after.value)}::bigint, ${add(request.after.id)}::uuid)`);
  const { rows } = await q.query<RawHelp>(
    `${SELECT} where ${where.join(' and ')} order by instant_ms(h.at) desc, h.id desc limit ${add(request.limit + 1)}`,
    values,
  );
  const items = rows.slice(0, request.limit).map(toHelpRequest);
  const last = items.at(-1);
  return { items, next: rows.length > request.limit && last !== undefined ? { value: last.atMs, id: last.id } : null };
}

/** @throws not-found */
export async function selectHelpRequest(q: Queryable, id: string): Promise<HelpRequestRow> {
  const { rows } = await q.query<RawHelp>(`${SELECT} where h.id = $1`, [id]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such help request.');
  return toHelpRequest(rows[0]);
}

/** Locks a help request until the end of the transaction, and reads it. @throws not-found */
export async function lockHelpRequest(tx: Queryable, id: string): Promise<HelpRequestRow> {
  await tx.query('select from help_requests where id = $1 for update', [id]);
  return selectHelpRequest(tx, id);
}

/**
 * Takes care of a help request; the caller holds its row. Who has it already keeps it without a word.
 * @param takeOver take it from whoever has it
 * @throws state-conflict when it is resolved, or somebody else's
 */
export async function claimHelpRequest(tx: Queryable, request: HelpRequestRow, takeOver: boolean, origin: Origin & { readonly actorId: string }): Promise<HelpRequestRow> {
  if (request.state === 'resolved') throw resolvedAlready(request);
  if (request.claimedBy?.id === origin.actorId) return request;
  if (request.claimedBy !== null && !takeOver) {
    throw new Refusal('state-conflict', `${request.claimedBy.name} takes care of this already. Take it over if you mean to.`);
  }
  await tx.query("update help_requests set state = 'claimed', claimed_by = $2, claimed_at = holdfast_now() where id = $1", [request.id, origin.actorId]);
  return tell(tx, request, 'session.help-claimed', origin);
}

/** Ends a help request; the caller holds its row. @throws state-conflict when it is resolved already */
export async function resolveHelpRequest(tx: Queryable, request: HelpRequestRow, note: string | null, origin: Origin): Promise<HelpRequestRow> {
  if (request.state === 'resolved') throw resolvedAlready(request);
  await tx.query(
    "update help_requests set state = 'resolved', resolved_by = $2, resolved_at = holdfast_now(), note = $3 where id = $1",
    [request.id, origin.actorId, note],
  );
  return tell(tx, request, 'session.help-resolved', origin, note);
}

function resolvedAlready(request: HelpRequestRow): Refusal {
  return new Refusal('state-conflict', `This help request is resolved${request.resolvedBy === null ? '' : ` by ${request.resolvedBy.name}`}.`);
}

async function tell(tx: Queryable, before: HelpRequestRow, action: string, origin: Origin, note: string | null = null): Promise<HelpRequestRow> {
  const after = await selectHelpRequest(tx, before.id);
  await insertStreamEvent(tx, {
    examId: after.examId, sessionId: after.sessionId, kind: 'help-changed', data: { id: after.id, state: after.state, by: after.resolvedBy ?? after.claimedBy },
  });
  await insertAudit(tx, origin, {
    action, resourceType: 'help-request', resourceId: after.id, examId: after.examId, sessionId: after.sessionId, reason: note,
    before: { state: before.state, claimedBy: before.claimedBy?.id ?? null }, after: { id: after.id, state: after.state },
  });
  return after;
}

function toHelpRequest(row: RawHelp): HelpRequestRow {
  const helper = (id: string | null, name: string | null): Helper | null => (id === null ? null : { id, name: name ?? '' });
  return {
    id: row.id,
    sessionId: row.session_id,
    examId: row.exam_id,
    student: { id: row.student_id, externalId: row.external_id, name: row.student_name },
    reason: row.reason,
    atMs: row.at.getTime(),
    state: row.state,
    claimedBy: helper(row.claimed_by, row.claimed_name),
    claimedAtMs: toMs(row.claimed_at),
    resolvedBy: helper(row.resolved_by, row.resolved_name),
    resolvedAtMs: toMs(row.resolved_at),
    note: row.note,
  };
}
