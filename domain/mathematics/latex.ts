import { ACCENTS, FUNCTIONS, MATRICES, SPACES, STYLES, SYMBOLS } from './symbols.ts';

/** A formula as the templates set it; data, never source that would be run. */
export type MathNode =
  | { readonly k: 'row'; readonly c: readonly MathNode[] }
  | { readonly k: 'sym'; readonly v: string }
  | { readonly k: 'num' | 'text'; readonly v: string }
  | { readonly k: 'op'; readonly v: string; readonly limits: boolean }
  | { readonly k: 'space'; readonly em: number }
  | { readonly k: 'frac' | 'binom'; readonly a: MathNode; readonly b: MathNode }
  | { readonly k: 'root'; readonly x: MathNode; readonly n: MathNode | null }
  | { readonly k: 'script'; readonly x: MathNode; readonly sub: MathNode | null; readonly sup: MathNode | null }
  | { readonly k: 'stack'; readonly x: MathNode; readonly over: MathNode | null; readonly under: MathNode | null }
  | { readonly k: 'accent'; readonly v: string; readonly x: MathNode }
  | { readonly k: 'style'; readonly v: string; readonly x: MathNode }
  | { readonly k: 'lr'; readonly o: string; readonly c: string; readonly x: MathNode }
  | { readonly k: 'matrix'; readonly o: string; readonly rows: readonly (readonly MathNode[])[] };

/** Deeper than any formula of a question. */
const MAX_DEPTH = 40;
const MAX_LENGTH = 2_000;

const PRIMES = ['′', '″', '‴'];

/** What `\not` makes of a sign. */
const DENIED: Readonly<Record<string, string>> = { '=': '≠', '∈': '∉', '≡': '≢', '<': '≮', '>': '≯', '⊂': '⊄', '⊆': '⊈', '∃': '∄' };

class NotKnown extends Error {}

/**
 * Reads the common subset of LaTeX mathematics: scripts, fractions, roots, Greek, operators, functions, accents, brackets
 * that grow, matrices, cases, text.
 * @returns undefined for anything else, which is then shown as it was typed
 */
export function parseMath(source: string): MathNode | undefined {
  if (source.length > MAX_LENGTH) return undefined;
  try {
    return new Reader(source).whole();
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#tokens = source.match(/\\[a-zA-Z]+|\\.|\s+|[\s\S]/gu) ?? [];
  }

  whole(): MathNode {
    const row = this.#row(() => false);
    if (this.#peek() !== undefined) throw new NotKnown();
    return row;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #skipSpace(): void {
    while (/^\s/u.test(this.#peek() ?? '')) this.#at += 1;
  }

  #take(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new NotKnown();
    this.#at += 1;
    return token;
  }

  #row(ends: (token: string) => boolean): MathNode {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new NotKnown();
    const c: MathNode[] = [];
    for (;;) {
      this.#skipSpace();
      const token = this.#peek();
      if (token === undefined || ends(token)) break;
      c.push(this.#scripted());
    }
    this.#depth -= 1;
    return c.length === 1 ? c[0]! : { k: 'row', c };
  }

  #scripted(): MathNode {
    const x: MathNode = this.#peek() === '^' || this.#peek() === '_' ? { k: 'text', v: '' } : this.#atom();
    let sub: MathNode | null = null;
    let sup: MathNode | null = null;
    for (;;) {
      this.#skipSpace();
      const token = this.#peek();
      if (token === '_' && sub === null) sub = this.#argumentAfter();
      else if (token === '^' && sup === null) sup = this.#argumentAfter();
      else if (token === "'" && sup === null) {
        let primes = 0;
        for (; this.#peek() === "'"; primes += 1) this.#at += 1;
        sup = { k: 'sym', v: PRIMES[primes - 1] ?? '⁗' };
      } else break;
    }
    return sub === null && sup === null ? x : { k: 'script', x, sub, sup };
  }

  #argumentAfter(): MathNode {
    this.#at += 1;
    return this.#argument();
  }

  #argument(): MathNode {
    this.#skipSpace();
    // \frac12 is a half
    if (/^\d$/u.test(this.#peek() ?? '')) return { k: 'num', v: this.#take() };
    return this.#atom();
  }

  #atom(): MathNode {
    const token = this.#take();
    if (token === '{') {
      const row = this.#row((next) => next === '}');
      this.#take();
      return row;
    }
    if (token === '~') return { k: 'space', em: SPACES[' ']! };
    if (/^[}^_&#$%]$/u.test(token)) throw new NotKnown();
    if (/^\d$/u.test(token)) {
      let v = token;
      while (/^[\d.,]$/u.test(this.#peek() ?? '') && !(/^[.,]$/u.test(this.#peek()!) && !/^\d$/u.test(this.#tokens[this.#at + 1] ?? ''))) v += this.#take();
      return { k: 'num', v };
    }
    if (!token.startsWith('\\')) return { k: 'sym', v: token === '-' ? '−' : token };
    return this.#command(token.slice(1));
  }

  #command(name: string): MathNode {
    if (Object.hasOwn(SYMBOLS, name)) return { k: 'sym', v: SYMBOLS[name]! };
    if (Object.hasOwn(FUNCTIONS, name)) return { k: 'op', v: name.replace(/^lim(sup|inf)$/u, 'lim $1'), limits: FUNCTIONS[name]! };
    if (Object.hasOwn(SPACES, name)) return { k: 'space', em: SPACES[name]! };
    if (Object.hasOwn(ACCENTS, name)) return { k: 'accent', v: ACCENTS[name]!, x: this.#argument() };
    if (Object.hasOwn(STYLES, name)) return { k: 'style', v: STYLES[name]!, x: this.#argument() };
    switch (name) {
      case 'frac': case 'dfrac': case 'tfrac': return { k: 'frac', a: this.#argument(), b: this.#argument() };
      case 'binom': return { k: 'binom', a: this.#argument(), b: this.#argument() };
      case 'sqrt': return this.#root();
      case 'text': case 'textrm': case 'mbox': return { k: 'text', v: this.#raw() };
      case 'overset': case 'stackrel': return this.#stack('over');
      case 'underset': return this.#stack('under');
      case 'xrightarrow': return { k: 'stack', x: { k: 'sym', v: '⟶' }, over: this.#argument(), under: null };
      case 'bmod': return { k: 'op', v: 'mod', limits: false };
      case 'pmod': return { k: 'row', c: [{ k: 'space', em: 0.5 }, { k: 'sym', v: '(' }, { k: 'op', v: 'mod', limits: false }, this.#argument(), { k: 'sym', v: ')' }] };
      case 'boxed': return this.#argument();
      case 'not': return this.#not();
      case 'left': return this.#grown();
      case 'begin': return this.#matrix();
      // only sizes, which the setting finds itself
      case 'displaystyle': case 'limits': case 'big': case 'Big': case 'bigl': case 'bigr': case 'Bigl': case 'Bigr': return { k: 'text', v: '' };
      default: throw new NotKnown();
    }
  }

  #stack(where: 'over' | 'under'): MathNode {
    const [sign, x] = [this.#argument(), this.#argument()];
    return { k: 'stack', x, over: where === 'over' ? sign : null, under: where === 'under' ? sign : null };
  }

  #not(): MathNode {
    const denied = this.#argument();
    const sign = denied.k === 'sym' ? DENIED[denied.v] : undefined;
    if (sign === undefined) throw new NotKnown();
    return { k: 'sym', v: sign };
  }

  #root(): MathNode {
    this.#skipSpace();
    if (this.#peek() !== '[') return { k: 'root', x: this.#argument(), n: null };
    this.#at += 1;
    const n = this.#row((next) => next === ']');
    this.#take();
    return { k: 'root', x: this.#argument(), n };
  }

  #raw(): string {
    this.#skipSpace();
    if (this.#take() !== '{') throw new NotKnown();
    let v = '';
    for (let token = this.#take(); token !== '}'; token = this.#take()) {
      if (token === '{' || token.startsWith('\\')) throw new NotKnown();
      v += token;
    }
    return v;
  }

  #fence(): string {
    this.#skipSpace();
    const token = this.#take();
    if (token === '.') return '';
    const sign = token.startsWith('\\') ? SYMBOLS[token.slice(1)] : token;
    if (sign === undefined || !'()[]{}|‖⟨⟩⌊⌋⌈⌉/'.includes(sign)) throw new NotKnown();
    return sign;
  }

  #grown(): MathNode {
    const o = this.#fence();
    const x = this.#row((next) => next === '\\right');
    this.#take();
    return { k: 'lr', o, c: this.#fence(), x };
  }

  #matrix(): MathNode {
    const name = this.#raw();
    if (!Object.hasOwn(MATRICES, name)) throw new NotKnown();
    // how the columns of an array stand; they are centred here
    if (name === 'array') this.#raw();
    const rows: MathNode[][] = [[]];
    for (;;) {
      rows.at(-1)!.push(this.#row((next) => next === '&' || next === '\\\\' || next === '\\end'));
      const token = this.#take();
      if (token === '\\\\') rows.push([]);
      if (token === '\\end') break;
    }
    if (this.#raw() !== name) throw new NotKnown();
    // a line break after the last row adds none
    const last = rows.at(-1)!;
    if (rows.length > 1 && last.length === 1 && last[0]!.k === 'row' && last[0]!.c.length === 0) rows.pop();
    return { k: 'matrix', o: MATRICES[name]!, rows };
  }
}
