/**
 * Upper tail of the standard normal, relative error below 1.2e-7.
 * @source Press et al., Numerical Recipes in C (1992), section 6.2, erfcc
 */
export function upperNormal(x: number): number {
  if (x < 0) return 1 - upperNormal(-x);
  const z = x / Math.SQRT2;
  const t = 1 / (1 + 0.5 * z);
  return 0.5 * t * Math.exp(-z * z - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (0.27886807
    + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
}
