import type { Deps } from '#api/deps.ts';

/** One server that the platform leans on. */
export interface ServerState {
  readonly ok: boolean;
  /** Round trip, ms; null while it can not be reached. */
  readonly latencyMs: number | null;
}

/** Whether this process can serve: without Postgres it can not, without the others it does with less. */
export interface Readiness {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly postgres: ServerState;
  readonly temporal: ServerState;
  readonly nats: ServerState & { readonly configured: boolean };
}

/** A server that has not answered within this is away. */
const PATIENCE_MS = 2_000;

/** Asks all servers at once; takes at most 2 s. */
export async function readReadiness(deps: Pick<Deps, 'bus' | 'config' | 'db' | 'workflows'>): Promise<Readiness> {
  const [postgres, temporal, nats] = await Promise.all([
    withinPatience(pingDatabase(deps.db)),
    withinPatience(deps.workflows.pingMs()),
    withinPatience(deps.bus.pingMs()),
  ]);
  const configured = deps.config.natsUrl !== undefined;
  const complete = temporal.ok && (nats.ok || !configured);
  return { status: !postgres.ok ? 'down' : complete ? 'ok' : 'degraded', postgres, temporal, nats: { ...nats, configured } };
}

async function pingDatabase(db: Deps['db']): Promise<number | null> {
  const began = performance.now();
  await db.query('select 1');
  return performance.now() - began;
}

async function withinPatience(ping: Promise<number | null>): Promise<ServerState> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  const latencyMs = await Promise.race([ping.catch(() => null), patience]);
  clearTimeout(timer);
  return latencyMs === null ? { ok: false, latencyMs: null } : { ok: true, latencyMs: Math.round(latencyMs * 10) / 10 };
}
