import type { Logger } from 'pino';

import { compareClocks, insertClockMeasurement } from '#db/admin/clock.ts';
import type { Db } from '#db/connection.ts';

import { type NtpServer, readNetworkTime } from '../clock/sntp-client.ts';
import { createLoop, type Loop } from './loop.ts';

const EVERY_MS = 5 * 60_000;
/** A server's clock that is further off than this is an alert. */
const TOLERATED_MS = 100;

/** Measures every 5 min how far the clock that keeps the deadlines is from network time, and records it. */
export function createNetworkTimeLoop(options: { db: Db; servers: readonly NtpServer[]; log: Logger; everyMs?: number }): Loop {
  const { db, servers, log, everyMs = EVERY_MS } = options;
  return createLoop({
    name: 'network-time',
    everyMs,
    log,
    async tick() {
      const network = await readNetworkTime(servers);
      // this machine is only the bridge between the two clocks
      const database = await compareClocks(db);
      const offsetMs = Math.round((database.offsetMs - network.offsetMs) * 100) / 100;
      await insertClockMeasurement(db, { server: network.server, stratum: network.stratum, offsetMs, delayMs: network.delayMs + database.roundTripMs });
      if (Math.abs(offsetMs) > TOLERATED_MS) log.warn({ offsetMs, server: network.server }, 'the clock that keeps the deadlines is off from network time');
      return false;
    },
  });
}
