import { ABILITIES, createPosteriors, type Curves, logistic, NODES, type Responses } from './responses.ts';

/** Standard errors of the estimates of an item. */
export interface StandardErrors {
  slope(item: number): number;
  intercept(item: number): number;
  /** Of -intercept / slope, by the delta method. */
  difficulty(item: number): number;
}

/**
 * Standard errors from the cross-products of the scores of the students.
 * @param shape `one-slope` when all items share theirs
 * @returns null when the information can not be inverted: too few students for so many items
 * @source T. A. Louis, Finding the observed information matrix when using the EM algorithm, Journal of the Royal Statistical Society B 44 (1982) 226-233, section 3.1 (scores); mirt SE.type "crossprod"
 */
export function standardErrors(responses: Responses, curves: Curves, shape: 'one-slope' | 'own-slopes'): StandardErrors | null {
  const { items } = responses;
  const slopes = shape === 'one-slope' ? 1 : items;
  const size = slopes + items;
  const covariance = inverse(information(responses, curves, slopes), size);
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

function information(responses: Responses, curves: Curves, slopes: number): Float64Array {
  const { items, students, values } = responses;
  const size = slopes + items;
  const result = new Float64Array(size * size);
  const chances = new Float64Array(items * NODES);
  for (let item = 0; item < items; item += 1) {
    for (let node = 0; node < NODES; node += 1) chances[item * NODES + node] = logistic(curves.slopes[item]! * ABILITIES[node]! + curves.intercepts[item]!);
  }
  const posteriors = createPosteriors(responses, curves);
  const score = new Float64Array(size);
  for (let student = 0; student < students; student += 1) {
    posteriors.of(student);
    score.fill(0);
    for (let item = 0; item < items; item += 1) {
      const answer = values[student * items + item]!;
      if (answer < 0) continue;
      let [bySlope, byIntercept] = [0, 0];
      for (let node = 0; node < NODES; node += 1) {
        const residual = posteriors.values[node]! * (answer - chances[item * NODES + node]!);
        byIntercept += residual;
        bySlope += residual * ABILITIES[node]!;
      }
      score[slopes === 1 ? 0 : item]! += bySlope;
      score[slopes + item] = byIntercept;
    }
    for (let a = 0; a < size; a += 1) for (let b = 0; b <= a; b += 1) result[a * size + b]! += score[a]! * score[b]!;
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
