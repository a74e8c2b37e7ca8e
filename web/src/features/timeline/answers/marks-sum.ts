import { add, decimal, formatDecimal, ZERO } from '#domain/decimal.ts';

import type { ReviewItem } from '../api.ts';

/** Points of all marks and what they could be, added up exactly. */
export function addUpMarks(items: readonly Pick<ReviewItem, 'points' | 'mark'>[]): { points: string; max: string } {
  const sum = (texts: readonly string[]): string => formatDecimal(texts.reduce((total, text) => add(total, decimal(text)), ZERO));
  return { points: sum(items.map(({ mark }) => mark?.points ?? '0')), max: sum(items.map(({ points }) => points)) };
}
