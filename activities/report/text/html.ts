import { decodeEntities } from '#domain/entities.ts';

import type { Block, Inline, RunStyle } from './blocks.ts';

const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>|([^<]+)|</giu;
const STYLES: Readonly<Record<string, RunStyle>> = {
  b: { bold: true }, strong: { bold: true }, h3: { bold: true }, h4: { bold: true }, h5: { bold: true }, h6: { bold: true }, th: { bold: true }, dt: { bold: true },
  i: { italic: true }, em: { italic: true }, cite: { italic: true }, var: { italic: true },
  code: { code: true }, kbd: { code: true }, samp: { code: true }, sub: { sub: true }, sup: { sup: true },
};
const ENDS_BLOCK: ReadonlySet<string> = new Set(['p', 'div', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'figure', 'figcaption', 'hr', 'caption']);

/**
 * Reads HTML that was sanitised when it was stored. Lists and tables stay what they are, images become their text
 * alternative, everything else becomes paragraphs.
 * @param read turns text into runs
 */
export function htmlBlocks(html: string, read: (value: string, style: RunStyle) => Inline[]): Block[] {
  const out: Block[] = [];
  const open: string[] = [];
  const lists: { ordered: boolean; next: number }[] = [];
  let line: Inline[] = [];
  let mark: string | undefined;
  let rows: Inline[][][] | undefined;
  let pre: string | undefined;

  const flush = (): void => {
    const r = trimmed(line);
    line = [];
    if (r.length === 0) return;
    out.push(mark === undefined ? { b: 'p', r } : { b: 'item', mark, depth: Math.max(0, lists.length - 1), r });
    mark = undefined;
  };

  const opened = (tag: string, attributes: string): void => {
    if (tag === 'br') return void line.push({ t: 'break' });
    if (tag === 'img') return void line.push({ t: 'text', v: ` [${/\balt="([^"]*)"/iu.exec(attributes)?.[1] || '…'}] `, italic: true });
    open.push(tag);
    if (tag === 'table') {
      flush();
      rows = [];
    } else if (tag === 'tr') rows?.push([]);
    else if (tag === 'td' || tag === 'th') line = [];
    else if (tag === 'pre') {
      flush();
      pre = '';
    } else if (rows === undefined && ENDS_BLOCK.has(tag)) {
      flush();
      if (tag === 'ul' || tag === 'ol') lists.push({ ordered: tag === 'ol', next: 1 });
      const list = lists.at(-1);
      if (tag === 'li') mark = list?.ordered === true ? `${list.next++}.` : '•';
    }
  };

  const closed = (tag: string): void => {
    const at = open.lastIndexOf(tag);
    if (at >= 0) open.splice(at, 1);
    if (tag === 'td' || tag === 'th') {
      rows?.at(-1)?.push(trimmed(line));
      line = [];
    } else if (tag === 'table' && rows !== undefined) {
      const columns = Math.max(1, ...rows.map((row) => row.length));
      if (rows.length > 0) out.push({ b: 'table', columns, rows: rows.map((row) => [...row, ...Array.from({ length: columns - row.length }, () => [])]) });
      rows = undefined;
      line = [];
    } else if (tag === 'pre' && pre !== undefined) {
      out.push({ b: 'pre', v: pre });
      pre = undefined;
    } else if (rows === undefined && ENDS_BLOCK.has(tag)) {
      flush();
      if (tag === 'ul' || tag === 'ol') lists.pop();
    }
  };

  for (const [whole, slash, tag, attributes, text] of html.matchAll(TOKEN)) {
    if (tag !== undefined) (slash === '/' ? closed(tag.toLowerCase()) : opened(tag.toLowerCase(), attributes ?? ''));
    else if (pre !== undefined) pre += decodeEntities(text ?? whole);
    else line.push(...read(decodeEntities(text ?? whole).replace(/\s+/gu, ' '), Object.assign({}, ...open.map((name) => STYLES[name])) as RunStyle));
  }
  flush();
  return out;
}

function trimmed(line: readonly Inline[]): Inline[] {
  const isBlank = (run: Inline | undefined): boolean => run !== undefined && (run.t === 'break' || (run.t === 'text' && run.v.trim() === ''));
  let [from, to] = [0, line.length];
  while (from < to && isBlank(line[from])) from += 1;
  while (to > from && isBlank(line[to - 1])) to -= 1;
  return line.slice(from, to);
}
