/**
 * How long a frame of the live monitor takes while 200 events a second come in over 2,000 rows. The page is the real one; the API
 * is played inside the browser, so that nothing but the page is measured. A frame is the task that runs frame callbacks, style,
 * layout and paint; its cost is the processor time of the page's main thread (`cpuMs`), which other work on the machine does not
 * change, and beside it the time on the clock (`clockMs`). `taskMs` are all tasks in which the page did something.
 */
import { chromium, type Page, type Route } from '@playwright/test';

import { percentile, round } from '#bench/lib/stats.ts';
import { BROWSER_ARGUMENTS } from '#tools/browser/chromium.ts';

const examId = '01900000-0000-7000-8000-000000000001';

/** What frames of the monitor cost. */
export interface MonitorFrames {
  readonly frames: number;
  readonly eventsPerSecond: number;
  readonly rowsDrawn: number;
  /** Processor time of each frame, ms; time on the clock where the browser does not tell it. */
  readonly cpuMs: readonly number[];
  readonly clockMs: readonly number[];
  readonly taskMs: readonly number[];
  readonly isCpuTime: boolean;
}

/** How much is shown and sent, and for how long. */
export interface MonitorLoad {
  readonly rows: number;
  readonly rate: number;
  readonly seconds: number;
}

const id = (kind: number, index: number): string => `0190000${kind}-0000-7000-8000-${String(index).padStart(12, '0')}`;
const at = (ms: number): string => new Date(ms).toISOString();

function sessions(rows: number, nowMs: number): unknown[] {
  return Array.from({ length: rows }, (_, index) => ({
    id: id(2, index), examId, studentId: id(3, index), attempt: 1, state: index % 12 === 0 ? 'submitted' : 'active', startedAt: at(nowMs - 3_600_000),
    deadlineAt: at(nowMs + 3_600_000 + (index % 9 === 0 ? 900_000 : 0)), remainingMs: 3_600_000, pausedAt: null, endedAt: null, closedAt: index % 12 === 0 ? at(nowMs - 60_000) : null,
    closeReason: null, version: 1, student: { id: id(3, index), externalId: `20-${100_000 + index}`, name: `Student ${String((index * 7_919) % rows).padStart(4, '0')} of the class` },
    answered: index % 20, total: 20, lastSavedAt: at(nowMs - 30_000), lastSeenAt: at(nowMs - 10_000), online: true, incidents: index % 40 === 0 ? 1 : 0, acknowledgedVersion: 1, timeMultiplier: index % 9 === 0 ? '1.25' : '1', entitledMs: 7_200_000, lastChange: null,
  }));
}

const user = { id: id(1, 1), externalId: null, email: 'a@b.example', name: 'Ada Byron', roles: ['teacher'], disabled: false, timeZone: 'UTC', locale: 'en', createdAt: at(0), version: 1 };

function exam(rows: number, nowMs: number): unknown {
  return {
    id: examId, externalId: null, title: 'Frames', description: '', instructions: '', ownerId: user.id, durationMinutes: 120, graceSeconds: 10, endRule: 'window', state: 'open', cancelledAt: null, assignedCount: rows, sections: [], warnMinutes: [],
    window: { localStart: at(nowMs - 3_600_000).slice(0, 16), localEnd: at(nowMs + 3_600_000).slice(0, 16), timeZone: 'UTC', opensAt: at(nowMs - 3_600_000), closesAt: at(nowMs + 3_600_000) }, version: 1,
  };
}

async function play(page: Page, rows: number): Promise<void> {
  const nowMs = Date.now();
  const all = sessions(rows, nowMs);
  const list = (items: unknown[]): unknown => ({ items, nextCursor: null, streamPosition: '1' });
  await page.route('**/api/v1/**', (route: Route) => {
    const url = new URL(route.request().url());
    const path = url.pathname.replace('/api/v1', '');
    const reply = (json: unknown): Promise<void> => route.fulfill({ json, headers: { 'X-Server-Time': at(Date.now()) } });
    if (path === '/auth/me') return reply(user);
    if (path === `/exams/${examId}`) return reply(exam(rows, nowMs));
    if (path === `/exams/${examId}/sessions`) {
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const next = from + 200;
      return reply({ items: all.slice(from, next), nextCursor: next < all.length ? String(next) : null, streamPosition: '1' });
    }
    if (path === '/config') return reply({ registration: false, institution: { name: 'Bench' }, version: '0' });
    return reply(list([]));
  });
  await page.route('**/readyz', (route) => route.fulfill({ json: { status: 'ok', postgres: { ok: true, latencyMs: 1 }, temporal: { ok: true, latencyMs: 1 }, nats: { ok: true, latencyMs: 1, configured: false } } }));
}

/** Runs in the page: a stream that the bench feeds. */
function installStream(): void {
  class Feed extends EventTarget {
    static readonly CLOSED = 2;
    readyState = 1;
    constructor() {
      super();
      Object.assign(globalThis, { feed: this });
      setTimeout(() => this.say('hello', { at: new Date().toISOString(), serverTime: new Date().toISOString(), sessionVersion: null, sessionVersions: {} }), 20);
    }
    say(name: string, data: unknown, lastEventId = ''): void {
      this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
    }
    close(): void {
      this.readyState = 2;
    }
  }
  Object.assign(globalThis, { EventSource: Feed });
}

/** Runs in the page: sends events at the rate. @returns how many were sent */
async function drive({ rate: perSecond, seconds: length, rows: count, examId: exam }: { rate: number; seconds: number; rows: number; examId: string }): Promise<number> {
  const feed = (globalThis as unknown as { feed: { say(name: string, data: unknown, id?: string): void } }).feed;
  let events = 0;
  const startMs = performance.now();
  const send = (): void => {
    const due = Math.floor(((performance.now() - startMs) / 1_000) * perSecond);
    for (; events < due; events += 1) {
      const index = (events * 7_919) % count;
      const place = { at: new Date().toISOString(), sessionId: `01900002-0000-7000-8000-${String(index).padStart(12, '0')}`, examId: exam };
      const kind = events % 20;
      if (kind < 14) feed.say('progress', { ...place, answered: events % 21, total: 20 });
      else if (kind < 16) feed.say('connection', { ...place, online: events % 3 !== 0 });
      else if (kind < 18) feed.say('acknowledged', { ...place, sessionVersion: 1 + (events % 50) }, String(events + 2));
      else if (kind < 19) feed.say('incident', { ...place, type: 'observations', severity: 'info', kinds: { 'focus-lost': 1 } }, String(events + 2));
      else feed.say('session-changed', { ...place, change: 'extend', sessionVersion: 2 + (events % 50), deadlineAt: new Date(Date.now() + 3_600_000).toISOString(), reason: 'bench' }, String(events + 2));
    }
  };
  const timer = setInterval(send, 5);
  await new Promise((resolve) => setTimeout(resolve, length * 1_000));
  clearInterval(timer);
  return events;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** Tasks of the page, and those of them that drew a frame; microseconds become milliseconds. */
function readTasks(trace: Buffer): { frames: TraceEvent[]; tasks: TraceEvent[] } {
  const events = (JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }).traceEvents;
  const callbacks = events.filter(({ name }) => name === 'FireAnimationFrame');
  const main = callbacks[0];
  const tasks = events.filter(({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && pid === main?.pid && tid === main.tid).sort((a, b) => a.ts - b.ts);
  const starts = callbacks.filter(({ pid }) => pid === main?.pid).map(({ ts }) => ts).sort((a, b) => a - b);
  let next = 0;
  const frames = tasks.filter(({ ts, dur = 0 }) => {
    while (next < starts.length && starts[next]! < ts) next += 1;
    return next < starts.length && starts[next]! <= ts + dur;
  });
  return { frames, tasks };
}

/** Opens the monitor of the web app at `base` and measures its frames. */
export async function measureMonitorFrames(executablePath: string, base: string, { rows, rate, seconds }: MonitorLoad): Promise<MonitorFrames> {
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGUMENTS] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    await page.addInitScript(installStream);
    await play(page, rows);
    await page.goto(`${base}/staff/exams/${examId}/monitor`);
    await page.waitForSelector('[data-row-key]', { timeout: 60_000 });
    await page.waitForTimeout(2_000);
    await page.mouse.wheel(0, 1_500);
    await page.waitForTimeout(1_000);
    await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
    const events = await page.evaluate(drive, { rate, seconds, rows, examId });
    const { frames, tasks } = readTasks(await browser.stopTracing());
    const cost = ({ tdur, dur = 0 }: TraceEvent): number => (tdur ?? dur) / 1_000;
    return {
      frames: frames.length, eventsPerSecond: round(events / seconds), rowsDrawn: await page.locator('[data-row-key]').count(),
      cpuMs: frames.map(cost), clockMs: frames.map(({ dur = 0 }) => dur / 1_000), taskMs: tasks.map(cost).filter((ms) => ms > 0.1), isCpuTime: frames.some(({ tdur }) => tdur !== undefined),
    };
  } finally {
    await browser.close();
  }
}

/** p50, p95, p99 and the most, in one text. */
export function spread(values: readonly number[]): string {
  return [50, 95, 99, 100].map((percent) => round(percentile(values, percent))).join(' / ');
}
