import { invalid } from '#api/http/problem.ts';
import { questionInSchema } from '#contracts/questions.ts';
import type { CorrectionIn } from '#contracts/regrades.ts';
import type { RegradeCorrection } from '#db/regrade/regrades.ts';
import { type Correction, correctItem } from '#domain/grading/corrections.ts';
import type { DrawnItem } from '#domain/paper/types.ts';
import { checkQuestion } from '#domain/questions/check-question.ts';
import type { FieldError } from '#domain/problem.ts';
import type { QuestionContent } from '#domain/questions/types.ts';

/**
 * Makes corrections of single items out of the changes of a request; a question stands for all items that ask it.
 * @param items every item of the exam as it counts now
 * @throws validation-failed with a pointer to every wrong change
 */
export function resolveChanges(changes: readonly CorrectionIn[], items: readonly DrawnItem[]): RegradeCorrection[] {
  const errors: FieldError[] = [];
  let standing = items;
  const resolved = changes.flatMap((change, index) => {
    const at = `/changes/${index}`;
    const found = standing.filter((item) => (change.itemId === undefined ? item.questionId === change.questionId : item.id === change.itemId));
    if (found.length === 0) {
      errors.push({ pointer: `${at}/${change.itemId === undefined ? 'questionId' : 'itemId'}`, message: 'is not part of this exam' });
      return [];
    }
    const correction = readCorrection(change, found[0]!.question, at, errors);
    if (correction === undefined) return [];
    // a later change of the same request sees what this one leaves
    standing = standing.map((item) => (found.includes(item) ? correctItem(item, correction) : item));
    return found.map((item): RegradeCorrection => ({
      itemId: item.id, questionId: item.questionId, correction, before: { key: item.question.key, points: item.points, rule: item.rule ?? null },
    }));
  });
  if (errors.length > 0) throw invalid(errors);
  return resolved;
}

function readCorrection(change: CorrectionIn, question: QuestionContent, at: string, errors: FieldError[]): Correction | undefined {
  if (change.kind === 'drop') return { kind: 'drop' };
  if (change.kind === 'all-correct') return { kind: 'all-correct', who: change.who };
  if (change.kind === 'points') return { kind: 'points', points: change.points };
  const parsed = questionInSchema.safeParse({ ...question, key: change.key });
  if (!parsed.success) {
    errors.push(...parsed.error.issues.map((issue) => ({ pointer: `${at}/${issue.path.join('/')}`, message: issue.message })));
    return undefined;
  }
  const corrected = { ...question, key: parsed.data.key } as QuestionContent;
  const checked = checkQuestion(corrected);
  if (checked.ok) return { kind: 'key', key: corrected.key };
  errors.push(...checked.errors.map(({ pointer, message }) => ({ pointer: `${at}${pointer}`, message })));
  return undefined;
}
