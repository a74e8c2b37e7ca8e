import { clusterEdges } from './clusters.ts';
import { adjustForAll } from './tail.ts';

/** Fingerprints that a text needs besides its containment, and how unlikely it has to be: one in a hundred. */
const TEXT_FINGERPRINTS = 4;
const TEXT_STRENGTH = 2;

/** A compared pair, as flags are made of it. */
export interface Flaggable {
  readonly a: string;
  readonly b: string;
  readonly p: number | null;
  readonly textStrength: number;
  readonly containment: number;
  readonly fingerprints: number;
}

/** The verdict about all pairs of a scan. */
export interface Flags {
  readonly pairs: readonly { readonly adjustedP: number | null; readonly flagged: boolean; readonly clusterId: number | null }[];
  readonly clusters: number;
  /** Highest p-value that is flagged; level / tests when there is none. */
  readonly falsePositiveRate: number;
}

/**
 * Flags the pairs whose adjusted p-value is at most `level`, and those whose texts share enough.
 * @param pairs the strongest first
 * @param tests all pairs that could have been compared
 */
export function flagPairs(pairs: readonly Flaggable[], tests: number, { level, minContainment }: { readonly level: number; readonly minContainment: number }): Flags {
  const adjusted = adjustForAll(pairs.map(({ p }) => p ?? 1), tests);
  const flagged = pairs.map((pair, index) => (pair.p !== null && adjusted[index]! <= level)
    || (pair.containment >= minContainment && pair.fingerprints >= TEXT_FINGERPRINTS && pair.textStrength >= TEXT_STRENGTH));
  const numbers = clusterEdges(pairs.filter((_, index) => flagged[index]));
  let edge = 0;
  const highest = Math.max(0, ...pairs.filter((pair, index) => pair.p !== null && adjusted[index]! <= level).map(({ p }) => p!));
  return {
    pairs: pairs.map(({ p }, index) => ({ adjustedP: p === null ? null : adjusted[index]!, flagged: flagged[index]!, clusterId: flagged[index] ? numbers[edge++]! : null })),
    clusters: new Set(numbers).size,
    falsePositiveRate: highest === 0 ? level / Math.max(1, tests) : highest,
  };
}
