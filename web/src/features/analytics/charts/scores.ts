import { type Drawing, lineFrom, roundTop, type Shape, textAt, textWidth } from './drawing.ts';

/** What stands in the chart of scores. */
export interface ScoresPlan {
  /** Students in steps of equal width from 0 to 100 %. */
  readonly histogram: readonly number[];
  readonly mean: number | null;
  readonly passPercent: number | null;
  readonly words: { readonly mean: string; readonly below: string };
}

const LEFT = 36;
const BASE = 240;
const BELOW = 22;
/** Two lines of labels stand above the bars. */
const TOP = 44;

/** Students by mark: bars from zero, those below the pass mark neutral, with lines for the pass mark and the mean. */
export function drawScores({ histogram, mean, passPercent, words }: ScoresPlan, width: number): Drawing {
  const top = roundTop(Math.max(0, ...histogram));
  const x = (percent: number): number => LEFT + (Math.min(100, Math.max(0, percent)) / 100) * (width - LEFT);
  const y = (count: number): number => BASE - (count / top) * (BASE - TOP);
  const step = 100 / Math.max(1, histogram.length);
  const gap = width < 480 ? 1 : 2;
  const shapes: Shape[] = [];
  for (const mark of [top / 2, top].filter(Number.isInteger)) shapes.push(lineFrom(LEFT, y(mark), width, y(mark)), textAt(LEFT - 8, y(mark) + 4, String(mark), 'end'));
  histogram.forEach((count, index) => {
    if (count === 0) return;
    const from = x(index * step);
    const isBelow = passPercent !== null && (index + 1) * step <= passPercent;
    shapes.push({ kind: 'bar', x: from + gap, y: y(count), width: x((index + 1) * step) - from - 2 * gap, height: BASE - y(count), tone: isBelow ? 'neutral' : 'accent' });
  });
  shapes.push(lineFrom(LEFT, BASE, width, BASE, 'axis'));
  for (const mark of [0, 25, 50, 75, 100]) shapes.push(textAt(x(mark), BASE + 17, mark === 100 ? '100 %' : String(mark), mark === 0 ? 'start' : mark === 100 ? 'end' : 'middle'));
  if (passPercent !== null) shapes.push(...ruleAt(x(passPercent), 12, words.below, 'end', width));
  if (mean !== null) {
    const room = passPercent === null || passPercent < mean ? Infinity : x(passPercent) - x(mean);
    // the line of the pass mark would cross the label
    shapes.push(...ruleAt(x(mean), passPercent === null ? 12 : 30, words.mean, room < textWidth(words.mean) + 12 ? 'end' : 'start', width));
  }
  return { width, height: BASE + BELOW, shapes };
}

/** A line with its label on the wanted side, on the other one where there is no room, or against the edge where there is none on either. */
function ruleAt(x: number, y: number, text: string, wanted: 'start' | 'end', width: number): Shape[] {
  const room = { start: x + 8 + textWidth(text) <= width, end: x - 8 - textWidth(text) >= 0 };
  const anchor = room[wanted] ? wanted : wanted === 'start' ? 'end' : 'start';
  if (!room[anchor]) return [lineFrom(x, y - 10, x, BASE, 'rule'), textAt(width, y, text, 'end', 'label')];
  return [lineFrom(x, y - 10, x, BASE, 'rule'), textAt(x + (anchor === 'start' ? 6 : -6), y, text, anchor, 'label')];
}
