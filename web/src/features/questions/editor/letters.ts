/** Letter of the place of an option: A … Z, then 27, 28. */
export function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
}
