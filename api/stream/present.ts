import { STAFF_ONLY_KINDS } from '#db/stream-events.ts';
import type { StreamEvent } from '#db/stream/reader.ts';

/** Who reads: a student, staff watching one session, staff watching an exam. */
export type Audience = 'student' | 'session-staff' | 'exam-staff';

/** An event ready to be written: its name and its data. */
export interface OutEvent {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const STAFF_ROLES: ReadonlySet<string> = new Set(['proctor', 'teacher', 'admin']);

/**
 * A stored event as one audience sees it; every field is named here.
 * @param nowMs clock of the database: what is left is told as of the moment of sending, not of the event
 * @returns null when this audience never sees such an event
 */
export function presentEvent(event: StreamEvent, audience: Audience, nowMs: number): OutEvent | null {
  if (audience === 'student') return STAFF_ONLY_KINDS.has(event.kind) ? null : sessionEvent(event, nowMs);
  if (audience === 'session-staff') return sessionEvent(event, nowMs) ?? staffEvent(event);
  return staffEvent(event);
}

function sessionEvent(event: StreamEvent, nowMs: number): OutEvent | null {
  const { kind, data } = event;
  switch (kind) {
    case 'time-changed':
      return { name: kind, data: { ...runningOf(event, nowMs), kind: textOf(data['kind']) ?? 'extend' } };
    case 'paused':
    case 'resumed':
    case 'reopened':
      return { name: kind, data: runningOf(event, nowMs) };
    case 'closed':
      return {
        name: kind,
        data: {
          ...placeOf(event), state: data['state'], closeReason: textOf(data['closeReason']), closedAt: data['closedAt'],
          sessionVersion: data['sessionVersion'], reason: textOf(data['reason']),
        },
      };
    case 'message':
      return { name: kind, data: { ...placeOf(event), id: data['id'], text: data['text'], from: senderRole(data['from']) } };
    case 'help-changed':
      // that somebody comes, not who
      return { name: kind, data: { ...placeOf(event), id: data['id'], state: data['state'] } };
    default:
      return examWideEvent(event);
  }
}

function examWideEvent(event: StreamEvent): OutEvent | null {
  const { kind, data, examId } = event;
  switch (kind) {
    case 'window-changed':
      return {
        name: kind,
        data: {
          at: instant(event.atMs), examId, opensAt: textOf(data['opensAt']), closesAt: textOf(data['closesAt']),
          localStart: textOf(data['localStart']), localEnd: textOf(data['localEnd']), timeZone: textOf(data['timeZone']),
          cancelledAt: textOf(data['cancelledAt']), reason: textOf(data['reason']),
          opensAtBefore: textOf(data['opensAtBefore']), closesAtBefore: textOf(data['closesAtBefore']),
        },
      };
    case 'results-published':
    case 'results-unpublished':
      // with a session: the result of that one was released, or withheld
      return { name: kind, data: { at: instant(event.atMs), examId, sessionId: event.sessionId } };
    default:
      return null;
  }
}

function staffEvent(event: StreamEvent): OutEvent | null {
  const { kind, data } = event;
  switch (kind) {
    case 'started':
    case 'time-changed':
    case 'paused':
    case 'resumed':
    case 'reopened':
    case 'closed':
    case 'graded':
      return { name: 'session-changed', data: changeOf(event) };
    case 'acknowledged':
      return { name: kind, data: { ...placeOf(event), sessionVersion: data['sessionVersion'] } };
    case 'help-requested':
      return { name: kind, data: { ...placeOf(event), id: data['id'], reason: textOf(data['reason']) ?? '' } };
    case 'help-changed':
      return { name: kind, data: { ...placeOf(event), id: data['id'], state: data['state'], by: data['by'] ?? null } };
    case 'incident':
      return {
        name: kind,
        data: { ...placeOf(event), type: textOf(data['type']) ?? 'unknown', severity: textOf(data['severity']) ?? 'info', kinds: data['kinds'] ?? {} },
      };
    case 'run-progress':
      return {
        name: kind,
        data: {
          at: instant(event.atMs), examId: event.examId, runId: data['runId'], kind: data['kind'], state: data['state'],
          progress: { done: data['done'], failed: data['failed'], total: data['total'] },
        },
      };
    case 'message':
      return { name: kind, data: { ...placeOf(event), id: data['id'], text: data['text'], from: senderRole(data['from']) } };
    default:
      return examWideEvent(event);
  }
}

/** States that follow from the kind alone; a time change keeps the state, a close names it. */
const STATE_AFTER: Readonly<Partial<Record<StreamEvent['kind'], string>>> = { started: 'active', paused: 'paused', resumed: 'active', reopened: 'active' };

function changeOf(event: StreamEvent): Record<string, unknown> {
  const { kind, data } = event;
  const state = kind === 'closed' ? data['state'] : STATE_AFTER[kind];
  return {
    ...placeOf(event),
    change: kind === 'time-changed' ? (textOf(data['kind']) ?? kind) : kind,
    sessionVersion: numberOf(data['sessionVersion']),
    ...(state === undefined ? {} : { state }),
    ...('deadlineAt' in data ? { deadlineAt: textOf(data['deadlineAt']) } : {}),
    ...(kind === 'closed' ? { closeReason: textOf(data['closeReason']), closedAt: data['closedAt'] } : {}),
    reason: textOf(data['reason']),
  };
}

function runningOf(event: StreamEvent, nowMs: number): Record<string, unknown> {
  const deadlineAt = textOf(event.data['deadlineAt']);
  // while paused there is no deadline and what was left stands still
  const remainingMs = deadlineAt === null ? (numberOf(event.data['remainingMs']) ?? 0) : Math.max(0, Date.parse(deadlineAt) - nowMs);
  return { ...placeOf(event), deadlineAt, remainingMs, sessionVersion: event.data['sessionVersion'], reason: textOf(event.data['reason']) };
}

function placeOf(event: StreamEvent): Record<string, unknown> {
  return { at: instant(event.atMs), sessionId: event.sessionId, examId: event.examId };
}

/** Nobody learns more about a sender than what they are here. */
function senderRole(from: unknown): string {
  return typeof from === 'string' && STAFF_ROLES.has(from) ? from : 'staff';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
