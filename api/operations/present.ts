import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { Following } from '#db/admin/health.ts';

import { type Health, PULSE_MS } from './health.ts';
import { type HealthPoint, STEP_MS } from './history.ts';
import type { Readiness } from './readiness.ts';

/** Whether the process can serve. */
export function presentReadiness({ status, postgres, temporal, nats }: Readiness): Record<string, unknown> {
  return {
    status,
    postgres: { ok: postgres.ok, latencyMs: postgres.latencyMs },
    temporal: { ok: temporal.ok, latencyMs: temporal.latencyMs },
    nats: { ok: nats.ok, latencyMs: nats.latencyMs, configured: nats.configured },
  };
}

/** The health page. */
export function presentHealth({ readiness, figures, database, disk, openStreams, alerts }: Health): Record<string, unknown> {
  return {
    ...presentReadiness(readiness),
    serverTime: instant(figures.nowMs),
    outbox: { waiting: figures.outboxWaiting, oldestAgeMs: figures.outboxOldestMs },
    sequencer: { unsequenced: figures.unsequenced, lagMs: figures.sequencerLagMs },
    sessions: { active: figures.active, paused: figures.paused, pastCutoff: figures.pastCutoff },
    exams: { open: figures.openExams, next: maybeInstant(figures.nextOpensAtMs) },
    timeChanges: { open: figures.openTimeChanges },
    workflows: { sessions: presentFollowing(figures.sessionWorkflows), windows: presentFollowing(figures.windowWorkflows) },
    runs: figures.runs,
    streams: { open: openStreams },
    clock: figures.clock === null ? null : {
      offsetMs: figures.clock.offsetMs, delayMs: figures.clock.delayMs, server: figures.clock.server, measuredAt: instant(figures.clock.atMs),
    },
    processes: figures.pulses.map(({ name, beatAtMs, data }) => {
      const ageMs = Math.max(0, figures.nowMs - beatAtMs);
      return { name, beatAt: instant(beatAtMs), ageMs, alive: ageMs <= PULSE_MS, data };
    }),
    disk: disk === null ? null : { freeBytes: disk.freeBytes, totalBytes: disk.totalBytes },
    database: { version: database.version, sizeBytes: database.sizeBytes, connections: database.connections, maxConnections: database.maxConnections },
    alerts: alerts.map(({ code, text }) => ({ code, text })),
  };
}

/** The last hour of one API process. */
export function presentHistory(process: string, points: readonly HealthPoint[]): Record<string, unknown> {
  return {
    process,
    stepMs: STEP_MS,
    points: points.map(({ atMs, readiness, figures, openStreams, savesPerMinute, saveP95Ms }) => ({
      at: instant(atMs),
      status: readiness.status,
      postgresMs: readiness.postgres.latencyMs,
      temporalMs: readiness.temporal.latencyMs,
      natsMs: readiness.nats.latencyMs,
      activeSessions: figures?.active ?? null,
      pausedSessions: figures?.paused ?? null,
      outboxWaiting: figures?.outboxWaiting ?? null,
      unsequenced: figures?.unsequenced ?? null,
      openStreams,
      savesPerMinute,
      saveP95Ms,
    })),
  };
}

function presentFollowing({ following, behind, missing }: Following): Following {
  return { following, behind, missing };
}
