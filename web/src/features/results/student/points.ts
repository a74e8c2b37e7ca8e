import { formatNumber } from '#web/lib/format.ts';

/** Points for people: the decimals of the language, two at most. */
export function formatPoints(points: string): string {
  return formatNumber(Number(points), { maximumFractionDigits: 2 });
}
