import type { FieldError } from '#domain/problem.ts';
import { checkQuestion } from '#domain/questions/check-question.ts';
import type { QuestionContent, QuestionType } from '#domain/questions/types.ts';
import { type Draft, emptyDraft, inputOf } from '#web/features/questions/editor/draft.ts';

import type { CountingItem, RegradeIn } from './api.ts';

/** What can be done with a question afterwards. */
export type CorrectionKind = Change['kind'];
type Change = RegradeIn['changes'][number];
type Key = Extract<Change, { kind: 'key' }>['key'];

/** What a form says beside the question and what is to be done with it. */
export interface CorrectionForm {
  readonly kind: CorrectionKind;
  readonly who: 'everybody' | 'answered';
  readonly points: number | undefined;
  readonly draft: Draft | undefined;
}

const WITHOUT_KEY: readonly QuestionType[] = ['essay', 'code', 'file-upload'];

/** Whether the machine marks a question by a key. */
export function hasKey({ question }: CountingItem): boolean {
  return !WITHOUT_KEY.includes(question.type);
}

/** A question as it counts, for a form about its key. */
export function keyDraft({ points, question }: CountingItem): Draft {
  return structuredClone({ ...emptyDraft(question.type), ...question, points }) as Draft;
}

/** The key that a form holds, as the API takes it. */
export function keyOf(draft: Draft): Key {
  return inputOf(draft)['key'] as Key;
}

/** What is wrong with the key that a form holds. */
export function keyErrors(draft: Draft): readonly FieldError[] {
  try {
    const checked = checkQuestion(JSON.parse(JSON.stringify(inputOf(draft))) as QuestionContent);
    return checked.ok ? [] : checked.errors;
  } catch {
    // of a shape that the rules do not know: the server says what is wrong
    return [];
  }
}

/** The correction that a form asks for; undefined while something is missing, or a key is wrong or the old one. */
export function correctionOf(item: CountingItem, { kind, who, points, draft }: CorrectionForm): Change | undefined {
  const { itemId } = item;
  if (kind === 'drop') return { kind, itemId };
  if (kind === 'all-correct') return { kind, itemId, who };
  if (kind === 'points') return points === undefined ? undefined : { kind, itemId, points };
  if (draft === undefined || keyErrors(draft).length > 0) return undefined;
  const key = keyOf(draft);
  return JSON.stringify(key) === JSON.stringify(keyOf(keyDraft(item))) ? undefined : { kind, itemId, key };
}
