const MARK = /\[\[([^[\]]{1,100})\]\]/g;

/** The ids of the gaps marked `[[gapId]]` in a text, in reading order, as often as they are marked. */
export function gapIds(text: string): string[] {
  return Array.from(text.matchAll(MARK), (match) => match[1] ?? '');
}
