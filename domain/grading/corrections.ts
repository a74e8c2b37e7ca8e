/** Corrections over the frozen content of an exam: what counts instead of what was published. */
import { decimal, formatDecimal } from '#domain/decimal.ts';
import { drawnItemId } from '#domain/paper/item-id.ts';
import type { DrawnItem, ExamContent } from '#domain/paper/types.ts';
import type { QuestionContent } from '#domain/questions/types.ts';

/** One correction of one item. */
export type Correction =
  | { readonly kind: 'key'; readonly key: QuestionContent['key'] }
  | { readonly kind: 'drop' }
  | { readonly kind: 'all-correct'; readonly who: 'everybody' | 'answered' }
  | { readonly kind: 'points'; readonly points: string };

/** A correction with the item that it is about. */
export interface ItemCorrection {
  readonly itemId: string;
  readonly correction: Correction;
}

/** Every item that papers of an exam can have, with the question that it asks. */
export function itemsOfContent(content: ExamContent): DrawnItem[] {
  return content.sections.flatMap((section, index) => {
    const drawn = (section.draw?.pool ?? []).map((questionId) => ({ id: drawnItemId(content.examId, index, questionId), questionId, points: section.draw!.points }));
    return [...section.items, ...drawn].flatMap((item): DrawnItem[] => {
      const frozen = content.questions[item.questionId];
      return frozen === undefined ? [] : [{ id: item.id, questionId: item.questionId, questionVersion: frozen.version, points: item.points, question: frozen.content }];
    });
  });
}

/**
 * An item as it counts after a correction. The last one holds: a new key ends a rule, so an item that was dropped counts again;
 * new points end a drop; a rule keeps key and points for the case that it ends.
 */
export function correctItem(item: DrawnItem, correction: Correction): DrawnItem {
  const { rule, ...before } = item;
  const plain = { ...before, corrected: true as const };
  switch (correction.kind) {
    case 'key':
      return { ...plain, question: { ...item.question, key: correction.key } as QuestionContent };
    case 'points':
      return { ...plain, points: formatDecimal(decimal(correction.points)), ...(rule === undefined || rule === 'drop' ? {} : { rule }) };
    case 'drop':
      return { ...plain, rule: 'drop' };
    case 'all-correct':
      return { ...plain, rule: correction.who === 'everybody' ? 'all-correct' : 'answered-correct' };
  }
}

/** Items as they count after corrections, in the order in which those were decided. */
export function correctItems(items: readonly DrawnItem[], corrections: readonly ItemCorrection[]): DrawnItem[] {
  const byItem = Map.groupBy(corrections, (each) => each.itemId);
  return items.map((item) => (byItem.get(item.id) ?? []).reduce((corrected, each) => correctItem(corrected, each.correction), item));
}
