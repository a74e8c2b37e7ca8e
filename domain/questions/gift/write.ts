/** Writes questions as GIFT, the types that it can carry; what is lost is said. */
import { decimal, type Fraction, formatDecimal, fraction, multiply } from '#domain/decimal.ts';
import { RATIO_LIMITS } from '../check-keys.ts';
import type { AcceptedNumber, MatchingQuestion, MultipleChoiceQuestion, NumericQuestion, QuestionContent, QuestionOption, ShortTextQuestion } from '../types.ts';
import { escape } from './escapes.ts';
import { type InheritedFormat, inheritedFormat, writeText } from './texts.ts';

/** A question to write. */
export interface GiftEntry {
  readonly question: QuestionContent;
  readonly title?: string;
  /** Path of the category, outermost first. */
  readonly category?: readonly string[];
  readonly tags?: readonly string[];
}

/** What a file can not say of a question. */
export interface GiftNote {
  /** Place among the questions that were to be written, from 0. */
  readonly index: number;
  /** False when the question was left out as a whole. */
  readonly written: boolean;
  readonly message: string;
}

/** A file and what it lacks. */
export interface GiftFile {
  readonly text: string;
  readonly notes: readonly GiftNote[];
}

const HUNDRED = fraction(100n);

function percent(ratio: Fraction): string {
  return `%${formatDecimal(multiply(ratio, HUNDRED), RATIO_LIMITS.places - 2)}%`;
}

function percentOfRatio(ratio: string): string {
  return percent(decimal(ratio, RATIO_LIMITS));
}

function feedback(option: QuestionOption, inherited: InheritedFormat): string {
  return option.feedback === undefined ? '' : ` #${writeText(option.feedback, inherited)}`;
}

function section(lines: readonly string[]): string {
  return lines.map((line) => `\n\t${line}`).join('');
}

/** Puts mark, weight and text together; a text that begins like a weight gets one before it. */
function answer(mark: '=' | '~', weight: string, text: string): string {
  const needsWeight = weight === '' && text.startsWith('%');
  return mark + (needsWeight ? (mark === '=' ? '%100%' : '%0%') : weight) + text;
}

function writeSingleChoice(question: QuestionContent & { type: 'single-choice' }, inherited: InheritedFormat): string {
  const { optionId, weights = {} } = question.key;
  const lines = question.options.map((option) => {
    const weight = weights[option.id];
    const mark = option.id === optionId ? '=' : '~';
    return answer(mark, weight === undefined ? '' : percentOfRatio(weight), writeText(option.text, inherited)) + feedback(option, inherited);
  });
  return section(lines);
}

function weightsOf(key: MultipleChoiceQuestion['key'], options: readonly QuestionOption[]): Map<string, string> {
  if (key.scoring === 'weights') return new Map(options.map((option) => [option.id, percentOfRatio(key.weights?.[option.id] ?? '0')]));
  const share = fraction(1n, BigInt(key.optionIds.length));
  const wrong = key.scoring === 'partial' ? multiply(share, fraction(-1n)) : fraction(-1n);
  return new Map(options.map((option) => [option.id, percent(key.optionIds.includes(option.id) ? share : wrong)]));
}

function writeMultipleChoice(question: MultipleChoiceQuestion, inherited: InheritedFormat): string {
  const weights = weightsOf(question.key, question.options);
  return section(question.options.map((option) => `~${weights.get(option.id) ?? ''}${writeText(option.text, inherited)}${feedback(option, inherited)}`));
}

function writeShortText(question: ShortTextQuestion, inherited: InheritedFormat): string {
  return section(
    question.key.accepted.map(({ text, ratio }) => {
      return answer('=', ratio === undefined ? '' : percentOfRatio(ratio), writeText({ format: 'plain', value: text }, inherited));
    }),
  );
}

function writeNumber(accepted: AcceptedNumber): string {
  if (!('value' in accepted)) return `${accepted.min}..${accepted.max}`;
  return accepted.tolerance === undefined ? accepted.value : `${accepted.value}:${accepted.tolerance}`;
}

function writeNumeric(question: NumericQuestion): string {
  return `#${section(question.key.accepted.map((accepted) => `=${accepted.ratio === undefined ? '' : percentOfRatio(accepted.ratio)}${writeNumber(accepted)}`))}`;
}

function writeMatching(question: MatchingQuestion, inherited: InheritedFormat): string {
  const partner = new Map(question.options.right.map((option) => [option.id, escape(option.text.value.trim())]));
  const used = new Set(Object.values(question.key.pairs));
  const pairs = question.options.left.map((row) => `=${writeText(row.text, inherited)} -> ${partner.get(question.key.pairs[row.id] ?? '') ?? ''}`);
  const spare = question.options.right.filter((option) => !used.has(option.id)).map((option) => `= -> ${partner.get(option.id) ?? ''}`);
  return section([...pairs, ...spare]);
}

/** The answer section; null when GIFT has none for the type. */
function writeAnswers(question: QuestionContent, inherited: InheritedFormat): string | null {
  switch (question.type) {
    case 'single-choice':
      return writeSingleChoice(question, inherited);
    case 'multiple-choice':
      return writeMultipleChoice(question, inherited);
    case 'true-false':
      return question.key.value ? 'TRUE' : 'FALSE';
    case 'short-text':
      return question.key.accepted.length === 0 ? null : writeShortText(question, inherited);
    case 'numeric':
      return writeNumeric(question);
    case 'essay':
      return '';
    case 'matching':
      return question.options.left.some((row) => row.text.value.includes('->')) ? null : writeMatching(question, inherited);
    default:
      return null;
  }
}

function lossesOf(question: QuestionContent): string[] {
  const losses: string[] = [];
  if ((question.media?.length ?? 0) > 0) losses.push('media');
  if (question.points !== '1') losses.push('points');
  switch (question.type) {
    case 'multiple-choice':
      if (question.key.scoring === 'all-or-nothing') losses.push('scoring all or nothing (a part of the right options earns a part of the points)');
      if (question.key.minRatio !== undefined) losses.push('negative marks');
      break;
    case 'short-text':
      if (question.key.pattern !== undefined) losses.push('pattern');
      if (question.key.matchCase) losses.push('upper and lower case');
      break;
    case 'numeric':
      if ((question.key.units?.length ?? 0) > 0) losses.push('units');
      break;
    case 'essay':
      if (Object.keys(question.key).length > 0) losses.push('word limits and sample answer');
      break;
    default:
      break;
  }
  return losses;
}

function writeQuestion(entry: GiftEntry): string | null {
  const { question } = entry;
  const text = writeText(question.text, null);
  const inherited = inheritedFormat(text);
  const answers = writeAnswers(question, inherited);
  if (answers === null) return null;
  const tags = (entry.tags ?? []).map((tag) => `// [tag:${tag.replace(/[[\]\r\n]/g, ' ')}]\n`).join('');
  const title = entry.title === undefined || entry.title.trim() === '' ? '' : `::${escape(entry.title.trim())}::`;
  const explanation = question.explanation === undefined ? '' : `####${writeText(question.explanation, inherited)}`;
  const isBlock = answers.includes('\n');
  const body = isBlock ? `${answers}${explanation === '' ? '' : `\n\t${explanation}`}\n` : answers + explanation;
  return `${tags}${title}${text} {${body}}\n`;
}

function categoryLine(path: readonly string[]): string {
  return `$CATEGORY: ${path.map((name) => escape(name.trim()).replaceAll('/', '//')).join('/')}\n`;
}

/**
 * Writes a GIFT file.
 * @returns its text, and a note for every question that is left out or loses something.
 */
export function writeGift(entries: readonly GiftEntry[]): GiftFile {
  const parts: string[] = [];
  const notes: GiftNote[] = [];
  let category = '';
  entries.forEach((entry, index) => {
    const written = writeQuestion(entry);
    if (written === null) {
      notes.push({ index, written: false, message: `GIFT has no form for this ${entry.question.type} question` });
      return;
    }
    const losses = lossesOf(entry.question);
    if (losses.length > 0) notes.push({ index, written: true, message: `not carried by GIFT: ${losses.join(', ')}` });
    const line = entry.category === undefined || entry.category.length === 0 ? category : categoryLine(entry.category);
    if (line !== category) parts.push(line);
    category = line;
    parts.push(written);
  });
  return { text: parts.join('\n'), notes };
}
