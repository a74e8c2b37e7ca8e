import type { Grid } from './grid.ts';
import { sumsOf } from './maximisation.ts';
import { createPosteriors, type Curves, expectation, type Group, logistic, type Responses, type Shape } from './responses.ts';

/** Standard errors of the estimates of an item. */
export interface StandardErrors {
  slope(item: number): number;
  intercept(item: number): number;
  /** Of -intercept / slope, by the delta method. */
  difficulty(item: number): number;
}

/** What was fitted, to whom, and where abilities were looked at. */
export interface Fitted {
  readonly responses: Responses;
  readonly groups: readonly Group[];
  readonly curves: Curves;
  readonly grid: Grid;
}

/**
 * Standard errors from the observed information: that of answers with known abilities, less what not knowing them costs.
 * @param shape `one-slope` when all items share theirs
 * @returns null when the information can not be inverted: too few students for so many items
 * @source T. A. Louis, Finding the observed information matrix when using the EM algorithm, Journal of the Royal Statistical Society B 44 (1982) 226-233, section 3; the same matrix as mirt SE.type "Oakes" and the Hessian of R ltm
 */
export function standardErrors(fitted: Fitted, shape: Shape): StandardErrors | null {
  const { curves, responses: { items } } = fitted;
  const slopes = shape === 'one-slope' ? 1 : items;
  const size = slopes + items;
  const full = observedInformation(fitted);
  const covariance = inverse(shape === 'one-slope' ? withOneSlope(full, items) : full, size);
  if (covariance === null) return null;
  const at = (a: number, b: number): number => covariance[a * size + b]!;
  const slopeAt = (item: number): number => (shape === 'one-slope' ? 0 : item);
  return {
    slope: (item) => Math.sqrt(at(slopeAt(item), slopeAt(item))),
    intercept: (item) => Math.sqrt(at(slopes + item, slopes + item)),
    difficulty(item) {
      const [s, i] = [slopeAt(item), slopes + item];
      const slope = curves.slopes[item]!;
      const [bySlope, byIntercept] = [curves.intercepts[item]! / slope ** 2, -1 / slope];
      return Math.sqrt(Math.max(0, bySlope ** 2 * at(s, s) + 2 * bySlope * byIntercept * at(s, i) + byIntercept ** 2 * at(i, i)));
    },
  };
}

/** By slopes first, then by intercepts. */
function observedInformation({ curves, grid, groups, responses }: Fitted): Float64Array {
  const { items } = responses;
  const size = 2 * items;
  const result = new Float64Array(size * size);
  const add = (a: number, b: number, value: number): void => void (result[a * size + b]! += value);
  const expected = expectation(responses, groups, curves, grid);
  for (let item = 0; item < items; item += 1) {
    const { aa, ad, dd } = sumsOf(item, expected, curves.slopes[item]!, curves.intercepts[item]!, grid);
    add(item, item, aa);
    add(item, items + item, ad);
    add(items + item, item, ad);
    add(items + item, items + item, dd);
  }
  for (const [missing, weights] of takeKnown(responses, groups, curves, grid, add)) takeShared(items, missing, weights, curves, grid, add);
  return result;
}

type Add = (a: number, b: number, value: number) => void;

/**
 * Takes away, group by group, the covariances of the scores given the answers, but for the part in which two chances are
 * multiplied; that one needs only the posteriors of everybody with the same items.
 * @returns those posteriors by the items that are missing
 */
function takeKnown({ items, values }: Responses, groups: readonly Group[], curves: Curves, grid: Grid, add: Add): Map<readonly number[], Float64Array> {
  const { abilities } = grid;
  const posteriors = createPosteriors({ items, values, students: 0 }, curves, grid);
  const shared = new Map<string, [readonly number[], Float64Array]>();
  const chances = chancesOf(curves, grid);
  const [p0, p1, p2] = [new Float64Array(items), new Float64Array(items), new Float64Array(items)];
  for (const group of groups) {
    posteriors.of(group);
    const count = group.rows.length;
    const key = group.missing.join(' ');
    const weights = shared.get(key) ?? [group.missing, new Float64Array(abilities.length)];
    shared.set(key, weights);
    let [t1, t2] = [0, 0];
    [p0, p1, p2].forEach((moment) => moment.fill(0));
    const absent = new Set(group.missing);
    abilities.forEach((ability, node) => {
      const weight = posteriors.values[node]!;
      weights[1][node]! += count * weight;
      t1 += weight * ability;
      t2 += weight * ability * ability;
    });
    for (let item = 0; item < items; item += 1) {
      if (absent.has(item)) continue;
      for (let node = 0; node < abilities.length; node += 1) {
        const part = posteriors.values[node]! * chances[item * abilities.length + node]!;
        p0[item]! += part;
        p1[item]! += part * abilities[node]!;
        p2[item]! += part * abilities[node]! ** 2;
      }
    }
    const variance = t2 - t1 * t1;
    const together = togetherIn(group, items, values);
    for (let a = 0; a < items; a += 1) {
      const right = group.right[a]!;
      const bySlope = p2[a]! - t1 * p1[a]!;
      for (let b = 0; b < items; b += 1) {
        const [slopes, mixed] = [p2[b]! - t1 * p1[b]!, p1[b]! - t1 * p0[b]!];
        add(a, b, right * slopes + group.right[b]! * bySlope + count * p1[a]! * p1[b]! - together[a * items + b]! * variance);
        const cross = right * mixed + count * p1[a]! * p0[b]!;
        add(a, items + b, cross);
        add(items + b, a, cross);
        add(items + a, items + b, count * p0[a]! * p0[b]!);
      }
    }
  }
  return new Map(shared.values());
}

function takeShared(items: number, missing: readonly number[], weights: Float64Array, curves: Curves, grid: Grid, add: Add): void {
  const { abilities } = grid;
  const nodes = abilities.length;
  const chances = chancesOf(curves, grid);
  for (let a = 0; a < items; a += 1) {
    for (let b = 0; b < items; b += 1) {
      if (missing.includes(a) || missing.includes(b)) continue;
      let [e0, e1, e2] = [0, 0, 0];
      for (let node = 0; node < nodes; node += 1) {
        const part = weights[node]! * chances[a * nodes + node]! * chances[b * nodes + node]!;
        e0 += part;
        e1 += part * abilities[node]!;
        e2 += part * abilities[node]! ** 2;
      }
      add(a, b, -e2);
      add(a, items + b, -e1);
      add(items + b, a, -e1);
      add(items + a, items + b, -e0);
    }
  }
}

/** How many of a group had both items right. */
function togetherIn({ rows }: Group, items: number, values: Int8Array): Float64Array {
  const together = new Float64Array(items * items);
  for (const row of rows) {
    const right: number[] = [];
    for (let item = 0; item < items; item += 1) if (values[row * items + item] === 1) right.push(item);
    for (const a of right) for (const b of right) together[a * items + b]! += 1;
  }
  return together;
}

function chancesOf({ intercepts, slopes }: Curves, { abilities }: Grid): Float64Array {
  const nodes = abilities.length;
  return Float64Array.from({ length: slopes.length * nodes }, (_, at) => {
    const item = Math.floor(at / nodes);
    return logistic(slopes[item]! * abilities[at % nodes]! + intercepts[item]!);
  });
}

/** The information about one slope and the intercepts: what belongs to the slopes is added up. */
function withOneSlope(full: Float64Array, items: number): Float64Array {
  const [size, wide] = [items + 1, 2 * items];
  const result = new Float64Array(size * size);
  for (let a = 0; a < wide; a += 1) {
    for (let b = 0; b < wide; b += 1) result[Math.max(0, a - items + 1) * size + Math.max(0, b - items + 1)]! += full[a * wide + b]!;
  }
  return result;
}

/** Inverts a symmetric matrix, given by its lower half, by its Cholesky factor; null when it is not positive definite. */
function inverse(lower: Float64Array, size: number): Float64Array | null {
  const factor = lower.slice();
  for (let a = 0; a < size; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      let sum = factor[a * size + b]!;
      for (let c = 0; c < b; c += 1) sum -= factor[a * size + c]! * factor[b * size + c]!;
      if (a !== b) factor[a * size + b] = sum / factor[b * size + b]!;
      else if (sum > lower[a * size + a]! * 1e-10) factor[a * size + a] = Math.sqrt(sum);
      else return null;
    }
  }
  const result = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let c = 0; c < size; c += 1) {
    for (let a = c; a < size; a += 1) {
      let sum = a === c ? 1 : 0;
      for (let b = c; b < a; b += 1) sum -= factor[a * size + b]! * column[b]!;
      column[a] = sum / factor[a * size + a]!;
    }
    // the inverse is the sum of the outer products of the columns of the inverse factor, transposed
    for (let a = size - 1; a >= 0; a -= 1) {
      let sum = a >= c ? column[a]! : 0;
      for (let b = a + 1; b < size; b += 1) sum -= factor[b * size + a]! * result[b * size + c]!;
      result[a * size + c] = sum / factor[a * size + a]!;
    }
  }
  return result;
}
