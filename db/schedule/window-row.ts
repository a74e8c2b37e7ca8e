import type { Origin } from '../audit.ts';
import { insertAudit } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { insertOutbox } from '../outbox.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** The row of an exam as far as its time goes; instants are epoch milliseconds. */
export interface ExamTimes {
  readonly id: string;
  readonly lifecycle: 'draft' | 'published' | 'archived';
  readonly opensAtMs: number | null;
  readonly closesAtMs: number | null;
  readonly localStart: string | null;
  readonly localEnd: string | null;
  readonly timeZone: string | null;
  readonly endRule: 'window' | 'duration';
  readonly cancelledAtMs: number | null;
  /** How far exam-wide extensions moved the end; caps are computed from the end before them. */
  readonly extendedMs: number;
  readonly scheduleVersion: number;
  readonly changeNo: number;
  readonly resultsOut: boolean;
}

interface RawExamTimes {
  id: string;
  lifecycle: ExamTimes['lifecycle'];
  opens_at: Date | null;
  closes_at: Date | null;
  local_start: string | null;
  local_end: string | null;
  time_zone: string | null;
  end_rule: ExamTimes['endRule'];
  cancelled_at: Date | null;
  extended_ms: number;
  schedule_version: number;
  change_no: number;
  results_out: boolean;
}

const COLUMNS = `id, lifecycle, opens_at, closes_at, local_start, local_end, time_zone, end_rule, cancelled_at, extended_ms, schedule_version, change_no,
  results_are_out(id) as results_out`;

function toExamTimes(row: RawExamTimes): ExamTimes {
  return {
    id: row.id,
    lifecycle: row.lifecycle,
    opensAtMs: row.opens_at?.getTime() ?? null,
    closesAtMs: row.closes_at?.getTime() ?? null,
    localStart: row.local_start,
    localEnd: row.local_end,
    timeZone: row.time_zone,
    endRule: row.end_rule,
    cancelledAtMs: row.cancelled_at?.getTime() ?? null,
    extendedMs: row.extended_ms,
    scheduleVersion: row.schedule_version,
    changeNo: row.change_no,
    resultsOut: row.results_out,
  };
}

/** Locks the row of an exam and reads its times; take the exam lock first. Undefined for an exam that does not exist. */
export async function lockExamTimes(tx: Queryable, examId: string): Promise<ExamTimes | undefined> {
  const { rows } = await tx.query<RawExamTimes>(`select ${COLUMNS} from exams where id = $1 and deleted_at is null for no key update`, [examId]);
  return rows[0] === undefined ? undefined : toExamTimes(rows[0]);
}

/** What changes in the row; what is left out stays. */
export interface WindowUpdate {
  readonly opensAtMs?: number;
  readonly closesAtMs?: number;
  readonly extendedMs?: number;
  readonly cancelledAtMs?: number;
  /** Wall times as they were typed; where they are missing a moved instant is written in the zone of the exam. */
  readonly local?: { readonly start: string; readonly end: string; readonly timeZone: string };
}

/** What the event and the audit log say about the move. */
export interface WindowReason {
  readonly kind: string;
  readonly commandId: string;
  readonly reason: string;
  readonly origin: Origin;
}

/**
 * Moves the window: row, exam-wide event `window-changed`, outbox row for the window workflow and audit in the caller's transaction.
 * @returns the row after it
 */
export async function updateWindow(tx: Queryable, exam: ExamTimes, update: WindowUpdate, why: WindowReason): Promise<ExamTimes> {
  const { rows } = await tx.query<RawExamTimes>(
    `with wanted as (
       select to_timestamp($2::numeric / 1000.0) as opens_at, to_timestamp($3::numeric / 1000.0) as closes_at
     )
     update exams e set
       opens_at = coalesce(w.opens_at, e.opens_at),
       closes_at = coalesce(w.closes_at, e.closes_at),
       extended_ms = coalesce($4, e.extended_ms),
       cancelled_at = coalesce(to_timestamp($5::numeric / 1000.0), e.cancelled_at),
       time_zone = coalesce($8, e.time_zone),
       local_start = coalesce($6, local_time_text(w.opens_at, e.time_zone), e.local_start),
       local_end = coalesce($7, local_time_text(w.closes_at, e.time_zone), e.local_end),
       schedule_version = e.schedule_version + 1, version = e.version + 1, updated_at = holdfast_now()
     from wanted w where e.id = $1
     returning ${COLUMNS.replaceAll(/\b(id|opens_at|closes_at)\b/g, 'e.$1')}`,
    [
      exam.id, update.opensAtMs ?? null, update.closesAtMs ?? null, update.extendedMs ?? null, update.cancelledAtMs ?? null,
      update.local?.start ?? null, update.local?.end ?? null, update.local?.timeZone ?? null,
    ],
  );
  const moved = toExamTimes(rows[0] as RawExamTimes);
  await insertStreamEvent(tx, {
    examId: exam.id,
    kind: 'window-changed',
    data: { ...windowView(moved), opensAtBefore: toText(exam.opensAtMs), closesAtBefore: toText(exam.closesAtMs), scheduleVersion: moved.scheduleVersion, kind: why.kind, reason: why.reason, commandId: why.commandId },
  });
  if (moved.lifecycle === 'published') {
    await insertOutbox(tx, 'window', exam.id, moved.scheduleVersion, { kind: why.kind, commandId: why.commandId });
  }
  await insertAudit(tx, why.origin, {
    action: 'exam.window',
    resourceType: 'exam',
    resourceId: exam.id,
    examId: exam.id,
    reason: why.reason,
    before: windowView(exam),
    after: { ...windowView(moved), kind: why.kind, commandId: why.commandId },
  });
  return moved;
}

function windowView(exam: ExamTimes): Record<string, unknown> {
  return {
    opensAt: toText(exam.opensAtMs),
    closesAt: toText(exam.closesAtMs),
    localStart: exam.localStart,
    localEnd: exam.localEnd,
    timeZone: exam.timeZone,
    cancelledAt: toText(exam.cancelledAtMs),
  };
}

function toText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
