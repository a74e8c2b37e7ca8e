/** Points as people write them: a decimal string without zeros at its end. */
export function pointsText(points: string): string {
  return points.includes('.') ? points.replace(/\.?0+$/, '') : points;
}
