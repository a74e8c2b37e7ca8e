/** A piece of a text, matched or not. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Cuts a text at the borders of its matched passages; passages may overlap and reach too far. */
export function cutAtMatches(text: string, ranges: readonly { readonly from: number; readonly to: number }[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const start = Math.max(at, Math.min(from, text.length));
    const end = Math.min(to, text.length);
    if (end <= start) continue;
    const last = pieces.at(-1);
    if (start > at) pieces.push({ text: text.slice(at, start), isMatch: false });
    if (start === at && last?.isMatch === true) pieces[pieces.length - 1] = { text: last.text + text.slice(start, end), isMatch: true };
    else pieces.push({ text: text.slice(start, end), isMatch: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isMatch: false });
  return pieces;
}

/** A response as a text: the text itself, the options by their letters, the rest as it is kept. */
export function responseText(response: unknown, options: readonly { readonly id: string; readonly text: string }[]): string | undefined {
  if (response === null || response === undefined) return undefined;
  if (typeof response === 'string') return response;
  if (typeof response === 'object' && Object.keys(response).length === 0) return undefined;
  const { text, optionId, optionIds, order, pairs, gaps, value, accepted } = response as Record<string, unknown>;
  if (typeof text === 'string') return text;
  if (Array.isArray(accepted)) return accepted.map((one) => responseText(one, options)).join(' / ');
  // the order of ticking says nothing, the order of an ordering does
  const ids = [optionId, Array.isArray(optionIds) ? optionIds.toSorted() : undefined, order].flat().filter((id): id is string => typeof id === 'string');
  const joined = pairs ?? gaps;
  if (typeof joined === 'object' && joined !== null) return Object.entries(joined).map(([from, to]) => `${nameOf(from, options)} → ${typeof to === 'string' ? nameOf(to, options) : (responseText(to, options) ?? '')}`).join('; ');
  const named = ids.map((id) => optionText(id, options));
  if (named.length > 0) return named.join(', ');
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return String(value);
  return JSON.stringify(response);
}

function nameOf(id: string, options: readonly { readonly id: string; readonly text: string }[]): string {
  return options.find((option) => option.id === id)?.text ?? id;
}

function optionText(id: string, options: readonly { readonly id: string; readonly text: string }[]): string {
  const found = options.find((option) => option.id === id);
  return found === undefined ? id : `${id}. ${found.text}`;
}

/** Where an answer stands on a lane, in percent of the time from the first to the last answer of both. */
export function lanePlaces(savedAt: readonly (string | null)[], from: number, to: number): (number | undefined)[] {
  const span = Math.max(1, to - from);
  return savedAt.map((at) => (at === null ? undefined : ((Date.parse(at) - from) / span) * 100));
}

/** Rows of a lane: what stands too close to its neighbours goes one up. */
export interface LaneRows {
  /** By place, 0 at the bottom. */
  readonly of: readonly (number | undefined)[];
  readonly count: number;
}

/** Finds a row for each place, the lowest in which it is free. @param room that one takes, in percent of the lane */
export function laneRows(places: readonly (number | undefined)[], room: number): LaneRows {
  const taken: number[] = [];
  const of: (number | undefined)[] = places.map(() => undefined);
  const inOrder = places.flatMap((place, index) => (place === undefined ? [] : [{ place, index }])).sort((one, other) => one.place - other.place);
  for (const { index, place } of inOrder) {
    const free = taken.findIndex((end) => place - end >= room);
    const row = free < 0 ? taken.length : free;
    taken[row] = place;
    of[index] = row;
  }
  return { of, count: Math.max(1, taken.length) };
}

/** Students of a group on a circle, the first at the top. @param size of the square that it is drawn in */
export function circlePlaces(count: number, size: number, margin: number): { readonly x: number; readonly y: number }[] {
  const middle = size / 2;
  const radius = middle - margin;
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
    return { x: middle + radius * Math.cos(angle), y: middle + radius * Math.sin(angle) };
  });
}
