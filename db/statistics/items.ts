import type { DrawnItem, ExamContent } from '#domain/paper/types.ts';
import { readableText } from '#domain/questions/readable-text.ts';
import type { QuestionContent } from '#domain/questions/types.ts';
import type { ChoiceFacts, ItemFacts } from '#domain/statistics/facts.ts';

const LONGEST = 160;

/** The items of an exam as statistics show them, in the order in which the exam was written. */
export function itemFactsOf(items: readonly DrawnItem[], content: ExamContent): ItemFacts[] {
  const sections = content.sections.flatMap((section) => new Array<string>(section.items.length + (section.draw?.pool.length ?? 0)).fill(section.title));
  return items.map((item, index) => ({
    itemId: item.id, questionId: item.questionId, number: index + 1, section: sections[index] ?? '', type: item.question.type,
    text: shortened(item.question.text), choices: choicesOf(item.question),
  }));
}

function choicesOf(question: QuestionContent): ChoiceFacts[] | null {
  switch (question.type) {
    case 'single-choice':
      return question.options.map((option) => ({ id: option.id, text: shortened(option.text), isKey: option.id === question.key.optionId }));
    case 'multiple-choice':
      return question.options.map((option) => ({ id: option.id, text: shortened(option.text), isKey: isRight(question.key, option.id) }));
    case 'true-false':
      return [true, false].map((value) => ({ id: String(value), text: String(value), isKey: value === question.key.value }));
    default:
      return null;
  }
}

/** With weights, what earns something is right. */
function isRight(key: Extract<QuestionContent, { type: 'multiple-choice' }>['key'], id: string): boolean {
  return key.scoring === 'weights' ? Number(key.weights?.[id] ?? 0) > 0 : key.optionIds.includes(id);
}

function shortened(text: QuestionContent['text']): string {
  const plain = readableText(text);
  // by code points: half a surrogate pair is no text
  return plain.length <= LONGEST ? plain : `${[...plain].slice(0, LONGEST).join('')}…`;
}
