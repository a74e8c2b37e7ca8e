import type { Assignment, MonitorRow, Student } from './types.ts';

/** A text as it is searched for: lower case, without accents. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase();
}

/** A line of the monitor from a session. */
export function studentOfRow(row: MonitorRow, batchId: string | null): Student {
  const change = row.lastChange;
  return {
    key: row.id,
    sessionId: row.id,
    studentId: row.student.id,
    name: row.student.name,
    externalId: row.student.externalId,
    batchId,
    attempt: row.attempt,
    state: row.state,
    startedAtMs: Date.parse(row.startedAt),
    deadlineAtMs: ms(row.deadlineAt),
    remainingMs: row.remainingMs,
    pausedAtMs: ms(row.pausedAt),
    closedAtMs: ms(row.closedAt),
    closeReason: row.closeReason,
    version: row.version,
    acknowledgedVersion: row.acknowledgedVersion,
    answered: row.answered,
    total: row.total,
    lastSavedAtMs: ms(row.lastSavedAt),
    online: row.online,
    offlineSinceMs: row.online ? null : (ms(row.lastSeenAt) ?? Date.parse(row.startedAt)),
    incidents: row.incidents,
    multiplier: row.timeMultiplier,
    entitledMs: row.entitledMs,
    lastChange: change === null ? null : { kind: change.kind, atMs: Date.parse(change.at), reason: change.reason, actor: change.actor },
    searchText: fold(`${row.student.name} ${row.student.externalId ?? ''}`),
  };
}

/** A line of the monitor for somebody who has not started. */
export function studentOfAssignment(assigned: Assignment): Student {
  return {
    key: assigned.studentId,
    sessionId: null,
    studentId: assigned.studentId,
    name: assigned.name,
    externalId: assigned.externalId,
    batchId: assigned.batchId,
    attempt: 0,
    state: 'absent',
    startedAtMs: null,
    deadlineAtMs: null,
    remainingMs: 0,
    pausedAtMs: null,
    closedAtMs: null,
    closeReason: null,
    version: 0,
    acknowledgedVersion: 0,
    answered: 0,
    total: 0,
    lastSavedAtMs: null,
    online: false,
    offlineSinceMs: null,
    incidents: 0,
    multiplier: undefined,
    entitledMs: undefined,
    lastChange: null,
    searchText: fold(`${assigned.name} ${assigned.externalId ?? ''}`),
  };
}

/** A name as it fits into a title or a button. */
export function shortName(name: string): string {
  const letters = [...name];
  return letters.length <= LONGEST_NAME ? name : `${letters.slice(0, LONGEST_NAME - 1).join('').trimEnd()}…`;
}

const LONGEST_NAME = 48;

/** Whether the session is still being sat. */
export function isOpen(student: Pick<Student, 'state'>): boolean {
  return student.state === 'active' || student.state === 'paused';
}

/** Being sat without a connection. */
export function isOffline(student: Pick<Student, 'state' | 'online'>): boolean {
  return isOpen(student) && !student.online;
}

/** Being sat by a page that has not shown the newest change yet. */
export function isBehind(student: Pick<Student, 'state' | 'version' | 'acknowledgedVersion'>): boolean {
  return isOpen(student) && student.acknowledgedVersion < student.version;
}

/** With a multiplier of their own. */
export function hasExtraTime(student: Pick<Student, 'multiplier'>): boolean {
  return student.multiplier !== undefined && Number(student.multiplier) !== 1;
}

/** What is left on the clock of a student; null where none runs or stands. */
export function leftMs(student: Pick<Student, 'state' | 'deadlineAtMs' | 'remainingMs'>, nowMs: number): number | null {
  if (student.state === 'paused') return student.remainingMs;
  return student.state === 'active' && student.deadlineAtMs !== null ? Math.max(0, student.deadlineAtMs - nowMs) : null;
}

function ms(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}
