/** Entries of lists that are walked for a session on average. */
const WORK = 100_000;
/** Keeps the weight of a mark that nobody else has finite. */
const START = 0.5;
/** Room for the place of a session beside a mark in one number. */
const ROOM = 2 ** 21;

/** Which sessions have which hashes of a question: only those that more than one has. */
export interface SharedMarks {
  /** Sessions by mark: those of a mark stand from `starts[mark]` to `starts[mark + 1]`. */
  readonly members: Int32Array;
  readonly starts: Int32Array;
  /** How little chance explains that another one has a mark: its decimal logarithm. */
  readonly weights: Float64Array;
  /** Marks that lists are walked for: of the rest there are too many members. */
  readonly walked: Uint8Array;
  /** Marks by session in order, in the same way. */
  readonly own: Int32Array;
  readonly ownStarts: Int32Array;
  /** Marks of each session, shared or not; without those of a common source. */
  readonly sizes: Int32Array;
  /** Sessions that answered. */
  readonly answered: readonly number[];
}

/**
 * Indexes the hashes of a question.
 * @param hashes by session; undefined where it has none
 * @param most marks that more sessions have are a common source and left out
 * @param group sessions that may have copied from each other; a mark of more of them is the more likely from a source that they share
 */
export function shareMarks(hashes: readonly (readonly number[] | undefined)[], most: number, group: number): SharedMarks {
  const sessions = hashes.length;
  const answered = [...hashes.keys()].filter((session) => hashes[session] !== undefined);
  const entries = new Float64Array(hashes.reduce((sum, marks) => sum + (marks?.length ?? 0), 0));
  let filled = 0;
  hashes.forEach((marks, session) => marks?.forEach((mark) => (entries[filled++] = mark * ROOM + session)));
  entries.sort();
  const members: number[] = [];
  const starts = [0];
  const weights: number[] = [];
  const sizes = new Int32Array(sessions);
  const ownStarts = new Int32Array(sessions + 1);
  const last = (session: number): void => void (ownStarts[session + 1]! += 1);
  for (let from = 0; from < entries.length;) {
    const mark = Math.floor(entries[from]! / ROOM);
    let to = from;
    while (to < entries.length && Math.floor(entries[to]! / ROOM) === mark) to += 1;
    const count = to - from;
    for (let at = from; at < to && count <= most; at += 1) {
      const session = entries[at]! % ROOM;
      sizes[session]! += 1;
      if (count > 1) last(session);
      if (count > 1) members.push(session);
    }
    if (count > 1 && count <= most) {
      starts.push(members.length);
      weights.push(Math.log10((answered.length - 1) / (count - 2 + START)) * Math.min(1, group / count));
    }
    from = to;
  }
  for (let session = 0; session < sessions; session += 1) ownStarts[session + 1]! += ownStarts[session]!;
  const own = new Int32Array(members.length);
  const next = ownStarts.slice();
  weights.forEach((_, mark) => {
    for (let at = starts[mark]!; at < starts[mark + 1]!; at += 1) own[next[members[at]!]!++] = mark;
  });
  return {
    members: Int32Array.from(members), starts: Int32Array.from(starts), weights: Float64Array.from(weights, (weight) => Math.max(0, weight)), walked: walkedOf(starts, answered.length), own, ownStarts, sizes, answered,
  };
}

/** What two sessions share. @returns how many marks, and their weight */
export function sharedOf({ own, ownStarts, weights }: SharedMarks, a: number, b: number): { readonly count: number; readonly weight: number } {
  let count = 0;
  let weight = 0;
  let left = ownStarts[a]!;
  let right = ownStarts[b]!;
  while (left < ownStarts[a + 1]! && right < ownStarts[b + 1]!) {
    const difference = own[left]! - own[right]!;
    if (difference === 0) {
      count += 1;
      weight += weights[own[left]!]!;
    }
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  return { count, weight };
}

/** Adds the weight of every mark of a session to the sums of the others who have it. */
export function addShared({ members, own, ownStarts, starts, walked, weights }: SharedMarks, session: number, sums: Float32Array): void {
  for (let at = ownStarts[session]!; at < ownStarts[session + 1]!; at += 1) {
    const mark = own[at]!;
    if (walked[mark] === 0) continue;
    const weight = weights[mark]!;
    for (let member = starts[mark]!; member < starts[mark + 1]!; member += 1) sums[members[member]!]! += weight;
  }
}

/** The shortest lists that are together not too much work. */
function walkedOf(starts: readonly number[], answered: number): Uint8Array {
  const walked = new Uint8Array(starts.length - 1);
  const lengthOf = (mark: number): number => starts[mark + 1]! - starts[mark]!;
  let work = 0;
  for (const mark of Array.from(walked.keys()).sort((left, right) => lengthOf(left) - lengthOf(right))) {
    work += lengthOf(mark) ** 2;
    if (work > WORK * answered) break;
    walked[mark] = 1;
  }
  return walked;
}
