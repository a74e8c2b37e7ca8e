/** Something to deal, with whom it lies now. */
export interface SplitUnit {
  readonly id: string;
  readonly current: string | null;
}

/**
 * Deals units evenly: no two graders differ by more than one unit, and as few units as possible change hands. The same input always
 * gives the same split, and splitting a split changes nothing.
 * @param units in the order in which they are to be dealt
 * @param graders in the order in which they get what does not divide; at least one
 * @returns grader by unit
 */
export function splitEvenly(units: readonly SplitUnit[], graders: readonly string[]): ReadonlyMap<string, string> {
  const held = new Map(graders.map((grader) => [grader, units.filter((unit) => unit.current === grader).length]));
  const least = Math.floor(units.length / graders.length);
  const rest = units.length % graders.length;
  // those who hold most already keep the odd ones, so that nothing moves without need
  const byHeld = graders.toSorted((a, b) => held.get(b)! - held.get(a)! || graders.indexOf(a) - graders.indexOf(b));
  const room = new Map(byHeld.map((grader, index) => [grader, least + (index < rest ? 1 : 0)]));
  const dealt = new Map<string, string>();
  for (const { id, current } of units) {
    const left = current === null ? 0 : (room.get(current) ?? 0);
    if (current === null || left === 0) continue;
    dealt.set(id, current);
    room.set(current, left - 1);
  }
  for (const { id } of units) {
    if (dealt.has(id)) continue;
    const grader = graders.find((each) => room.get(each)! > 0)!;
    dealt.set(id, grader);
    room.set(grader, room.get(grader)! - 1);
  }
  return dealt;
}

/** Who looks again at the answer of a first marker: the next on the list; null when there is nobody else. */
export function secondAfter(first: string | null, graders: readonly string[], index: number): string | null {
  const others = graders.filter((grader) => grader !== first);
  if (others.length === 0) return null;
  const place = first === null ? -1 : graders.indexOf(first);
  if (place < 0) return others[index % others.length]!;
  // a fixed shift for each round through the others, so that a pair of graders is not always the same
  return graders[(place + 1 + (index % others.length)) % graders.length]!;
}
