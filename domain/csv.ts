// what a spreadsheet takes for the beginning of a formula
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
// marks below 0 stay numbers
const NEGATIVE = /^-\d+(\.\d+)?$/;

/** What a cell can hold. */
export type Cell = string | number | boolean | null | undefined;

/**
 * One line of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front, so that opening
 * the file never does anything.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = inertText(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Text that no spreadsheet takes for a formula, also when it is copied from one file to another; an apostrophe says "text". */
export function inertText(text: string): string {
  return FORMULA.test(text) && !NEGATIVE.test(text) ? `'${text}` : text;
}
