import type { RichText } from '#domain/questions/types.ts';

import { type Block, blocksOf, plainBlocks } from './text/blocks.ts';

/** A text with the direction it is read in. */
export interface SetText {
  readonly rtl: boolean;
  readonly blocks: readonly Block[];
}

/** A column of a table; `width` in shares of what is left, null as wide as its cells. */
export interface Column {
  readonly label: string;
  readonly width: number | null;
  readonly end: boolean;
}

/** A piece of a report. */
export type Part =
  | { readonly n: 'heading' | 'text'; readonly text: string }
  | { readonly n: 'facts'; readonly items: readonly (readonly [name: string, value: string])[] }
  | { readonly n: 'score'; readonly big: string; readonly lines: readonly string[] }
  | { readonly n: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] }
  | { readonly n: 'chart'; readonly svg: string; readonly alt: string }
  | ItemPart;

/** A question with its answer. */
export interface ItemPart {
  readonly n: 'item';
  readonly title: string;
  readonly points: string | null;
  readonly question: SetText | null;
  readonly options: readonly { readonly mark: string; readonly note: string; readonly text: SetText }[];
  readonly parts: readonly { readonly label: string; readonly strong: boolean; readonly text: SetText }[];
}

/** Everything that one report shows; the template sets it and knows nothing else. */
export interface ReportDocument {
  /** Of the file. */
  readonly title: string;
  readonly heading: string;
  readonly sub: string;
  readonly body: readonly Part[];
}

/** Why a report can not be set; a second try would not change it. */
export class NotSettable extends Error {}

const FIRST_STRONG = /\p{L}/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

/** A rich text as the template takes it. */
export function setText(text: RichText): SetText {
  return { rtl: isRightToLeft(text.value.replace(/<[^>]*>/gu, '')), blocks: blocksOf(text) };
}

/** A plain text as the template takes it. */
export function setPlain(value: string): SetText {
  return { rtl: isRightToLeft(value), blocks: plainBlocks(value) };
}

function isRightToLeft(value: string): boolean {
  const [first] = FIRST_STRONG.exec(value) ?? [];
  return first !== undefined && RIGHT_TO_LEFT.test(first);
}
