/** A place in a text that somebody has said something about: UTF-16 positions, the end not included. */
export interface Place {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** A stretch of text with the notes that lie over it. */
export interface Piece {
  readonly text: string;
  /** Position of its first character in the whole text. */
  readonly start: number;
  readonly notes: readonly string[];
  /** Notes that end with this piece: their letters stand behind it. */
  readonly ends: readonly string[];
}

/** A line that is set apart, in pieces. */
export interface Paragraph {
  readonly start: number;
  readonly pieces: readonly Piece[];
}

/** Cuts a text into paragraphs, and those at the edges of the notes. Positions stay those of the whole text. */
export function paragraphsOf(text: string, places: readonly Place[]): Paragraph[] {
  const inside = places.map((place) => clamp(place, text.length)).filter(({ start, end }) => end > start);
  const found: Paragraph[] = [];
  for (const line of text.matchAll(/[^\n](?:[^\n]|\n(?!\s*\n))*/g)) {
    const start = line.index;
    const end = start + line[0].length;
    if (line[0].trim() === '') continue;
    const edges = new Set([start, end]);
    for (const place of inside) for (const edge of [place.start, place.end]) if (edge > start && edge < end) edges.add(edge);
    const cuts = [...edges].sort((a, b) => a - b);
    found.push({ start, pieces: cuts.slice(0, -1).map((from, index) => pieceOf(text, from, cuts[index + 1]!, inside, end)) });
  }
  return found;
}

/** The letter of a note by its place in the text: a … z, then a2, b2 … */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26) + 1}`;
}

/** Notes in the order of the text. */
export function inOrder<Note extends Omit<Place, 'id'>>(notes: readonly Note[]): Note[] {
  return [...notes].sort((a, b) => a.start - b.start || a.end - b.end);
}

function pieceOf(text: string, from: number, to: number, places: readonly Place[], lineEnd: number): Piece {
  const over = places.filter(({ start, end }) => start < to && end > from);
  // a note that ends in the white space between two lines still ends with the first of them
  const ends = over.filter(({ end }) => end === to || (to === lineEnd && end > to && text.slice(to, end).trim() === ''));
  return { text: text.slice(from, to), start: from, notes: over.map(({ id }) => id), ends: ends.map(({ id }) => id) };
}

function clamp({ id, start, end }: Place, length: number): Place {
  return { id, start: Math.max(0, Math.min(start, length)), end: Math.max(0, Math.min(end, length)) };
}
