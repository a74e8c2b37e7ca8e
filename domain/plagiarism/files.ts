import { isAnswered } from '#domain/grading/answered.ts';
import type { DrawnItem } from '#domain/paper/types.ts';
import type { ResponseByType } from '#domain/questions/types.ts';

import { documentText, isDocument, LARGEST_DOCUMENT_BYTES, notebookText } from './documents.ts';
import { hashText } from './hash.ts';
import { givenPassages, ownNeighbours } from './print-session.ts';
import { fingerprintsOf, type MatchedRange, matchedRanges, type TextKind, tokensOf } from './text.ts';

/** Longer texts are compared by their bytes alone. */
const LARGEST_TEXT_BYTES = 512 * 1024;
/** Files of one answer that are looked at. */
const MOST_FILES = 20;
/** Fingerprints that stand for a file without a text: the same bytes share all of them, other bytes none. */
const PRINTS_OF_BYTES = 16;

/** A file that was handed in, as far as it can be compared. */
export interface AnswerFile {
  readonly fileName: string;
  /** Hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Null: no text, too large or gone; then only the same bytes are alike. */
  readonly text: string | null;
}

const CODE = new Set(
  ('c h cc cpp cxx hpp cs java kt kts scala go rs py ipynb rb php pl lua r jl m swift dart js mjs cjs jsx ts mts cts tsx vue svelte sql sh bash zsh ps1 bat asm s hs ml '
    + 'fs ex exs erl clj lisp scm pro v vhd vhdl sv f f90 f95 pas ada css scss less json yaml yml toml gradle cmake make mk').split(' '),
);
const MARKUP = new Set(['html', 'htm', 'xhtml', 'xml', 'svg']);

/** Ids of the files of an answer; none for any other type of question. */
export function fileIdsOf(item: DrawnItem, response: unknown): readonly string[] {
  if (item.question.type !== 'file-upload' || item.rule === 'drop' || !isAnswered('file-upload', response)) return [];
  return (response as ResponseByType['file-upload']).fileIds.slice(0, MOST_FILES);
}

/** Whether a file of this name and size may have a text that is compared. */
export function mayHaveText(fileName: string, sizeBytes: number): boolean {
  return sizeBytes <= (isDocument(fileName) ? LARGEST_DOCUMENT_BYTES : LARGEST_TEXT_BYTES);
}

/** Reads the text of a file: of documents and notebooks what was written in them. @returns null for what has none, or one that is too long */
export function textOfFile(fileName: string, bytes: Uint8Array): string | null {
  if (isDocument(fileName)) {
    const text = documentText(fileName, bytes);
    return text === null || text.length > LARGEST_TEXT_BYTES ? null : text;
  }
  const text = textOfBytes(bytes);
  return text !== null && fileName.toLowerCase().endsWith('.ipynb') ? (notebookText(text) ?? text) : text;
}

/** Reads bytes as a text. @returns null for anything else, such as an image or an archive */
function textOfBytes(bytes: Uint8Array): string | null {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    // texts of old editors; a byte that no text has gives images and archives away
    return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32)) ? null : new TextDecoder('windows-1252').decode(bytes);
  }
}

/** How the text of a file is cut, by its name. */
export function kindOfFile(fileName: string): TextKind {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  if (CODE.has(extension)) return 'code';
  return MARKUP.has(extension) ? 'html' : 'prose';
}

/** Fingerprints of all files of an answer, in order, without what the question gave. */
export function filePrints(item: DrawnItem, files: readonly AnswerFile[]): number[] {
  const prints = new Set<number>();
  for (const { fileName, sha256, sizeBytes, text } of files) {
    if (sizeBytes === 0) continue;
    const kind = kindOfFile(fileName);
    if (text !== null) for (const print of fingerprintsOf(text, kind, givenPassages(item.question, kind))) prints.add(print);
    else for (let index = 0; index < PRINTS_OF_BYTES; index += 1) prints.add(hashText(`${sha256} ${index}`));
  }
  return [...prints].sort((left, right) => left - right);
}

/** Words near each other in the files that are prose; undefined where none is. */
export function fileNeighbours(item: DrawnItem, files: readonly AnswerFile[]): number[] | undefined {
  const tokens = files.flatMap(({ fileName, text }) => {
    const kind = kindOfFile(fileName);
    return text === null || kind === 'code' ? [] : tokensOf(text, kind);
  });
  return tokens.length === 0 ? undefined : ownNeighbours(item.question, tokens);
}

/** Both answers of a question of files, as they are laid side by side. */
export interface SideFiles {
  readonly a: string | null;
  readonly b: string | null;
  readonly ranges: readonly MatchedRange[];
  /** Hashes of files that both handed in. */
  readonly same: readonly string[];
}

/** Lays the texts of two answers of files side by side. @param most characters of each side */
export function compareFiles(item: DrawnItem, a: readonly AnswerFile[], b: readonly AnswerFile[], most: number): SideFiles {
  const left = joined(a, most);
  const right = joined(b, most);
  const kind = [...a, ...b].map(({ fileName }) => kindOfFile(fileName)).find((each) => each !== 'prose') ?? 'prose';
  const hashes = new Set(b.filter(({ sizeBytes }) => sizeBytes > 0).map(({ sha256 }) => sha256));
  return {
    a: left, b: right,
    ranges: left === null || right === null ? [] : matchedRanges(left, right, kind, givenPassages(item.question, kind)),
    same: a.map(({ sha256 }) => sha256).filter((sha256) => hashes.has(sha256)),
  };
}

function joined(files: readonly AnswerFile[], most: number): string | null {
  const texts = files.flatMap(({ text }) => (text === null ? [] : [text]));
  return texts.length === 0 ? null : texts.join('\n\n').slice(0, most);
}
