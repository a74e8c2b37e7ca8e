import { formatNumber } from '#web/lib/format.ts';

/** A percent with one digit, or a dash. */
export function meanText(value: number | null): string {
  return value === null ? '–' : `${formatNumber(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} %`;
}
