import { describe, expect, it } from 'vitest';
import { formatDecimal } from '#domain/decimal.ts';
import type { HotSpotArea, ImagePoint } from '#domain/questions/types.ts';
import { gradeHotSpot, isInArea } from './hot-spot.ts';

const rect: HotSpotArea = { shape: 'rect', points: [[0.5, 0.5], [0.25, 0.25]] };
const circle: HotSpotArea = { shape: 'circle', points: [[0.5, 0.5], [0.5, 0.75]] };
const triangle: HotSpotArea = { shape: 'polygon', points: [[0, 0], [1, 0], [0, 1]] };
const arrow: HotSpotArea = { shape: 'polygon', points: [[0, 0], [1, 0], [0.25, 0.25], [0, 1]] };

describe('isInArea', () => {
  it.each<[string, HotSpotArea, ImagePoint, boolean]>([
    ['inside a rectangle given from its far corner', rect, [0.3, 0.4], true],
    ['on the corner of a rectangle', rect, [0.25, 0.5], true],
    ['just outside a rectangle', rect, [0.2499, 0.4], false],
    ['at the centre of a circle', circle, [0.5, 0.5], true],
    ['on the edge of a circle', circle, [0.75, 0.5], true],
    ['just outside a circle', circle, [0.7501, 0.5], false],
    ['in the corner of the square around a circle', circle, [0.7, 0.7], false],
    ['inside a triangle', triangle, [0.25, 0.25], true],
    ['on the long edge of a triangle', triangle, [0.5, 0.5], true],
    ['on a corner of a triangle', triangle, [0, 1], true],
    ['beyond the long edge of a triangle', triangle, [0.51, 0.51], false],
    ['in the notch of an arrow', arrow, [0.5, 0.5], false],
    ['inside an arrow', arrow, [0.1, 0.5], true],
  ])('judges a point %s', (_name, area, point, expected) => {
    expect(isInArea(area, point)).toBe(expected);
  });
});

describe('gradeHotSpot', () => {
  const left: HotSpotArea = { shape: 'rect', points: [[0, 0], [0.5, 1]], ratio: '0.5' };
  const right: HotSpotArea = { shape: 'rect', points: [[0.6, 0], [1, 1]], ratio: '0.5' };
  const trap: HotSpotArea = { shape: 'rect', points: [[0.5, 0], [0.6, 1]], ratio: '-0.25' };
  const inner: HotSpotArea = { shape: 'rect', points: [[0, 0], [0.1, 0.1]], ratio: '1' };

  it.each<[string, HotSpotArea[], ImagePoint[], string]>([
    ['both areas', [left, right], [[0.1, 0.5], [0.9, 0.5]], '1'],
    ['one area', [left, right], [[0.1, 0.5]], '0.5'],
    ['one area twice', [left, right], [[0.1, 0.5], [0.2, 0.5]], '0.5'],
    ['no area', [right], [[0.1, 0.5]], '0'],
    ['an area and a trap', [left, trap], [[0.1, 0.5], [0.55, 0.5]], '0.25'],
    ['only the trap', [left, trap], [[0.55, 0.5]], '0'],
    ['the better of two areas on top of each other', [left, inner], [[0.05, 0.05]], '1'],
    ['more than everything', [left, inner], [[0.05, 0.05], [0.3, 0.3]], '1'],
  ])('gives for %s the right share', (_name, areas, points, expected) => {
    expect(formatDecimal(gradeHotSpot({ areas }, { points }))).toBe(expected);
  });
});
