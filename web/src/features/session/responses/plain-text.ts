import type { RichText } from '#domain/questions/types.ts';

/** Words of a text without its format, for places that hold no elements. */
export function plainText({ format, value }: RichText): string {
  if (format === 'plain') return value;
  if (format === 'markdown') return value.replace(/[*_`]/g, '');
  return htmlText(value);
}

/** Words of HTML, blocks on lines of their own. */
export function htmlText(html: string): string {
  const spaced = html.replace(/<br\s*\/?>/gi, '\n').replace(/<\/(p|div|li|h[1-6]|tr|blockquote|pre)>/gi, '\n');
  return (new DOMParser().parseFromString(spaced, 'text/html').body.textContent ?? '').replace(/\n{3,}/g, '\n\n').trim();
}

/** How many words a text has. */
export function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,-]*/gu)?.length ?? 0;
}

/** Plain text as HTML: each line that is set apart is a paragraph. */
export function htmlOf(text: string): string {
  const escaped = text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!);
  return escaped.split(/\n{2,}/).map((part) => `<p>${part.replaceAll('\n', '<br>')}</p>`).join('');
}
