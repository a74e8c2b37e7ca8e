const ENTITIES: ReadonlyMap<string, string> = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"], ['nbsp', '\u00a0']]);
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
  return html
    .replace(/\s+/gu, ' ')
    .replace(/<br\b[^>]*> ?/giu, '\n')
    .replace(BLOCK, '\n')
    .replace(/<[^>]*>/gu, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/giu, (whole, dec?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? whole;
      const code = dec === undefined ? parseInt(hex ?? '', 16) : Number(dec);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ';
    })
    .replace(/ *\n */gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
