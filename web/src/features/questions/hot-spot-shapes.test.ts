import { describe, expect, it } from 'vitest';

import { areaPath, middleArea, movePoints, onImage, stretchPoints } from './hot-spot-shapes.ts';

describe('areas on an image', () => {
  it('stay on the image and keep their form when they are moved', () => {
    expect(movePoints([[0.4, 0.4], [0.6, 0.6]], 0.1, -0.1)).toEqual([[0.5, 0.3], [0.7, 0.5]]);
    expect(movePoints([[0.4, 0.4], [0.6, 0.6]], 2, -2)).toEqual([[0.8, 0], [1, 0.2]]);
  });

  it('grow by their last point', () => {
    expect(stretchPoints([[0.5, 0.5], [0.6, 0.5]], 0.1, 0)).toEqual([[0.5, 0.5], [0.7, 0.5]]);
  });

  it('keep points between the edges', () => {
    expect(onImage([-1, 1.23456])).toEqual([0, 1]);
  });

  it('are drawn in fractions of the image', () => {
    expect(areaPath('rect', middleArea('rect'))).toBe('M0.4 0.4H0.6V0.6H0.4Z');
    expect(areaPath('polygon', middleArea('polygon'))).toMatch(/^M.*Z$/);
    expect(areaPath('polygon', [[0, 0], [1, 1]])).toBe('M0 0L1 1');
  });
});
