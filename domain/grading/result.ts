/** The result of a session: its sum after moderation, its share, the verdict and the grade. */
import { isPassed, percentOf } from './grade-session.ts';
import { moderate, type ModerationStep } from './moderation.ts';
import { gradeLabel, type ResolvedScale } from './scale.ts';

/** What an exam makes results with. */
export interface ResultRules {
  /** Percent, decimal string; null without a pass mark. */
  readonly passPercent: string | null;
  readonly steps: readonly ModerationStep[];
  readonly scale: ResolvedScale;
}

/** The sum of the marks of a session; decimal strings. */
export interface RawTotal {
  readonly points: string;
  readonly maxPoints: string;
  /** No mark is missing. */
  readonly isFinal: boolean;
}

/** What it comes to. */
export interface Result {
  /** After moderation. */
  readonly points: string;
  readonly percent: string | null;
  /** Null while marks are missing, and without a pass mark. */
  readonly passed: boolean | null;
  /** Null while marks are missing. */
  readonly gradeLabel: string | null;
}

/** Makes the result of a sum: moderation first, then the verdict and the grade, both on the moderated points. */
export function resultOf({ points: raw, maxPoints, isFinal }: RawTotal, { passPercent, steps, scale }: ResultRules): Result {
  const points = steps.length === 0 ? raw : moderate(raw, maxPoints, steps);
  const passed = isFinal && passPercent !== null ? isPassed(points, maxPoints, passPercent) : null;
  return { points, percent: percentOf(points, maxPoints), passed, gradeLabel: isFinal ? gradeLabel(scale, { points, maxPoints, passed }) : null };
}
