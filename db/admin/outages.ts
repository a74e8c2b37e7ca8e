import type { Queryable } from '../connection.ts';

/** A time in which the platform did not beat, as it noticed itself. */
export interface Outage {
  readonly id: number;
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  readonly detail: string;
}

/** Reads one page of outages, newest first. */
export async function listOutages(q: Queryable, request: { beforeId: number | undefined; limit: number }): Promise<{ items: Outage[]; more: boolean }> {
  const { rows } = await q.query<{ id: number; began_at: Date; ended_at: Date; detail: string }>(
    'select id, began_at, ended_at, detail from outages where $1::bigint is null or id < $1 order by id desc limit $2',
    [request.beforeId ?? null, request.limit + 1],
  );
  return {
    items: rows.slice(0, request.limit).map((row) => ({ id: row.id, beganAtMs: row.began_at.getTime(), endedAtMs: row.ended_at.getTime(), detail: row.detail })),
    more: rows.length > request.limit,
  };
}

/** Reads the outages between the opening of an exam and its end for the last student, newest first. */
export async function listExamOutages(q: Queryable, examId: string, limit: number): Promise<Outage[]> {
  const { rows } = await q.query<{ id: number; began_at: Date; ended_at: Date; detail: string }>(
    `select o.id, o.began_at, o.ended_at, o.detail from exams e join outages o on o.ended_at > e.opens_at
        and o.began_at < greatest(e.closes_at, (select max(coalesce(s.closed_at, holdfast_now())) from exam_sessions s where s.exam_id = e.id))
      where e.id = $1 order by o.id desc limit $2`,
    [examId, limit],
  );
  return rows.map((row) => ({ id: row.id, beganAtMs: row.began_at.getTime(), endedAtMs: row.ended_at.getTime(), detail: row.detail }));
}
