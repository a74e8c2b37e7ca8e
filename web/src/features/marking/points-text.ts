/** Points of a criterion with their sign, as they are added: "+ 2", "− 0.5". */
export function signed(points: string): string {
  const plain = bare(points);
  return plain.startsWith('-') ? `− ${plain.slice(1)}` : `+ ${plain}`;
}

/** Points without zeros at their end. */
export function bare(points: string): string {
  return points.includes('.') ? points.replace(/\.?0+$/, '') : points;
}
