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
function observedInformation(fitted: Fitted): Float64Array {
  const { curves, grid, groups, responses } = fitted;
  const { items } = responses;
  const size = 2 * items;
  const result = new Float64Array(size * size);
  const expected = expectation(responses, groups, curves, grid);
  for (let item = 0; item < items; item += 1) {
    const { aa, ad, dd } = sumsOf(item, expected, curves.slopes[item]!, curves.intercepts[item]!, grid);
    result[item * size + item] = aa;
    result[item * size + items + item] = ad;
    result[(items + item) * size + items + item] = dd;
  }
  const chances = chancesOf(curves, grid);
  for (const [missing, weights] of takeKnown(result, fitted, chances)) takeShared(result, items, missing, weights, chances, grid);
  for (let a = 0; a < size; a += 1) for (let b = 0; b < a; b += 1) result[a * size + b] = result[b * size + a]!;
  return result;
}

/**
 * Takes away, group by group, the covariances of the scores given the answers, but for the part in which two chances are
 * multiplied; that one needs only the posteriors of everybody with the same items.
 * @param information of which the upper half is kept
 * @returns those posteriors by the items that are missing
 */
function takeKnown(information: Float64Array, { curves, grid, groups, responses }: Fitted, chances: Float64Array): Map<readonly number[], Float64Array> {
  const { items } = responses;
  const { abilities } = grid;
  const [nodes, size] = [abilities.length, 2 * items];
  const posteriors = createPosteriors(responses, curves, grid);
  const shared = new Map<string, [readonly number[], Float64Array]>();
  const [p0, p1, p2] = [new Float64Array(items), new Float64Array(items), new Float64Array(items)];
  for (const group of groups) {
    posteriors.of(group);
    const { values } = posteriors;
    const { right } = group;
    const count = group.rows.length;
    const key = group.missing.join(' ');
    const weights = shared.get(key) ?? [group.missing, new Float64Array(nodes)];
    shared.set(key, weights);
    let [t1, t2] = [0, 0];
    for (let node = 0; node < nodes; node += 1) {
      const [weight, ability] = [values[node]!, abilities[node]!];
      weights[1][node]! += count * weight;
      t1 += weight * ability;
      t2 += weight * ability * ability;
    }
    momentsOf(values, chances, abilities, [p0, p1, p2]);
    for (const item of group.missing) p0[item] = p1[item] = p2[item] = 0;
    const variance = t2 - t1 * t1;
    takeTogether(information, group, responses, variance);
    for (let a = 0; a < items; a += 1) {
      const [ra, bySlope, q0, q1] = [right[a]!, p2[a]! - t1 * p1[a]!, count * p0[a]!, count * p1[a]!];
      const [slopeRow, interceptRow] = [a * size, (items + a) * size + items];
      for (let b = 0; b < items; b += 1) information[slopeRow + items + b]! += ra * (p1[b]! - t1 * p0[b]!) + q1 * p0[b]!;
      for (let b = a; b < items; b += 1) {
        information[slopeRow + b]! += ra * (p2[b]! - t1 * p1[b]!) + right[b]! * bySlope + q1 * p1[b]!;
        information[interceptRow + b]! += q0 * p0[b]!;
      }
    }
  }
  return new Map(shared.values());
}

/** Expected chances of every item, and times ability, and times its square, given the answers. */
function momentsOf(posterior: Float64Array, chances: Float64Array, abilities: Float64Array, [p0, p1, p2]: readonly [Float64Array, Float64Array, Float64Array]): void {
  const nodes = abilities.length;
  for (let item = 0; item < p0.length; item += 1) {
    let [m0, m1, m2] = [0, 0, 0];
    for (let node = 0; node < nodes; node += 1) {
      const part = posterior[node]! * chances[item * nodes + node]!;
      const byAbility = part * abilities[node]!;
      m0 += part;
      m1 += byAbility;
      m2 += byAbility * abilities[node]!;
    }
    p0[item] = m0;
    p1[item] = m1;
    p2[item] = m2;
  }
}

/** Takes away what two right answers of the same student share. */
function takeTogether(information: Float64Array, { rows }: Group, { items, values }: Responses, variance: number): void {
  const right: number[] = [];
  for (const row of rows) {
    right.length = 0;
    for (let item = 0; item < items; item += 1) if (values[row * items + item] === 1) right.push(item);
    for (let a = 0; a < right.length; a += 1) for (let b = a; b < right.length; b += 1) information[right[a]! * 2 * items + right[b]!]! -= variance;
  }
}

function takeShared(information: Float64Array, items: number, missing: readonly number[], weights: Float64Array, chances: Float64Array, { abilities }: Grid): void {
  const [nodes, size] = [abilities.length, 2 * items];
  const absent = new Set(missing);
  for (let a = 0; a < items; a += 1) {
    for (let b = a; b < items; b += 1) {
      if (absent.has(a) || absent.has(b)) continue;
      let [e0, e1, e2] = [0, 0, 0];
      for (let node = 0; node < nodes; node += 1) {
        const part = weights[node]! * chances[a * nodes + node]! * chances[b * nodes + node]!;
        e0 += part;
        e1 += part * abilities[node]!;
        e2 += part * abilities[node]! ** 2;
      }
      information[a * size + b]! -= e2;
      information[a * size + items + b]! -= e1;
      if (a !== b) information[b * size + items + a]! -= e1;
      information[(items + a) * size + items + b]! -= e0;
    }
  }
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
