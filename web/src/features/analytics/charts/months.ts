import { type Drawing, lineFrom, roundTop, type Shape, textAt, textWidth } from './drawing.ts';

/** A month and its number. */
export interface MonthCount {
  readonly name: string;
  readonly count: number;
}

const BASE = 170;
const TOP = 24;
const BELOW = 22;

/** A number for each month as bars from zero; the newest month in the accent, the value above each bar. */
export function drawMonths(months: readonly MonthCount[], width: number): Drawing {
  const top = roundTop(Math.max(0, ...months.map(({ count }) => count)));
  const left = Math.max(36, textWidth(grouped(top)) + 10);
  const slot = (width - left) / Math.max(1, months.length);
  const y = (count: number): number => BASE - (count / top) * (BASE - TOP);
  const shapes: Shape[] = [];
  for (const mark of [top / 2, top].filter(Number.isInteger)) shapes.push(lineFrom(left, y(mark), width, y(mark)), textAt(left - 8, y(mark) + 4, grouped(mark), 'end'));
  const every = Math.max(1, Math.ceil(34 / slot));
  months.forEach(({ name, count }, index) => {
    const middle = left + slot * (index + 0.5);
    if (count > 0) {
      shapes.push({ kind: 'bar', x: middle - slot * 0.35, y: y(count), width: slot * 0.7, height: BASE - y(count), tone: index === months.length - 1 ? 'accent' : 'neutral' });
      shapes.push(textAt(middle, y(count) - 5, grouped(count), 'middle', 'value'));
    }
    if ((months.length - 1 - index) % every === 0) shapes.push(textAt(middle, BASE + 17, name, 'middle'));
  });
  shapes.push(lineFrom(left, BASE, width, BASE, 'axis'));
  return { width, height: BASE + BELOW, shapes };
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
