import { createHash } from 'node:crypto';

import { decodeEntities } from '#domain/entities.ts';
import type { QuestionContent, RichText, VisibleOption } from '#domain/questions/types.ts';

/** The words of a text, without markup, for searching and comparing. */
export function plainText(text: RichText): string {
  const value = text.format === 'html' ? withoutTags(text.value) : text.value;
  return value.replace(/\s+/gu, ' ').trim();
}

/** What a search for words looks at: text, options and explanation in lower case. */
export function searchText(content: QuestionContent): string {
  const parts = [content.text, ...optionTexts(content)].map(plainText);
  return parts.filter((part) => part !== '').join('\n').toLowerCase();
}

/**
 * Equal for questions of the same type with the same text, media and options, whatever their order, case, spaces and markup.
 * @returns SHA-256, base64url
 */
export function fingerprint(content: QuestionContent): string {
  const same = (text: RichText): string => plainText(text).normalize('NFKC').toLowerCase();
  const parts = [
    content.type,
    same(content.text),
    (content.media ?? []).map((media) => media.id).sort(),
    optionTexts(content).map(same).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function optionTexts(content: QuestionContent): RichText[] {
  switch (content.type) {
    case 'single-choice':
    case 'multiple-choice':
    case 'ordering':
      return texts(content.options);
    case 'matching':
      return [...texts(content.options.left), ...texts(content.options.right)];
    case 'cloze':
      return Object.values(content.options.gaps).flatMap((gap) => (gap.kind === 'choice' ? texts(gap.options) : []));
    default:
      return [];
  }
}

function texts(options: readonly VisibleOption[]): RichText[] {
  return options.map((option) => option.text);
}

function withoutTags(html: string): string {
  return decodeEntities(html.replace(/<img\b[^>]*\bsrc="([^"]*)"[^>]*>/giu, ' [$1] ').replace(/<[^>]*>/gu, ' '));
}
