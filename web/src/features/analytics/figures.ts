import type { ItemStatistics, Note } from './api.ts';

// how good a reliability is, in a word
type AlphaWord = 'high' | 'good' | 'fair' | 'weak' | 'poor' | 'negative';

/** The word for a reliability. @source D. George, P. Mallery: SPSS for Windows step by step, 4th ed., 2003 (limits) */
export function alphaWord(alpha: number): AlphaWord {
  if (alpha < 0) return 'negative';
  if (alpha < 0.6) return 'poor';
  if (alpha < 0.7) return 'weak';
  if (alpha < 0.8) return 'fair';
  return alpha < 0.9 ? 'good' : 'high';
}

/** Why a value is null or to be read with care; the reason of what it is part of counts too. */
export function reasonOf(notes: readonly Note[], path: string): Note['reason'] | undefined {
  const found = notes.find(({ value }) => value === path) ?? notes.find(({ value }) => path.startsWith(`${value}.`));
  return found?.reason;
}

/** How many questions tell strong from weak students, of those where this could be measured. @source R. L. Ebel, D. A. Frisbie: Essentials of educational measurement, 5th ed., 1991 (0.2 as the least) */
export function tellingItems(items: readonly ItemStatistics[]): { telling: number; measured: number } {
  const measured = items.map((item) => item.discrimination.upperLower27).filter((value) => value !== null);
  return { telling: measured.filter((value) => value >= 0.2).length, measured: measured.length };
}

/** How many scores of a distribution lie below a percent, from its pass rate. */
export function belowPass(n: number, passRate: number | null): number | null {
  return passRate === null ? null : n - Math.round(n * passRate);
}

function itemValue(item: ItemStatistics, column: string): number | null {
  if (column === 'facility') return item.facility;
  if (column === 'discrimination') return item.discrimination.upperLower27;
  if (column === 'rest') return item.discrimination.itemRest;
  if (column === 'omitted') return item.omitted;
  return column === 'time' ? item.medianSeconds : item.number;
}

/** Sorts questions by a column; those without a value come last either way. */
export function sortItems(items: readonly ItemStatistics[], column: string, direction: 'ascending' | 'descending'): ItemStatistics[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...items].sort((a, b) => {
    const [one, other] = [itemValue(a, column), itemValue(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a.number - b.number;
    return sign * (one - other) || a.number - b.number;
  });
}

/** A wrong option that the strongest chose more often than the key. */
export function beatingOption(item: ItemStatistics): NonNullable<ItemStatistics['options']>[number] | undefined {
  const keys = (item.options ?? []).filter(({ isKey }) => isKey);
  if (keys.length !== 1 || keys[0]!.byGroup.upper === null) return undefined;
  const wrong = (item.options ?? []).filter(({ isKey, byGroup }) => !isKey && byGroup.upper !== null && byGroup.upper > keys[0]!.byGroup.upper!);
  return wrong.sort((a, b) => b.byGroup.upper! - a.byGroup.upper!)[0];
}
