import type { QuestionVersionModel } from '#db/models/question-version.ts';
import { formatDecimal, parseDecimal, ZERO } from '#domain/decimal.ts';
import type { QuestionContent, QuestionMeta } from '#domain/questions/types.ts';

import { fingerprint, searchText } from './plain-text.ts';

/** Where a question came from. */
export type QuestionOrigin = 'manual' | 'import';

/** A question of the bank in one of its versions. */
export interface StoredQuestion {
  readonly id: string;
  readonly version: number;
  readonly content: QuestionContent;
  readonly meta: QuestionMeta;
  readonly origin: string;
  /** Exams that name the question. */
  readonly usageCount: number;
  readonly createdBy: string;
  readonly createdAtMs: number;
  /** When this version was written. */
  readonly updatedAtMs: number;
  /** When it was taken out of the bank; null while it is in it. */
  readonly deletedAtMs: number | null;
}

/** What a new version is made of. */
export interface QuestionDraft {
  readonly content: QuestionContent;
  readonly meta: QuestionMeta;
  readonly origin: QuestionOrigin;
}

/** Columns of a version. */
export function versionColumns(draft: QuestionDraft): Partial<QuestionVersionModel> {
  const { content, meta } = draft;
  return {
    type: content.type,
    text: content.text,
    options: 'options' in content ? (content.options ?? null) : null,
    key: content.key ?? {},
    points: content.points,
    tags: [...meta.tags],
    subject: meta.subject ?? '',
    topic: meta.topic ?? '',
    difficulty: meta.difficulty,
    explanation: content.explanation ?? null,
    media: content.media ?? [],
    origin: draft.origin,
    searchText: searchText(content),
    fingerprint: fingerprint(content),
  };
}

/** The content of a version. */
export function contentOf(row: QuestionVersionModel): QuestionContent {
  // what stands in a row was checked when it was written, and rows of versions never change
  return {
    type: row.type,
    text: row.text,
    points: formatDecimal(parseDecimal(row.points, { digits: 14, places: 4 }) ?? ZERO),
    key: row.key,
    ...(row.options === null ? {} : { options: row.options }),
    ...(row.explanation === null ? {} : { explanation: row.explanation }),
    ...(row.media.length === 0 ? {} : { media: row.media }),
  } as QuestionContent;
}

/** What the bank keeps besides the content. */
export function metaOf(row: QuestionVersionModel): QuestionMeta {
  return {
    tags: row.tags,
    subject: row.subject === '' ? null : row.subject,
    topic: row.topic === '' ? null : row.topic,
    difficulty: row.difficulty,
  };
}
