import type { FieldError } from '#domain/problem.ts';
import { answerText } from './answer-text.ts';
import type { Annotation } from './types.ts';

/**
 * Checks remarks against the answer they are about: words within its text and not through the middle of a character, images that it
 * holds, boxes within the image.
 * @returns what is wrong, by pointer into `annotations`; empty for nothing
 */
export function annotationErrors(annotations: readonly Annotation[], response: unknown, hasQuestionImage: boolean): FieldError[] {
  const text = answerText(response);
  const files = fileIdsOf(response);
  return annotations.flatMap((annotation, index) => {
    const at = (member: string, message: string): FieldError => ({ pointer: `/annotations/${index}/${member}`, message });
    if (annotation.kind === 'image') {
      const known = annotation.fileId === null ? hasQuestionImage : files.includes(annotation.fileId);
      if (!known) return [at('fileId', 'is no image of this answer')];
      const over = annotation.x + annotation.width > 1 + 1e-9 ? 'width' : annotation.y + annotation.height > 1 + 1e-9 ? 'height' : null;
      return over === null ? [] : [at(over, 'must end within the image')];
    }
    if (text === null) return [at('kind', 'this answer has no text')];
    if (annotation.end > text.length) return [at('end', `must not be after the end of the text (${text.length})`)];
    if (annotation.start >= annotation.end) return [at('end', 'must be after the start')];
    return splitsCharacter(text, annotation.start) || splitsCharacter(text, annotation.end) ? [at('start', 'must not be in the middle of a character')] : [];
  });
}

/** The words that a remark is about; null for one about an image. */
export function quoteOf(annotation: Annotation, response: unknown): string | null {
  return annotation.kind === 'image' ? null : (answerText(response) ?? '').slice(annotation.start, annotation.end);
}

/** The files that a response names. */
export function fileIdsOf(response: unknown): string[] {
  if (typeof response !== 'object' || response === null) return [];
  const { fileIds } = response as { fileIds?: unknown };
  return Array.isArray(fileIds) ? fileIds.filter((id) => typeof id === 'string') : [];
}

function splitsCharacter(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
