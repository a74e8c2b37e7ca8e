import type { ImagePoint } from '#domain/questions/types.ts';

/** Form of an area. */
export type AreaShape = 'rect' | 'circle' | 'polygon';

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** A point kept on the image, to a ten thousandth of it. */
export function onImage([x, y]: ImagePoint): [number, number] {
  return [round(clamp(x)), round(clamp(y))];
}

/** The points moved together, as far as the image goes. A circle may reach over the edge with its rim point only as far as that stays on the image. */
export function movePoints(points: readonly ImagePoint[], dx: number, dy: number): [number, number][] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const byX = Math.min(1 - Math.max(...xs), Math.max(-Math.min(...xs), dx));
  const byY = Math.min(1 - Math.max(...ys), Math.max(-Math.min(...ys), dy));
  return points.map(([x, y]) => onImage([x + byX, y + byY]));
}

/** The points with the last one moved: the opposite corner of a rectangle, the rim of a circle. */
export function stretchPoints(points: readonly ImagePoint[], dx: number, dy: number): [number, number][] {
  return points.map(([x, y], index) => (index === points.length - 1 ? onImage([x + dx, y + dy]) : [x, y]));
}

/** An area of a fair size in the middle of the image. */
export function middleArea(shape: AreaShape): [number, number][] {
  if (shape === 'rect') return [[0.4, 0.4], [0.6, 0.6]];
  return shape === 'circle' ? [[0.5, 0.5], [0.6, 0.5]] : [[0.5, 0.38], [0.62, 0.6], [0.38, 0.6]];
}

/** Whether two points lie so near that a click on one means the other. */
export function isNear([ax, ay]: ImagePoint, [bx, by]: ImagePoint): boolean {
  return Math.hypot(ax - bx, ay - by) < 0.02;
}

/** An area as an SVG path in a view box of 1 by 1. */
export function areaPath(shape: AreaShape, points: readonly ImagePoint[]): string {
  const [first, second] = points;
  if (first === undefined) return '';
  if (shape === 'polygon' || second === undefined) return `M${points.map(([x, y]) => `${x} ${y}`).join('L')}${shape === 'polygon' && points.length > 2 ? 'Z' : ''}`;
  const [ax, ay] = first;
  const [bx, by] = second;
  if (shape === 'rect') return `M${ax} ${ay}H${bx}V${by}H${ax}Z`;
  const radius = Math.hypot(bx - ax, by - ay);
  return `M${ax - radius} ${ay}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
}
