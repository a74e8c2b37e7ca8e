/** Ratios of places marked on an image. Coordinates are fractions of width and height, so a circle is one on a square image. */
import { add, compare, type Fraction, max, min, ONE, ZERO } from '#domain/decimal.ts';
import type { HotSpotArea, HotSpotQuestion, ImagePoint, ResponseByType } from '#domain/questions/types.ts';
import { ratioOf } from './choice.ts';

const ORIGIN: ImagePoint = [0, 0];

function isInRect([[ax, ay] = ORIGIN, [bx, by] = ORIGIN]: readonly ImagePoint[], [x, y]: ImagePoint): boolean {
  return x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
}

function isInCircle([[cx, cy] = ORIGIN, [ex, ey] = ORIGIN]: readonly ImagePoint[], [x, y]: ImagePoint): boolean {
  return Math.hypot(x - cx, y - cy) <= Math.hypot(ex - cx, ey - cy);
}

function isOnSegment([ax, ay]: ImagePoint, [bx, by]: ImagePoint, [x, y]: ImagePoint): boolean {
  const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  return cross === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
}

/**
 * Even-odd rule, edges included.
 * @source Shimrat, "Algorithm 112: Position of point relative to polygon", Communications of the ACM 5(8), 1962.
 */
function isInPolygon(corners: readonly ImagePoint[], point: ImagePoint): boolean {
  const [x, y] = point;
  let inside = false;
  corners.forEach((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    const [[ax, ay], [bx, by]] = [corner, next];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside || corners.some((corner, index) => isOnSegment(corner, corners[(index + 1) % corners.length] ?? corner, point));
}

/** Tells whether a point lies in an area, its edge included. */
export function isInArea(area: HotSpotArea, point: ImagePoint): boolean {
  switch (area.shape) {
    case 'rect':
      return isInRect(area.points, point);
    case 'circle':
      return isInCircle(area.points, point);
    case 'polygon':
      return isInPolygon(area.points, point);
  }
}

/**
 * Hot-spot: each point counts for the area of the highest ratio it lies in, each area counts once; the ratios are added and
 * kept between 0 and 1. A point outside every area earns and costs nothing.
 */
export function gradeHotSpot(key: HotSpotQuestion['key'], response: ResponseByType['hot-spot']): Fraction {
  const hit = new Set<HotSpotArea>();
  for (const point of response.points) {
    const areas = key.areas.filter((area) => isInArea(area, point));
    const best = areas.sort((left, right) => compare(ratioOf(right.ratio), ratioOf(left.ratio)))[0];
    if (best !== undefined) hit.add(best);
  }
  let sum = ZERO;
  for (const area of hit) sum = add(sum, ratioOf(area.ratio));
  return max(ZERO, min(ONE, sum));
}
