import { clipText, type Drawing, lineFrom, type MarkTone, type Shape, textAt, textWidth } from './drawing.ts';

/** A name with one or two bars. */
export interface BarRow {
  readonly name: string;
  readonly bars: readonly { readonly value: number | null; readonly text: string; readonly tone: MarkTone }[];
}

/** What stands in a chart of rows. */
export interface RowsPlan {
  readonly rows: readonly BarRow[];
  /** Value of a bar over the whole width. */
  readonly most: number;
  /** A value that all rows are compared with. */
  readonly rule?: { readonly value: number; readonly text: string } | undefined;
}

const BAR = 14;
const NAME = 20;
const GAP = 12;

/** Rows of bars from zero: the name above its bars, the value at the end of each bar. */
export function drawRows({ rows, most, rule }: RowsPlan, width: number): Drawing {
  const shapes: Shape[] = [];
  const valueRoom = Math.max(24, ...rows.flatMap(({ bars }) => bars.map(({ text }) => textWidth(text) + 10)));
  const length = Math.max(40, width - valueRoom);
  const x = (value: number): number => (Math.min(most, Math.max(0, value)) / (most > 0 ? most : 1)) * length;
  let y = rule === undefined ? 0 : 22;
  for (const { name, bars } of rows) {
    shapes.push(textAt(0, y + 13, clipText(name, width), 'start', 'value'));
    y += NAME;
    for (const { value, text, tone } of bars) {
      const end = value === null ? 0 : x(value);
      if (end > 0) shapes.push({ kind: 'bar', x: 0, y, width: end, height: BAR - 3, tone });
      shapes.push(textAt(end + 6, y + 10, text, 'start', 'tick'));
      y += BAR + 2;
    }
    y += GAP;
  }
  const height = Math.max(0, y - GAP + 4);
  if (rows.length > 0) shapes.push(lineFrom(0, rule === undefined ? 0 : 22, 0, height, 'axis'));
  if (rule !== undefined && rows.length > 0) {
    const at = x(rule.value);
    const fits = at + textWidth(rule.text) + 6 <= width;
    // below the texts of the bars that it crosses
    shapes.unshift(lineFrom(at, 4, at, height, 'rule'));
    shapes.push(textAt(fits ? at + 6 : at - 6, 12, rule.text, fits ? 'start' : 'end', 'label'));
  }
  return { width, height, shapes };
}
