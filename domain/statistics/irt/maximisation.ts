import type { Grid } from './grid.ts';
import { type Curves, type Expectation, logistic } from './responses.ts';

const STEPS = 20;
const CLOSE = 1e-12;
/** Largest step of one parameter at a time: far away, the quadratic picture of the likelihood is wrong. */
const LONGEST = 1;

/** Curves that fit the expected answers best, every item by itself. @source Bock & Aitkin (1981), formulas 13 to 15, by Newton's method */
export function fitEach(expected: Expectation, { slopes, intercepts }: Curves, grid: Grid): Curves {
  const fitted = { slopes: slopes.slice(), intercepts: intercepts.slice() };
  slopes.forEach((_, item) => {
    for (let step = 0; step < STEPS; step += 1) {
      const s = sumsOf(item, expected, fitted.slopes[item]!, fitted.intercepts[item]!, grid);
      const determinant = s.aa * s.dd - s.ad * s.ad;
      if (!(determinant > 0)) break;
      const [a, d] = [bounded((s.dd * s.a - s.ad * s.d) / determinant), bounded((s.aa * s.d - s.ad * s.a) / determinant)];
      fitted.slopes[item]! += a;
      fitted.intercepts[item]! += d;
      if (Math.abs(a) + Math.abs(d) < CLOSE) break;
    }
  });
  return fitted;
}

/** Curves that fit the expected answers best while all have the same slope. */
export function fitTogether(expected: Expectation, { slopes, intercepts }: Curves, grid: Grid): Curves {
  const fitted = intercepts.slice();
  let slope = slopes[0]!;
  for (let step = 0; step < STEPS; step += 1) {
    const sums = Array.from(fitted, (intercept, item) => sumsOf(item, expected, slope, intercept, grid));
    // the intercepts are only tied together by the slope: eliminated one by one they leave one equation
    let [gradient, curvature] = [0, 0];
    for (const s of sums) {
      gradient += s.a - (s.ad * s.d) / s.dd;
      curvature += s.aa - (s.ad * s.ad) / s.dd;
    }
    if (!(curvature > 0)) break;
    const a = bounded(gradient / curvature);
    let moved = Math.abs(a);
    sums.forEach((s, item) => {
      const d = bounded((s.d - s.ad * a) / s.dd);
      fitted[item]! += d;
      moved += Math.abs(d);
    });
    slope += a;
    if (moved < CLOSE) break;
  }
  return { slopes: new Float64Array(slopes.length).fill(slope), intercepts: fitted };
}

/** Gradient and information of the expected answers to one item. */
interface Sums {
  /** Gradient. */
  readonly a: number;
  readonly d: number;
  /** Information. */
  readonly aa: number;
  readonly ad: number;
  readonly dd: number;
}

/** Sums over the nodes for one item. */
export function sumsOf(item: number, { right, all }: Expectation, slope: number, intercept: number, { abilities }: Grid): Sums {
  const nodes = abilities.length;
  let [a, d, aa, ad, dd] = [0, 0, 0, 0, 0];
  for (let node = 0; node < nodes; node += 1) {
    const ability = abilities[node]!;
    const p = logistic(slope * ability + intercept);
    const n = all[item * nodes + node]!;
    const residual = right[item * nodes + node]! - n * p;
    const weight = n * p * (1 - p);
    a += residual * ability;
    d += residual;
    aa += weight * ability * ability;
    ad += weight * ability;
    dd += weight;
  }
  return { a, d, aa, ad, dd };
}

function bounded(step: number): number {
  return Math.max(-LONGEST, Math.min(LONGEST, step));
}
