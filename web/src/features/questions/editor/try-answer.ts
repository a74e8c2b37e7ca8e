import { gradeNumeric, gradeShortText } from '#domain/grading/typed.ts';
import type { NumericKey, ShortTextKey } from '#domain/questions/types.ts';

/** What a typed answer would earn, as percent of the points, by the rules of grading; undefined while the key is not complete. */
export function percentOfTyped(type: 'short-text' | 'numeric', key: ShortTextKey | NumericKey, typed: string): number | undefined {
  try {
    const { num, den } = type === 'numeric' ? gradeNumeric(key as NumericKey, { value: typed }) : gradeShortText(key as ShortTextKey, { text: typed });
    return Math.round((Number(num) / Number(den)) * 1_000) / 10;
  } catch {
    return undefined;
  }
}
