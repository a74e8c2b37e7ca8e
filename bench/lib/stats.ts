/** Nearest-rank percentile of unsorted values; NaN without values. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** The largest value; 0 without values. */
export function maximum(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** Rounded to `digits` places, for people and JSON. */
export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
