/**
 * Where in the text a selection of the page lies. Elements with `data-start` hold text from that position on;
 * what stands between, such as the letters of notes, does not count.
 * @returns undefined when nothing of the text is selected
 */
export function selectedPlace(root: HTMLElement, selection: Selection | null): { start: number; end: number } | undefined {
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  let start: number | undefined;
  let end: number | undefined;
  for (const piece of root.querySelectorAll<HTMLElement>('[data-start]')) {
    const node = piece.firstChild;
    if (!(node instanceof Text) || !range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    if (to <= from) continue;
    const first = Number(piece.dataset['start']);
    start ??= first + from;
    end = first + to;
  }
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** Takes white space off the ends of a place; undefined when nothing is left. */
export function trimPlace(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } | undefined {
  const within = text.slice(start, end);
  const trimmed = { start: start + within.length - within.trimStart().length, end: end - within.length + within.trimEnd().length };
  return trimmed.end > trimmed.start ? trimmed : undefined;
}
