/** Answer sections of GIFT. All functions take protected text and throw {@link Unreadable} with the reason. */
import { absolute, compare, decimal, divide, type Fraction, formatDecimal, fraction, multiply, ONE, roundHalfUp, subtract, ZERO } from '#domain/decimal.ts';
import { RATIO_LIMITS } from '../check-keys.ts';
import { parseKeyNumber } from '../number-text.ts';
import type { AcceptedNumber, AcceptedText, QuestionContent, QuestionOption, RichText, VisibleOption } from '../types.ts';
import { type InheritedFormat, readPlain, readText } from './texts.ts';

/** Why a block is no question that can be taken over; the message is shown to the teacher. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** What an answer section makes of a question: everything but text, points and explanation. */
export interface AnswerSection {
  readonly content: DistributiveOmit<QuestionContent, 'text' | 'points' | 'explanation' | 'media'>;
  /** Feedback that belongs to an answer and has no place of its own in the question. */
  readonly remarks: readonly RichText[];
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

interface Answer {
  readonly marker: '=' | '~';
  /** Share of the points, null when the file gives none. */
  readonly weight: Fraction | null;
  readonly text: string;
  readonly feedback: string;
}

const WEIGHT = /^\s*%\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,10})?)\s*%/;
const BROKEN_WEIGHT = /^\s*%\s*[+-]?[0-9.]+(?!\s*%)/;
const UNCLOSED_TAG = /<[a-z][^<>]*$/i;
/** Denominators whose percentages can not be written out: 33.333 % is meant as a third. */
const UNWRITABLE_DENOMINATORS = [3n, 6n, 7n, 9n];
const SNAP_DISTANCE = fraction(1n, 20_000n);

function weightFrom(percent: string): Fraction {
  const weight = divide(decimal(percent.replace('+', ''), RATIO_LIMITS), decimal(100));
  if (compare(absolute(weight), ONE) > 0) throw new Unreadable(`the weight %${percent}% is outside -100 to 100`);
  for (const den of UNWRITABLE_DENOMINATORS) {
    const nearest = fraction(roundHalfUp(multiply(weight, fraction(den)), 0).num, den);
    if (compare(absolute(subtract(weight, nearest)), SNAP_DISTANCE) <= 0) return nearest;
  }
  return weight;
}

function writeRatio(ratio: Fraction): string {
  return formatDecimal(ratio, RATIO_LIMITS.places);
}

/** Splits at unescaped `=` and `~`; text before the first marker is handed back apart. */
function splitAnswers(section: string): { readonly before: string; readonly answers: Answer[] } {
  const [before = '', ...rest] = section.split(/(?=[=~])/);
  const hasBefore = !/^[=~]/.test(before);
  const parts = hasBefore ? rest : [before, ...rest];
  return { before: hasBefore ? before : '', answers: parts.map((part) => readAnswer(part[0] === '=' ? '=' : '~', part.slice(1))) };
}

function readAnswer(marker: Answer['marker'], part: string): Answer {
  const weighted = WEIGHT.exec(part);
  if (weighted === null && BROKEN_WEIGHT.test(part)) throw new Unreadable('a weight must look like %50%');
  const body = weighted === null ? part : part.slice(weighted[0].length);
  const hash = body.indexOf('#');
  const text = hash === -1 ? body : body.slice(0, hash);
  if (UNCLOSED_TAG.test(text)) throw new Unreadable('a sign "=", "~" or "#" inside an HTML tag must be written with a backslash');
  return { marker, weight: weighted === null ? null : weightFrom(weighted[1] ?? ''), text, feedback: hash === -1 ? '' : body.slice(hash + 1) };
}

function remark(label: string, feedback: string, format: InheritedFormat): RichText[] {
  const text = readText(feedback, format);
  return text.value === '' ? [] : [{ format: text.format, value: `${label}: ${text.value}` }];
}

/** Ids of options in the order of the file: a, b, c …, then o27, o28 … */
function optionId(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : `o${index + 1}`;
}

function readChoice(section: string, format: InheritedFormat): AnswerSection {
  const { before, answers } = splitAnswers(section);
  if (before.trim() !== '') throw new Unreadable('there is text before the first "=" or "~" of the answers');
  if (answers.length < 2) throw new Unreadable('a choice needs at least two answers');
  const isSingle = answers.some((answer) => answer.marker === '=');
  const options: QuestionOption[] = [];
  const weights: Record<string, string> = {};
  let rightId: string | null = null;
  answers.forEach((answer, index) => {
    const id = optionId(index);
    const text = readText(answer.text, format);
    if (text.value === '') throw new Unreadable(`answer ${index + 1} is empty`);
    const feedback = readText(answer.feedback, format);
    options.push({ id, text, ...(feedback.value === '' ? {} : { feedback }) });
    const weight = answer.weight ?? (answer.marker === '=' ? ONE : ZERO);
    const isKey = rightId === null && answer.marker === '=';
    if (isKey) rightId = id;
    if (weight.num !== 0n && !(isKey && compare(weight, ONE) === 0)) weights[id] = writeRatio(weight);
  });
  const weighted = Object.keys(weights).length === 0 ? {} : { weights };
  if (isSingle && rightId !== null) return { content: { type: 'single-choice', options, key: { optionId: rightId, ...weighted } }, remarks: [] };
  const optionIds = Object.keys(weights).filter((id) => !(weights[id] ?? '').startsWith('-'));
  if (optionIds.length === 0) throw new Unreadable('no answer is marked right with "=" or a weight above 0');
  return { content: { type: 'multiple-choice', options, key: { optionIds, scoring: 'weights', weights } }, remarks: [] };
}

function readMatching(section: string, format: InheritedFormat): AnswerSection {
  const { before, answers } = splitAnswersAtEquals(section);
  if (before.trim() !== '') throw new Unreadable('there is text before the first "=" of the pairs');
  const rows: { left: RichText; partner: string }[] = [];
  const partners = new Set<string>();
  answers.forEach((pair, index) => {
    const arrow = pair.indexOf('->');
    if (arrow === -1) throw new Unreadable(`pair ${index + 1} has no "->"`);
    const left = readText(pair.slice(0, arrow), format);
    const partner = readPlain(pair.slice(arrow + 2));
    if (partner === '') throw new Unreadable(`pair ${index + 1} has nothing behind "->"`);
    partners.add(partner);
    if (left.value !== '') rows.push({ left, partner });
  });
  if (rows.length < 2 || partners.size < 2) throw new Unreadable('a matching needs at least two different pairs');
  // in the order of their text, so that neither place nor id tells which row a partner belongs to
  const sorted = [...partners].sort();
  const idOf = (partner: string): string => `r${sorted.indexOf(partner) + 1}`;
  const right: VisibleOption[] = sorted.map((value) => ({ id: idOf(value), text: { format: 'plain', value } }));
  const left: VisibleOption[] = rows.map((row, index) => ({ id: `l${index + 1}`, text: row.left }));
  const pairs = Object.fromEntries(rows.map((row, index) => [`l${index + 1}`, idOf(row.partner)]));
  return { content: { type: 'matching', options: { left, right }, key: { pairs } }, remarks: [] };
}

function splitAnswersAtEquals(section: string): { readonly before: string; readonly answers: string[] } {
  const [before = '', ...answers] = section.split('=');
  return { before, answers };
}

const TRUE_FALSE = /^(T|TRUE|F|FALSE)$/i;

function readTrueFalse(section: string, format: InheritedFormat): AnswerSection | null {
  const [word = '', whenWrong = '', whenRight = ''] = section.split('#');
  if (!TRUE_FALSE.test(word.trim())) return null;
  const value = /^t/i.test(word.trim());
  return { content: { type: 'true-false', key: { value } }, remarks: [...remark('Wrong', whenWrong, format), ...remark('Right', whenRight, format)] };
}

function withRatio<Accepted extends object>(accepted: Accepted, weight: Fraction | null): Accepted & { readonly ratio?: string } {
  return weight === null || compare(weight, ONE) === 0 ? accepted : { ...accepted, ratio: writeRatio(weight) };
}

function readShortText(section: string, format: InheritedFormat): AnswerSection {
  // Moodle would take "the set {1, 2}" for a question with the answer "1, 2"
  if (!section.startsWith('=')) throw new Unreadable('the answers do not begin with "=" or "~"; braces in texts are written "\\{" and "\\}"');
  const { answers } = splitAnswers(section);
  const remarks: RichText[] = [];
  const accepted: AcceptedText[] = answers.map((answer, index) => {
    const { value: text } = readText(answer.text, format);
    if (text === '') throw new Unreadable(`answer ${index + 1} is empty`);
    remarks.push(...remark(text, answer.feedback, format));
    return withRatio({ text }, answer.weight);
  });
  return { content: { type: 'short-text', key: { accepted, matchCase: false, collapseSpaces: true } }, remarks };
}

/** A number as keys hold it; a decimal comma, a bare point and a typographic minus are forgiven. */
function keyNumber(text: string): string {
  const plain = readPlain(text)
    .replace(/[−–]/g, '-')
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
    .replace(/^(-?[0-9]+),([0-9]{1,2}|[0-9]{4,})$/, '$1.$2');
  if (parseKeyNumber(plain) === undefined) throw new Unreadable(`"${readPlain(text)}" is no number`);
  return plain;
}

function readNumber(text: string): AcceptedNumber {
  const range = text.split('..');
  if (range.length === 2) return { min: keyNumber(range[0] ?? ''), max: keyNumber(range[1] ?? '') };
  const [value = '', tolerance, ...more] = text.split(':');
  if (range.length > 2 || more.length > 0) throw new Unreadable(`"${readPlain(text)}" is neither value:tolerance nor min..max`);
  return tolerance === undefined ? { value: keyNumber(value), tolerance: '0' } : { value: keyNumber(value), tolerance: keyNumber(tolerance) };
}

function readNumeric(section: string, format: InheritedFormat): AnswerSection {
  const body = section.slice(1).trim();
  const tilde = body.indexOf('~');
  const whenWrong = tilde === -1 ? '' : body.slice(tilde + 1).replace(/^\s*(?:%[^%]*%)?\s*#?/, '');
  const right = (tilde === -1 ? body : body.slice(0, tilde)).trim();
  if (right === '') throw new Unreadable('there is no number');
  const { answers } = splitAnswers(right.startsWith('=') ? right : `=${right}`);
  const accepted: AcceptedNumber[] = [];
  const remarks: RichText[] = [];
  for (const answer of answers) {
    if (answer.text.trim() === '*' && answer.weight?.num === 0n) {
      remarks.push(...remark('Wrong', answer.feedback, format));
      continue;
    }
    accepted.push(withRatio(readNumber(answer.text), answer.weight));
    remarks.push(...remark(readPlain(answer.text), answer.feedback, format));
  }
  if (accepted.length === 0) throw new Unreadable('there is no number');
  return { content: { type: 'numeric', key: { accepted } }, remarks: [...remarks, ...remark('Wrong', whenWrong, format)] };
}

/**
 * Reads an answer section; its signs tell the type of the question.
 * @param section what stands between the braces, without general feedback.
 * @throws Unreadable with the reason.
 */
export function readAnswers(section: string, format: InheritedFormat): AnswerSection {
  const answers = section.trim();
  if (answers === '') return { content: { type: 'essay', key: {} }, remarks: [] };
  if (answers.startsWith('#')) return readNumeric(answers, format);
  if (answers.includes('~')) return readChoice(answers, format);
  if (answers.includes('=') && answers.includes('->')) return readMatching(answers, format);
  return readTrueFalse(answers, format) ?? readShortText(answers, format);
}
