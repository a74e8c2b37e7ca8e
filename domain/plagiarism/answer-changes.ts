import type { QuestionType } from '#domain/questions/types.ts';

/** Types at which each save is a whole decision; at others it may be a part of one, such as half a word. */
const DECIDED_AT_ONCE: ReadonlySet<QuestionType> = new Set(['single-choice', 'true-false']);

/** Whether changes of the answer to a question of this type are changes of mind. */
export function isDecidedAtOnce(type: QuestionType): boolean {
  return DECIDED_AT_ONCE.has(type);
}

/** The answers that somebody settled on one after the other: without blanks, and without the same one twice in a row. */
export function stepsOf(responses: readonly unknown[]): unknown[] {
  const said = responses.filter((response) => response !== null && response !== undefined);
  return said.filter((response, at) => at === 0 || !isSame(response, said[at - 1]));
}

/**
 * The last change of mind, where both had the same: from the same answer to the same answer.
 * @source answer-change analysis of Bishop & Egan (2017), in: Cizek & Wollack, Handbook of Quantitative Methods for Detecting Cheating on Tests, ch. 10
 */
export function sharedChange(a: readonly unknown[], b: readonly unknown[]): { readonly from: unknown; readonly to: unknown } | null {
  if (a.length < 2 || b.length < 2) return null;
  const [from, to] = a.slice(-2);
  const [otherFrom, otherTo] = b.slice(-2);
  return isSame(from, otherFrom) && isSame(to, otherTo) ? { from, to } : null;
}

// responses of these types have one field
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
