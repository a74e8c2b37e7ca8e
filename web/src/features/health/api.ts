import type { z } from 'zod';

import type { healthHistorySchema, healthSchema, outagePageSchema, outageSchema } from '#contracts/operations.ts';
import { request } from '#web/lib/http.ts';

/** How the platform is. */
export type Health = z.output<typeof healthSchema>;
/** A time in which the platform did not answer. */
export type Outage = z.output<typeof outageSchema>;

/** Figures of one moment, for the small lines. */
export interface HealthPoint {
  readonly atMs: number;
  readonly postgresMs: number | null;
  readonly temporalMs: number | null;
  readonly natsMs: number | null;
  readonly activeSessions: number | null;
  readonly openStreams: number | null;
  readonly outboxWaiting: number | null;
  /** Null where only the history knows it. */
  readonly savesPerMinute: number | null;
  /** 95 of 100 saves were answered within this. */
  readonly saveP95Ms: number | null;
  readonly clockOffsetMs: number | null;
}

/** Reads how the platform is. */
export function loadHealth(signal: AbortSignal): Promise<Health> {
  return request('GET', '/admin/health', { signal });
}

/** The newest outages. */
export async function loadOutages(signal: AbortSignal): Promise<Outage[]> {
  const page = await request<z.output<typeof outagePageSchema>>('GET', '/admin/outages', { query: { limit: 20 }, signal });
  return page.items;
}

/** Figures of the last hour as the API keeps them, one each 15 s; empty just after it started. */
export async function loadHistory(signal: AbortSignal): Promise<HealthPoint[]> {
  const { points } = await request<z.output<typeof healthHistorySchema>>('GET', '/admin/health/history', { query: { minutes: 60 }, signal });
  return points.map(({ at, postgresMs, temporalMs, natsMs, activeSessions, pausedSessions, openStreams, outboxWaiting, savesPerMinute, saveP95Ms }) => ({
    atMs: Date.parse(at), postgresMs, temporalMs, natsMs, openStreams, outboxWaiting, savesPerMinute, saveP95Ms, clockOffsetMs: null,
    activeSessions: activeSessions === null ? null : activeSessions + (pausedSessions ?? 0),
  }));
}
