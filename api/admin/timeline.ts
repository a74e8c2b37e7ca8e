import type { AuditRow } from '#db/admin/audit.ts';
import type { CommandStep, MilestoneStep } from '#db/admin/workflows.ts';

import type { HistoryStep } from './history.ts';

/** One step of the story of a workflow and of the row that it follows. */
export interface TimelineStep {
  readonly atMs: number;
  readonly source: 'workflow' | 'row' | 'command' | 'audit';
  readonly text: string;
  readonly actor: { readonly id: string; readonly name: string | null } | null;
  readonly reason: string | null;
}

const COMMANDS: Readonly<Record<string, string>> = {
  submit: 'The session was handed in.',
  pause: 'The session was paused.',
  resume: 'The session was resumed.',
  extend: 'The session was extended.',
  shorten: 'The session was shortened.',
  credit: 'Lost time was given back.',
  window: 'The deadline followed the moved window.',
  terminate: 'The session was terminated.',
  withdraw: 'The student was withdrawn.',
  cancel: 'The session ended because the exam was cancelled.',
  end: 'The session was ended with the exam.',
  expire: 'The database closed the session.',
  reopen: 'The session was opened again.',
};

/** Where two steps have the same instant, what was decided comes before what followed. */
const ORDER: Readonly<Record<TimelineStep['source'], number>> = { audit: 0, command: 1, row: 2, workflow: 3 };

/** The commands to a session; what the clock or the platform did is told of the row. */
export function tellCommands(commands: readonly CommandStep[]): TimelineStep[] {
  return commands.map((command) => ({
    atMs: command.atMs,
    source: command.actorId === null ? 'row' : 'command',
    text: `${COMMANDS[command.kind] ?? `The session was changed (${command.kind}).`} Version ${command.version}.`,
    actor: actorOf(command.actorId, command.actorName),
    reason: command.reason,
  }));
}

/** What the audit log adds: everything that is not told as a command already. */
export function tellAudit(rows: readonly AuditRow[], commands: readonly CommandStep[]): TimelineStep[] {
  const told = new Set(commands.map((command) => command.commandId));
  const rest = rows.filter((row) => row.action !== 'session.expire' && !told.has(commandIdOf(row)));
  return rest.map((row) => ({
    atMs: row.atMs,
    source: row.actorId === null ? 'row' : 'audit',
    text: tellAction(row.action),
    actor: actorOf(row.actorId, row.actorName),
    reason: row.reason,
  }));
}

/** What the window of an exam went through. */
export function tellMilestones(milestones: readonly MilestoneStep[]): TimelineStep[] {
  return milestones.map(({ key, outcome, atMs }) => ({
    atMs,
    source: 'row',
    text: outcome === 'done' ? `The milestone "${key}" was reached.` : `The milestone "${key}" was passed over: its time was long over.`,
    actor: null,
    reason: null,
  }));
}

/** What Temporal tells. */
export function tellWorkflow(steps: readonly HistoryStep[]): TimelineStep[] {
  return steps.map(({ atMs, text }) => ({ atMs, source: 'workflow', text, actor: null, reason: null }));
}

/** Puts everything into one story. */
export function mergeSteps(...groups: readonly (readonly TimelineStep[])[]): TimelineStep[] {
  return groups.flat().sort((a, b) => a.atMs - b.atMs || ORDER[a.source] - ORDER[b.source]);
}

const ACTIONS: Readonly<Record<string, string>> = {
  'session.start': 'The student started.',
  'session.grade': 'The session was graded.',
  'session.left-paused': 'Staff were told that the session is on hold for long.',
  'session.message': 'A message was sent to the student.',
  'session.result-withhold': 'The result was withheld.',
  'session.result-release': 'The result was released.',
  'exam.publish': 'The exam was published.',
  'exam.window': 'The window was moved.',
  'exam.message': 'A message was sent to the exam.',
  'exam.results-publish': 'The results were published.',
  'exam.results-unpublish': 'The results were taken back.',
  'mark.set': 'A mark was given by hand.',
  'run.create': 'The run was asked for.',
  'workflow.nudge': 'Somebody asked for a fresh look.',
};

function tellAction(action: string): string {
  return ACTIONS[action] ?? `Noted in the audit log: ${action}.`;
}

function commandIdOf(row: AuditRow): string {
  const after = row.after as { commandId?: unknown } | null;
  return typeof after?.commandId === 'string' ? after.commandId : '';
}

function actorOf(id: string | null, name: string | null): TimelineStep['actor'] {
  return id === null ? null : { id, name };
}
