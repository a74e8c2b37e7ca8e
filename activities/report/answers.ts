import type { QuestionContent, RichText, VisibleOption } from '#domain/questions/types.ts';

import { type SetText, setPlain, setText } from './document.ts';
import type { Speech } from './words.ts';

type Loose = Readonly<Record<string, unknown>>;

/** Texts of options by id; never their feedback. */
export function optionTexts(question: QuestionContent): ReadonlyMap<string, string> {
  switch (question.type) {
    case 'single-choice': case 'multiple-choice': case 'ordering': return texts(question.options);
    case 'matching': return texts([...question.options.left, ...question.options.right]);
    case 'cloze': return texts(Object.values(question.options.gaps).flatMap((gap) => (gap.kind === 'choice' ? gap.options : [])));
    default: return new Map();
  }
}

/** The ids of the options that a response chose. */
export function chosenIds(response: unknown): ReadonlySet<string> {
  const { optionId, optionIds } = asObject(response);
  return new Set([...(typeof optionId === 'string' ? [optionId] : []), ...strings(optionIds)]);
}

/** What was answered, in words; null without an answer. */
export function answerText(question: QuestionContent, response: unknown, speech: Speech): SetText | null {
  if (response === null || response === undefined) return null;
  const given = asObject(response);
  if (question.type === 'essay') return setText({ format: given['format'] === 'html' ? 'html' : 'plain', value: String(given['text'] ?? '') });
  if (question.type === 'code') return { rtl: false, blocks: [{ b: 'pre', v: String(given['text'] ?? '') }] };
  const lines = linesOf(question, given, speech);
  return lines.length === 0 ? null : setPlain(lines.join('\n'));
}

/** The key, in words; null for questions that have none to show. */
export function keyText(question: QuestionContent, speech: Speech): SetText | null {
  if (question.type === 'essay') return question.key.sample === undefined ? null : setPlain(question.key.sample);
  const lines = keyLines(question, speech);
  return lines.length === 0 ? null : setPlain(lines.join('\n'));
}

function linesOf(question: QuestionContent, given: Loose, speech: Speech): string[] {
  const names = optionTexts(question);
  const named = (id: string): string => names.get(id) ?? id;
  switch (question.type) {
    case 'single-choice': case 'multiple-choice': return [...chosenIds(given)].map(named);
    case 'true-false': return typeof given['value'] === 'boolean' ? [truth(given['value'], speech)] : [];
    case 'short-text': return [String(given['text'] ?? '')];
    case 'numeric': return [[speech.number(String(given['value'] ?? '')), given['unit']].filter((part) => typeof part === 'string' && part !== '').join(' ')];
    case 'matching': return pairLines(given['pairs'], named);
    case 'ordering': return strings(given['order']).map((id, index) => `${index + 1}. ${named(id)}`);
    case 'cloze': return Object.entries(asObject(given['gaps'])).map(([gap, value]) => `${gap}: ${gapText(value, named)}`);
    case 'hot-spot': return [speech.say('marked', { points: (Array.isArray(given['points']) ? given['points'] as [number, number][] : []).map(([x, y]) => `(${x.toFixed(2)}; ${y.toFixed(2)})`).join(', ') })];
    case 'file-upload': return [speech.say('files', { count: strings(given['fileIds']).length })];
    default: return [];
  }
}

function keyLines(question: QuestionContent, speech: Speech): string[] {
  const names = optionTexts(question);
  const named = (id: string): string => names.get(id) ?? id;
  switch (question.type) {
    case 'single-choice': return [named(question.key.optionId)];
    case 'multiple-choice': return question.key.optionIds.map(named);
    case 'true-false': return [truth(question.key.value, speech)];
    case 'short-text': case 'numeric': return acceptedLines(asObject(question.key), speech);
    case 'matching': return pairLines(question.key.pairs, named);
    case 'ordering': return question.key.order.map((id, index) => `${index + 1}. ${named(id)}`);
    case 'cloze': return Object.entries(question.key.gaps).map(([gap, key]) => `${gap}: ${'optionId' in key ? named(key.optionId) : acceptedLines(asObject(key), speech).join(' / ')}`);
    case 'hot-spot': return [speech.say('areas', { count: question.key.areas.length })];
    default: return [];
  }
}

function acceptedLines(key: Loose, speech: Speech): string[] {
  const accepted = Array.isArray(key['accepted']) ? (key['accepted'] as Loose[]) : [];
  return [
    ...accepted.map((each) => {
      if (each['text'] !== undefined) return String(each['text']);
      if (each['value'] === undefined) return `${speech.number(String(each['min']))} – ${speech.number(String(each['max']))}`;
      return speech.number(String(each['value'])) + (each['tolerance'] === undefined || Number(each['tolerance']) === 0 ? '' : ` ± ${speech.number(String(each['tolerance']))}`);
    }),
    ...(typeof key['pattern'] === 'string' ? [`/${key['pattern']}/`] : []),
  ];
}

function pairLines(pairs: unknown, named: (id: string) => string): string[] {
  return Object.entries(asObject(pairs)).map(([left, right]) => `${named(left)} → ${named(String(right))}`);
}

function gapText(value: unknown, named: (id: string) => string): string {
  const { optionId, text, value: number, unit } = asObject(value);
  if (typeof optionId === 'string') return named(optionId);
  return [text ?? number, unit].filter((part) => typeof part === 'string').join(' ');
}

function texts(options: readonly VisibleOption[]): ReadonlyMap<string, string> {
  return new Map(options.map(({ id, text }) => [id, plain(text)]));
}

function plain({ format, value }: RichText): string {
  return (format === 'html' ? value.replace(/<[^>]*>/gu, ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&') : value).replace(/\s+/gu, ' ').trim();
}

function truth(value: boolean, { words }: Speech): string {
  return value ? words.trueWord : words.falseWord;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function asObject(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}
