import type { QuestionFacets } from '#db/questions/facets.ts';
import type { StoredQuestion } from '#db/questions/rows.ts';
import type { QuestionContent, QuestionMeta } from '#domain/questions/types.ts';

/** A question as its author sees it. */
export function presentQuestion(question: StoredQuestion): Record<string, unknown> {
  return {
    id: question.id,
    version: question.version,
    ...presentContent(question.content, question.meta),
    origin: question.origin,
    usageCount: question.usageCount,
    createdBy: question.createdBy,
    createdAt: new Date(question.createdAtMs).toISOString(),
    updatedAt: new Date(question.updatedAtMs).toISOString(),
    ...(question.deletedAtMs === null ? {} : { deletedAt: new Date(question.deletedAtMs).toISOString() }),
  };
}

/** The content of a question, key included. */
export function presentContent(content: QuestionContent, meta: QuestionMeta): Record<string, unknown> {
  return {
    type: content.type,
    text: content.text,
    ...('options' in content && content.options !== undefined ? { options: content.options } : {}),
    key: content.key ?? {},
    points: content.points,
    tags: meta.tags,
    subject: meta.subject,
    topic: meta.topic,
    difficulty: meta.difficulty,
    explanation: content.explanation ?? null,
    media: content.media ?? [],
  };
}

/** What a list of questions can be narrowed by further. */
export function presentFacets(total: number, facets: QuestionFacets): Record<string, unknown> {
  const { types, tags, subjects, topics, difficulties } = facets;
  return { total, types, tags, subjects, topics, difficulties };
}

/** One line of the history of a question. */
export function presentVersion(question: StoredQuestion & { readonly changedBy: string }): Record<string, unknown> {
  return {
    version: question.version,
    type: question.content.type,
    createdBy: question.changedBy,
    createdAt: new Date(question.updatedAtMs).toISOString(),
    question: presentQuestion(question),
  };
}
