import { decodeEntities } from '#domain/entities.ts';
import { withReadableFormulas } from '#domain/mathematics/readable.ts';
import { lowered, raised } from '#domain/mathematics/scripts.ts';

import type { RichText } from './types.ts';

/** Elements that end no word. */
const INLINE = 'a|abbr|b|bdi|bdo|code|em|font|i|kbd|mark|s|small|span|strong|u';

/** A text in one line for places that hold no markup: words, raised and lowered letters, formulas that read as such, `[image]` for an image. */
export function readableText({ format, value }: RichText): string {
  const words = format === 'html' ? withoutTags(value) : format === 'markdown' ? withoutMarks(value) : value;
  return withReadableFormulas(words).replace(/\s+/gu, ' ').trim();
}

function withoutTags(html: string): string {
  const words = html
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/giu, ' ')
    .replace(/<img\b[^>]*>/giu, (tag) => ` [${/\balt\s*=\s*"([^"]+)"/iu.exec(tag)?.[1] ?? 'image'}] `)
    .replace(/<(sub|sup)\b[^>]*>([^<]*)<\/\1>/giu, (_, name: string, text: string) => scripted(name, text))
    .replace(new RegExp(`</?(?:${INLINE}|sub|sup)\\b[^>]*>`, 'giu'), '')
    .replace(/<[^>]*>/gu, ' ');
  return decodeEntities(words);
}

function scripted(name: string, text: string): string {
  // entities and formulas stay for those who read them
  if (/[&\\]/u.test(text) || text.trim() === '') return text;
  return name.toLowerCase() === 'sub' ? lowered(text) : raised(text);
}

// formulas keep their signs: `a*b` between \( and \) is no emphasis
function withoutMarks(markdown: string): string {
  return markdown.split(/(\\\([\s\S]+?\\\)|\\\[[\s\S]+?\\\]|\$\$[\s\S]+?\$\$)/u).map((part, index) => (index % 2 === 1 ? part : part
    .replace(/!\[([^\]]*)\]\([^)]*\)/gu, (_, alt: string) => ` [${alt === '' ? 'image' : alt}] `)
    .replace(/\[([^\]]+)\]\([^)]*\)/gu, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gmu, '')
    .replace(/(\*\*|__|`+)(\S(?:[^\n]*?\S)?)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(\S(?:[^\n]*?\S)?)\1(?![\p{L}\p{N}])/gu, '$2'))).join('');
}
