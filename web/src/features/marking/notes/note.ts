/** Something said about a place of an answer. */
export interface Remark {
  readonly id: string;
  readonly note: string;
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly criterionId: string | null;
}

/** A place of an image, in fractions of it; without an extent it is a point. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something said about a place of an image; without a file it is the image of the question. */
export interface ImageNote extends Remark, Box {
  readonly fileId: string | null;
}

/** Where a note starts that is placed without a pointer. */
export const MIDDLE: Box = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 };

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
const within = (value: number, most = 1): number => round(Math.min(Math.max(0, most), Math.max(0, value)));

/** The box between two points; a point where they are so near that nobody meant a box. */
export function boxBetween(from: readonly [number, number], to: readonly [number, number]): Box {
  if (Math.hypot(from[0] - to[0], from[1] - to[1]) < 0.02) return { x: within(from[0]), y: within(from[1]), width: 0, height: 0 };
  const [left, right] = [within(Math.min(from[0], to[0])), within(Math.max(from[0], to[0]))];
  const [top, bottom] = [within(Math.min(from[1], to[1])), within(Math.max(from[1], to[1]))];
  return { x: left, y: top, width: round(right - left), height: round(bottom - top) };
}

/** The box moved, as far as the image goes. */
export function moveBox({ x, y, width, height }: Box, dx: number, dy: number): Box {
  return { x: within(x + dx, 1 - width), y: within(y + dy, 1 - height), width, height };
}

/** The box made larger or smaller at its right and lower edge, as far as the image goes; a point becomes a box. */
export function stretchBox({ x, y, width, height }: Box, dx: number, dy: number): Box {
  return { x, y, width: within(width + dx, 1 - x), height: within(height + dy, 1 - y) };
}
