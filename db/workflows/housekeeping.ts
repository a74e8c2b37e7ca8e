import { pruneClockMeasurements } from '../admin/clock.ts';
import type { Queryable } from '../connection.ts';
import { pruneMails } from '../mail/history.ts';
import { pruneLogins } from '../people/prune.ts';
import { pruneReports } from '../reports/files.ts';
import { pruneEvents } from '../stream/reader.ts';

/** Stream events and stored replies are kept this long. */
const KEPT_MS = 7 * 86_400_000;

/** Removes what has outlived its use: stream events and stored replies after a week, ended log-ins, counters, forgotten devices, old measurements, reports kept long enough, mails of long ago. */
export async function prune(q: Queryable): Promise<void> {
  await pruneEvents(q, KEPT_MS);
  await q.query(`delete from idempotency where created_at < (select holdfast_now()) - $1::bigint * interval '1 millisecond'`, [KEPT_MS]);
  await pruneLogins(q);
  await pruneClockMeasurements(q);
  await pruneReports(q);
  await pruneMails(q);
}
