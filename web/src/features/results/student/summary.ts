import type { RichText } from '#domain/questions/types.ts';

const LONGEST = 160;

/** The beginning of a question as one line of plain text; gaps are shown as gaps. */
export function summaryOf({ format, value }: RichText): string {
  const text = format === 'html' ? (new DOMParser().parseFromString(value.replaceAll(/<(?:br|\/p|\/li|\/div)[^>]*>/gi, ' $&'), 'text/html').body.textContent ?? '') : value;
  const bare = format === 'markdown' ? text.replaceAll(/[*`]+|^#+ /gm, '') : text;
  const line = bare.replaceAll(/\[\[[^[\]]+\]\]/g, '____').replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).trimEnd()}…` : line;
}
