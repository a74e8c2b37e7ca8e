/** Right and wrong answers as the models read them: a row per student, a column per item. */
export interface Responses {
  readonly students: number;
  readonly items: number;
  /** Row by row: 1 right, 0 wrong, -1 not on the paper. */
  readonly values: Int8Array;
}

/** Slope and intercept of every item: logit P(right) = slope x ability + intercept, abilities N(0, 1). */
export interface Curves {
  readonly slopes: Float64Array;
  readonly intercepts: Float64Array;
}

/** What the expectation step hands to the maximisation step. */
export interface Expectation {
  readonly logLikelihood: number;
  /** Expected right answers and expected answers at each node, item by item. */
  readonly right: Float64Array;
  readonly all: Float64Array;
}

const LIMIT = 6;
/** Places at which abilities are looked at. */
export const NODES = 61;
/** Equally spaced from -6 to 6, as mirt does. */
export const ABILITIES = Float64Array.from({ length: NODES }, (_, node) => -LIMIT + (2 * LIMIT * node) / (NODES - 1));
/** The standard normal density at the nodes, normed to 1. */
export const WEIGHTS = normed(ABILITIES.map((ability) => Math.exp(-(ability * ability) / 2)));

/**
 * Expected counts of answers at each node given the curves.
 * @source R. D. Bock, M. Aitkin, Marginal maximum likelihood estimation of item parameters: application of an EM algorithm, Psychometrika 46 (1981) 443-459, formulas 10 to 12
 */
export function expectation(responses: Responses, curves: Curves): Expectation {
  const { items, students } = responses;
  const [right, all] = [new Float64Array(items * NODES), new Float64Array(items * NODES)];
  const everybody = new Float64Array(NODES);
  const posteriors = createPosteriors(responses, curves);
  let logLikelihood = 0;
  for (let student = 0; student < students; student += 1) {
    logLikelihood += posteriors.of(student);
    const row = student * items;
    for (let node = 0; node < NODES; node += 1) everybody[node]! += posteriors.values[node]!;
    for (let item = 0; item < items; item += 1) {
      const answer = responses.values[row + item]!;
      const at = item * NODES;
      if (answer === 1) for (let node = 0; node < NODES; node += 1) right[at + node]! += posteriors.values[node]!;
      // most students have most items: it is cheaper to take away the others at the end
      if (answer < 0) for (let node = 0; node < NODES; node += 1) all[at + node]! -= posteriors.values[node]!;
    }
  }
  for (let at = 0; at < all.length; at += 1) all[at]! += everybody[at % NODES]!;
  return { logLikelihood, right, all };
}

/** Posterior weights of the nodes, one student at a time. */
export interface Posteriors {
  readonly values: Float64Array;
  /** Fills `values` for a student. @returns the log of the marginal likelihood of the answers */
  of(student: number): number;
}

/** Prepares the curves for {@link Posteriors}. */
export function createPosteriors({ items, values: answers }: Responses, { slopes, intercepts }: Curves): Posteriors {
  const values = new Float64Array(NODES);
  const wrong = new Float64Array(items * NODES);
  const nothingRight = new Float64Array(NODES);
  for (let item = 0; item < items; item += 1) {
    for (let node = 0; node < NODES; node += 1) {
      wrong[item * NODES + node] = -softplus(slopes[item]! * ABILITIES[node]! + intercepts[item]!);
      nothingRight[node]! += wrong[item * NODES + node]!;
    }
  }
  return {
    values,
    of(student) {
      // log P(right) = logit + log P(wrong): the logits of the right answers add up before the nodes are looked at
      let [slope, intercept] = [0, 0];
      values.set(nothingRight);
      for (let item = 0; item < items; item += 1) {
        const answer = answers[student * items + item]!;
        if (answer === 1) {
          slope += slopes[item]!;
          intercept += intercepts[item]!;
        } else if (answer < 0) {
          const at = item * NODES;
          for (let node = 0; node < NODES; node += 1) values[node]! -= wrong[at + node]!;
        }
      }
      let highest = -Infinity;
      for (let node = 0; node < NODES; node += 1) {
        values[node]! += slope * ABILITIES[node]! + intercept;
        if (values[node]! > highest) highest = values[node]!;
      }
      let sum = 0;
      for (let node = 0; node < NODES; node += 1) {
        values[node] = Math.exp(values[node]! - highest) * WEIGHTS[node]!;
        sum += values[node]!;
      }
      for (let node = 0; node < NODES; node += 1) values[node]! /= sum;
      return highest + Math.log(sum);
    },
  };
}

/** 1 / (1 + exp(-x)). */
export function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function normed(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  return values.map((value) => value / sum);
}
