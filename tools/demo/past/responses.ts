import type {
  ClozeQuestion, MatchingQuestion, MultipleChoiceQuestion, NumericQuestion, OrderingQuestion, QuestionResponse, ShortTextQuestion, SingleChoiceQuestion,
} from '#domain/questions/types.ts';

import type { DemoQuestion } from '../bank/forms.ts';
import type { Chance } from '../chance.ts';

const LOGIT = { easy: -1.1, medium: -0.1, hard: 0.9 } as const;
const DISCRIMINATION = 1.3;

/**
 * How likely a student answers rightly.
 * @param ability in standard deviations of the class
 * @source Birnbaum's three-parameter logistic model of item response theory; guessing where there is something to guess
 */
export function successRate(ability: number, question: DemoQuestion): number {
  const { type } = question.content;
  const guess = type === 'true-false' ? 0.5 : type === 'single-choice' ? 0.25 : 0;
  return guess + (1 - guess) / (1 + Math.exp(-DISCRIMINATION * (ability - LOGIT[question.difficulty])));
}

/** A response that is right, or wrong the way students are wrong. Essays are written elsewhere. */
export function respond(question: DemoQuestion, right: boolean, chance: Chance): QuestionResponse {
  const { content, slips } = question;
  switch (content.type) {
    case 'single-choice':
      return { optionId: right ? content.key.optionId : temptingOption(content, chance) };
    case 'multiple-choice':
      return { optionIds: right ? [...content.key.optionIds] : halfRight(content, chance) };
    case 'true-false':
      return { value: right ? content.key.value : !content.key.value };
    case 'short-text':
      return { text: right ? acceptedText(content, chance) : chance.pick(slips) };
    case 'numeric':
      return numberFor(content, slips, right, chance);
    case 'matching':
      return { pairs: right ? content.key.pairs : swappedPairs(content, chance) };
    case 'ordering':
      return { order: right ? [...content.key.order] : swappedNeighbours(content, chance) };
    case 'cloze':
      return { gaps: filledGaps(content, right, chance) };
    default:
      throw new RangeError(`the demo class does not answer questions of type ${content.type}`);
  }
}

/** The most tempting wrong option is the one that stands next to the right one; half of those who are wrong take it. */
function temptingOption({ options, key }: SingleChoiceQuestion, chance: Chance): string {
  const place = options.findIndex((option) => option.id === key.optionId);
  const tempting = options[(place + 1) % options.length]!.id;
  return chance.happens(0.5) ? tempting : chance.pick(options.filter((option) => option.id !== key.optionId)).id;
}

function halfRight({ options, key }: MultipleChoiceQuestion, chance: Chance): string[] {
  const wrong = options.filter((option) => !key.optionIds.includes(option.id)).map((option) => option.id);
  const kept = chance.shuffle(key.optionIds).slice(0, Math.max(1, key.optionIds.length - 1));
  const added = wrong.length > 0 && chance.happens(0.6) ? [chance.pick(wrong)] : [];
  return chance.shuffle([...kept, ...added]);
}

function acceptedText({ key }: ShortTextQuestion, chance: Chance): string {
  const { text } = chance.pick(key.accepted.filter((accepted) => accepted.ratio === undefined || accepted.ratio === '1'));
  return chance.happens(0.2) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function numberFor({ options, key }: NumericQuestion, slips: readonly string[], right: boolean, chance: Chance): { value: string; unit?: string } {
  const accepted = key.accepted[0]!;
  const value = 'value' in accepted ? accepted.value : chance.pick([accepted.min, '36.6', '37']);
  const unit = options?.units[0];
  if (unit === undefined) return { value: right ? value : chance.pick(slips) };
  if (right) return { value, unit };
  // the right number in another unit is the mistake that everybody knows
  return chance.happens(0.3) ? { value, unit: chance.pick(options!.units.slice(1)) } : { value: chance.pick(slips), unit };
}

function swappedPairs({ key }: MatchingQuestion, chance: Chance): Record<string, string> {
  const [first, second, ...rest] = chance.shuffle(Object.entries(key.pairs));
  return Object.fromEntries([[first![0], second![1]], [second![0], first![1]], ...rest]);
}

function swappedNeighbours({ key }: OrderingQuestion, chance: Chance): string[] {
  const order = [...key.order];
  const at = chance.whole(0, order.length - 2);
  [order[at], order[at + 1]] = [order[at + 1]!, order[at]!];
  return order;
}

/** Whoever does not know all of it leaves one gap empty. */
function filledGaps({ key }: ClozeQuestion, right: boolean, chance: Chance): Record<string, { text: string } | { optionId: string } | null> {
  const empty = right ? undefined : chance.pick(Object.keys(key.gaps));
  return Object.fromEntries(Object.entries(key.gaps).map(([id, gap]) => {
    if (id === empty) return [id, null];
    if ('optionId' in gap) return [id, { optionId: gap.optionId }];
    return [id, { text: 'matchCase' in gap ? gap.accepted[0]!.text : '' }];
  }));
}
