import type { Page } from '@playwright/test';

import { percentile, round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';
import { inBrowser } from '#bench/suites/in-browser.ts';
import { enterRoom, isEssay, QUESTIONS } from '#bench/web/exam-room.ts';
import { type Inputs, type Installed, WATCH_INPUTS } from '#bench/web/page-scripts.ts';

const KEYS = 150;
const CHOICES = 40;
const BAR_MS = 50;
/** The browser reports nothing that was painted within one frame. */
const UNREPORTED_MS = 16;
const FIRST_ESSAY = 8;
const NAME = 'exam-page-input';
/** An essay that is half written already. */
const BEGUN = 'Water rises through the xylem because leaves lose it to the air, and every molecule pulls the next one. '.repeat(25);
const TYPED = 'The column of water holds together by cohesion, and the walls of the vessels keep it from collapsing under tension. ';

/** How long a key or a click takes until its effect is painted, in an exam of 200 questions, in both displays. */
export const examPageInput: Suite = {
  names: [NAME],
  students: 0,
  run: (context) => inBrowser([NAME], (chromium) => measure(context, chromium)),
};

async function measure(context: BenchContext, chromium: string): Promise<BenchResult[]> {
  const figures: Record<string, number[]> = {};
  const frames: number[] = [];
  for (const display of ['one', 'all'] as const) {
    const room = await enterRoom(context, chromium, context.stack.url, display);
    try {
      await room.page().addInitScript(WATCH_INPUTS);
      await room.open(context.stack.url);
      const page = room.page();
      await page.waitForTimeout(2_000);
      const phases = { Typing: type, Choosing: display === 'one' ? chooseInTurn : chooseOnPage };
      for (const [name, work] of Object.entries(phases)) {
        const inputs = await work(page);
        const taken = await takeInputs(page);
        figures[`${display}${name}`] = [...taken.reported, ...Array.from<number>({ length: Math.max(0, inputs - taken.reported.length) }).fill(UNREPORTED_MS)];
        frames.push(...taken.frames);
      }
    } finally {
      await room.leave();
    }
  }
  const p95s = Object.entries(figures).map(([name, ms]) => [`${name}P95Ms`, percentile(ms, 95)] as const);
  const worst = Math.max(...p95s.map(([, ms]) => ms));
  return [{
    name: NAME, value: worst, unit: 'ms (p95, worst of typing and choosing in both displays)', bar: `<= ${BAR_MS} ms from input to paint, ${QUESTIONS} questions`, holds: worst <= BAR_MS,
    more: { ...Object.fromEntries(p95s), inputs: Object.values(figures).flat().length, maxMs: Math.max(...Object.values(figures).flat()), frameP50Ms: round(percentile(frames, 50)), frameP95Ms: round(percentile(frames, 95)) },
  }];
}

/** Types into an essay that is long already. */
async function type(page: Page): Promise<number> {
  if (await page.getByRole('textbox').count() === 0) await page.getByRole('button', { name: new RegExp(`^Question ${FIRST_ESSAY}\\b`) }).first().click();
  await page.getByRole('textbox').first().click();
  await page.keyboard.insertText(BEGUN);
  await page.waitForTimeout(1_500);
  await takeInputs(page);
  await page.keyboard.type(TYPED.repeat(2).slice(0, KEYS), { delay: 40 });
  await page.waitForTimeout(500);
  return KEYS;
}

/** Answers question after question; going to the next one is an input too. */
async function chooseInTurn(page: Page): Promise<number> {
  let inputs = 0;
  for (let number = FIRST_ESSAY; inputs < 2 * CHOICES; number += 1) {
    if (!isEssay(number)) {
      await page.locator('article.Question label.Option').nth(number % 5).click();
      inputs += 1;
    }
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    inputs += 1;
    await page.waitForTimeout(60);
  }
  return inputs;
}

/** Answers questions on a page that shows all of them. */
async function chooseOnPage(page: Page): Promise<number> {
  const questions = page.locator('article.Question:has(label.Option)');
  for (let index = 0; index < CHOICES; index += 1) {
    await questions.nth(index * 3).locator('label.Option').nth(index % 5).click();
    await page.waitForTimeout(60);
  }
  return CHOICES;
}

function takeInputs(page: Page): Promise<Inputs> {
  return page.evaluate(() => (globalThis as unknown as Installed).takeInputs());
}
