import { decodeEntities } from '#domain/entities.ts';
import { unzipSync } from 'fflate';

/** Documents with images in them are large while their text is not. */
export const LARGEST_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** Text with its markup, unpacked; a part that says it is larger is not opened. */
const LARGEST_PART_BYTES = 16 * 1024 * 1024;

/** The part with the text, by the ending of the file's name. */
const PARTS: Readonly<Record<string, string>> = { docx: 'word/document.xml', odt: 'content.xml' };

/** Whether a file with this name is read as a document of a word processor. */
export function isDocument(fileName: string): boolean {
  return endingOf(fileName) in PARTS;
}

/**
 * The words of a document of a word processor, a line for each paragraph.
 * @returns null for anything that is not what its name says
 * @source ECMA-376 part 1, 17.3 (WordprocessingML); OpenDocument 1.3 part 3, 5.1 and 6.1
 */
export function documentText(fileName: string, bytes: Uint8Array): string | null {
  const part = PARTS[endingOf(fileName)]!;
  try {
    const xml = unzipSync(bytes, { filter: ({ name, originalSize }) => name === part && originalSize <= LARGEST_PART_BYTES })[part];
    return xml === undefined ? null : wordsOf(new TextDecoder('utf-8', { fatal: true }).decode(xml));
  } catch {
    return null;
  }
}

/** The cells of a notebook as one program: what ran and printed, and how it is stored, says nothing of who wrote it. @returns null for anything else */
export function notebookText(text: string): string | null {
  try {
    const { cells } = JSON.parse(text) as { cells: { source: string | string[] }[] };
    return cells.map(({ source }) => [source].flat().join('')).join('\n\n');
  } catch {
    return null;
  }
}

function wordsOf(xml: string): string {
  const words = xml
    // what a reader does not see: deleted text, codes of fields, a second copy for old programs
    .replace(/<(w:delText|w:instrText|mc:Fallback|text:tracked-changes)\b(?:[^>]*\/>|[\s\S]*?<\/\1>)/gu, '')
    .replace(/<(?:w:tab|w:br|w:cr|text:tab|text:line-break|text:s)\b[^>]*>/gu, ' ')
    .replace(/<\/(?:w:p|text:p|text:h)>/gu, '\n')
    .replace(/<[^>]*>/gu, '');
  return decodeEntities(words).trim();
}

function endingOf(fileName: string): string {
  return fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
}
