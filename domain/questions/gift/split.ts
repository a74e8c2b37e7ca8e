/**
 * Cuts a GIFT file into blocks, one per question. Blank lines separate blocks; beyond that, a block also ends where the next
 * one plainly begins (a title, a category, another answer section on a later line), and a blank line inside an answer section
 * is forgiven when its brace is closed before another one opens. So a question with a lost brace takes no other with it.
 */
import { protect } from './escapes.ts';

/** One piece of a file that should be a question. */
export interface RawBlock {
  /** Line it starts on, from 1. */
  readonly line: number;
  /** As it stands in the file. */
  readonly raw: string;
  /** Without comments, escapes protected. */
  readonly text: string;
  /** Category path in force, '' at the start. */
  readonly category: string;
  /** Comment lines before and in it, without `//`. */
  readonly comments: readonly string[];
}

interface Line {
  readonly number: number;
  readonly raw: string;
  /** Protected text; '' for comments. */
  readonly text: string;
}

/** Lines that are searched for the closing brace behind a blank line. */
const LOOK_AHEAD_LINES = 200;
const CATEGORY = /^\s*\$CATEGORY:(.*)$/;
const COMMENT = /^\s*\/\/(.*)$/;

class Splitter {
  readonly blocks: RawBlock[] = [];
  readonly #lines: readonly Line[];
  #block: Line[] = [];
  #comments: string[] = [];
  #category = '';
  #depth = 0;
  /** How many lines of the block belong to a complete question; 0 while no answer section is closed. */
  #closedLines = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  run(): RawBlock[] {
    this.#lines.forEach((line, index) => this.#take(line, index));
    this.#flush();
    return this.blocks;
  }

  #take(line: Line, index: number): void {
    const comment = COMMENT.exec(line.text);
    if (comment !== null) {
      this.#comments.push((comment[1] ?? '').trim());
      if (this.#block.length > 0) this.#block.push({ ...line, text: '' });
      return;
    }
    if (line.text.trim() === '') return this.#takeBlank(line, index);
    const category = CATEGORY.exec(line.text);
    if (category !== null) {
      this.#flush();
      this.#category = (category[1] ?? '').trim();
      this.#comments = [];
      return;
    }
    if (this.#block.length > 0 && (line.text.trimStart().startsWith('::') || this.#opensAgain(line.text))) this.#flush();
    else if (this.#closedLines > 0 && this.#depth === 0 && line.text.includes('{')) this.#splitBehindClosed();
    this.#block.push(line);
    this.#scan(line.text);
  }

  #takeBlank(line: Line, index: number): void {
    if (this.#block.length === 0) {
      this.#comments = [];
      return;
    }
    if (this.#depth > 0 && this.#closesBehind(index)) this.#block.push(line);
    else this.#flush();
  }

  /** Tells whether a line opens a second answer section while one is open; a line that starts with an answer only has a stray brace. */
  #opensAgain(text: string): boolean {
    return this.#depth > 0 && text.includes('{') && !/^\s*[=~#}]/.test(text);
  }

  /** Tells whether behind a blank line the open brace is closed before anything else begins. */
  #closesBehind(index: number): boolean {
    for (const { text } of this.#lines.slice(index + 1, index + 1 + LOOK_AHEAD_LINES)) {
      if (COMMENT.test(text)) continue;
      if (text.trimStart().startsWith('::') || CATEGORY.test(text)) return false;
      const brace = /[{}]/.exec(text)?.[0];
      if (brace !== undefined) return brace === '}';
    }
    return false;
  }

  #scan(text: string): void {
    for (const sign of text) {
      if (sign === '{') this.#depth += 1;
      else if (sign === '}' && this.#depth > 0) {
        this.#depth -= 1;
        if (this.#depth === 0) this.#closedLines = this.#block.length;
      }
    }
  }

  /** Ends the block behind its answer section; the lines after that belong to the question that begins now. */
  #splitBehindClosed(): void {
    const next = this.#block.slice(this.#closedLines);
    this.#block = this.#block.slice(0, this.#closedLines);
    this.#flush();
    this.#block = next;
  }

  #flush(): void {
    const [first] = this.#block;
    if (first !== undefined) {
      const text = this.#block.map((line) => line.text).join('\n');
      const raw = this.#block.map((line) => line.raw).join('\n').trimEnd();
      this.blocks.push({ line: first.number, raw, text, category: this.#category, comments: this.#comments });
      this.#comments = [];
    }
    this.#block = [];
    this.#depth = 0;
    this.#closedLines = 0;
  }
}

/**
 * Cuts a file into blocks.
 * @param file text with any line ends, with or without a byte order mark.
 */
export function splitGift(file: string): RawBlock[] {
  const raws = file.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  return new Splitter(raws.map((raw, index) => ({ number: index + 1, raw, text: protect(raw) }))).run();
}
