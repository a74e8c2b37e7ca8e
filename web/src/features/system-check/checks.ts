import { browserName, systemName } from '#web/features/accounts/device-name.ts';
import { address, request } from '#web/lib/http.ts';
import { deviceClockAheadMs } from '#web/lib/server-clock.ts';

/** How a check came out: `look` works with a drawback, `bad` has to be mended before an exam. */
export type Verdict = 'good' | 'info' | 'look' | 'bad';

/** What a check found; the texts of the page are made of it. */
export interface Finding<Detail> {
  readonly verdict: Verdict;
  readonly detail: Detail;
}

/** Details of each check. */
export interface Details {
  readonly browser: { readonly name: string | undefined; readonly system: string | undefined; readonly missing: readonly string[] };
  readonly storage: { readonly works: boolean; readonly freeBytes: number | undefined };
  readonly connection: { readonly medianMs: number | undefined; readonly lost: number; readonly tried: number };
  readonly live: { readonly state: 'works' | 'held-back' | 'nothing-to-hear'; readonly afterMs: number };
  readonly clock: { readonly aheadMs: number | undefined };
  readonly screen: { readonly width: number; readonly height: number };
}

/** Names of the checks, in the order in which they run and stand. */
export const CHECKS = ['browser', 'storage', 'connection', 'live', 'clock', 'screen'] as const;
/** Name of a check. */
export type CheckName = (typeof CHECKS)[number];

const ROUND_TRIPS = 8;
const ROUND_TRIP_LIMIT_MS = 4_000;
const SLOW_MS = 800;
const LIVE_LIMIT_MS = 6_000;
/** Within this a device clock is right for people. */
const CLOCK_MS = 2_000;
const MIN_WIDTH = 320;

/** What the exam page can not do without. */
const NEEDS: readonly (readonly [string, () => boolean])[] = [
  ['IndexedDB', () => typeof indexedDB !== 'undefined'],
  ['EventSource', () => typeof EventSource !== 'undefined'],
  ['fetch keepalive', () => typeof Request !== 'undefined' && 'keepalive' in Request.prototype],
  ['randomUUID', () => typeof crypto !== 'undefined' && typeof crypto.randomUUID === 'function'],
  ['structuredClone', () => typeof structuredClone === 'function'],
  ['toSorted', () => 'toSorted' in Array.prototype],
  ['CSS :has', () => typeof CSS !== 'undefined' && CSS.supports('selector(:has(*))')],
];

function checkBrowser(): Finding<Details['browser']> {
  const missing = NEEDS.filter(([, has]) => !has()).map(([name]) => name);
  return { verdict: missing.length > 0 ? 'bad' : 'good', detail: { name: browserName(navigator.userAgent), system: systemName(navigator.userAgent), missing } };
}

/** Writes to the storage that answers are kept in, and reads it again. */
async function checkStorage(): Promise<Finding<Details['storage']>> {
  const works = await storageWorks().catch(() => false);
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  const freeBytes = estimate?.quota === undefined ? undefined : Math.max(0, estimate.quota - (estimate.usage ?? 0));
  return { verdict: works ? 'good' : 'look', detail: { works, freeBytes } };
}

async function storageWorks(): Promise<boolean> {
  const NAME = 'holdfast-check';
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const open = indexedDB.open(NAME, 1);
    open.onupgradeneeded = () => open.result.createObjectStore('values');
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(open.error ?? new Error('not opened'));
    open.onblocked = () => reject(new Error('blocked'));
  });
  try {
    const written = crypto.randomUUID();
    return await new Promise<boolean>((resolve, reject) => {
      const transaction = database.transaction('values', 'readwrite');
      const store = transaction.objectStore('values');
      store.put(written, 'check');
      const read = store.get('check');
      transaction.oncomplete = () => resolve(read.result === written);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('not written'));
    });
  } finally {
    database.close();
    indexedDB.deleteDatabase(NAME);
  }
}

/** Several round trips one after the other, as an exam makes them. */
async function checkConnection(): Promise<Finding<Details['connection']>> {
  const timesMs: number[] = [];
  for (let count = 0; count < ROUND_TRIPS; count += 1) {
    const sentMs = performance.now();
    try {
      await request('GET', '/time', { signal: AbortSignal.timeout(ROUND_TRIP_LIMIT_MS) });
      timesMs.push(performance.now() - sentMs);
    } catch {
      // counted as lost; one that hangs for long says enough
      if (performance.now() - sentMs > ROUND_TRIP_LIMIT_MS / 2 && count >= 2 && timesMs.length === 0) return connectionFinding(timesMs, count + 1);
    }
  }
  return connectionFinding(timesMs, ROUND_TRIPS);
}

/** Judges round trips. @param timesMs of those that came back */
export function connectionFinding(timesMs: readonly number[], tried: number): Finding<Details['connection']> {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const medianMs = sorted[Math.floor(sorted.length / 2)];
  const lost = tried - timesMs.length;
  const verdict = medianMs === undefined ? 'bad' : lost > 0 || medianMs > SLOW_MS ? 'look' : 'good';
  return { verdict, detail: { medianMs, lost, tried } };
}

/** Opens a live connection and waits for its first word. @param topic undefined: nothing that could be listened to */
async function checkLive(topic: string | undefined): Promise<Finding<Details['live']>> {
  if (topic === undefined) return { verdict: 'info', detail: { state: 'nothing-to-hear', afterMs: 0 } };
  const startMs = performance.now();
  const source = new EventSource(address('/stream', { topics: topic }));
  try {
    const isHeard = await new Promise<boolean>((resolve) => {
      source.addEventListener('hello', () => resolve(true));
      source.addEventListener('error', () => source.readyState === EventSource.CLOSED && resolve(false));
      setTimeout(() => resolve(false), LIVE_LIMIT_MS);
    });
    return { verdict: isHeard ? 'good' : 'look', detail: { state: isHeard ? 'works' : 'held-back', afterMs: performance.now() - startMs } };
  } finally {
    source.close();
  }
}

function checkClock(): Finding<Details['clock']> {
  const aheadMs = deviceClockAheadMs();
  return { verdict: aheadMs === undefined || Math.abs(aheadMs) > CLOCK_MS ? 'info' : 'good', detail: { aheadMs } };
}

function checkScreen(): Finding<Details['screen']> {
  return { verdict: innerWidth < MIN_WIDTH ? 'look' : 'good', detail: { width: innerWidth, height: innerHeight } };
}

/** Findings by check; what has not been looked at yet is absent. */
export type Findings = { readonly [Name in CheckName]?: Finding<Details[Name]> };

/** Runs one check. */
export async function runCheck<Name extends CheckName>(name: Name, topic: string | undefined): Promise<Finding<Details[Name]>> {
  const run: { readonly [Each in CheckName]: () => Finding<Details[Each]> | Promise<Finding<Details[Each]>> } = {
    browser: checkBrowser,
    storage: checkStorage,
    connection: checkConnection,
    live: () => checkLive(topic),
    clock: checkClock,
    screen: checkScreen,
  };
  return run[name]();
}

/** The worst of what was found. */
export function worstOf(findings: Findings): Verdict {
  const order: readonly Verdict[] = ['good', 'info', 'look', 'bad'];
  return Object.values(findings).reduce<Verdict>((worst, { verdict }) => (order.indexOf(verdict) > order.indexOf(worst) ? verdict : worst), 'good');
}
