import { condition } from '@temporalio/workflow';

import type { RowWatch } from './row-watch.ts';

/**
 * Waits until news of the row came or the time is up.
 * @param inMs distance in ms; undefined waits for news only
 * @param summary what the timer is for, shown in the history
 * @returns whether there is news
 */
export async function heardWithin(watch: RowWatch, inMs: number | undefined, summary: string): Promise<boolean> {
  if (inMs !== undefined && inMs <= 0) return watch.behind;
  if (inMs !== undefined) return await condition(() => watch.behind, inMs, { summary });
  await condition(() => watch.behind);
  return true;
}
