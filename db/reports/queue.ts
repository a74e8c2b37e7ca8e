import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { selectReportedScan } from '../plagiarism/scans.ts';
import { insertRun, RUN_COLUMNS, type RawRun, type RunRow, toRunRow } from '../runs/rows.ts';
import type { ReportAudience, ReportFile, ReportKind } from './rows.ts';

/** What the row of a report run says about its reports. */
export interface ReportParams {
  readonly report: ReportKind;
  readonly audience: ReportAudience;
  readonly locale: string;
  readonly timeZone: string | null;
  /** The report that is made anew. */
  readonly replaces?: string;
}

/** A wish for reports. */
export interface ReportRunRequest extends ReportParams {
  readonly runId: string;
  readonly examId: string;
  /** For reports about students; absent: every session that is closed and graded. */
  readonly sessionIds?: readonly string[] | undefined;
  /** For the report of a plagiarism scan; absent: the newest. */
  readonly scanId?: string | undefined;
  readonly origin: Origin;
}

/**
 * Queues a run: its row, its items, the wake-up for its workflow, audit.
 * @throws state-conflict for a draft, and where nothing is graded; validation-failed for sessions that are not graded or of another exam
 */
export async function queueReportRun(tx: Queryable, request: ReportRunRequest): Promise<RunRow> {
  const { runId, examId, sessionIds: _sessions, scanId: _scan, origin, ...params } = request;
  const { rows: exams } = await tx.query<{ lifecycle: string }>('select lifecycle from exams where id = $1', [examId]);
  if (exams[0]?.lifecycle === 'draft') throw new Refusal('state-conflict', 'The exam is a draft; there is nothing to report.');
  const itemIds = await itemsOf(tx, request);
  if (itemIds.length === 0) throw new Refusal('state-conflict', 'No session of this exam is graded yet.');
  return await queue(tx, runId, examId, { ...params }, itemIds, origin);
}

/** Queues a run that makes one report anew, under its id. */
export async function queueRegeneration(tx: Queryable, request: { readonly runId: string; readonly report: ReportFile; readonly origin: Origin }): Promise<RunRow> {
  const { runId, report, origin } = request;
  const params: ReportParams = { report: report.kind, audience: report.audience, locale: report.locale, timeZone: report.timeZone, replaces: report.id };
  return await queue(tx, runId, report.examId, params, [report.itemId], origin);
}

/** Queues a run that makes the report of one result for its student. */
export async function queueOwnReport(
  tx: Queryable, request: { readonly runId: string; readonly examId: string; readonly sessionId: string; readonly locale: string; readonly timeZone: string | null; readonly origin: Origin },
): Promise<void> {
  const { runId, examId, sessionId, locale, timeZone, origin } = request;
  await queue(tx, runId, examId, { report: 'student', audience: 'student', locale, timeZone }, [sessionId], origin);
}

async function queue(tx: Queryable, runId: string, examId: string, params: ReportParams, itemIds: readonly string[], origin: Origin): Promise<RunRow> {
  await insertRun(tx, { id: runId, kind: 'report', examId, params: { ...params }, createdBy: origin.actorId });
  const { rows } = await tx.query<RawRun>(
    `with items as (insert into run_items (run_id, shard, item_id) select $1, 0, id from unnest($2::uuid[]) as i (id) returning item_id)
     update runs set total = (select count(*) from items) where id = $1 returning ${RUN_COLUMNS}`,
    [runId, itemIds],
  );
  await insertAudit(tx, origin, { action: 'run.create', resourceType: 'run', resourceId: runId, examId, after: { kind: 'report', ...params, total: itemIds.length } });
  return toRunRow(rows[0]!);
}

// what one report is about: a session, a scan, or the exam itself
async function itemsOf(tx: Queryable, { examId, report, scanId, sessionIds }: ReportRunRequest): Promise<readonly string[]> {
  if (report === 'student') return await listGradedSessions(tx, examId, sessionIds);
  return [report === 'plagiarism' ? await selectReportedScan(tx, examId, scanId) : examId];
}

async function listGradedSessions(tx: Queryable, examId: string, wanted: readonly string[] | undefined): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select s.id from exam_sessions s join grades g on g.session_id = s.id and g.closed_version = s.closed_version
      where s.exam_id = $1 and s.closed_at is not null and ($2::uuid[] is null or s.id = any($2))`,
    [examId, wanted ?? null],
  );
  const found = new Set(rows.map((row) => row.id));
  const missing = (wanted ?? []).flatMap((id, index) => (found.has(id) ? [] : [{ pointer: `/sessionIds/${index}`, message: 'is no graded session of this exam' }]));
  if (missing.length > 0) throw new Refusal('validation-failed', 'Some sessions can not be reported.', { errors: missing });
  return [...found];
}
