import { statfs } from 'node:fs/promises';

import type { Deps } from '#api/deps.ts';
import { type DatabaseFacts, type Figures, selectDatabaseFacts, selectFigures } from '#db/admin/health.ts';

import { readReadiness, type Readiness } from './readiness.ts';

/** Room on the disk of the data folder, bytes. */
export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Everything on the health page. */
export interface Health {
  readonly readiness: Readiness;
  readonly figures: Figures;
  readonly database: DatabaseFacts;
  readonly disk: DiskSpace | null;
  readonly openStreams: number;
  readonly alerts: readonly Alert[];
}

/** Something that somebody should look at. */
export interface Alert {
  readonly code: string;
  readonly text: string;
}

/** A process whose last pulse is older than this is gone. */
export const PULSE_MS = 10_000;
const OLD_OUTBOX_MS = 60_000;
const SLOW_SEQUENCER_MS = 5_000;
const LEAST_FREE_RATIO = 0.15;
/** Deadlines are kept to the second; a clock that is off by more than this deserves a look. */
const TOLERATED_OFFSET_MS = 100;
const SILENT_NTP_MS = 30 * 60_000;
const MAIL_AWAY_MS = 60_000;
/** Of few mails one that fails is a large part. */
const FEW_MAILS = 5;
const MOST_FAILED_RATIO = 0.05;

/** Reads the health of the platform. */
export async function readHealth(deps: Deps): Promise<Health> {
  const [readiness, figures, database, disk] = await Promise.all([
    readReadiness(deps), selectFigures(deps.db), selectDatabaseFacts(deps.db), readDisk(deps.config.dataDir),
  ]);
  return { readiness, figures, database, disk, openStreams: deps.streams.openStreams(), alerts: alertsOf(readiness, figures, disk) };
}

/** Room on the disk; null where it can not be told. */
async function readDisk(folder: string): Promise<DiskSpace | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return null;
  }
}

/** What of it somebody should look at; each code has a runbook in docs/operations.md. */
export function alertsOf(readiness: Readiness, figures: Figures, disk: DiskSpace | null): Alert[] {
  const { clock, mails } = figures;
  const worker = figures.pulses.find((pulse) => pulse.name === 'worker');
  const rules: readonly [string, boolean, () => string][] = [
    ['temporal-away', !readiness.temporal.ok, () => 'Temporal can not be reached. Exams go on; grading, reminders and runs wait.'],
    ['nats-away', readiness.nats.configured && !readiness.nats.ok, () => 'NATS can not be reached. Streams are a tenth of a second slower.'],
    ['worker-away', worker === undefined || figures.nowMs - worker.beatAtMs > PULSE_MS, () => 'No worker has shown a sign of life for 10 s.'],
    ['sessions-past-cutoff', figures.pastCutoff > 0, () => `${figures.pastCutoff} sessions are open 10 s after their cut-off.`],
    ['outbox-old', (figures.outboxOldestMs ?? 0) > OLD_OUTBOX_MS, () => `The oldest wake-up has waited for ${seconds(figures.outboxOldestMs)} s.`],
    ['sequencer-slow', (figures.sequencerLagMs ?? 0) > SLOW_SEQUENCER_MS, () => `Stream events wait for ${seconds(figures.sequencerLagMs)} s.`],
    ['disk-full', disk !== null && disk.freeBytes < disk.totalBytes * LEAST_FREE_RATIO, () => 'The disk of the data folder is more than 85 % full.'],
    ['clock-off', Math.abs(clock?.offsetMs ?? 0) > TOLERATED_OFFSET_MS, () => `The clock that keeps the deadlines is ${Math.round(clock!.offsetMs)} ms off from network time.`],
    ['ntp-silent', clock !== null && figures.nowMs - clock.atMs > SILENT_NTP_MS, () => `The clock was last compared with network time ${seconds(figures.nowMs - clock!.atMs)} s ago.`],
    ['mail-away', (mails.awayMs ?? 0) > MAIL_AWAY_MS, () => `The mail server has taken no mails for ${seconds(mails.awayMs)} s.`],
    ['mail-failing', mails.failed >= FEW_MAILS && mails.failed > (mails.sent + mails.failed) * MOST_FAILED_RATIO, () => `${mails.failed} of ${mails.sent + mails.failed} mails of the last day failed.`],
  ];
  return rules.filter(([, raised]) => raised).map(([code, , text]) => ({ code, text: text() }));
}

function seconds(ms: number | null): number {
  return Math.round((ms ?? 0) / 1000);
}
