import type { Queryable } from '../connection.ts';
import type { Page, Position } from '../keyset.ts';
import { RUN_COLUMNS, type RawRun, type RunRow, toRunRow } from '../runs/rows.ts';

/** A report that a run could not make. */
export interface ReportFailure {
  /** Null: of the exam. */
  readonly sessionId: string | null;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string } | null;
  readonly reason: string;
}

/** Reads one page of the report runs of an exam, newest first, without those of students who asked for their own. */
export async function listReportRuns(q: Queryable, request: { readonly examId: string; readonly after: Position | undefined; readonly limit: number }): Promise<Page<RunRow>> {
  const { rows } = await q.query<RawRun>(
    `select ${RUN_COLUMNS} from runs r
      where r.exam_id = $1 and r.kind = 'report' and ($2::bigint is null or (instant_ms(r.created_at), r.id) < ($2, $3::uuid))
        and not exists (select from exam_sessions s where s.exam_id = r.exam_id and s.student_id = r.created_by)
      order by instant_ms(r.created_at) desc, r.id desc limit $4`,
    [request.examId, request.after?.value ?? null, request.after?.id ?? null, request.limit + 1],
  );
  const kept = rows.slice(0, request.limit).map(toRunRow);
  const last = kept.at(-1);
  return { items: kept, next: rows.length > request.limit && last !== undefined ? { value: last.createdAtMs, id: last.id } : null };
}

/** The reports that a run could not make, by name. */
export async function listReportFailures(q: Queryable, runId: string, limit: number): Promise<ReportFailure[]> {
  const { rows } = await q.query<{ session_id: string | null; student_id: string | null; external_id: string | null; name: string | null; error: string | null }>(
    `select s.id as session_id, u.id as student_id, u.external_id, u.name, i.error
       from run_items i left join exam_sessions s on s.id = i.item_id left join users u on u.id = s.student_id
      where i.run_id = $1 and i.state = 'failed' order by u.name, i.item_id limit $2`,
    [runId, limit],
  );
  return rows.map((row) => ({
    sessionId: row.session_id, student: row.student_id === null ? null : { id: row.student_id, externalId: row.external_id, name: row.name! }, reason: row.error ?? '',
  }));
}
