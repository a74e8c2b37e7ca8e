/** A piece of a text and whether the other text has it too. */
export interface DiffPart {
  readonly text: string;
  readonly isOwn: boolean;
}

/** More cells than this take longer than anybody waits. */
const MOST_CELLS = 4_000_000;

/** Compares two texts by words. @returns both texts in pieces, marked where they differ */
export function wordDiff(left: string, right: string): { readonly left: readonly DiffPart[]; readonly right: readonly DiffPart[] } {
  const a = wordsOf(left);
  const b = wordsOf(right);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const same = commonOf(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const build = (words: readonly string[], shared: ReadonlySet<number>): DiffPart[] => {
    const isOwn = (at: number): boolean => at >= start && at < words.length - end && !shared.has(at - start);
    // a space between two marked words is marked with them
    return join(words.map((text, at) => ({ text, isOwn: isOwn(at) || (text.trim() === '' && isOwn(at - 1) && isOwn(at + 1)) })));
  };
  return { left: build(a, same.a), right: build(b, same.b) };
}

function wordsOf(text: string): string[] {
  return text.match(/\s+|[^\s]+/g) ?? [];
}

/** Positions of a longest common subsequence. */
function commonOf(a: readonly string[], b: readonly string[]): { readonly a: Set<number>; readonly b: Set<number> } {
  const found = { a: new Set<number>(), b: new Set<number>() };
  if (a.length * b.length > MOST_CELLS) return found;
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      found.a.add(i);
      found.b.add(j);
      i += 1;
      j += 1;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return found;
}

function join(parts: readonly DiffPart[]): DiffPart[] {
  const joined: { text: string; isOwn: boolean }[] = [];
  for (const { text, isOwn } of parts) {
    const last = joined.at(-1);
    if (last?.isOwn === isOwn) last.text += text;
    else joined.push({ text, isOwn });
  }
  return joined;
}
