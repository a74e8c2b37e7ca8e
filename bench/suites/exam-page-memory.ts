import type { CDPSession, Page } from '@playwright/test';

import { round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { inBrowser } from '#bench/suites/in-browser.ts';
import { enterRoom } from '#bench/web/exam-room.ts';
import { INSTALL_SITTER, type Installed } from '#bench/web/page-scripts.ts';
import { openRelay, type Relay } from '#bench/web/relay.ts';

/** Of an exam of three hours; each is one step of about half a second. */
const MINUTES = 180;
const KEYS_A_MINUTE = 200;
const TURNS_A_MINUTE = 8;
const GROWTH_PERCENT = 10;
const NAME = 'exam-page-memory';
const TEXT = 'Roots take water up, vessels carry it, leaves lose it to the air, and so the whole column moves. '.repeat(3).slice(0, KEYS_A_MINUTE);

interface Sample {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

/**
 * Three hours of an exam in two minutes: keys, choices, places, saves, messages, extensions, dropped lines. Compared is the heap
 * after a forced collection, at the first question with everything saved, at the end and after a tenth of the time. Essays are
 * begun anew when they are long, so that what grows is not the text.
 */
export const examPageMemory: Suite = {
  names: [NAME],
  students: 0,
  run: (context) => inBrowser([NAME], (chromium) => measure(context, chromium)),
};

async function measure(context: BenchContext, chromium: string): Promise<BenchResult[]> {
  const relay = await openRelay(context.stack.url);
  const room = await enterRoom(context, chromium, relay.url, 'one');
  try {
    await room.page().addInitScript(INSTALL_SITTER);
    await room.open(relay.url);
    const page = room.page();
    const devtools = await room.devtools();
    let saves = 0;
    page.on('requestfinished', (request) => (saves += /\/answers\b/.test(request.url()) && request.method() !== 'GET' ? 1 : 0));
    const samples: Sample[] = [];
    let keys = 0;
    for (let minute = 1; minute <= MINUTES; minute += 1) {
      keys += await page.evaluate(([turns, text]) => (globalThis as unknown as Installed).sitOneMinute(turns, text), [TURNS_A_MINUTE, TEXT] as const);
      if (minute % 15 === 0) await disturb(context, room.sessionId, relay, minute);
      if (minute % (MINUTES / 10) === 0) samples.push(await sample(page, devtools));
    }
    return [judge(samples, keys, saves)];
  } finally {
    await room.leave();
    await relay.close();
  }
}

/** What comes from outside: more time, a message, a line that drops. */
async function disturb({ proctor }: BenchContext, sessionId: string, relay: Relay, minute: number): Promise<void> {
  if (minute % 45 === 0) await proctor.call('POST', `/sessions/${sessionId}/extensions`, { seconds: 60, reason: 'Noise in the room' });
  else if (minute % 30 === 0) await proctor.call('POST', `/sessions/${sessionId}/messages`, { text: 'The window is being closed.' });
  else relay.drop();
}

async function sample(page: Page, devtools: CDPSession): Promise<Sample> {
  await goToFirst(page);
  await page.getByTestId('save-state').filter({ hasText: 'Saved' }).waitFor({ timeout: 30_000 });
  await page.waitForTimeout(1_000);
  for (let time = 0; time < 3; time += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

async function goToFirst(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Question 1\b/ }).first().click();
  await page.getByRole('heading', { level: 1, name: /^Question 1 / }).waitFor();
}

function judge(samples: readonly Sample[], keys: number, saves: number): BenchResult {
  const [first, last] = [samples[0]!, samples.at(-1)!];
  const growth = (of: keyof Sample): number => round((last[of] / first[of] - 1) * 100);
  const megabytes = ({ heap }: Sample): number => round(heap / 1e6, 2);
  return {
    name: NAME, value: growth('heap'), unit: '% more heap after three hours than after 18 minutes', bar: `<= ${GROWTH_PERCENT} %, as many DOM nodes`,
    holds: growth('heap') <= GROWTH_PERCENT && growth('nodes') <= GROWTH_PERCENT,
    more: {
      heapMB: samples.map(megabytes).join(' '), nodes: `${first.nodes} to ${last.nodes}`, listeners: `${first.listeners} to ${last.listeners}`,
      keys, turns: MINUTES * TURNS_A_MINUTE, saveRequests: saves,
    },
  };
}
