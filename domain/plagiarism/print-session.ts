import { gradeItem } from '#domain/grading/grade-item.ts';
import { isAnswered } from '#domain/grading/answered.ts';
import type { DrawnItem } from '#domain/paper/types.ts';
import type { GapResponse, QuestionContent, ResponseByType } from '#domain/questions/types.ts';

import { hashText } from './hash.ts';
import { neighboursOf } from './neighbours.ts';
import { fingerprintsOf, passagesOf, type TextKind, type Token, tokensOf } from './text.ts';
import type { SessionPrint, TextPrint } from './types.ts';

/** A stored answer. */
export interface SavedAnswer {
  readonly response: unknown;
  readonly savedAtMs: number;
}

/** Typed answers with more words than this are compared as texts. */
const LONG_WORDS = 8;

/** An answer that can be compared as a whole: a question, a gap of it, a row of it. */
export interface Part {
  readonly key: string;
  readonly code: string | null;
  readonly right: boolean;
}

/** Reduces a session to what a scan compares. A response that does not fit its question counts as blank. */
export function printSession(session: { readonly id: string; readonly studentId: string }, items: readonly DrawnItem[], answers: ReadonlyMap<string, SavedAnswer>): SessionPrint {
  const print = { keys: [] as number[], codes: [] as number[], right: [] as number[], savedAt: [] as number[], texts: [] as TextPrint[] };
  for (const item of items) {
    const saved = answers.get(item.id);
    const seconds = saved === undefined ? 0 : Math.floor(saved.savedAtMs / 1_000);
    for (const part of partsOf(item, saved?.response ?? null)) {
      print.keys.push(questionKey(part.key));
      print.codes.push(part.code === null ? 0 : hashText(part.code));
      print.right.push(part.right ? 1 : 0);
      print.savedAt.push(seconds);
    }
    const text = longTextOf(item.question, saved?.response);
    if (text === undefined) continue;
    const made = printText(item.question, text.value, text.kind);
    if (made.prints.length > 0) print.texts.push({ key: questionKey(item.questionId), ...made });
  }
  return { sessionId: session.id, studentId: session.studentId, ...print };
}

/** Key of a question in prints. */
export function questionKey(id: string): number {
  return hashText(id);
}

/** The text of a long answer with the way it is cut. */
export function longTextOf(question: QuestionContent, response: unknown): { readonly value: string; readonly kind: TextKind } | undefined {
  if (question.type !== 'essay' && question.type !== 'code' && question.type !== 'short-text') return undefined;
  const fields = response as { text?: unknown; format?: unknown } | null | undefined;
  if (typeof fields?.text !== 'string') return undefined;
  if (question.type === 'code') return { value: fields.text, kind: 'code' };
  const kind = fields.format === 'html' ? 'html' : 'prose';
  if (question.type === 'short-text' && tokensOf(fields.text, kind).length <= LONG_WORDS) return undefined;
  return { value: fields.text, kind };
}

/** Reduces a text to hashes, without what the question gave. */
function printText(question: QuestionContent, text: string, kind: TextKind): Omit<TextPrint, 'key'> {
  const prints = fingerprintsOf(text, kind, givenPassages(question, kind));
  return kind === 'code' ? { prints } : { prints, neighbours: ownNeighbours(question, tokensOf(text, kind)) };
}

/** Words near each other in a text, without those that the question gave. */
export function ownNeighbours(question: QuestionContent, tokens: readonly Token[]): number[] {
  const given = new Set(givenTexts(question).flatMap((text) => neighboursOf(tokensOf(text, 'html'))));
  return neighboursOf(tokens).filter((hash) => !given.has(hash));
}

/** Passages of what everybody was given. */
export function givenPassages(question: QuestionContent, kind: TextKind): ReadonlySet<number> {
  return new Set(givenTexts(question).flatMap((text) => passagesOf(tokensOf(text, kind === 'prose' ? 'html' : kind), kind)));
}

/** What everybody was given: the question, its sample, explanation and template. */
function givenTexts(question: QuestionContent): string[] {
  const key = (question.key ?? {}) as { sample?: string };
  const options = 'options' in question ? (question.options as { template?: string } | undefined) : undefined;
  return [question.text.value, question.explanation?.value, key.sample, options?.template].filter((text) => typeof text === 'string');
}

/** The comparable answers of a response; none for a text, and where a response does not fit its question. */
export function partsOf(item: DrawnItem, response: unknown): Part[] {
  const { question, questionId } = item;
  if (item.rule === 'drop') return [];
  const answered = isAnswered(question.type, response);
  try {
    switch (question.type) {
      case 'essay':
      case 'file-upload':
      case 'code':
      case 'hot-spot':
        return [];
      case 'matching': {
        const given = answered ? (response as ResponseByType['matching']).pairs : {};
        return question.options.left.map(({ id }) => ({ key: `${questionId}/${id}`, code: given[id] ?? null, right: given[id] !== undefined && given[id] === question.key.pairs[id] }));
      }
      case 'cloze': {
        const given = answered ? (response as ResponseByType['cloze']).gaps : {};
        return Object.entries(question.key.gaps).map(([id, key]) => {
          const code = gapCode(given[id]);
          const alone = { ...question, key: { gaps: { [id]: key } } };
          return { key: `${questionId}/${id}`, code, right: code !== null && isRight(alone, { gaps: { [id]: given[id] } }) };
        });
      }
      case 'short-text': {
        // nobody types a long answer twice in the same words by chance; that is for the fingerprints
        if (longTextOf(question, response) !== undefined) return [];
        const code = answered ? wordsOf((response as ResponseByType['short-text']).text) : null;
        return [{ key: questionId, code, right: code !== null && isRight(question, response) }];
      }
      default: {
        const code = answered ? codeOf(question.type, response) : null;
        return [{ key: questionId, code, right: code !== null && isRight(question, response) }];
      }
    }
  } catch {
    return [];
  }
}

function isRight(question: QuestionContent, response: unknown): boolean {
  const grade = gradeItem(question, response, '1');
  return grade.state === 'graded' && Number(grade.ratio) >= 1;
}

function codeOf(type: 'single-choice' | 'multiple-choice' | 'true-false' | 'numeric' | 'ordering', response: unknown): string {
  switch (type) {
    case 'single-choice':
      return (response as ResponseByType['single-choice']).optionId;
    case 'multiple-choice':
      return (response as ResponseByType['multiple-choice']).optionIds.toSorted().join(' ');
    case 'true-false':
      return String((response as ResponseByType['true-false']).value);
    case 'numeric':
      return numberCode(response as ResponseByType['numeric']);
    case 'ordering':
      return (response as ResponseByType['ordering']).order.join(' ');
  }
}

function gapCode(response: GapResponse | null | undefined): string | null {
  if (response === null || response === undefined) return null;
  if ('optionId' in response) return response.optionId;
  const code = 'text' in response ? wordsOf(response.text) : numberCode(response);
  return code === '' ? null : code;
}

function numberCode({ value, unit }: ResponseByType['numeric']): string {
  const text = value.trim().replace(',', '.');
  const number = Number(text);
  return `${Number.isFinite(number) ? number : text} ${unit?.trim().toLowerCase() ?? ''}`.trim();
}

function wordsOf(text: string): string {
  // signs alone are an answer too
  return tokensOf(text, 'prose').map(({ word }) => word).join(' ') || text.trim();
}
