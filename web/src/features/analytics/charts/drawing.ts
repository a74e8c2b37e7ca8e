/** Colour of a mark; the page and a PDF each have their own value for it. */
export type MarkTone = 'accent' | 'neutral' | 'attention';

/** One thing in a drawing. */
export type Shape =
  | { readonly kind: 'bar'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly tone: MarkTone }
  | { readonly kind: 'line'; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly role: 'grid' | 'axis' | 'rule' }
  | { readonly kind: 'path'; readonly points: readonly (readonly [x: number, y: number])[]; readonly tone: MarkTone; readonly dashed: boolean }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly tone: MarkTone }
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly anchor: 'start' | 'middle' | 'end'; readonly role: 'tick' | 'label' | 'value' };

/** A chart as shapes: plain data, for a page as well as for a PDF. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** A text in a drawing. */
export function textAt(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end' = 'start', role: 'tick' | 'label' | 'value' = 'tick'): Shape {
  return { kind: 'text', x, y, text, anchor, role };
}

/** A straight line in a drawing. */
export function lineFrom(x1: number, y1: number, x2: number, y2: number, role: 'grid' | 'axis' | 'rule' = 'grid'): Shape {
  return { kind: 'line', x1, y1, x2, y2, role };
}

/** A round number at or above the tallest bar that can be halved. */
export function roundTop(count: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, count)));
  return Math.max(2, [1, 2, 4, 6, 8, 10].map((step) => step * size).find((step) => step >= count) ?? 10 * size);
}

/** About how wide a text is at 13 px. */
export function textWidth(text: string): number {
  return text.length * 7.5;
}

/** Cuts a text to a width. */
export function clipText(text: string, width: number): string {
  const most = Math.max(4, Math.floor(width / 7.5));
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
