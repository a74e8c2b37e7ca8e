import { v7 as uuidv7 } from 'uuid';

import type { ExamCreate } from '#contracts/exams.ts';
import type { Queryable } from '#db/connection.ts';
import type { ExamItem, ExamSection } from '#db/exams/types.ts';
import { selectQuestionOwners } from '#db/questions/questions.ts';
import { formatDecimal, parseDecimal } from '#domain/decimal.ts';
import type { FieldError } from '#domain/problem.ts';

type SectionIn = NonNullable<ExamCreate['sections']>[number];

/** Sections as they are stored, or what is wrong with them. */
export interface ReadSections {
  readonly sections: readonly ExamSection[];
  readonly errors: readonly FieldError[];
}

/**
 * Reads sections of a request. Items keep their ids; one without gets that of the same question in `before`, or a fresh one;
 * points that are left out are those of the question.
 * @param ownerSeen whose questions may be named, null: anybody's; questions in `before` may stay in any case
 */
export async function readSections(q: Queryable, given: readonly SectionIn[], before: readonly ExamSection[], ownerSeen: string | null): Promise<ReadSections> {
  const kept = new Map(before.flatMap((section) => section.items).map((item) => [item.questionId, item.id]));
  const known = await selectQuestionOwners(q, given.flatMap((section) => section.items.map((item) => item.questionId)));
  const errors: FieldError[] = [];
  const questions = new Set<string>();
  const itemIds = new Set<string>();

  const readItem = (item: SectionIn['items'][number], at: string): ExamItem => {
    const question = known.get(item.questionId);
    const visible = question !== undefined && (ownerSeen === null || question.createdBy === ownerSeen || kept.has(item.questionId));
    if (!visible) errors.push({ pointer: `${at}/questionId`, message: 'is not the id of a question of yours' });
    else if (questions.has(item.questionId)) errors.push({ pointer: `${at}/questionId`, message: 'stands twice in this exam' });
    questions.add(item.questionId);
    const id = item.id ?? kept.get(item.questionId) ?? uuidv7();
    if (itemIds.has(id)) errors.push({ pointer: `${at}/id`, message: 'stands twice in this exam' });
    itemIds.add(id);
    return { id, questionId: item.questionId, points: readPoints(item.points ?? question?.points ?? '1', `${at}/points`, errors) };
  };

  const sections = given.map((section, index): ExamSection => {
    const at = `/sections/${index}`;
    const items = section.items.map((item, place) => readItem(item, `${at}/items/${place}`));
    const { draw } = section;
    if (draw === undefined || draw === null) return { title: section.title, items };
    return { title: section.title, items, draw: { tag: draw.tag, count: draw.count, points: readPoints(draw.points, `${at}/draw/points`, errors) } };
  });
  return { sections, errors };
}

function readPoints(points: string, pointer: string, errors: FieldError[]): string {
  const value = parseDecimal(points);
  if (value === undefined || value.num < 0n) {
    errors.push({ pointer, message: 'must be a decimal of 0 or more with at most 10 digits and 4 places' });
    return '0';
  }
  return formatDecimal(value);
}
