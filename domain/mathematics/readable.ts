import { type MathNode, parseMath } from './latex.ts';
import { lowered, raised } from './scripts.ts';

const FORMULA = /\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]|\$\$([\s\S]+?)\$\$/gu;
/** Signs that stand between two things. */
const BETWEEN = new Set('=<>≤≥≠≈≡∼≃≅∝≪≫∈∉∋⊂⊆⊃⊇∪∩∖∧∨→←↔⇒⇐⇔↦⇌+−×⋅÷±∓∗⊕⊗∣∥⟂∘');
const ACCENTED: Readonly<Record<string, string>> = { hat: '\u0302', macron: '\u0304', arrow: '\u20d7', tilde: '\u0303', dot: '\u0307', 'dot.double': '\u0308' };
const DOUBLE_STRUCK: Readonly<Record<string, string>> = { C: 'ℂ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' };
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '|': '|' };

/** Writes the formulas of a text, between `\( \)`, `\[ \]` or `$$ $$`, in one line of signs: `x²`, `(a + b)/2`, `√3`. What can not be read stays as it was typed. */
export function withReadableFormulas(text: string): string {
  return text.replace(FORMULA, (whole, inline?: string, display?: string, dollars?: string) => {
    const node = parseMath((inline ?? display ?? dollars)!.trim());
    return node === undefined ? whole : written(node);
  });
}

function written(node: MathNode): string {
  switch (node.k) {
    case 'row': return rowOf(node.c);
    case 'frac': return `${grouped(node.a)}/${grouped(node.b)}`;
    case 'binom': return `(${written(node.a)} over ${written(node.b)})`;
    case 'root': return `${node.n === null ? '' : raised(written(node.n))}√${grouped(node.x)}`;
    case 'script': return `${written(node.x)}${node.sub === null ? '' : lowered(written(node.sub))}${node.sup === null ? '' : raised(written(node.sup))}`;
    case 'accent': return `${written(node.x)}${[...written(node.x)].length === 1 ? (ACCENTED[node.v] ?? '') : ''}`;
    case 'stack': return `${written(node.x)}${node.under === null ? '' : lowered(written(node.under))}${node.over === null ? '' : raised(written(node.over))}`;
    case 'style': return node.v === 'bb' ? [...written(node.x)].map((sign) => DOUBLE_STRUCK[sign] ?? sign).join('') : written(node.x);
    case 'lr': return `${node.o}${written(node.x)}${node.c}`;
    case 'matrix': {
      if (node.o === 'aligned') return node.rows.map((row) => row.map(written).join(' ')).join('; ');
      const open = node.o === 'cases' ? '{' : node.o === '' ? '(' : node.o;
      return `${open}${node.rows.map((row) => row.map(written).join(', ')).join('; ')}${node.o === 'cases' ? '' : CLOSING[open]!}`;
    }
    case 'space': return ' ';
    default: return node.v;
  }
}

function rowOf(nodes: readonly MathNode[]): string {
  let text = '';
  nodes.forEach((node, index) => {
    const word = written(node);
    // a minus at the beginning or after another sign belongs to what follows
    const isBetween = node.k === 'sym' && BETWEEN.has(node.v) && index > 0 && !isOpen(nodes[index - 1]!);
    const isApart = node.k === 'op' || (index > 0 && nameEnds(nodes[index - 1]!));
    text += isBetween ? ` ${word} ` : isApart && !/[\s(]$/u.test(text) && text !== '' && !word.startsWith('(') ? ` ${word}` : word;
  });
  return text.replace(/\s+/gu, ' ').trim();
}

function isOpen(node: MathNode): boolean {
  return node.k === 'sym' && (BETWEEN.has(node.v) || '([{,'.includes(node.v));
}

/** `sin`, or `log₂`. */
function nameEnds(node: MathNode): boolean {
  return node.k === 'op' || (node.k === 'script' && node.x.k === 'op');
}

/** In brackets, unless it is one thing. */
function grouped(node: MathNode): string {
  const text = written(node);
  return node.k === 'row' && !/^[\p{L}\p{N}.]*$/u.test(text) ? `(${text})` : node.k === 'frac' ? `(${text})` : text;
}
