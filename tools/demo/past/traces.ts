import { randomUUID } from 'node:crypto';

import type { Queryable } from '#db/connection.ts';

import type { Chance } from '../chance.ts';
import { idOf, insertRows, instant } from '../rows.ts';
import { MINUTE, SECOND } from '../times.ts';
import type { PastExam } from './exam.ts';
import type { PastSession } from './sessions.ts';

/** Warnings before the sitting that was ended, in minutes after its start. */
const WARNINGS: readonly (readonly [minute: number, text: string])[] = [
  [21, 'You have left the exam page several times. Please stay on it.'],
  [28, 'This is the second warning: text from another window was pasted into your answers.'],
];

/** Inserts every accepted save: the log of revisions, and the last one of each item. */
export async function insertAnswers(q: Queryable, sessions: readonly PastSession[]): Promise<void> {
  const revisions = sessions.flatMap((session) => revisionsOf(session));
  const last = new Map(revisions.map((revision) => [`${revision.sessionId}/${revision.itemId}`, revision]));
  await insertRows(q, 'answer_revisions', revisions);
  await insertRows(q, 'answers', [...last.values()].map((revision) => ({ ...revision, baseRevision: revision.revision - 1 })));
}

function revisionsOf({ row, sitting, extendedAtMs }: PastSession) {
  const clientId = randomUUID();
  const counts = new Map<string, number>();
  return sitting.saves.map(({ itemId, response, atMs }, index) => {
    const revision = (counts.get(itemId) ?? 0) + 1;
    counts.set(itemId, revision);
    const sessionVersion = extendedAtMs !== null && atMs >= extendedAtMs ? 2 : 1;
    return { sessionId: row.id, itemId, revision, clientId, clientSeq: index + 1, response, savedAt: instant(atMs), sessionVersion };
  });
}

/** Inserts what stays of a sitting besides answers: the place in the paper, connections, messages, calls for help, observations. */
export async function insertTraces(q: Queryable, exam: PastExam, sessions: readonly PastSession[], chance: Chance): Promise<void> {
  await insertRows(q, 'session_places', sessions.map(placeOf));
  await insertRows(q, 'session_presence', sessions.map(({ row, sitting }) => ({
    sessionId: row.id, examId: exam.id, lastSeenAt: instant(lastSeen(sitting.endedAtMs, row.closedAtMs!)), online: false,
    acknowledgedVersion: row.version, acknowledgedAt: instant(row.closedAtMs! + 300),
  })));
  const connections = sessions.flatMap(connectionsOf).sort((left, right) => left.atMs - right.atMs);
  await insertRows(q, 'session_connections', connections.map(({ atMs, ...row }) => ({ ...row, at: instant(atMs) })));
  await insertRows(q, 'help_requests', sessions.flatMap(({ row, arrival, extendedAtMs }) => {
    if (arrival.extension === null || extendedAtMs === null) return [];
    const atMs = extendedAtMs - 2 * MINUTE;
    return [{ id: idOf(atMs), sessionId: row.id, reason: arrival.extension.asked, at: instant(atMs) }];
  }));
  await insertRows(q, 'messages', messagesOf(exam, sessions));
  await insertRows(q, 'observations', sessions.flatMap((session) => observationsOf(session, chance)));
}

function placeOf({ row, sitting, items }: PastSession) {
  const currentItemId = sitting.saves.at(-1)?.itemId ?? items[0]!.id;
  return {
    sessionId: row.id, currentItemId, seen: sitting.seen, flagged: sitting.flagged, notes: {}, reached: items.length,
    clientSeq: sitting.saves.length, savedAt: instant(sitting.saves.at(-1)?.atMs ?? row.startedAtMs),
  };
}

function lastSeen(endedAtMs: number, closedAtMs: number): number {
  return Math.max(endedAtMs, closedAtMs) + 4 * SECOND;
}

function connectionsOf({ row, sitting, arrival: { outage } }: PastSession): { sessionId: string; online: boolean; atMs: number }[] {
  const sessionId = row.id;
  const gap = outage === null ? [] : [
    { sessionId, online: false, atMs: row.startedAtMs + outage.afterMs },
    { sessionId, online: true, atMs: row.startedAtMs + outage.afterMs + outage.forMs },
  ];
  return [
    { sessionId, online: true, atMs: row.startedAtMs + 400 },
    ...gap,
    { sessionId, online: false, atMs: lastSeen(sitting.endedAtMs, row.closedAtMs!) },
  ];
}

function messagesOf(exam: PastExam, sessions: readonly PastSession[]) {
  const message = (atMs: number, sessionId: string | null, fromId: string, text: string) => ({
    id: idOf(atMs), examId: exam.id, sessionId, scope: sessionId === null ? { all: true } : null, fromId, text, at: instant(atMs),
  });
  const warnings = sessions.filter(({ arrival }) => arrival.fate === 'terminate').flatMap(({ row }) =>
    WARNINGS.map(([minute, text]) => message(row.startedAtMs + minute * MINUTE, row.id, exam.proctorIds[1]!, text)));
  const toAll = message(exam.opensAtMs + 15 * MINUTE, null, exam.proctorIds[0]!, 'In the question about the microscope all lengths are measured on the printed picture.');
  return [toAll, ...warnings];
}

/** What the exam page noticed: now and then somebody looks at another window. */
function observationsOf({ row, arrival, sitting }: PastSession, chance: Chance) {
  const spanMs = sitting.endedAtMs - row.startedAtMs;
  const count = arrival.fate === 'terminate' ? 6 : chance.happens(0.2) ? chance.whole(1, 2) : 0;
  return Array.from({ length: count }, () => Math.round(row.startedAtMs + chance.between(0.1, 0.95) * spanMs))
    .sort((left, right) => left - right)
    .map((atMs, index) => ({
      sessionId: row.id, kind: arrival.fate === 'terminate' && index % 2 === 1 ? 'paste' : 'focus-lost', observedAt: instant(atMs),
      detail: { forMs: Math.round(chance.between(800, 9_000)) }, at: instant(atMs + 250),
    }));
}
