/** Texts with a format marker, as GIFT writes them. */
import type { RichText, TextFormat } from '../types.ts';
import { escape, restore } from './escapes.ts';

const MARKER = /^\[(html|markdown|plain|moodle)\]/;
const TAG = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/i;

/** The format that texts without a marker have; null: HTML when there are tags in them, plain otherwise. */
export type InheritedFormat = TextFormat | null;

/** The format a text has when nothing names one. */
export function detectFormat(value: string): TextFormat {
  return TAG.test(value) ? 'html' : 'plain';
}

/** The format that the marker of a question text hands down to its answers and feedback. */
export function inheritedFormat(text: string): InheritedFormat {
  const name = MARKER.exec(text.trim())?.[1];
  return name === undefined || name === 'moodle' ? null : (name as TextFormat);
}

/** Joins the lines of a wrapped text by spaces; by hand, because a pattern for it takes quadratic time on long blanks. */
function unwrap(text: string): string {
  if (!text.includes('\n')) return text;
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

/**
 * Reads a text. Lines of plain and HTML text are joined by a space, as they are wrapped in the file; `\n` makes a line break,
 * and Markdown keeps its lines.
 * @param text protected text, as cut from the file.
 */
export function readText(text: string, inherited: InheritedFormat): RichText {
  const trimmed = text.trim();
  const marker = MARKER.exec(trimmed)?.[1];
  const body = marker === undefined ? trimmed : trimmed.slice(marker.length + 2).trim();
  const explicit = marker === undefined ? inherited : marker === 'moodle' ? null : (marker as TextFormat);
  const format = explicit ?? detectFormat(restore(body));
  return { format, value: restore(format === 'markdown' ? body : unwrap(body)).trim() };
}

/** Reads a text that has no format, as a title or an accepted answer. */
export function readPlain(text: string): string {
  return restore(unwrap(text.trim())).trim();
}

/** Writes a text, with a marker where it would be read in another format without one. */
export function writeText(text: RichText, inherited: InheritedFormat): string {
  const value = text.value.trim();
  const unmarked = (inherited ?? detectFormat(value)) === text.format && !MARKER.test(value) && !value.startsWith('//');
  return (unmarked ? '' : `[${text.format}]`) + escape(value);
}

function asHtml(text: RichText): string {
  if (text.format === 'html') return text.value;
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.value.replace(/[&<>]/g, (sign) => entities[sign] ?? sign).replace(/\n/g, '<br>');
}

/** Joins texts into one, a line each; undefined when there are none. */
export function joinTexts(texts: readonly RichText[]): RichText | undefined {
  const [first] = texts;
  if (first === undefined) return undefined;
  if (texts.every((text) => text.format === first.format && text.format !== 'html')) {
    return { format: first.format, value: texts.map((text) => text.value).join(first.format === 'markdown' ? '\n\n' : '\n') };
  }
  return { format: 'html', value: texts.map(asHtml).join('<br>') };
}
