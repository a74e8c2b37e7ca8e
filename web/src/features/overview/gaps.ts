import type { Exam } from '#web/features/exams/api.ts';

/** What a draft lacks before it can be published. */
export type Gap = 'title' | 'questions' | 'window' | 'past' | 'people';

/** What a draft lacks, in the order of the builder. */
export function draftGaps(exam: Pick<Exam, 'title' | 'sections' | 'window' | 'assignedCount'>, nowMs: number): Gap[] {
  const hasQuestions = exam.sections.some(({ items, draw }) => items.length > 0 || (draw?.count ?? 0) > 0);
  return [
    ...(exam.title.trim() === '' ? (['title'] as const) : []),
    ...(hasQuestions ? [] : (['questions'] as const)),
    ...(exam.window === null ? (['window'] as const) : Date.parse(exam.window.closesAt) <= nowMs ? (['past'] as const) : []),
    ...(exam.assignedCount === 0 ? (['people'] as const) : []),
  ];
}
