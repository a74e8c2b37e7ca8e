import { clipText, type Drawing, lineFrom, type Shape, textAt, textWidth } from './drawing.ts';

/** One exam of a trend. */
export interface TrendPoint {
  readonly name: string;
  readonly own: number;
  readonly others: number | null;
}

/** What stands in the chart of a trend. */
export interface TrendPlan {
  readonly points: readonly TrendPoint[];
  readonly words: { readonly own: string; readonly others: string };
}

const LEFT = 36;
const TOP = 24;
const BASE = 200;
const BELOW = 24;

/** Percent from exam to exam: a line with dots for the student, a dashed one for the class, from 0 to 100 %. */
export function drawTrend({ points, words }: TrendPlan, width: number): Drawing {
  const right = width - Math.max(48, textWidth(words.own), textWidth(words.others)) - 16;
  const inset = 28;
  const x = (index: number): number => (points.length === 1 ? (LEFT + right) / 2 : LEFT + inset + (index / (points.length - 1)) * (right - LEFT - 2 * inset));
  const y = (percent: number): number => BASE - (Math.min(100, Math.max(0, percent)) / 100) * (BASE - TOP);
  const shapes: Shape[] = [];
  for (const mark of [50, 100]) shapes.push(lineFrom(LEFT, y(mark), right, y(mark)), textAt(LEFT - 8, y(mark) + 4, String(mark), 'end'));
  shapes.push(lineFrom(LEFT, BASE, right, BASE, 'axis'), textAt(LEFT - 8, BASE + 4, '0 %', 'end'));
  for (const run of runsOf(points)) shapes.push({ kind: 'path', tone: 'neutral', dashed: true, points: run.map(([index, value]) => [x(index), y(value)] as const) });
  shapes.push({ kind: 'path', tone: 'accent', dashed: false, points: points.map(({ own }, index) => [x(index), y(own)] as const) });
  points.forEach(({ own, others }, index) => {
    if (others !== null) shapes.push({ kind: 'dot', x: x(index), y: y(others), tone: 'neutral' });
    shapes.push({ kind: 'dot', x: x(index), y: y(own), tone: 'accent' });
  });
  const room = points.length < 2 ? right - LEFT : (right - LEFT - 2 * inset) / (points.length - 1);
  const every = Math.max(1, Math.ceil(56 / room));
  points.forEach(({ name }, index) => {
    if (index % every === 0) shapes.push(textAt(x(index), BASE + 18, clipText(name, room * every - 6), 'middle'));
  });
  return { width, height: BASE + BELOW, shapes: [...shapes, ...endLabels(points, words, x, y)] };
}

/** Names of the two lines at their ends, one moved away where they would meet. */
function endLabels(points: readonly TrendPoint[], words: TrendPlan['words'], x: (index: number) => number, y: (percent: number) => number): Shape[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  const at = x(points.length - 1) + 10;
  const own = y(last.own);
  if (last.others === null) {
    const index = points.findLastIndex(({ others }) => others !== null);
    const name = textAt(at, own + 4, words.own, 'start', 'label');
    if (index < 0) return [name];
    const beside = points[index]!;
    // away from the other line
    return [name, textAt(x(index), y(beside.others!) + (beside.own >= beside.others! ? 18 : -10), words.others, 'middle', 'tick')];
  }
  const others = y(last.others);
  const push = Math.max(0, 16 - Math.abs(own - others)) / 2;
  const up = own <= others ? -push : push;
  return [textAt(at, own + 4 + up, words.own, 'start', 'label'), textAt(at, others + 4 - up, words.others, 'start', 'tick')];
}

/** Pieces of the line of the class between exams without one. */
function runsOf(points: readonly TrendPoint[]): (readonly [number, number])[][] {
  const runs: (readonly [number, number])[][] = [];
  let run: (readonly [number, number])[] = [];
  points.forEach(({ others }, index) => {
    if (others !== null) run.push([index, others]);
    if ((others === null || index === points.length - 1) && run.length > 0) {
      runs.push(run);
      run = [];
    }
  });
  return runs.filter(({ length }) => length > 1);
}
