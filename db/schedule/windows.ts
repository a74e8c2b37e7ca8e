import { Refusal } from '#domain/problem.ts';

import type { Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { hashArgs } from '../session/commands.ts';
import { toMs } from '../session/rows.ts';
import type { WorkflowRun } from '../session/workflow-rows.ts';
import { recordChange, runPass, selectRecordedChange, selectResult, type TimeChangeResult } from './bulk.ts';
import { lockExam } from './lock.ts';
import { lockExamTimes, updateWindow } from './window-row.ts';

/** A new window: wall times as they were typed, with the instants they were resolved to. */
export interface WindowMove {
  readonly examId: string;
  readonly commandId: string;
  readonly localStart: string;
  readonly localEnd: string;
  readonly timeZone: string;
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  readonly reason: string;
  readonly origin: Origin;
}

/**
 * Moves the window of an exam in the caller's transaction, and with it the cap and the deadline of every open session that the window
 * ends; rows that somebody holds follow by `continueTimeChanges`. A deadline is never moved behind the clock. What exam-wide extensions
 * added stays added: the new end is the end including them.
 * @throws Refusal `not-found`, `state-conflict` (cancelled or archived), `validation-failed`, `idempotency-key-reused`
 */
export async function moveWindow(tx: Queryable, move: WindowMove): Promise<TimeChangeResult> {
  await lockExam(tx, move.examId, 'exclusive');
  const { examId, commandId, reason, origin } = move;
  const argsHash = hashArgs('window', examId, move.localStart, move.localEnd, move.timeZone, move.opensAtMs, move.closesAtMs, reason);
  const recorded = await selectRecordedChange(tx, { commandId, argsHash, actorId: origin.actorId });
  if (recorded !== undefined) return recorded;

  const exam = await lockExamTimes(tx, examId);
  if (exam === undefined) throw new Refusal('not-found', 'There is no such exam.');
  if (exam.cancelledAtMs !== null || exam.lifecycle === 'archived') throw new Refusal('state-conflict', 'The exam is over for good.');
  if (move.closesAtMs <= move.opensAtMs) {
    throw new Refusal('validation-failed', 'The window ends before it begins.', { errors: [{ pointer: '/localEnd', message: 'has to be after localStart' }] });
  }
  const scope = { all: true } as const;
  await recordChange(tx, { commandId, examId, kind: 'window', args: {}, argsHash, scope, reason, origin });
  await updateWindow(
    tx,
    exam,
    { opensAtMs: move.opensAtMs, closesAtMs: move.closesAtMs, local: { start: move.localStart, end: move.localEnd, timeZone: move.timeZone } },
    { kind: 'window', commandId, reason, origin },
  );
  await runPass(tx, commandId);
  return selectResult(tx, commandId);
}

/** A milestone that was reached or left out. */
export interface ReachedMilestone {
  readonly key: string;
  readonly scheduleVersion: number;
  readonly dueAtMs: number;
  readonly outcome: 'done' | 'skipped';
}

/** Everything that the milestones of a window are computed from. */
export interface WindowPlan {
  readonly examId: string;
  readonly lifecycle: 'draft' | 'published' | 'archived';
  readonly scheduleVersion: number;
  /** The database clock when the row was read. */
  readonly nowMs: number;
  readonly opensAtMs: number | null;
  readonly closesAtMs: number | null;
  readonly lateEntryMinutes: number | null;
  readonly cancelledAtMs: number | null;
  readonly resultsPublishedAtMs: number | null;
  /** `release` and `releaseAt` of the results setting, as stored. */
  readonly release: string;
  readonly releaseAtMs: number | null;
  readonly openSessions: number;
  /** When the last open session is due: cutoff, or the limit of its pause; null when none is open. */
  readonly lastDueAtMs: number | null;
  /** The last cutoff that an assigned student who can still start could get, with accommodations and standing extensions; null when nobody can. */
  readonly lastPossibleCutoffMs: number | null;
  /** When the certificate was stored. */
  readonly closedOutAtMs: number | null;
  readonly reached: readonly ReachedMilestone[];
}

/**
 * Reads the plan of a window.
 * @throws Refusal `not-found`
 */
export async function selectWindowPlan(q: Queryable, examId: string): Promise<WindowPlan> {
  const { rows } = await q.query<{
    lifecycle: WindowPlan['lifecycle']; schedule_version: number; now: Date; opens_at: Date | null; closes_at: Date | null;
    late_entry_minutes: number | null; cancelled_at: Date | null; results_published_at: Date | null; release: string; release_at: Date | null;
    open_sessions: number; last_due_at: Date | null; last_possible_at: Date | null; closed_out_at: Date | null; reached: ReachedMilestone[];
  }>(
    `select e.lifecycle, e.schedule_version, holdfast_now() as now, e.opens_at, e.closes_at, e.late_entry_minutes, e.cancelled_at, e.results_published_at,
       coalesce(e.results ->> 'release', 'manual') as release, (e.results ->> 'releaseAt')::timestamptz as release_at,
       o.open_sessions, o.last_due_at, last_possible_cutoff(e.id) as last_possible_at, (select c.closed_at from close_outs c where c.exam_id = e.id) as closed_out_at,
       coalesce((select jsonb_agg(jsonb_build_object('key', m.key, 'scheduleVersion', m.schedule_version, 'dueAtMs', instant_ms(m.due_at),
         'outcome', m.outcome) order by m.due_at, m.key) from exam_milestones m where m.exam_id = e.id), '[]') as reached
     from exams e cross join lateral (
       select count(*) as open_sessions, max(case s.state when 'paused' then s.pause_limit_at else s.cutoff_at end) as last_due_at
       from exam_sessions s where s.exam_id = e.id and s.closed_at is null
     ) o where e.id = $1 and e.deleted_at is null`,
    [examId],
  );
  const row = rows[0];
  if (row === undefined) throw new Refusal('not-found', 'There is no such exam.');
  return {
    examId,
    lifecycle: row.lifecycle,
    scheduleVersion: row.schedule_version,
    nowMs: row.now.getTime(),
    opensAtMs: toMs(row.opens_at),
    closesAtMs: toMs(row.closes_at),
    lateEntryMinutes: row.late_entry_minutes,
    cancelledAtMs: toMs(row.cancelled_at),
    resultsPublishedAtMs: toMs(row.results_published_at),
    release: row.release,
    releaseAtMs: toMs(row.release_at),
    openSessions: row.open_sessions,
    lastDueAtMs: toMs(row.last_due_at),
    lastPossibleCutoffMs: toMs(row.last_possible_at),
    closedOutAtMs: toMs(row.closed_out_at),
    reached: row.reached,
  };
}

/**
 * Records that a milestone was reached, or left out because it was too late for it; once for each (exam, key, schedule version).
 * @returns true for the call that recorded it: do the work in the same transaction
 */
export async function recordMilestone(tx: Queryable, examId: string, milestone: ReachedMilestone): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into exam_milestones (exam_id, key, schedule_version, due_at, outcome)
     values ($1, $2, $3, to_timestamp($4::numeric / 1000.0), $5) on conflict do nothing`,
    [examId, milestone.key, milestone.scheduleVersion, milestone.dueAtMs, milestone.outcome],
  );
  return rowCount === 1;
}

/** Records which run of which Temporal store has seen the schedule, and answers the plan it has seen. */
export async function loadWindowForWorkflow(q: Queryable, asked: WorkflowRun & { examId: string }): Promise<WindowPlan> {
  const plan = await selectWindowPlan(q, asked.examId);
  await noteWindowWorkflow(q, asked, plan.scheduleVersion, false);
  return plan;
}

/**
 * Records that the workflow of a window is complete, if the schedule is still at the version it worked on; otherwise nothing is
 * recorded and the workflow has to go on with the plan that comes back.
 */
export async function completeWindowWorkflow(q: Queryable, asked: WorkflowRun & { examId: string; version: number }): Promise<WindowPlan> {
  await noteWindowWorkflow(q, asked, asked.version, true);
  return selectWindowPlan(q, asked.examId);
}

async function noteWindowWorkflow(q: Queryable, asked: WorkflowRun & { examId: string }, version: number, isComplete: boolean): Promise<void> {
  await q.query(
    `insert into window_workflows (exam_id, namespace_id, run_id, seen_version, seen_at, completed_at)
     select e.id, $2, $3, $4, n, case when $5 then n end from exams e cross join (select holdfast_now() as n) clock
     where e.id = $1 and (not $5 or e.schedule_version = $4)
     on conflict (exam_id) do update set namespace_id = excluded.namespace_id, run_id = excluded.run_id, seen_version = excluded.seen_version,
       seen_at = excluded.seen_at, completed_at = excluded.completed_at`,
    [asked.examId, asked.namespaceId, asked.runId, version, isComplete],
  );
}
