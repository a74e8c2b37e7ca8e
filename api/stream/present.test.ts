import { expect, test } from 'vitest';

import { type Audience, presentEvent } from '#api/stream/present.ts';
import { EXAM_EVENTS, SESSION_EVENTS } from '#contracts/streams.ts';
import type { StreamEventKind } from '#db/stream-events.ts';

const AT = Date.parse('2026-12-01T09:00:00.000Z');
const DEADLINE = '2026-12-01T10:00:00.000Z';

const DATA: Readonly<Record<StreamEventKind, Record<string, unknown>>> = {
  started: { studentId: 'anna', attempt: 1, sessionVersion: 1, deadlineAt: DEADLINE, remainingMs: 1 },
  'time-changed': { kind: 'extend', sessionVersion: 2, commandId: 'c', reason: 'r', deadlineAt: DEADLINE, remainingMs: 1 },
  paused: { kind: 'pause', sessionVersion: 3, commandId: 'c', reason: 'r', deadlineAt: null, remainingMs: 1234 },
  resumed: { kind: 'resume', sessionVersion: 4, commandId: 'c', reason: null, deadlineAt: DEADLINE, remainingMs: 1 },
  reopened: { kind: 'reopen', sessionVersion: 5, commandId: 'c', reason: 'r', deadlineAt: DEADLINE, remainingMs: 1 },
  closed: { sessionVersion: 6, commandId: 'c', reason: null, state: 'expired', closeReason: 'deadline', closedAt: DEADLINE, endedAt: DEADLINE },
  message: { id: 'm', text: 'Hello', from: 'proctor', fromId: 'somebody' },
  'window-changed': { opensAt: DEADLINE, closesAt: DEADLINE, cancelledAt: null, scheduleVersion: 7, commandId: 'c', reason: 'r' },
  'results-published': { resultsPublishedAt: DEADLINE },
  'results-unpublished': {},
  acknowledged: { sessionVersion: 2 },
  'help-requested': { id: 'h', reason: 'No sound' },
  'help-changed': { id: 'h', state: 'claimed', by: { id: 'p', name: 'Ada Lovelace' } },
  incident: { sessionId: 's', type: 'left-paused', severity: 'info', pausedAt: DEADLINE },
  'run-progress': { runId: 'r', kind: 'grading', state: 'running', done: 1, failed: 0, total: 3 },
  graded: { sessionId: 's', state: 'graded', points: '5' },
};
const EXAM_WIDE: ReadonlySet<StreamEventKind> = new Set(['window-changed', 'results-published', 'results-unpublished', 'run-progress']);
const KINDS = Object.keys(DATA) as StreamEventKind[];

const present = (kind: StreamEventKind, audience: Audience, nowMs = AT) =>
  presentEvent({ seq: 1, examId: 'e', sessionId: EXAM_WIDE.has(kind) ? null : 's', kind, data: DATA[kind], atMs: AT }, audience, nowMs);

test.each(KINDS)('%s is told in the shape of its contract, to every audience that hears it', (kind) => {
  for (const audience of ['student', 'session-staff', 'exam-staff'] as const) {
    const out = present(kind, audience);
    if (out === null) continue;
    const schema = (audience === 'exam-staff' ? EXAM_EVENTS : { ...EXAM_EVENTS, ...SESSION_EVENTS })[out.name as keyof typeof EXAM_EVENTS];
    expect(schema.strict().safeParse(out.data).error).toBeUndefined();
  }
});

test('a student hears exactly what concerns the own session and everybody', () => {
  expect(KINDS.filter((kind) => present(kind, 'student') !== null)).toEqual([
    'time-changed', 'paused', 'resumed', 'reopened', 'closed', 'message', 'window-changed', 'results-published', 'results-unpublished', 'help-changed',
  ]);
});

test('staff hear everything, a session of the exam always as session-changed', () => {
  const names = KINDS.map((kind) => present(kind, 'exam-staff')?.name);
  expect(names.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'session-changed'));
  expect(names).not.toContain(undefined);
  expect(KINDS.map((kind) => present(kind, 'session-staff'))).not.toContain(null);
});

test('what is left is told as of the moment of sending; during a pause it stands still', () => {
  expect(present('time-changed', 'student', AT)!.data['remainingMs']).toBe(3_600_000);
  expect(present('time-changed', 'student', AT + 600_000)!.data['remainingMs']).toBe(3_000_000);
  expect(present('time-changed', 'student', AT + 9_000_000)!.data['remainingMs']).toBe(0);
  expect(present('paused', 'student', AT + 600_000)!.data['remainingMs']).toBe(1234);
});

test('nobody learns more about a sender than the role, whatever stands in the row', () => {
  expect(present('message', 'student')!.data).toEqual({ at: '2026-12-01T09:00:00.000Z', sessionId: 's', examId: 'e', id: 'm', text: 'Hello', from: 'proctor' });
  const named = presentEvent({ seq: 1, examId: 'e', sessionId: null, kind: 'message', data: { id: 'm', text: 'x', from: 'Ada Lovelace' }, atMs: AT }, 'student', AT);
  expect(named!.data['from']).toBe('staff');
});

test('a student hears that somebody comes to help, not who', () => {
  expect(present('help-changed', 'student')!.data).toEqual({ at: '2026-12-01T09:00:00.000Z', sessionId: 's', examId: 'e', id: 'h', state: 'claimed' });
  expect(present('help-changed', 'exam-staff')!.data['by']).toEqual({ id: 'p', name: 'Ada Lovelace' });
});

test('a grade in the row never reaches a stream', () => {
  expect(JSON.stringify(present('graded', 'exam-staff'))).not.toContain('"5"');
});
