/** How a student appears in a leaderboard. */
export type ShownAs = 'initials' | 'name' | 'alias';

/** What a student chose; initials unless they chose otherwise. */
export interface NameChoice {
  readonly shownAs: ShownAs;
  readonly alias: string;
}

/** The name that others in the course see: nobody's full name without their wish. */
export function shownName(name: string, { alias, shownAs }: NameChoice): string {
  if (shownAs === 'name') return name;
  if (shownAs === 'alias' && alias.trim() !== '') return alias.trim();
  return initialsOf(name);
}

/** First letters of the first and the last word: `Ada Lovelace` is `A. L.`. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return ends.map((word) => `${[...word][0]!.toUpperCase()}.`).join(' ');
}
