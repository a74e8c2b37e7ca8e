import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect } from './test.ts';

/** A desk, CSS px. */
export const WIDE = { width: 1280, height: 860 };
/** A small phone. */
export const PHONE = { width: 360, height: 780 };
/** A desk at a zoom of 400 %. */
const ZOOMED = { width: 320, height: 256 };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

/** Waits until nothing on the page is loading any more. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('#content, main').first()).toBeVisible();
  await expect(page.locator('[aria-busy="true"], .Skeleton')).toHaveCount(0);
}

/**
 * Looks at the page as it is, in every width and both themes, and notes each thing that is wrong: title, headings, axe's serious and
 * critical findings, and a page that scrolls sideways.
 * @param isBrief leaves out axe's second and third look, for a page that was looked at with other data
 * @returns what is wrong, in words
 */
export async function faultsOf(page: Page, name: string, isBrief = false): Promise<string[]> {
  const faults: string[] = [];
  const note = (fault: string): void => void faults.push(`${name}: ${fault}`);
  await page.setViewportSize(WIDE);
  await settled(page);
  const title = await page.title();
  if (!/^.{2,} · .{2,}$/.test(title)) note(`the title is "${title}"`);
  const headings = await page.getByRole('heading', { level: 1 }).allTextContents();
  if (headings.length !== 1) note(`${headings.length} headings of the first level: ${headings.join(' | ').slice(0, 200)}`);
  for (const finding of await findings(page)) note(`wide, ${finding}`);
  if (!isBrief) {
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const finding of await findings(page, ['color-contrast'])) note(`dark, ${finding}`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(PHONE);
    // colours are those of the wide page
    for (const finding of await findings(page, undefined, ['color-contrast'])) note(`phone, ${finding}`);
  }
  for (const size of [PHONE, ZOOMED, WIDE]) {
    await page.setViewportSize(size);
    const wide = await sticksOut(page);
    if (wide !== undefined) note(`scrolls sideways at ${size.width} px: ${wide}`);
  }
  return faults;
}

/** Serious and critical findings of axe-core, of all rules or of some. @source WCAG 2.1 A and AA */
export async function findings(page: Page, rules?: string[], without: string[] = []): Promise<string[]> {
  // no page of ours has a frame of another origin, for which the tool would open a page each time
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules === undefined ? builder.withTags(TAGS).disableRules(without) : builder.withRules(rules)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`.slice(0, 240)).join(' | ')}`);
}

/** What makes the page scroll sideways, if it does. */
export function sticksOut(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const widest = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5 && getComputedStyle(element).position !== 'fixed').slice(-1)[0];
    return `${scrollWidth} px, such as ${widest?.tagName.toLowerCase() ?? ''}.${widest?.className.toString() ?? ''} "${widest?.textContent.slice(0, 40) ?? ''}"`;
  });
}
