import type { BenchResult } from '#bench/suites/context.ts';
import { findChromium } from '#tools/browser/chromium.ts';

/** Measures in the browser of this machine; without one, says so for each of the names. */
export function inBrowser(names: readonly string[], measure: (chromium: string) => Promise<BenchResult[]>): Promise<BenchResult[]> {
  const chromium = findChromium();
  if (chromium !== undefined) return measure(chromium);
  return Promise.resolve(names.map((name) => ({ name, value: 0, unit: '', bar: '', holds: true, skipped: 'no Chromium here; HOLDFAST_CHROMIUM can name one', more: {} })));
}
