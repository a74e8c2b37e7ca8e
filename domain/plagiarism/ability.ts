/** Places of ability: from -2.5 to 2.5 standard deviations of the class. */
export const PLACES = 21;
const STEP = 0.25;

/** Share of a class at each place: the standard normal. */
export const CLASS = sharesOf(Array.from({ length: PLACES }, (_, place) => bell((place - (PLACES - 1) / 2) * STEP)));

/** How much the answers at one place say about those at another one, by place x places + other place. The more sessions, the less far they reach.
 * @source Ramsay (1991), Kernel smoothing approaches to nonparametric item characteristic curve estimation, Psychometrika 56, 611-630, bandwidth 1.1 N^-1/5
 */
export function kernelFor(sessions: number): Float64Array {
  const width = 1.1 * Math.max(sessions, 2) ** -0.2;
  const kernel = new Float64Array(PLACES * PLACES);
  for (let a = 0; a < PLACES; a += 1) for (let b = 0; b < PLACES; b += 1) kernel[a * PLACES + b] = bell(((a - b) * STEP) / width);
  return kernel;
}

/** Normal scores of the ranks, ties in the middle, to the nearest place. */
export function placesOf(scores: Float64Array): Uint8Array {
  const order = Array.from(scores.keys()).sort((left, right) => scores[left]! - scores[right]!);
  const places = new Uint8Array(scores.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to += 1;
    const z = normalQuantile((from + to) / 2 / order.length);
    const place = Math.min(PLACES - 1, Math.max(0, Math.round(z / STEP) + (PLACES - 1) / 2));
    for (let at = from; at < to; at += 1) places[order[at]!] = place;
    from = to;
  }
  return places;
}

function bell(z: number): number {
  return Math.exp(-0.5 * z * z);
}

function sharesOf(masses: readonly number[]): Float64Array {
  const sum = masses.reduce((total, mass) => total + mass, 0);
  return Float64Array.from(masses, (mass) => mass / sum);
}

/** @source Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23 (error below 4.5e-4, a hundredth of a place) */
function normalQuantile(p: number): number {
  if (p <= 0 || p >= 1) return p <= 0 ? -8 : 8;
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  return p < 0.5 ? -z : z;
}
