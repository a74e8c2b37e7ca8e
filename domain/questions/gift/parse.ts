/**
 * Reads GIFT files, question by question: what can not be read is named with its reason, the rest is taken.
 * @source Moodle documentation, "GIFT format" (docs.moodle.org/en/GIFT_format); Shew, the GIFT import filter of Moodle, 2003.
 */
import { checkQuestion } from '../check-question.ts';
import type { QuestionContent, QuestionMeta } from '../types.ts';
import { readAnswers, Unreadable } from './answers.ts';
import { restore } from './escapes.ts';
import { type RawBlock, splitGift } from './split.ts';
import { inheritedFormat, joinTexts, readPlain, readText } from './texts.ts';

/** A question as an import hands it on. */
export type ImportedQuestion = QuestionContent & QuestionMeta;

interface GiftBlockBase {
  /** Place in the file, from 0. */
  readonly index: number;
  /** Line it starts on, from 1. */
  readonly line: number;
  /** As it stands in the file. */
  readonly raw: string;
  /** Name between double colons; '' when there is none. */
  readonly title: string;
  /** Path of the category in force, without the parts that only mean something to Moodle. */
  readonly category: readonly string[];
}

/** One block of a file: a question, or why it is none. */
export type GiftBlock =
  | (GiftBlockBase & { readonly status: 'ready'; readonly question: ImportedQuestion })
  | (GiftBlockBase & { readonly status: 'skipped'; readonly reason: string });

const TITLE = /^::([\s\S]*?)::/;
const TAG = /\[tag:([^\][]{1,60})\]/g;
const MOODLE_CONTEXTS = /^(?:\$(?:course|module|cat|system|coursecat)\$|top)$/;

/** Splits "a/b" where `//` stands for a slash in a name. */
function categoryPath(category: string): string[] {
  return category
    .split(/(?<!\/)\/(?!\/)/)
    .map((name) => restore(name).replaceAll('//', '/').trim())
    .filter((name) => name !== '' && !MOODLE_CONTEXTS.test(name));
}

function tagsOf(comments: readonly string[]): string[] {
  const tags = comments.flatMap((comment) => Array.from(comment.matchAll(TAG), (match) => (match[1] ?? '').trim()));
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

interface Parts {
  readonly stem: string;
  readonly section: string;
}

/** Separates the answer section; text behind it makes a gap "_____" in the text (missing word). */
function separate(body: string): Parts {
  const open = body.indexOf('{');
  const close = body.indexOf('}');
  if (open === -1 && close === -1) throw new Unreadable('a description: it has no answer section in braces');
  if (open === -1 || (close !== -1 && close < open)) throw new Unreadable('a "}" without "{"; in texts it is written "\\}"');
  if (close === -1) throw new Unreadable('the answer section is not closed by "}"');
  const section = body.slice(open + 1, close);
  if (section.includes('{')) throw new Unreadable('a "{" inside the answer section; in texts it is written "\\{"');
  const behind = body.slice(close + 1);
  if (/[{}]/.test(behind)) throw new Unreadable('more than one answer section; braces in texts are written "\\{" and "\\}"');
  const before = body.slice(0, open);
  return { stem: behind.trim() === '' ? before : `${before.trimEnd()} _____${/^\s*[.,;:!?)]/.test(behind) ? '' : ' '}${behind.trimStart()}`, section };
}

function splitFeedback(section: string): readonly [answers: string, generalFeedback: string] {
  const mark = section.lastIndexOf('####');
  return mark === -1 ? [section, ''] : [section.slice(0, mark), section.slice(mark + 4)];
}

function readQuestion(body: string, meta: QuestionMeta): ImportedQuestion {
  const { stem, section } = separate(body);
  const format = inheritedFormat(stem);
  const text = readText(stem, format);
  if (text.value === '') throw new Unreadable('there is no question text');
  const [answers, generalFeedback] = splitFeedback(section);
  const { content, remarks } = readAnswers(answers, format);
  const general = readText(generalFeedback, format);
  const explanation = joinTexts(general.value === '' ? remarks : [general, ...remarks]);
  const question = { ...content, text, points: '1', ...(explanation === undefined ? {} : { explanation }), ...meta } as ImportedQuestion;
  const check = checkQuestion(question);
  if (!check.ok) throw new Unreadable(check.errors.map((error) => `${error.pointer} ${error.message}`.trim()).join('; '));
  return question;
}

function readBlock(block: RawBlock, index: number): GiftBlock {
  const body = block.text.trim();
  const title = TITLE.exec(body);
  const category = categoryPath(block.category);
  const base = { index, line: block.line, raw: block.raw, title: title === null ? '' : readPlain(title[1] ?? ''), category };
  const [subject = null, ...topics] = category;
  const meta: QuestionMeta = { tags: tagsOf(block.comments), subject, topic: topics.length === 0 ? null : topics.join(' / '), difficulty: 'medium' };
  try {
    const rest = title === null ? body.replace(/^::/, '') : body.slice(title[0].length);
    return { ...base, status: 'ready', question: readQuestion(rest.trim(), meta) };
  } catch (error) {
    if (error instanceof Unreadable) return { ...base, status: 'skipped', reason: error.message };
    throw error;
  }
}

/**
 * Reads a GIFT file.
 * @param file decoded text; line ends and byte order mark do not matter.
 * @returns every block in the order of the file; no content makes it throw.
 */
export function parseGift(file: string): GiftBlock[] {
  return splitGift(file).map(readBlock);
}
