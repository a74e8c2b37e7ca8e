import { instant, maybeInstant, multiplierText, presentStaffSession } from '#api/session-commands/present.ts';
import type { SessionCounts } from '#db/monitor/counts.ts';
import type { IncidentRow } from '#db/monitor/incidents.ts';
import type { MonitorRow } from '#db/monitor/sessions.ts';
import type { CloseOutCertificate } from '#db/schedule/close-out.ts';

/**
 * One row of the monitor.
 * @param total items of the paper
 * @param nowMs the clock of the database
 */
export function presentMonitorRow(row: MonitorRow, total: number, nowMs: number): Record<string, unknown> {
  return {
    ...presentStaffSession(row.session, nowMs),
    student: { id: row.student.id, externalId: row.student.externalId, name: row.student.name },
    answered: row.answered,
    total,
    lastSavedAt: maybeInstant(row.lastSavedAtMs),
    lastSeenAt: maybeInstant(row.lastSeenAtMs),
    online: row.online,
    incidents: row.incidents,
    acknowledgedVersion: row.acknowledgedVersion,
    timeMultiplier: multiplierText(row.session.timeMultiplier),
    entitledMs: row.session.entitledMs,
    lastChange: row.lastChange === null ? null : { kind: row.lastChange.kind, at: instant(row.lastChange.atMs), reason: row.lastChange.reason, actor: row.lastChange.actor },
  };
}

/** An exam in numbers. */
export function presentCounts(counts: SessionCounts, streamPosition: number): Record<string, unknown> {
  return {
    assigned: counts.assigned,
    notStarted: counts.notStarted,
    active: counts.active,
    paused: counts.paused,
    submitted: counts.submitted,
    expired: counts.expired,
    terminated: counts.terminated,
    withdrawn: counts.withdrawn,
    offline: counts.offline,
    unacknowledged: counts.unacknowledged,
    withIncidents: counts.withIncidents,
    helpOpen: counts.helpOpen,
    helpClaimed: counts.helpClaimed,
    streamPosition: String(streamPosition),
  };
}

/** What was noticed; the platform gives it no weight. */
export function presentIncident(row: IncidentRow): Record<string, unknown> {
  return {
    id: String(row.id),
    sessionId: row.sessionId,
    student: { id: row.student.id, externalId: row.student.externalId, name: row.student.name },
    kind: row.kind,
    severity: 'info',
    count: row.count,
    firstAt: instant(row.firstAtMs),
    lastAt: instant(row.lastAtMs),
    detail: row.detail,
  };
}

/** The close-out of an exam. */
export function presentCloseOut(certificate: CloseOutCertificate): Record<string, unknown> {
  const { serverClock } = certificate;
  const { submitted, expired, terminated, withdrawn, absent } = certificate.counts;
  return {
    state: certificate.state,
    assigned: certificate.assigned,
    counts: { submitted, expired, terminated, withdrawn, absent },
    invariants: certificate.invariants.map(({ name, holds, detail }) => ({ name, holds, detail })),
    serverClockOffsetMs: serverClock?.offsetMs ?? null,
    serverClock: serverClock === null ? null : { source: serverClock.source, server: serverClock.server, measuredAt: instant(serverClock.atMs) },
    closedAt: maybeInstant(certificate.closedAtMs),
  };
}
