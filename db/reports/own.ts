import type { ResultGate } from '../grading/gate.ts';
import type { Queryable } from '../connection.ts';
import type { Origin } from '../audit.ts';
import { lockSession } from '../session/rows.ts';
import { basisOf, selectStudentReport } from './files.ts';
import { queueOwnReport } from './queue.ts';
import type { ReportFile } from './rows.ts';
import { listReportSubjects } from './source.ts';

/** Where the report of an own result stands. `none`: nobody asked, or what it would show has changed since. */
export type OwnReport =
  | { readonly state: 'none' | 'making' | 'failed'; readonly report: null }
  | { readonly state: 'ready'; readonly report: ReportFile };

/** A released result whose student asks for its report. */
export interface OwnReportQuery {
  readonly session: { readonly id: string; readonly examId: string; readonly studentId: string };
  /** Open: whoever calls has asked it. */
  readonly gate: ResultGate;
  /** Undefined: any. */
  readonly locale: string | undefined;
}

/** Reads where the report of a released result stands. */
export async function selectOwnReport(q: Queryable, { session, gate, locale }: OwnReportQuery): Promise<OwnReport> {
  const [subject] = await listReportSubjects(q, [session.id]);
  const report = await selectStudentReport(q, session.id, basisOf(gate, subject!.version), locale);
  if (report !== undefined) return { state: 'ready', report };
  const { rows } = await q.query<{ over: boolean; item: string }>(
    `select r.state in ('completed', 'failed', 'cancelled') as over, i.state as item from runs r join run_items i on i.run_id = r.id and i.item_id = $2
      where r.exam_id = $1 and r.kind = 'report' and r.created_by = $3 and ($4::text is null or r.params ->> 'locale' = $4)
      order by r.created_at desc limit 1`,
    [session.examId, session.id, session.studentId, locale ?? null],
  );
  const [asked] = rows;
  if (asked?.item === 'failed') return { state: 'failed', report: null };
  return { state: asked !== undefined && !asked.over && asked.item === 'pending' ? 'making' : 'none', report: null };
}

/** Has the report of a released result made, unless it is there or being made already. */
export async function askForOwnReport(
  tx: Queryable, given: OwnReportQuery & { readonly locale: string; readonly runId: string; readonly timeZone: string | null; readonly origin: Origin },
): Promise<OwnReport> {
  // two tabs that ask at once give one report
  await lockSession(tx, given.session.id);
  const found = await selectOwnReport(tx, given);
  if (found.state === 'ready' || found.state === 'making') return found;
  const { runId, locale, timeZone, origin, session } = given;
  await queueOwnReport(tx, { runId, examId: session.examId, sessionId: session.id, locale, timeZone, origin });
  return { state: 'making', report: null };
}
