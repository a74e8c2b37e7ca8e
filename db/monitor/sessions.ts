import type { SessionState } from '#domain/session/state.ts';

import type { Queryable } from '../connection.ts';
import { containing, type Page, type Position } from '../keyset.ts';
import { sessionColumns, type SessionRow, toMs, toSessionRow } from '../session/rows.ts';

/** One session as those who watch over an exam see it. */
export interface MonitorRow {
  readonly session: SessionRow;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string };
  /** Items with an answer that is not empty. */
  readonly answered: number;
  readonly lastSavedAtMs: number | null;
  readonly lastSeenAtMs: number | null;
  readonly online: boolean;
  /** Observations that were recorded. */
  readonly incidents: number;
  readonly acknowledgedVersion: number;
  /** The last thing that was done to the session, other than handing in and the end of time. */
  readonly lastChange: { readonly kind: string; readonly atMs: number; readonly reason: string | null; readonly actor: { readonly id: string; readonly name: string } | null } | null;
}

/** Orders of the monitor; `startedAt` and the others are epoch ms. */
export type MonitorOrder = 'name' | 'startedAt' | 'deadlineAt' | 'lastSavedAt';

/** Which sessions, in which order, from where. */
export interface MonitorRequest {
  readonly examId: string;
  readonly state?: SessionState | undefined;
  readonly online?: boolean | undefined;
  /** Part of the name, e-mail address or external id of the student. */
  readonly q?: string | undefined;
  /** Only students of this batch, or whom it brought to the exam. */
  readonly batchId?: string | undefined;
  /** Whether anything was noticed. */
  readonly hasIncidents?: boolean | undefined;
  /** False: open sessions whose page has not shown the newest change yet; true: the others. */
  readonly acknowledged?: boolean | undefined;
  /** Only sessions in which something happened since; may name some in which nothing did. */
  readonly changedSinceMs?: number | undefined;
  readonly order: MonitorOrder;
  readonly descending: boolean;
  readonly after: Position | undefined;
  readonly limit: number;
}

const KEYS: Readonly<Record<MonitorOrder, { expression: string; type: 'text' | 'bigint' }>> = {
  name: { expression: 'u.name', type: 'text' },
  startedAt: { expression: 'instant_ms(s.started_at)', type: 'bigint' },
  deadlineAt: { expression: 'instant_ms(s.deadline_at)', type: 'bigint' },
  lastSavedAt: { expression: 'coalesce(instant_ms(saved.last_at), 0)', type: 'bigint' },
};

/** Going offline has no instant of its own; it is noticed this long after the last sign of life at the latest. */
const OFFLINE_AFTER = '60 seconds';

const LAST_SAVE = 'left join lateral (select max(a.saved_at) as last_at from answers a where a.session_id = s.id) saved on true';
const LAST_COMMAND = 'left join lateral (select max(c.at) as last_at from session_commands c where c.session_id = s.id) command on true';

interface RawRow {
  sort_value: string | number;
  student_external_id: string | null;
  student_name: string;
  answered: number;
  last_saved_at: Date | null;
  last_seen_at: Date | null;
  online: boolean;
  incidents: number;
  acknowledged_version: number;
  change_kind: string | null;
  change_at: Date | null;
  change_reason: string | null;
  change_actor: string | null;
  change_actor_name: string | null;
}

/** Reads one page of the sessions of an exam. What is costly is computed for the rows of the page only. */
export async function listMonitorRows(q: Queryable, request: MonitorRequest): Promise<Page<MonitorRow>> {
  const { text, values } = pageQuery(request);
  const { rows } = await q.query<RawRow & { id: string; student_id: string }>(
    `with page as (${text})
     select page.sort_value, ${sessionColumns('s')}, u.external_id as student_external_id, u.name as student_name,
            (select count(*)::int from answers a where a.session_id = s.id and a.response <> 'null') as answered,
            (select max(a.saved_at) from answers a where a.session_id = s.id) as last_saved_at,
            p.last_seen_at, coalesce(p.online, false) as online, coalesce(p.acknowledged_version, 0) as acknowledged_version,
            (select count(*)::int from observations o where o.session_id = s.id) as incidents,
            c.kind as change_kind, c.at as change_at, c.reason as change_reason, c.actor_id as change_actor, by.name as change_actor_name
       from page join exam_sessions s on s.id = page.id join users u on u.id = s.student_id
       left join session_presence p on p.session_id = s.id
       left join lateral (
         select k.kind, k.at, k.reason, k.actor_id from session_commands k
          where k.session_id = s.id and k.kind not in ('submit', 'expire') order by k.version desc limit 1
       ) c on true
       left join users by on by.id = c.actor_id
      order by page.place`,
    values,
  );
  const kept = rows.slice(0, request.limit);
  const last = kept.at(-1);
  return {
    items: kept.map(toMonitorRow),
    next: rows.length > request.limit && last !== undefined ? { value: last.sort_value, id: last.id } : null,
  };
}

function pageQuery(request: MonitorRequest): { text: string; values: unknown[] } {
  const key = KEYS[request.order];
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const joins: string[] = [];
  const where = [`s.exam_id = ${add(request.examId)}`];
  if (request.order === 'lastSavedAt' || request.changedSinceMs !== undefined) joins.push(LAST_SAVE);
  if (request.state !== undefined) where.push(`s.state = ${add(request.state)}`);
  if (request.online !== undefined) where.push(`coalesce(p.online, false) = ${add(request.online)}`);
  if (request.q !== undefined && request.q !== '') {
    const pattern = add(containing(request.q));
    where.push(`(u.name ilike ${pattern} or u.email ilike ${pattern} or u.external_id ilike ${pattern})`);
  }
  if (request.batchId !== undefined) where.push(`change_covers(jsonb_build_object('batchIds', jsonb_build_array(${add(request.batchId)}::text)), s.exam_id, s.student_id)`);
  if (request.hasIncidents !== undefined) where.push(`exists (select from observations o where o.session_id = s.id) = ${add(request.hasIncidents)}`);
  if (request.acknowledged !== undefined) where.push(`not (s.closed_at is null and coalesce(p.acknowledged_version, 0) < s.version) = ${add(request.acknowledged)}`);
  if (request.changedSinceMs !== undefined) {
    joins.push(LAST_COMMAND);
    where.push(`greatest(s.started_at, saved.last_at, command.last_at, p.acknowledged_at, p.last_seen_at + interval '${OFFLINE_AFTER}') >= to_timestamp(${add(request.changedSinceMs)}::bigint / 1000.0)`);
  }
  if (request.after !== undefined) {
    where.push(`(${key.expression}, s.id) ${request.descending ? '<' : '>'} (${add(request.after.value)}::${key.type}, ${add(request.after.id)}::uuid)`);
  }
  const direction = request.descending ? 'desc' : 'asc';
  const order = `order by ${key.expression} ${direction}, s.id ${direction}`;
  return {
    text: `select s.id, ${key.expression} as sort_value, row_number() over (${order}) as place
             from exam_sessions s join users u on u.id = s.student_id left join session_presence p on p.session_id = s.id ${joins.join(' ')}
            where ${where.join(' and ')} ${order} limit ${add(request.limit + 1)}`,
    values,
  };
}

function toMonitorRow(row: RawRow & { student_id: string }): MonitorRow {
  return {
    session: toSessionRow(row),
    student: { id: row.student_id, externalId: row.student_external_id, name: row.student_name },
    answered: row.answered,
    lastSavedAtMs: toMs(row.last_saved_at),
    lastSeenAtMs: toMs(row.last_seen_at),
    online: row.online,
    incidents: row.incidents,
    acknowledgedVersion: row.acknowledged_version,
    lastChange: row.change_at === null ? null : {
      kind: row.change_kind!, atMs: row.change_at.getTime(), reason: row.change_reason,
      actor: row.change_actor === null ? null : { id: row.change_actor, name: row.change_actor_name ?? '' },
    },
  };
}
