import { compare, decimal, parseDecimal } from '#domain/decimal.ts';

/** Whether typed points are no number from 0 to what the question is worth. */
export function pointsFault(typed: string, max: string): boolean {
  const points = /^\d/.test(typed) ? parseDecimal(typed) : undefined;
  return points === undefined || compare(points, decimal(max)) > 0;
}
