import { formatNumber } from '#web/lib/format.ts';

/** A small chance in words that can be pictured: "1 in 20,000". */
export function chanceText(p: number): string {
  if (p <= 0) return '0';
  if (p >= 0.1) return formatNumber(p, { style: 'percent', maximumFractionDigits: 0 });
  const about = 1 / p;
  const size = 10 ** Math.max(0, Math.floor(Math.log10(about)) - 1);
  return about > 1e12 ? '< 1 in 10¹²' : `1 in ${formatNumber(Math.round(about / size) * size)}`;
}

/** A number with one digit after the point. */
export function oneDigit(value: number): string {
  return formatNumber(value, { maximumFractionDigits: 1 });
}

/** A share in percent. */
export function percentText(share: number): string {
  return formatNumber(share, { style: 'percent', maximumFractionDigits: 1 });
}
