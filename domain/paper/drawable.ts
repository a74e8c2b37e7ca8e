/** Papers of an exam that is not complete yet, for a preview. */
import { checkQuestion } from '#domain/questions/check-question.ts';
import type { ExamContent, FrozenSection } from './types.ts';

/**
 * Leaves out what a paper can not be drawn with: questions that are gone or not complete, and draws beyond what their pool
 * surely holds. Content that can be published comes back as it is.
 */
export function drawableContent(content: ExamContent): ExamContent {
  const questions = Object.fromEntries(Object.entries(content.questions).filter(([, question]) => checkQuestion(question.content).ok));
  const kept = content.sections.map((section) => ({ ...section, items: section.items.filter((item) => item.questionId in questions) }));
  const fixed = new Set(kept.flatMap((section) => section.items.map((item) => item.questionId)));
  const earlier: { pool: ReadonlySet<string>; count: number }[] = [];
  const sections = kept.map((section): FrozenSection => {
    const { draw, ...rest } = section;
    if (draw === undefined) return rest;
    const pool = draw.pool.filter((id) => id in questions);
    const free = new Set(pool.filter((id) => !fixed.has(id)));
    let available = free.size;
    for (const other of earlier) available -= Math.min(other.count, [...other.pool].filter((id) => free.has(id)).length);
    const count = Math.max(0, Math.min(draw.count, available));
    earlier.push({ pool: free, count });
    return { ...rest, draw: { ...draw, pool, count } };
  });
  return { ...content, sections, questions };
}
