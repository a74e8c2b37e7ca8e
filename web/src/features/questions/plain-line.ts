import type { RichText } from '#domain/questions/types.ts';

/** A text as one line for lists: no marks, gaps as "[…]". */
export function plainLine(text: RichText): string {
  return bare(text).replace(/\[\[[^[\]]{1,100}\]\]/g, '[…]').replace(/\s+/g, ' ').trim();
}

function bare({ format, value }: RichText): string {
  if (format === 'plain') return value;
  if (format === 'markdown') return value.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '').replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/g, '');
  return new DOMParser().parseFromString(value.replace(/<(?:br|\/p|\/li|\/div|\/td|\/h\d)\b[^>]*>/gi, '$& '), 'text/html').body.textContent;
}
