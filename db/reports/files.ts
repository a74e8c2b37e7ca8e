import { Refusal } from '#domain/problem.ts';
import { v7 as uuidv7 } from 'uuid';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import type { ResultGate } from '../grading/gate.ts';
import { containing, type Page, type Position } from '../keyset.ts';
import { type RawReport, REPORT_COLUMNS, REPORT_SOURCE, type ReportFile, type ReportKind, toReportFile } from './rows.ts';

/** A report whose bytes are in place. */
export interface NewReport extends Pick<ReportFile, 'itemId' | 'examId' | 'kind' | 'audience' | 'sessionId' | 'locale' | 'timeZone' | 'fileName' | 'sha256' | 'sizeBytes' | 'pages' | 'standard'> {
  readonly runId: string;
  /** What of the result it shows; null where it shows none to a student. */
  readonly basis: ReportBasis | null;
  readonly createdBy: string | null;
  /** The report that this one takes the place of. */
  readonly replaces: string | null;
}

/** What a report for a student was made of: it may go out only while this is what the student may see. */
export interface ReportBasis {
  readonly visibility: ResultGate['visibility'];
  /** It tells how the class did, if enough results count. */
  readonly withClass: boolean;
  readonly grade: ResultGate['grade'];
  readonly version: number;
}

/**
 * What a report for a student is made of now. The class waits until the results of the whole exam are out: a report that is made
 * before has it, and goes out with them; one of an exam that answers at once has it from then on.
 */
export function basisOf({ allOut, grade, open, visibility }: ResultGate, version: number): ReportBasis {
  return { visibility, withClass: visibility.distribution && (allOut || !open), grade, version };
}

/** Notes a report; of one item of a run, or in the place of another, the last one counts. */
export async function saveReport(tx: Queryable, report: NewReport): Promise<void> {
  const values = [
    report.kind, report.audience, report.locale, report.timeZone, report.fileName, report.sha256, report.sizeBytes, report.pages, report.standard,
    JSON.stringify(report.basis ?? {}),
  ];
  const until = `holdfast_now() + (select report_days from institution) * interval '1 day'`;
  if (report.replaces !== null) {
    await tx.query(
      `update report_files set kind = $1, audience = $2, locale = $3, time_zone = $4, file_name = $5, sha256 = $6, size_bytes = $7, pages = $8, standard = $9,
              basis = $10, created_at = holdfast_now(), expires_at = ${until} where id = $11`,
      [...values, report.replaces],
    );
    return;
  }
  await tx.query(
    `insert into report_files (kind, audience, locale, time_zone, file_name, sha256, size_bytes, pages, standard, basis, id, run_id, item_id, exam_id, session_id, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, ${until})
     on conflict (run_id, item_id) do update set file_name = excluded.file_name, sha256 = excluded.sha256, size_bytes = excluded.size_bytes, pages = excluded.pages,
       standard = excluded.standard, basis = excluded.basis, created_at = holdfast_now(), expires_at = excluded.expires_at`,
    [...values, uuidv7(), report.runId, report.itemId, report.examId, report.sessionId, report.createdBy],
  );
}

/** Reads one page of the reports of an exam, newest first. */
export async function listReports(
  q: Queryable, request: { examId: string; kind?: ReportKind | undefined; runId?: string | undefined; /** In name or number. */ q?: string | undefined; after: Position | undefined; limit: number },
): Promise<Page<ReportFile>> {
  const { rows } = await q.query<RawReport>(
    `select ${REPORT_COLUMNS} from ${REPORT_SOURCE}
      where f.exam_id = $1 and ($2::text is null or f.kind = $2) and ($3::uuid is null or f.run_id = $3) and f.expires_at > holdfast_now()
        and ($4::bigint is null or (instant_ms(f.created_at), f.id) < ($4, $5::uuid))
        and ($7::text is null or u.name ilike $7 or u.external_id ilike $7)
      order by instant_ms(f.created_at) desc, f.id desc limit $6`,
    [request.examId, request.kind ?? null, request.runId ?? null, request.after?.value ?? null, request.after?.id ?? null, request.limit + 1, request.q ? containing(request.q) : null],
  );
  const kept = rows.slice(0, request.limit).map(toReportFile);
  const last = kept.at(-1);
  return { items: kept, next: rows.length > request.limit && last !== undefined ? { value: last.createdAtMs, id: last.id } : null };
}

/** Every report of a run, by file name. */
export async function listReportsOfRun(q: Queryable, runId: string): Promise<ReportFile[]> {
  const { rows } = await q.query<RawReport>(`select ${REPORT_COLUMNS} from ${REPORT_SOURCE} where f.run_id = $1 and f.expires_at > holdfast_now() order by f.file_name, f.id`, [runId]);
  return rows.map(toReportFile);
}

/** @throws not-found */
export async function selectReport(q: Queryable, id: string): Promise<ReportFile> {
  const { rows } = await q.query<RawReport>(`select ${REPORT_COLUMNS} from ${REPORT_SOURCE} where f.id = $1 and f.expires_at > holdfast_now()`, [id]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such report.');
  return toReportFile(rows[0]);
}

/** The newest report of a session for its student that shows what the student may see now, and no more; undefined without one. @param locale undefined: any */
export async function selectStudentReport(q: Queryable, sessionId: string, basis: ReportBasis, locale?: string): Promise<ReportFile | undefined> {
  const { rows } = await q.query<RawReport>(
    `select ${REPORT_COLUMNS} from ${REPORT_SOURCE}
      where f.session_id = $1 and f.kind = 'student' and f.audience = 'student' and f.expires_at > holdfast_now() and f.basis = $2::jsonb
        and ($3::text is null or f.locale = $3)
      order by f.created_at desc limit 1`,
    [sessionId, JSON.stringify(basis), locale ?? null],
  );
  return rows[0] === undefined ? undefined : toReportFile(rows[0]);
}

/** Takes a report away; its bytes follow when no other report has the same. */
export async function deleteReport(tx: Queryable, report: ReportFile, origin: Origin): Promise<void> {
  await tx.query('delete from report_files where id = $1', [report.id]);
  await insertAudit(tx, origin, {
    action: 'report.delete', resourceType: 'report', resourceId: report.id, examId: report.examId, sessionId: report.sessionId, before: { kind: report.kind, sha256: report.sha256 },
  });
}

/** Which of these bytes belong to a report. */
export async function listKnownHashes(q: Queryable, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await q.query<{ sha256: string }>('select distinct sha256 from report_files where sha256 = any($1::text[])', [hashes]);
  return new Set(rows.map((row) => row.sha256));
}

/** Removes the reports that were kept long enough. */
export async function pruneReports(q: Queryable): Promise<void> {
  await q.query('delete from report_files where expires_at <= (select holdfast_now())');
}
