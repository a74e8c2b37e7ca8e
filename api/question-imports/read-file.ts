import { decodeText } from '#api/question-imports/decode.ts';
import { sanitizeTexts } from '#api/questions/sanitize.ts';
import { splitQuestion } from '#api/questions/split.ts';
import { questionInSchema } from '#contracts/question-content.ts';
import type { ImportItem } from '#db/questions/imports.ts';
import { fingerprint } from '#db/questions/plain-text.ts';
import { checkQuestion } from '#domain/questions/check-question.ts';
import { type GiftBlock, parseGift } from '#domain/questions/gift/parse.ts';

/** A file that was read. */
export interface ReadFile {
  readonly encoding: string;
  readonly items: readonly ReadItem[];
}

/** An item with what finds its duplicates; null for one that was skipped. */
export interface ReadItem {
  readonly item: ImportItem;
  readonly fingerprint: string | null;
}

/** Most questions of one file. */
export const MAX_ITEMS = 5_000;
const MAX_RAW = 10_000;

/** Reads a GIFT file: every block becomes an item, ready, a duplicate of an earlier one, or skipped with the reason. */
export function readGiftFile(bytes: Uint8Array): ReadFile {
  const { text, encoding } = decodeText(bytes);
  const seen = new Map<string, number>();
  const items = parseGift(text).map((block) => {
    const read = readBlock(block);
    if (read.fingerprint === null) return read;
    const first = seen.get(read.fingerprint);
    if (first === undefined) {
      seen.set(read.fingerprint, block.line);
      return read;
    }
    return { ...read, item: { ...read.item, status: 'duplicate' as const, reason: `the same question stands on line ${first}` } };
  });
  return { encoding, items };
}

function readBlock(block: GiftBlock): ReadItem {
  const { index, line } = block;
  if (block.status === 'skipped') return skipped(block, block.reason);
  // the same limits as for a question that comes through the API
  const parsed = questionInSchema.safeParse(sanitizeTexts(block.question));
  if (!parsed.success) return skipped(block, parsed.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.message}`).join('; '));
  const { content, meta } = splitQuestion(parsed.data, 'import');
  const checked = checkQuestion(content);
  if (!checked.ok) return skipped(block, checked.errors.map((error) => `${error.pointer} ${error.message}`.trim()).join('; '));
  const item: ImportItem = { index, line, status: 'ready', reason: null, raw: null, question: { content, meta }, questionId: null };
  return { item, fingerprint: fingerprint(content) };
}

function skipped(block: GiftBlock, reason: string): ReadItem {
  const raw = block.raw.length > MAX_RAW ? `${block.raw.slice(0, MAX_RAW).toWellFormed()}…` : block.raw;
  return { item: { index: block.index, line: block.line, status: 'skipped', reason: reason.slice(0, 2_000), raw, question: null, questionId: null }, fingerprint: null };
}
