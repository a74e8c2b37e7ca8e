/**
 * Rasch and two-parameter logistic models by marginal maximum likelihood: abilities are N(0, 1), integrated from -8 to 8 over
 * as many equally spaced nodes as the answers need; no prior on the items. The Rasch model is fitted with one slope for all
 * items, which is the same as slopes of 1 and abilities N(0, slope squared); its difficulties are given on that scale.
 * Missing answers are missing by design.
 */
import { type Fitted, standardErrors } from './errors.ts';
import { createGrid, type Grid, nodesFor } from './grid.ts';
import { fitEach, fitTogether } from './maximisation.ts';
import { type Curves, expectation, groupsOf, logistic, type Responses, type Shape } from './responses.ts';

/** What a fit of either model says about itself. */
export interface Fit {
  readonly n: number;
  readonly items: number;
  readonly iterations: number;
  readonly logLikelihood: number;
  /** Nodes from -8 to 8. */
  readonly nodes: number;
}

/** Difficulties where a student of mean ability has even chances, on the scale on which slopes are 1. */
export interface RaschFit extends Fit {
  readonly abilitySd: number;
  readonly difficulties: readonly { readonly difficulty: number; readonly se: number | null }[];
}

/** Difficulty b and discrimination a of P(right) = 1 / (1 + exp(-a (ability - b))), no factor 1.7. */
export interface TwoPlFit extends Fit {
  readonly parameters: readonly { readonly difficulty: number; readonly se: number | null; readonly discrimination: number; readonly discriminationSe: number | null }[];
}

const MOST_ITERATIONS = 500;
const CLOSE = 1e-9;
/** Slopes beyond it stand for data that no curve fits, such as an item that everybody above some total has right. */
const STEEPEST = 8;
const FLATTEST = 1e-3;
const FARTHEST = 15;

/**
 * Fits the Rasch model.
 * @returns null when the estimates run away or do not settle
 * @source G. Rasch, Probabilistic Models for Some Intelligence and Attainment Tests (1960); D. Thissen, Marginal maximum likelihood estimation for the one-parameter logistic model, Psychometrika 47 (1982) 175-186; mirt itemtype "Rasch"
 */
export function fitRasch(responses: Responses): RaschFit | null {
  const found = fitCurves(responses, 'one-slope');
  if (found === null) return null;
  const { fit, fitted } = found;
  const { slopes, intercepts } = fitted.curves;
  const errors = standardErrors(fitted, 'one-slope');
  return {
    ...fit, abilitySd: slopes[0]!,
    difficulties: Array.from(intercepts, (intercept, item) => ({ difficulty: -intercept, se: errors === null ? null : errors.intercept(item) })),
  };
}

/**
 * Fits the two-parameter logistic model.
 * @returns null when the estimates run away or do not settle
 * @source A. Birnbaum in Lord & Novick, Statistical Theories of Mental Test Scores (1968), chapter 17; Bock & Aitkin (1981); mirt itemtype "2PL", ltm `ltm(x ~ z1)`
 */
export function fitTwoPl(responses: Responses): TwoPlFit | null {
  const found = fitCurves(responses, 'own-slopes');
  if (found === null) return null;
  const { fit, fitted } = found;
  const { slopes, intercepts } = fitted.curves;
  const errors = standardErrors(fitted, 'own-slopes');
  return {
    ...fit,
    parameters: Array.from(slopes, (slope, item) => ({
      difficulty: -intercepts[item]! / slope,
      se: errors === null ? null : errors.difficulty(item),
      discrimination: slope,
      discriminationSe: errors === null ? null : errors.slope(item),
    })),
  };
}

function fitCurves(responses: Responses, shape: Shape): { fit: Fit; fitted: Fitted } | null {
  const groups = groupsOf(responses, shape);
  const maximise = shape === 'one-slope' ? fitTogether : fitEach;
  let [grid, start, iterations] = [createGrid(), startOf(responses), 0];
  for (;;) {
    const settled = settle(start, (curves) => maximise(expectation(responses, groups, curves, grid), curves, grid));
    if (settled === null || !isUsable(settled.curves)) return null;
    const { curves } = settled;
    iterations += settled.iterations;
    const nodes = nodesFor(mostInformation(curves, grid));
    if (nodes <= grid.abilities.length) {
      const { logLikelihood } = expectation(responses, groups, curves, grid);
      return { fit: { n: responses.students, items: responses.items, iterations, logLikelihood, nodes: grid.abilities.length }, fitted: { responses, groups, curves, grid } };
    }
    grid = createGrid(nodes);
    start = curves;
  }
}

function settle(start: Curves, next: (curves: Curves) => Curves): { curves: Curves; iterations: number } | null {
  let curves = start;
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations += 1) {
    const once = next(curves);
    const twice = next(once);
    if (!isSane(twice)) return null;
    if (distance(once, twice) < CLOSE) return { curves: twice, iterations };
    curves = accelerated(curves, once, twice);
    if (!isSane(curves)) curves = twice;
  }
  return null;
}

/** The information about an ability where it is highest. */
function mostInformation({ intercepts, slopes }: Curves, { abilities }: Grid): number {
  return Math.max(...Array.from(abilities, (ability) => slopes.reduce((sum, slope, item) => {
    const p = logistic(slope * ability + intercepts[item]!);
    return sum + slope * slope * p * (1 - p);
  }, 0)));
}

/**
 * A long step from three points of an EM sequence; the next EM step takes back what was too much.
 * @source R. Varadhan, C. Roland, Simple and globally convergent methods for accelerating the convergence of any EM algorithm, Scandinavian Journal of Statistics 35 (2008) 335-353, scheme S3
 */
function accelerated(start: Curves, once: Curves, twice: Curves): Curves {
  const [x0, x1, x2] = [start, once, twice].map(flat) as [Float64Array, Float64Array, Float64Array];
  const r = x1.map((value, at) => value - x0[at]!);
  const v = x2.map((value, at) => value - x1[at]! - r[at]!);
  const [rr, vv] = [norm(r), norm(v)];
  if (vv === 0) return twice;
  const length = Math.max(1, Math.min(LONGEST_LEAP, rr / vv));
  const leapt = x0.map((value, at) => value + 2 * length * r[at]! + length * length * v[at]!);
  const items = start.slopes.length;
  return { slopes: leapt.slice(0, items), intercepts: leapt.slice(items) };
}

const LONGEST_LEAP = 16;

function startOf({ items, students, values }: Responses): Curves {
  const intercepts = new Float64Array(items);
  for (let item = 0; item < items; item += 1) {
    let [right, all] = [0.5, 1];
    for (let student = 0; student < students; student += 1) {
      const answer = values[student * items + item]!;
      if (answer < 0) continue;
      right += answer;
      all += 1;
    }
    intercepts[item] = Math.log(right / (all - right));
  }
  return { slopes: new Float64Array(items).fill(1), intercepts };
}

function flat({ slopes, intercepts }: Curves): Float64Array {
  return Float64Array.of(...slopes, ...intercepts);
}

function norm(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

function distance(a: Curves, b: Curves): number {
  let most = 0;
  const [x, y] = [flat(a), flat(b)];
  x.forEach((value, at) => {
    most = Math.max(most, Math.abs(value - y[at]!));
  });
  return most;
}

/** A negative slope is fine on the way and at the end: such an item works against the others. */
function isSane({ slopes, intercepts }: Curves): boolean {
  return slopes.every((slope) => Math.abs(slope) <= STEEPEST) && intercepts.every((intercept) => Math.abs(intercept) <= FARTHEST * 2);
}

function isUsable({ slopes }: Curves): boolean {
  return slopes.every((slope) => Math.abs(slope) >= FLATTEST);
}
