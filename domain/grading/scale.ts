/** Grades from points: scales, cut-offs by table or by rank, and the rule of rounding. */
import { compare, type DecimalLimits, decimal, divide, type Fraction, formatDecimal, fraction, multiply, roundHalfUp } from '#domain/decimal.ts';

/** Totals have more digits than one mark. */
const TOTAL_LIMITS: DecimalLimits = { digits: 18, places: 4 };
const HUNDRED = fraction(100n);

/** A grade and the lowest value that earns it. */
export interface GradeBand {
  readonly label: string;
  /** Decimal string, in the unit of the scale. */
  readonly from: string;
}

/** A grade for everybody who is among so many percent of the cohort. */
export interface RankBand {
  readonly label: string;
  /** Decimal string, cumulative: with 10 and 35 the second band holds the next 25 %. */
  readonly topPercent: string;
}

/**
 * How points become a grade. `places` is the rounding: a value is rounded half up to so many places first, and the rounded
 * value decides the band. Bands go from the best to the worst; whoever is below every cut-off has the last one.
 */
export type GradeScale =
  | { readonly kind: 'points' | 'percent' | 'pass-fail'; readonly places: number }
  | { readonly kind: 'letters'; readonly places: number; readonly bands: readonly GradeBand[] }
  | { readonly kind: 'bands'; readonly places: number; readonly unit: 'percent' | 'points'; readonly bands: readonly GradeBand[] }
  | { readonly kind: 'percentile'; readonly places: number; readonly bands: readonly RankBand[] };

/** Name of a kind of scale. */
export type GradeScaleKind = GradeScale['kind'];

/** The letters of an institution that has set none of its own. */
const FIRST_LETTERS: readonly GradeBand[] = [
  { label: 'A', from: '85' }, { label: 'B', from: '70' }, { label: 'C', from: '55' }, { label: 'D', from: '40' }, { label: 'F', from: '0' },
];

/** The scale of an exam that has none of its own. @param letters those of the institution; null: it has set none */
export function institutionScale(letters: readonly GradeBand[] | null): Extract<GradeScale, { kind: 'letters' }> {
  return { kind: 'letters', places: 2, bands: letters ?? FIRST_LETTERS };
}

/** A cut-off as it stands; null where a band by rank is too small for anybody. */
export interface CutOff {
  readonly label: string;
  readonly from: string | null;
}

/** A scale whose cut-offs are known. */
export interface ResolvedScale {
  readonly kind: GradeScaleKind;
  readonly places: number;
  readonly unit: 'percent' | 'points';
  readonly cutOffs: readonly CutOff[];
}

/** What a grade is made from; decimal strings. */
export interface Total {
  readonly points: string;
  readonly maxPoints: string;
  /** The verdict of the pass mark, null without one. */
  readonly passed: boolean | null;
}

/** The exact share in percent, rounded half up to so many places; undefined when nothing can be earned. */
function roundedPercent({ points, maxPoints }: Pick<Total, 'points' | 'maxPoints'>, places: number): Fraction | undefined {
  const most = decimal(maxPoints, TOTAL_LIMITS);
  return most.num === 0n ? undefined : roundHalfUp(divide(multiply(decimal(points, TOTAL_LIMITS), HUNDRED), most), places);
}

/**
 * Fixes the cut-offs of a scale. By rank: of n totals in descending order the first floor(n x topPercent / 100) belong to the band
 * or a better one; the value of the last of them is the cut-off, so everybody who ties with it is let in too. A band that holds
 * nobody has no cut-off. The last band takes everybody else.
 * @param cohort the totals that count
 */
export function resolveScale(scale: GradeScale, cohort: readonly Pick<Total, 'points' | 'maxPoints'>[]): ResolvedScale {
  const { kind, places } = scale;
  switch (kind) {
    case 'points':
      return { kind, places, unit: 'points', cutOffs: [] };
    case 'percent':
    case 'pass-fail':
      return { kind, places, unit: 'percent', cutOffs: [] };
    case 'letters':
      return { kind, places, unit: 'percent', cutOffs: scale.bands };
    case 'bands':
      return { kind, places, unit: scale.unit, cutOffs: scale.bands };
    case 'percentile':
      return { kind, places, unit: 'percent', cutOffs: cutByRank(scale.bands, cohort.flatMap((total) => roundedPercent(total, places) ?? [])) };
  }
}

function cutByRank(bands: readonly RankBand[], values: readonly Fraction[]): CutOff[] {
  const ranked = values.toSorted((left, right) => compare(right, left));
  return bands.map(({ label, topPercent }) => {
    const share = multiply(decimal(topPercent), fraction(BigInt(ranked.length), 100n));
    const last = ranked[Number(share.num / share.den) - 1];
    return { label, from: last === undefined ? null : formatDecimal(last) };
  });
}

/**
 * The grade of a total. Points and percent are written with the places of the scale; pass and fail follow the pass mark of the exam,
 * which is compared exactly, without rounding.
 * @returns null when nothing can be earned, and for pass and fail without a pass mark
 */
export function gradeLabel(scale: ResolvedScale, total: Total): string | null {
  if (scale.kind === 'pass-fail') return total.passed === null ? null : total.passed ? 'pass' : 'fail';
  const percent = roundedPercent(total, scale.places);
  if (percent === undefined) return null;
  const value = scale.unit === 'points' ? roundHalfUp(decimal(total.points, TOTAL_LIMITS), scale.places) : percent;
  if (scale.kind === 'points') return formatDecimal(value);
  if (scale.kind === 'percent') return `${formatDecimal(value)} %`;
  const band = scale.cutOffs.find(({ from }) => from !== null && compare(value, decimal(from, TOTAL_LIMITS)) >= 0);
  return (band ?? scale.cutOffs.at(-1))?.label ?? null;
}

/** Where a grade stands among those of the scale, 0 for the best; null when grades have no order by bands. */
export function gradeRank(scale: ResolvedScale, label: string | null): number | null {
  const rank = scale.cutOffs.findIndex((cutOff) => cutOff.label === label);
  return rank === -1 ? null : rank;
}

/** Every grade of a scale, best first; none for points and percent, which are numbers. */
export function gradeNames(scale: ResolvedScale): string[] {
  return scale.kind === 'pass-fail' ? ['pass', 'fail'] : scale.cutOffs.map(({ label }) => label);
}
