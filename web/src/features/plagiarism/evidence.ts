import type { Pair } from './api.ts';
import type { messages } from './messages.ts';
import type { useMessages } from '#web/lib/i18n.ts';
import { oneDigit } from './numbers.ts';

/** The evidence of a pair in words, the strongest first. */
export function evidenceOf(pair: Pair, t: ReturnType<typeof useMessages<typeof messages.en>>): string[] {
  if (pair.evidence.length > 0) return [...pair.evidence].sort((a, b) => b.weight - a.weight).map(({ text }) => text);
  const { answers } = pair.indices;
  return answers === null ? [] : [t('wrongEvidence', { count: answers.identicalWrong, expected: oneDigit(answers.expected) })];
}
