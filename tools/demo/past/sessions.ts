import { randomUUID } from 'node:crypto';

import type { Queryable } from '#db/connection.ts';
import { auditView, hashArgs } from '#db/session/commands.ts';
import { sessionColumns, type SessionRow, toSessionRow } from '#db/session/rows.ts';
import { drawPaper } from '#domain/paper/draw.ts';
import { paperItems } from '#domain/paper/student-paper.ts';
import type { DrawnItem } from '#domain/paper/types.ts';

import type { DemoBank } from '../bank/bank.ts';
import type { Chance } from '../chance.ts';
import { idOf, instant, type PastEntry, type Trail } from '../rows.ts';
import { type Arrival, REASONS } from './class.ts';
import type { PastExam } from './exam.ts';
import { type Sitting, sit } from './sitting.ts';

/** A session of the past exam with everything that went on in it. */
export interface PastSession {
  readonly arrival: Arrival;
  readonly sitting: Sitting;
  readonly items: readonly DrawnItem[];
  /** As it stands after its end. */
  readonly row: SessionRow;
  /** When the extension was given; null without one. */
  readonly extendedAtMs: number | null;
}

interface Command {
  readonly sessionId: string;
  readonly kind: string;
  readonly atMs: number;
  readonly ms: number;
  readonly commandId: string | null;
  readonly argsHash: string;
  readonly actorId: string | null;
  readonly reason: string | null;
}

/** The row as `start_session` makes it, at another instant than now. $1 rows, $2 exam. */
const START = `
  insert into exam_sessions as s (id, exam_id, student_id, attempt, state, version, started_at, entitled_ms, duration_ms, time_multiplier,
    cap_at, deadline_at, grace_ms, cutoff_at, seed, change_no)
  select c.id, e.id, c.student_id, 1, 'active', 1, c.started_at, own.ms, own.plan_ms, own.multiplier,
    caps.cap_at, ends.deadline_at, e.grace_seconds * 1000, ends.deadline_at + e.grace_seconds * interval '1 second', c.seed, e.change_no
  from jsonb_to_recordset($1) as c(id uuid, student_id uuid, started_at timestamptz, seed bigint)
  join exams e on e.id = $2
  left join user_accommodations a on a.user_id = c.student_id
  cross join lateral (select coalesce(a.time_multiplier, 1) as multiplier, e.duration_minutes * 60000 as plan_ms,
    ceil((e.duration_minutes * coalesce(a.time_multiplier, 1) + coalesce(a.extra_minutes, 0)) * 60)::bigint * 1000 as ms) own
  cross join lateral (select session_cap(e.end_rule, e.closes_at, e.extended_ms, own.ms, own.plan_ms) as cap_at) caps
  cross join lateral (select session_deadline(c.started_at, own.ms, caps.cap_at, 0, 0) as deadline_at) ends
  returning ${sessionColumns('s')}`;

/** The commands of the product at instants of the past, without waking workflows. $1 commands. */
const COMMANDS = `
  select ${sessionColumns('t')}
  from jsonb_to_recordset($1) as c(session_id uuid, kind text, at timestamptz, ms bigint, command_id uuid, args_hash text, actor_id uuid, reason text)
  cross join lateral apply_session_change(array[c.session_id], c.kind, c.at, c.ms, false, c.command_id, c.args_hash, c.actor_id, c.reason, false) t`;

/** Starts every session, lets everybody work, and ends every session. */
export async function insertPastSessions(
  q: Queryable, exam: PastExam, present: readonly Arrival[], bank: DemoBank, chance: Chance, trail: Trail,
): Promise<PastSession[]> {
  const questions = new Map(bank.questions.map((question) => [question.id, question]));
  const started = await startAll(q, exam, present, chance);
  const extensions = present.flatMap((arrival, index) => (arrival.extension === null ? [] : [extend(arrival, started[index]!, exam)]));
  const extended = new Map((await runAll(q, extensions)).map((row) => [row.id, row]));
  const plans = present.map((arrival, index) => {
    const before = extended.get(started[index]!.id) ?? started[index]!;
    const items = paperItems(drawPaper(exam.content, before.seed));
    return { arrival, before, items, sitting: sit(arrival, before, items, (id) => questions.get(id)!, chance) };
  });
  const ends = plans.map(({ arrival, before, sitting }) => end(arrival, before, sitting, exam));
  const ended = new Map((await runAll(q, ends)).map((row) => [row.id, row]));
  const sessions = plans.map(({ arrival, before, items, sitting }): PastSession => ({
    arrival, items, sitting, row: ended.get(before.id)!, extendedAtMs: extensions.find((command) => command.sessionId === before.id)?.atMs ?? null,
  }));
  // they were told to students a week ago
  await q.query('delete from stream_events where exam_id = $1', [exam.id]);
  trail.push(
    ...started.map((row): PastEntry => ({
      ...about(row), atMs: row.startedAtMs, actorId: row.studentId, action: 'session.start',
      after: { attempt: 1, deadlineAt: instant(row.deadlineAtMs), entitledMs: row.entitledMs, extraMs: row.extraMs },
    })),
    ...extensions.map((command) => audited(command, started.find((row) => row.id === command.sessionId)!, extended.get(command.sessionId)!)),
    ...ends.map((command, index) => audited(command, plans[index]!.before, ended.get(command.sessionId)!)),
  );
  return sessions;
}

async function startAll(q: Queryable, exam: PastExam, present: readonly Arrival[], chance: Chance): Promise<SessionRow[]> {
  const wanted = present.map(({ student, startedAtMs }) => ({ id: idOf(startedAtMs), student_id: student.id, started_at: instant(startedAtMs), seed: chance.seed() }));
  const { rows } = await q.query(START, [JSON.stringify(wanted), exam.id]);
  const byId = new Map(rows.map(toSessionRow).map((row) => [row.id, row]));
  return wanted.map(({ id }) => byId.get(id)!);
}

async function runAll(q: Queryable, commands: readonly Command[]): Promise<SessionRow[]> {
  const { rows } = await q.query(COMMANDS, [JSON.stringify(commands.map((command) => ({
    session_id: command.sessionId, kind: command.kind, at: instant(command.atMs), ms: command.ms, command_id: command.commandId, args_hash: command.argsHash,
    actor_id: command.actorId, reason: command.reason,
  })))]);
  return rows.map(toSessionRow);
}

function extend({ extension }: Arrival, row: SessionRow, exam: PastExam): Command {
  const { seconds, afterMs, reason } = extension!;
  return {
    sessionId: row.id, kind: 'extend', atMs: row.startedAtMs + afterMs, ms: seconds * 1_000, commandId: randomUUID(),
    argsHash: hashArgs('extend', seconds, false, reason), actorId: exam.proctorIds[0]!, reason,
  };
}

function end({ fate }: Arrival, row: SessionRow, { endedAtMs }: Sitting, exam: PastExam): Command {
  const command = { sessionId: row.id, kind: fate, atMs: endedAtMs, ms: 0 };
  if (fate === 'expire') return { ...command, commandId: null, argsHash: '', actorId: null, reason: null };
  if (fate === 'submit') return { ...command, commandId: randomUUID(), argsHash: hashArgs('submit'), actorId: row.studentId, reason: null };
  const reason = REASONS[fate];
  return { ...command, commandId: randomUUID(), argsHash: hashArgs(fate, null, false, reason), actorId: exam.proctorIds[1]!, reason };
}

function audited(command: Command, before: SessionRow, after: SessionRow): PastEntry {
  const entry = { ...about(after), atMs: command.atMs, actorId: command.actorId, action: `session.${command.kind}`, reason: command.reason };
  if (command.commandId !== null) return { ...entry, before: auditView(before), after: { ...auditView(after), commandId: command.commandId } };
  const { state, closeReason, version, endedAtMs } = after;
  return { ...entry, after: { state, closeReason, version, endedAt: instant(endedAtMs!) } };
}

function about({ id, examId }: SessionRow): Pick<PastEntry, 'resourceType' | 'resourceId' | 'examId' | 'sessionId'> {
  return { resourceType: 'session', resourceId: id, examId, sessionId: id };
}
