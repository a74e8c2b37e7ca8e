import { type MathNode, parseMath } from '#domain/mathematics/latex.ts';
import type { RichText } from '#domain/questions/types.ts';

import { htmlBlocks } from './html.ts';

/** How a run of text looks. */
export interface RunStyle {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly code?: boolean;
  readonly sub?: boolean;
  readonly sup?: boolean;
}

/** A piece of a line: text, a formula with its LaTeX as the text alternative, or a line break. */
export type Inline =
  | ({ readonly t: 'text'; readonly v: string } & RunStyle)
  | { readonly t: 'math'; readonly x: MathNode; readonly alt: string; readonly block: boolean }
  | { readonly t: 'break' };

/** A piece of a text as the templates set it. */
export type Block =
  | { readonly b: 'p'; readonly r: readonly Inline[] }
  | { readonly b: 'item'; readonly mark: string; readonly depth: number; readonly r: readonly Inline[] }
  | { readonly b: 'pre'; readonly v: string }
  | { readonly b: 'table'; readonly columns: number; readonly rows: readonly (readonly (readonly Inline[])[])[] };

const FORMULA = /\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]|\$\$([\s\S]+?)\$\$/gu;
const LONG_WORD = /\S{30,}/gu;
const PIECE = /.{10}(?=.)/gsu;
const MARKS = /\*\*([^*\n]+)\*\*|`([^`\n]+)`|\*([^*\s][^*\n]*)\*/gu;

/** Turns a text of a question, an answer or a comment into what the templates set; nothing in it is ever run. */
export function blocksOf(text: RichText): Block[] {
  if (text.format === 'html') return htmlBlocks(text.value, inlines);
  return text.value.split(/\n{2,}/u).filter((part) => part.trim() !== '').map((part) => ({
    b: 'p', r: lines(part.trim(), text.format === 'markdown' ? marked : (line) => inlines(line, {})),
  }));
}

/** The same of a plain string. */
export function plainBlocks(value: string): Block[] {
  return blocksOf({ format: 'plain', value });
}

/** The same text, in which words that are wider than a column may be broken anywhere. */
export function breakable(value: string): string {
  return value.replace(LONG_WORD, (word) => word.replace(PIECE, '$&\u200b'));
}

/** Text with formulas between `\( \)`, `\[ \]` or `$$ $$`; what can not be read as one stays as it was typed. */
export function inlines(value: string, style: RunStyle): Inline[] {
  const out: Inline[] = [];
  const say = (text: string): void => void out.push({ t: 'text', v: breakable(text), ...style });
  let from = 0;
  for (const found of value.matchAll(FORMULA)) {
    const latex = (found[1] ?? found[2] ?? found[3])!.trim();
    const x = parseMath(latex);
    if (x === undefined) continue;
    if (found.index > from) say(value.slice(from, found.index));
    out.push({ t: 'math', x, alt: latex, block: found[1] === undefined });
    from = found.index + found[0].length;
  }
  if (from < value.length) say(value.slice(from));
  return out;
}

function lines(part: string, read: (line: string) => Inline[]): Inline[] {
  return part.split('\n').flatMap((line, index): Inline[] => (index === 0 ? read(line) : [{ t: 'break' }, ...read(line)]));
}

// emphasis and code; everything else of Markdown reads well as it is
function marked(line: string): Inline[] {
  const out: Inline[] = [];
  let from = 0;
  for (const found of line.matchAll(MARKS)) {
    out.push(...inlines(line.slice(from, found.index), {}));
    const [, bold, code, italic] = found;
    out.push(...(code === undefined ? inlines((bold ?? italic)!, bold === undefined ? { italic: true } : { bold: true }) : [{ t: 'text' as const, v: code, code: true }]));
    from = found.index + found[0].length;
  }
  return [...out, ...inlines(line.slice(from), {})];
}
