import { describe, expect, test } from 'vitest';

import type { Drawing, Shape } from './drawing.ts';
import { clipText, roundTop } from './drawing.ts';
import { drawMonths } from './months.ts';
import { drawRows } from './rows.ts';
import { drawScores } from './scores.ts';
import { drawTrend } from './trend.ts';

type Of<Kind extends Shape['kind']> = Extract<Shape, { kind: Kind }>;
const of = <Kind extends Shape['kind']>(drawing: Drawing, kind: Kind): Of<Kind>[] => drawing.shapes.filter((shape): shape is Of<Kind> => shape.kind === kind);
const numbersOf = (drawing: Drawing): number[] => drawing.shapes.flatMap((shape) => Object.values(shape).flat(2)).filter((value) => typeof value === 'number');

describe('scores', () => {
  const words = { mean: 'mean 62 %', below: '3 below the pass mark' };
  const histogram = [0, 0, 1, 2, 4, 8, 4, 2, 0, 1];

  test('bars stand on zero and are as high as their counts', () => {
    const bars = of(drawScores({ histogram, mean: 55, passPercent: null, words }, 640), 'bar');
    expect(bars).toHaveLength(7);
    expect(new Set(bars.map(({ y, height }) => Math.round(y + height)))).toHaveLength(1);
    expect(bars[3]!.height / bars[0]!.height).toBeCloseTo(8);
  });

  test('bars below the pass mark are neutral', () => {
    const bars = of(drawScores({ histogram, mean: 55, passPercent: 50, words }, 640), 'bar');
    expect(bars.map(({ tone }) => tone)).toEqual(['neutral', 'neutral', 'neutral', 'accent', 'accent', 'accent', 'accent']);
  });

  test.each([[0, 0], [100, 100], [99, 2], [3, 97], [62, 50]])('labels stay inside with the mean at %i and the pass mark at %i', (mean, passPercent) => {
    for (const width of [260, 300, 640]) {
      for (const { x, anchor, text } of of(drawScores({ histogram, mean, passPercent, words }, width), 'text')) {
        const length = text.length * 6;
        expect(anchor === 'end' ? x - length : x).toBeGreaterThanOrEqual(-12);
        expect(anchor === 'start' ? x + length : x).toBeLessThanOrEqual(width);
      }
    }
  });

  test('nobody and nothing give no NaN', () => {
    expect(numbersOf(drawScores({ histogram: Array.from({ length: 20 }, () => 0), mean: null, passPercent: null, words }, 640)).filter((value) => !Number.isFinite(value))).toEqual([]);
  });
});

describe('rows', () => {
  test('a missing value has its text and no bar', () => {
    const drawing = drawRows({ most: 1, rows: [{ name: 'A', bars: [{ value: null, text: '–', tone: 'accent' }, { value: 0.5, text: '50 %', tone: 'neutral' }] }] }, 300);
    expect(of(drawing, 'bar')).toHaveLength(1);
    expect(of(drawing, 'text').map(({ text }) => text)).toEqual(['A', '–', '50 %']);
  });

  test('bars start at zero and end in the ratio of their values', () => {
    const [one, other] = of(drawRows({ most: 100, rows: [{ name: 'A', bars: [{ value: 80, text: '80', tone: 'accent' }] }, { name: 'B', bars: [{ value: 20, text: '20', tone: 'accent' }] }] }, 400), 'bar');
    expect([one!.x, other!.x]).toEqual([0, 0]);
    expect(one!.width / other!.width).toBeCloseTo(4);
  });

  test('no rows, and rows of zeros, give no NaN', () => {
    for (const drawing of [drawRows({ most: 0, rows: [] }, 300), drawRows({ most: 0, rows: [{ name: 'A', bars: [{ value: 0, text: '0', tone: 'accent' }] }] }, 300)]) {
      expect(numbersOf(drawing).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('trend', () => {
  const words = { own: 'student', others: 'class' };
  test('the line of the class is broken where there is no mean', () => {
    const points = [60, 61, null, 63, 64].map((others, index) => ({ name: `Exam ${index}`, own: 70 + index, others }));
    const paths = of(drawTrend({ points, words }, 640), 'path');
    expect(paths.map((path) => [path.dashed, path.points.length])).toEqual([[true, 2], [true, 2], [false, 5]]);
  });

  test('the two names at the end never cover each other', () => {
    const drawing = drawTrend({ points: [{ name: 'A', own: 70, others: 71 }, { name: 'B', own: 62, others: 62 }], words }, 640);
    const [own, others] = ['student', 'class'].map((name) => of(drawing, 'text').find(({ text }) => text === name)!);
    expect(Math.abs(own!.y - others!.y)).toBeGreaterThanOrEqual(16);
  });

  test('the class is named where its line ends, also before the last exam', () => {
    const names = of(drawTrend({ points: [{ name: 'A', own: 70, others: 50 }, { name: 'B', own: 62, others: null }], words }, 640), 'text').filter(({ text }) => text === 'class' || text === 'student');
    expect(names.map(({ text }) => text).sort()).toEqual(['class', 'student']);
    expect(names.find(({ text }) => text === 'class')!.x).toBeLessThan(names.find(({ text }) => text === 'student')!.x);
    expect(of(drawTrend({ points: [{ name: 'A', own: 70, others: null }, { name: 'B', own: 62, others: null }], words }, 640), 'text').some(({ text }) => text === 'class')).toBe(false);
  });

  test('one exam and none give no NaN', () => {
    for (const points of [[], [{ name: 'A', own: 50, others: null }]]) expect(numbersOf(drawTrend({ points, words }, 300)).every(Number.isFinite)).toBe(true);
  });
});

test('the newest month has the accent, an empty one no bar', () => {
  expect(of(drawMonths([{ name: 'Sep', count: 4 }, { name: 'Oct', count: 0 }, { name: 'Nov', count: 2 }], 400), 'bar').map(({ tone }) => tone)).toEqual(['neutral', 'accent']);
});

test('thousands are grouped, and their marks have room', () => {
  const drawing = drawMonths([{ name: 'Nov', count: 12_170 }], 400);
  expect(of(drawing, 'text').map(({ text }) => text)).toContain('12,170');
  expect(of(drawing, 'line').every(({ x1 }) => x1 > 45)).toBe(true);
});

test.each([[0, 2], [1, 2], [3, 4], [7, 8], [12, 20], [61, 80], [999, 1_000]])('the top above %i is %i', (count, top) => expect(roundTop(count)).toBe(top));

test('a long name is cut with a mark', () => expect(clipText('Which organelle makes most of the ATP?', 100)).toBe('Which organe…'));
