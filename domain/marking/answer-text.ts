import { decodeEntities } from '#domain/entities.ts';

const BLOCK = /<\/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|pre)\b[^>]*>/giu;

/**
 * The text of a response as graders read and annotate it: plain as it is stored, HTML without its markup and with line breaks for
 * blocks. A stored response always gives the same text, so offsets in it stay right.
 * @returns null for a response without a text of its own
 */
export function answerText(response: unknown): string | null {
  if (typeof response !== 'object' || response === null) return null;
  const { text, format } = response as { text?: unknown; format?: unknown };
  if (typeof text !== 'string') return null;
  return format === 'html' ? fromHtml(text) : text;
}

/** Words of a text: runs of letters, marks and digits, with apostrophes and hyphens inside. */
export function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}\p{N}]+)*/gu)?.length ?? 0;
}

function fromHtml(html: string): string {
  const words = html
    .replace(/\s+/gu, ' ')
    .replace(/<br\b[^>]*> ?/giu, '\n')
    .replace(BLOCK, '\n')
    .replace(/<[^>]*>/gu, '');
  return decodeEntities(words)
    .replace(/ *\n */gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
