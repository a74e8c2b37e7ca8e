import type { Person } from '#bench/lib/api.ts';
import type { Inside } from '#bench/lib/inside.ts';
import type { BenchStack } from '#bench/lib/stack.ts';

/** What every suite is given. */
export interface BenchContext {
  readonly stack: BenchStack;
  readonly inside: Inside;
  readonly admin: Person;
  readonly teacher: Person;
  readonly proctor: Person;
  readonly questionIds: readonly string[];
  /** Up to 2,000 students with open log-ins. */
  readonly students: readonly Person[];
  say(text: string): void;
}

/** One figure with its bar. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Against the yardstick of the same run. */
  readonly ratio?: number;
  readonly cpuMicros?: number;
  readonly bar: string;
  readonly holds: boolean;
  /** Why it was not measured; then it counts neither way. */
  readonly skipped?: string;
  /** The other figures of the same measurement. */
  readonly more: Readonly<Record<string, number | string>>;
}

/** A part of the benchmarks. */
export interface Suite {
  /** Names of its results, for `--only`. */
  readonly names: readonly string[];
  /** How many students it needs, where that is fewer than there are. */
  readonly students?: number;
  run(context: BenchContext): Promise<BenchResult[]>;
}
