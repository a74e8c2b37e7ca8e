import type { QuestionType } from '#domain/questions/types.ts';

/** Elements that are content although they hold no text. */
const CONTENT_TAG = /<(?:img|audio|video|table|math|svg)\b/i;

type Fields = Readonly<Record<string, unknown>>;

function hasText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function hasEssayText(response: Fields): boolean {
  const text = response['text'];
  if (response['format'] !== 'html' || typeof text !== 'string') return hasText(text);
  return CONTENT_TAG.test(text) || hasText(text.replace(/<[^>]*>|&nbsp;|&#160;/g, ' '));
}

function hasEntries(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function isGapAnswered(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const gap = value as Fields;
  return gap['optionId'] !== undefined || hasText(gap['text']) || hasText(gap['value']);
}

/**
 * Tells whether a stored response says anything: null, an empty list and blank text do not. Unanswered items count 0 points
 * and need nobody to look at them.
 */
export function isAnswered(type: QuestionType, response: unknown): boolean {
  if (typeof response !== 'object' || response === null) return false;
  const fields = response as Fields;
  switch (type) {
    case 'single-choice':
      return fields['optionId'] !== undefined;
    case 'multiple-choice':
      return hasEntries(fields['optionIds']);
    case 'true-false':
      return fields['value'] !== undefined;
    case 'numeric':
      return hasText(fields['value']);
    case 'short-text':
    case 'code':
      return hasText(fields['text']);
    case 'essay':
      return hasEssayText(fields);
    case 'matching':
      return hasEntries(fields['pairs']);
    case 'ordering':
      return hasEntries(fields['order']);
    case 'cloze':
      return Object.values((fields['gaps'] ?? {}) as Fields).some(isGapAnswered);
    case 'hot-spot':
      return hasEntries(fields['points']);
    case 'file-upload':
      return hasEntries(fields['fileIds']);
  }
}
