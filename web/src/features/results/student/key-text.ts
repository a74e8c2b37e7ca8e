import type { NumericKey, ShortTextKey } from '#domain/questions/types.ts';

/** Words that keys are told with. */
export interface KeyWords {
  readonly or: string;
  readonly between: (min: string, max: string) => string;
  readonly plusMinus: (value: string, tolerance: string) => string;
  readonly pattern: (pattern: string) => string;
}

const FULL = 1;

/** The texts that earn the full points. */
export function shortTextKey(key: ShortTextKey, words: KeyWords): string {
  const full = key.accepted.filter(({ ratio }) => ratio === undefined || Number(ratio) >= FULL).map(({ text }) => text);
  if (full.length > 0) return full.join(` ${words.or} `);
  return key.pattern === undefined ? '' : words.pattern(key.pattern);
}

/** The numbers that earn the full points, in the unit of the key. */
export function numericKey(key: NumericKey, words: KeyWords): string {
  const unit = key.units?.find(({ factor }) => Number(factor) === 1)?.name;
  const full = key.accepted
    .filter(({ ratio }) => ratio === undefined || Number(ratio) >= FULL)
    .map((accepted) => {
      if ('min' in accepted) return words.between(accepted.min, accepted.max);
      return accepted.tolerance === undefined || Number(accepted.tolerance) === 0 ? accepted.value : words.plusMinus(accepted.value, accepted.tolerance);
    });
  return `${full.join(` ${words.or} `)}${unit === undefined || full.length === 0 ? '' : ` ${unit}`}`;
}
