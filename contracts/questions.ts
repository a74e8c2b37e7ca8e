import type { QuestionType } from '#domain/questions/types.ts';
import { z } from 'zod';

import { decimalSchema, idSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts';
import { keySchema, optionsSchema, richTextSchema } from './question-content.ts';

export { questionInSchema, type QuestionIn } from './question-content.ts';

/** Names of the question types. */
export const questionTypeSchema = z.enum([
  'single-choice', 'multiple-choice', 'true-false', 'short-text', 'numeric', 'essay', 'matching', 'ordering', 'cloze', 'hot-spot', 'file-upload', 'code',
]) satisfies z.ZodType<QuestionType>;

/** A media reference of a question in replies. */
export const mediaRefSchema = z.object({ id: z.string(), alt: z.string().optional() });

const contentShape = {
  type: questionTypeSchema,
  text: richTextSchema,
  options: optionsSchema.optional(),
  key: keySchema,
  points: decimalSchema,
  tags: z.array(z.string()),
  subject: z.string().nullable(),
  topic: z.string().nullable(),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  explanation: richTextSchema.nullable(),
  media: z.array(mediaRefSchema),
};

/** A question as its author sees it, in one of its versions. */
export const questionSchema = z
  .object({
    id: z.string(),
    version: z.int(),
    ...contentShape,
    origin: z.string(),
    usageCount: z.int(),
    createdBy: z.string(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    deletedAt: instantSchema.optional().meta({ description: 'Only of a question that was taken out of the bank.' }),
  })
  .meta({ id: 'Question' });

/** A page of questions. */
export const questionPageSchema = pageOf(questionSchema).meta({ id: 'QuestionPage' });

/** Filters that the list and the export share. */
const filters = {
  q: textSchema(200).optional(),
  type: questionTypeSchema.optional(),
  tag: textSchema(60).optional(),
  subject: textSchema(200).optional(),
  topic: textSchema(200).optional(),
  difficulty: z.enum(['easy', 'medium', 'hard']).optional(),
  createdBy: idSchema.optional(),
};

/** Query of the list of questions. */
export const questionListQuery = z.strictObject({
  ...pageQuery,
  ...filters,
  ids: z
    .string()
    .max(8_000)
    .transform((value) => [...new Set(value.split(',').map((id) => id.trim()).filter((id) => id !== ''))])
    .pipe(z.array(idSchema).min(1).max(200))
    .optional()
    .meta({ description: 'Ids separated by commas, at most 200: only these, also those that were taken out of the bank.' }),
  sort: z.enum(['updatedAt', '-updatedAt', 'createdAt', '-createdAt', 'type', '-type', 'difficulty', '-difficulty']).default('-updatedAt'),
});

/** Query of the facets: the filters of the list. */
export const questionFacetQuery = z.strictObject(filters);

const facetSchema = z.array(z.object({ value: z.string(), count: z.int() }));

/** What the questions of a filter can be narrowed by further. */
export const questionFacetsSchema = z
  .object({ total: z.int(), types: facetSchema, tags: facetSchema, subjects: facetSchema, topics: facetSchema, difficulties: facetSchema })
  .meta({ id: 'QuestionFacets', description: 'Each under the other filters, most used first, at most 200.' });

/** Formats that a bank can be written in. */
export const EXPORT_FORMATS = ['gift'] as const;

/** Query of the export. */
export const questionExportQuery = z.strictObject({
  ...filters,
  format: z.enum(EXPORT_FORMATS, { error: 'must be one of the formats that can be written: gift' }).default('gift'),
});

/** Which version to read; the newest when absent. */
export const questionVersionQuery = z.strictObject({ version: z.coerce.number().int().min(1).max(1_000_000).optional() });

/** One line of the history of a question. */
export const questionVersionSchema = z
  .object({ version: z.int(), type: questionTypeSchema, createdBy: z.string(), createdAt: instantSchema, question: questionSchema })
  .meta({ id: 'QuestionVersion' });

/** The history of a question, newest first. */
export const questionVersionPageSchema = pageOf(questionVersionSchema).meta({ id: 'QuestionVersionPage' });

/** Query of the history. */
export const questionVersionListQuery = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor });

/** Formats that can be read. */
export const IMPORT_FORMATS = ['gift'] as const;

/** One question of an uploaded file. */
export const importItemSchema = z
  .object({
    index: z.int(),
    line: z.int(),
    status: z.enum(['ready', 'skipped', 'duplicate']),
    reason: z.string().optional(),
    raw: z.string().optional(),
    question: z.object(contentShape).meta({ id: 'QuestionDraft' }).optional(),
    questionId: z.string().optional(),
  })
  .meta({ id: 'QuestionImportItem' });

/** An upload under review. */
export const questionImportSchema = z
  .object({
    id: z.string(),
    state: z.enum(['queued', 'parsing', 'ready', 'committed', 'failed']),
    format: z.string().nullable(),
    fileName: z.string(),
    encoding: z.string().nullable(),
    examId: z.string().nullable(),
    detail: z.string().nullable(),
    counts: z.object({ total: z.int(), ready: z.int(), skipped: z.int(), duplicate: z.int() }),
    items: z.array(importItemSchema),
    createdAt: instantSchema,
    committedAt: instantSchema.nullable(),
  })
  .meta({ id: 'QuestionImport' });

/** Which items to take; every ready one when absent. */
export const importCommitSchema = z.strictObject({ indexes: z.array(z.int().min(0).max(100_000)).max(20_000).optional() });

/** Ids of the questions that an import made, in the order of the file. */
export const importCommittedSchema = z.object({ questionIds: z.array(z.string()) }).meta({ id: 'QuestionImportCommitted' });

/** A stored image, sound, film or document. */
export const mediaSchema = z
  .object({ id: z.string(), mediaType: z.string(), size: z.int(), sha256: z.string() })
  .meta({ id: 'Media' });
