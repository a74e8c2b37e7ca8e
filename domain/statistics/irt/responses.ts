import type { Grid } from './grid.ts';

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

/** Whether all items share their slope. */
export type Shape = 'one-slope' | 'own-slopes';

/** Students whose answers say the same about their ability. */
export interface Group {
  /** Row of one of them. */
  readonly row: number;
  readonly rows: readonly number[];
  /** Right answers of all of them, by item. */
  readonly right: Float64Array;
  /** Items that none of them had. */
  readonly missing: readonly number[];
}

/** What the expectation step hands to the maximisation step. */
export interface Expectation {
  readonly logLikelihood: number;
  /** Expected right answers and expected answers at each node, item by item. */
  readonly right: Float64Array;
  readonly all: Float64Array;
}

/**
 * Puts students together who answered alike. With one slope for all items the number of right answers says everything.
 * @source E. B. Andersen, Sufficient Statistics and Latent Trait Models, Psychometrika 42 (1977) 69-81
 */
export function groupsOf({ items, students, values }: Responses, shape: Shape): Group[] {
  const groups = new Map<string, { row: number; rows: number[]; right: Float64Array; missing: number[] }>();
  for (let row = 0; row < students; row += 1) {
    const answers = values.subarray(row * items, (row + 1) * items);
    const key = shape === 'own-slopes' ? String.fromCharCode(...answers.map((answer) => answer + 1)) : `${answers.filter((answer) => answer === 1).length}/${maskOf(answers)}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = { row, rows: [], right: new Float64Array(items), missing: missingIn(answers) };
      groups.set(key, group);
    }
    group.rows.push(row);
    for (let item = 0; item < items; item += 1) if (answers[item] === 1) group.right[item]! += 1;
  }
  return [...groups.values()];
}

/**
 * Expected counts of answers at each node given the curves.
 * @source R. D. Bock, M. Aitkin, Marginal maximum likelihood estimation of item parameters: application of an EM algorithm, Psychometrika 46 (1981) 443-459, formulas 10 to 12
 */
export function expectation(responses: Responses, groups: readonly Group[], curves: Curves, grid: Grid): Expectation {
  const { items } = responses;
  const nodes = grid.abilities.length;
  const [right, all] = [new Float64Array(items * nodes), new Float64Array(items * nodes)];
  const everybody = new Float64Array(nodes);
  const posteriors = createPosteriors(responses, curves, grid);
  const { values } = posteriors;
  let logLikelihood = 0;
  for (const group of groups) {
    const count = group.rows.length;
    logLikelihood += count * posteriors.of(group);
    for (let node = 0; node < nodes; node += 1) everybody[node]! += count * values[node]!;
    for (let item = 0; item < items; item += 1) {
      const times = group.right[item]!;
      if (times === 0) continue;
      logLikelihood += times * curves.intercepts[item]!;
      const at = item * nodes;
      for (let node = 0; node < nodes; node += 1) right[at + node]! += times * values[node]!;
    }
    // most students have most items: it is cheaper to take away the others at the end
    for (const item of group.missing) for (let node = 0; node < nodes; node += 1) all[item * nodes + node]! -= count * values[node]!;
  }
  for (let at = 0; at < all.length; at += 1) all[at]! += everybody[at % nodes]!;
  return { logLikelihood, right, all };
}

/** Posterior weights of the nodes, one group of students at a time. */
export interface Posteriors {
  readonly values: Float64Array;
  /** Fills `values` for a group. @returns the log of the marginal likelihood of its answers without the intercepts of the right ones */
  of(group: Group): number;
}

/** Prepares the curves for {@link Posteriors}. */
export function createPosteriors({ items, values: answers }: Responses, { slopes, intercepts }: Curves, { abilities, weights }: Grid): Posteriors {
  const nodes = abilities.length;
  const values = new Float64Array(nodes);
  const wrong = new Float64Array(items * nodes);
  const nothingRight = new Float64Array(nodes);
  for (let item = 0; item < items; item += 1) {
    for (let node = 0; node < nodes; node += 1) {
      wrong[item * nodes + node] = -softplus(slopes[item]! * abilities[node]! + intercepts[item]!);
      nothingRight[node]! += wrong[item * nodes + node]!;
    }
  }
  return {
    values,
    of({ missing, row }) {
      // log P(right) = logit + log P(wrong): the slopes of the right answers add up before the nodes are looked at
      let slope = 0;
      for (let item = 0; item < items; item += 1) if (answers[row * items + item] === 1) slope += slopes[item]!;
      values.set(nothingRight);
      for (const item of missing) for (let node = 0; node < nodes; node += 1) values[node]! -= wrong[item * nodes + node]!;
      let highest = -Infinity;
      for (let node = 0; node < nodes; node += 1) {
        values[node]! += slope * abilities[node]!;
        if (values[node]! > highest) highest = values[node]!;
      }
      let sum = 0;
      for (let node = 0; node < nodes; node += 1) {
        values[node] = Math.exp(values[node]! - highest) * weights[node]!;
        sum += values[node]!;
      }
      for (let node = 0; node < nodes; node += 1) values[node]! /= sum;
      return highest + Math.log(sum);
    },
  };
}

/** 1 / (1 + exp(-x)). */
export function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** Which items were not on the paper, as a key. */
function maskOf(answers: Int8Array): string {
  return missingIn(answers).join(' ');
}

function missingIn(answers: Int8Array): number[] {
  const missing: number[] = [];
  answers.forEach((answer, item) => {
    if (answer < 0) missing.push(item);
  });
  return missing;
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
