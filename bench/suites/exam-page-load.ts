import type { Page } from '@playwright/test';

import { sleep } from '#bench/lib/sleep.ts';
import { maximum, percentile, round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { inBrowser } from '#bench/suites/in-browser.ts';
import { enterRoom, type ExamRoom } from '#bench/web/exam-room.ts';
import { type Installed, WATCH_USABLE } from '#bench/web/page-scripts.ts';
import { openRelay } from '#bench/web/relay.ts';

const LOADS = 12;
const RESTARTS = 5;
const WARM_MS = 1_200;
const OFFLINE_MS = 1_000;
/** What a slow laptop on a slow line is: a processor four times slower, 150 ms, 1.6 Mbit/s. */
const SLOW = { cpu: 4, latency: 150, downloadThroughput: 200_000, uploadThroughput: 100_000 };
/** What the browser keeps has to be on the disk before it is ended. */
const STORES_WITHIN_MS = 5_000;

const NAMES = ['exam-page-warm', 'exam-page-warm-throttled', 'exam-page-offline'] as const;

/** When the exam page can be used: from the HTTP cache, on a slow device and line, and after a restart without a network. */
export const examPageLoad: Suite = {
  names: NAMES,
  students: 0,
  run: (context) => inBrowser(NAMES, (chromium) => measure(context, chromium)),
};

async function measure(context: BenchContext, chromium: string): Promise<BenchResult[]> {
  const relay = await openRelay(context.stack.url);
  const room = await enterRoom(context, chromium, relay.url, 'one');
  const open = (page: Page): Promise<unknown> => page.goto(`${relay.url}/sit/${room.sessionId}`, { waitUntil: 'commit' });
  const reload = (page: Page): Promise<unknown> => page.reload({ waitUntil: 'commit' });
  try {
    await room.open(relay.url);
    await room.page().waitForFunction(() => (globalThis as unknown as { navigator: { serviceWorker: { controller: object | null } } }).navigator.serviceWorker.controller !== null);
    await room.page().addInitScript(WATCH_USABLE);
    const underWorker = await loads(room, LOADS, reload);
    const devtools = await room.devtools();
    await devtools.send('Network.enable');
    await devtools.send('Network.setBypassServiceWorker', { bypass: true });
    const warm = await loads(room, LOADS, reload);
    const newProcess = await loads(room, LOADS, (page) => page.goto('about:blank').then(() => open(page)));
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW.cpu });
    await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: SLOW.latency, downloadThroughput: SLOW.downloadThroughput, uploadThroughput: SLOW.uploadThroughput });
    const throttled = await loads(room, LOADS, reload);
    await devtools.detach();
    await room.open(relay.url);
    await sleep(STORES_WITHIN_MS);
    await relay.close();
    const offline: number[] = [];
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      await room.restart();
      await room.page().addInitScript(WATCH_USABLE);
      offline.push(...(await loads(room, 1, open)));
    }
    return [
      judge('exam-page-warm', warm, WARM_MS, { throttled: 'no', underWorkerP50Ms: round(percentile(underWorker, 50)), underWorkerP95Ms: round(percentile(underWorker, 95)), newProcessP50Ms: round(percentile(newProcess, 50)), newProcessP95Ms: round(percentile(newProcess, 95)) }),
      judge('exam-page-warm-throttled', throttled, WARM_MS, { throttled: 'CPU 4x, 150 ms, 1.6 Mbit/s' }),
      judge('exam-page-offline', offline, OFFLINE_MS, { throttled: 'no' }),
    ];
  } finally {
    await room.leave();
    await relay.close().catch(() => undefined);
  }
}

/** Loads the page over and over; each time an option has to take a click. @returns ms from the navigation until it could */
async function loads(room: ExamRoom, count: number, load: (page: Page) => Promise<unknown>): Promise<number[]> {
  const page = room.page();
  const all: number[] = [];
  for (let time = 0; time < count; time += 1) {
    await load(page);
    const usable = await page.waitForFunction(() => (globalThis as unknown as Installed).usableAtMs, undefined, { timeout: 30_000 });
    all.push((await usable.jsonValue())!);
    await page.locator('article.Question input').nth(time % 5).check({ force: true });
    await page.waitForTimeout(500);
  }
  return all;
}

function judge(name: string, ms: readonly number[], barMs: number, more: Readonly<Record<string, number | string>>): BenchResult {
  const p95 = percentile(ms, 95);
  return { name, value: round(p95), unit: 'ms (p95)', bar: `p95 <= ${barMs} ms until an option can be clicked`, holds: p95 <= barMs, more: { loads: ms.length, p50Ms: round(percentile(ms, 50)), maxMs: round(maximum(ms)), ...more } };
}
