import type { QuestionContent, RichText } from '#domain/questions/types.ts';
import { z } from 'zod';

import { decimalInSchema, idSchema, textSchema } from './common.ts';

/** Longest text of a question, characters. */
export const MAX_QUESTION_TEXT = 50_000;
/** Longest text of an option, a feedback, an accepted answer, characters. */
const MAX_OPTION_TEXT = 10_000;
const MAX_OPTIONS = 100;

/**
 * A text with its format in requests. A bare string is read as plain text.
 * @param maxLength characters
 */
function richTextIn(maxLength: number) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? { format: 'plain', value } : value),
    z.strictObject({ format: z.enum(['html', 'markdown', 'plain']), value: textSchema(maxLength) })
      .meta({ description: 'A bare string is read as plain text.' }),
  );
}

/** A text with its format in replies. */
export const richTextSchema = z
  .object({ format: z.enum(['html', 'markdown', 'plain']), value: z.string() })
  .meta({ id: 'RichText' }) satisfies z.ZodType<RichText>;

const partIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be an id of at most 64 letters, digits, ".", "_" or "-"');
const ratioInSchema = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((value) => /^-?\d{1,2}(\.\d{1,10})?$/.test(value), 'must be a decimal such as "0.5"');
const numberInSchema = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((value) => value.length <= 100, 'must have at most 100 characters');

const optionTextIn = richTextIn(MAX_OPTION_TEXT);
const questionTextIn = richTextIn(MAX_QUESTION_TEXT);
const visibleOptionIn = z.strictObject({ id: partIdSchema, text: optionTextIn });
const visibleOptionsIn = z.array(visibleOptionIn).max(MAX_OPTIONS);
const optionsIn = z.array(z.strictObject({ id: partIdSchema, text: optionTextIn, feedback: optionTextIn.optional() })).max(MAX_OPTIONS);
const weightsIn = z.record(partIdSchema, ratioInSchema);

const shortTextKeyShape = {
  accepted: z.array(z.strictObject({ text: textSchema(MAX_OPTION_TEXT), ratio: ratioInSchema.optional() })).max(MAX_OPTIONS).default([]),
  matchCase: z.boolean().default(false),
  collapseSpaces: z.boolean().default(true),
  pattern: textSchema(1000).optional(),
};
const numericKeyShape = {
  accepted: z
    .array(
      z.union(
        [
          z.strictObject({ value: numberInSchema, tolerance: numberInSchema.optional(), ratio: ratioInSchema.optional() }),
          z.strictObject({ min: numberInSchema, max: numberInSchema, ratio: ratioInSchema.optional() }),
        ],
        { error: 'must be {value, tolerance?, ratio?} or {min, max, ratio?}' },
      ),
    )
    .max(MAX_OPTIONS),
  units: z.array(z.strictObject({ name: textSchema(50), factor: numberInSchema })).max(50).optional(),
};
const unitNamesIn = z.array(textSchema(50)).max(50);
const imagePointIn = z.tuple([z.number(), z.number()]);
const gapPoints = { points: decimalInSchema.optional() };

const clozeOptionsIn = z.strictObject({
  gaps: z.record(
    partIdSchema,
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('text'), width: z.int().min(1).max(200).optional() }),
      z.strictObject({ kind: z.literal('numeric'), units: unitNamesIn.optional() }),
      z.strictObject({ kind: z.literal('choice'), options: visibleOptionsIn }),
    ]),
  ),
});
const clozeKeyIn = z.strictObject({
  gaps: z.record(
    partIdSchema,
    z.union(
      [
        z.strictObject({ optionId: partIdSchema, ...gapPoints }),
        z.strictObject({ ...numericKeyShape, ...gapPoints }),
        z.strictObject({ ...shortTextKeyShape, ...gapPoints }),
      ],
      { error: 'must be the key of a text, numeric or choice gap' },
    ),
  ),
});

const base = {
  text: questionTextIn,
  points: decimalInSchema.default('1'),
  media: z.array(z.strictObject({ id: idSchema, alt: textSchema(1000).optional() })).max(20).optional(),
  explanation: questionTextIn.optional(),
};

/** What the bank keeps besides the content, in requests. */
export const questionMetaShape = {
  tags: z
    .array(textSchema(60, 1).transform((tag) => tag.trim()).refine((tag) => tag !== '', 'must not be empty'))
    .max(30)
    .default([])
    .transform((tags) => [...new Set(tags)]),
  subject: textSchema(200).nullable().default(null),
  topic: textSchema(200).nullable().default(null),
  difficulty: z.enum(['easy', 'medium', 'hard']).default('medium'),
};

const shared = { ...base, ...questionMetaShape };

/** A question in requests: its content by type and what the bank keeps besides. */
export const questionInSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('single-choice'), ...shared, options: optionsIn, key: z.strictObject({ optionId: partIdSchema, weights: weightsIn.optional() }) }),
    z.strictObject({
      type: z.literal('multiple-choice'),
      ...shared,
      options: optionsIn,
      key: z.strictObject({
        optionIds: z.array(partIdSchema).max(MAX_OPTIONS).default([]),
        scoring: z.enum(['all-or-nothing', 'partial', 'weights']).default('all-or-nothing'),
        weights: weightsIn.optional(),
        minRatio: ratioInSchema.optional(),
      }),
    }),
    z.strictObject({ type: z.literal('true-false'), ...shared, key: z.strictObject({ value: z.boolean() }) }),
    z.strictObject({ type: z.literal('short-text'), ...shared, key: z.strictObject(shortTextKeyShape) }),
    z.strictObject({ type: z.literal('numeric'), ...shared, options: z.strictObject({ units: unitNamesIn }).optional(), key: z.strictObject(numericKeyShape) }),
    z.strictObject({
      type: z.literal('essay'),
      ...shared,
      key: z
        .strictObject({ minWords: z.int().min(0).max(100_000).optional(), maxWords: z.int().min(1).max(100_000).optional(), sample: textSchema(MAX_QUESTION_TEXT).optional() })
        .default({}),
    }),
    z.strictObject({
      type: z.literal('matching'),
      ...shared,
      options: z.strictObject({ left: visibleOptionsIn, right: visibleOptionsIn }),
      key: z.strictObject({ pairs: z.record(partIdSchema, partIdSchema) }),
    }),
    z.strictObject({ type: z.literal('ordering'), ...shared, options: visibleOptionsIn, key: z.strictObject({ order: z.array(partIdSchema).max(MAX_OPTIONS) }) }),
    z.strictObject({ type: z.literal('cloze'), ...shared, options: clozeOptionsIn, key: clozeKeyIn }),
    z.strictObject({
      type: z.literal('hot-spot'),
      ...shared,
      options: z.strictObject({ maxPoints: z.int().min(1).max(50) }).optional(),
      key: z.strictObject({
        areas: z
          .array(z.strictObject({ shape: z.enum(['rect', 'circle', 'polygon']), points: z.array(imagePointIn).max(200), ratio: ratioInSchema.optional() }))
          .max(50),
      }),
    }),
    z.strictObject({
      type: z.literal('file-upload'),
      ...shared,
      options: z
        .strictObject({
          maxFiles: z.int().min(1).max(20).optional(),
          maxBytes: z.int().min(1).max(100 * 1024 * 1024).optional(),
          extensions: z.array(z.string().regex(/^[a-z0-9]{1,10}$/, 'must be an extension such as "pdf"')).max(50).optional(),
        })
        .optional(),
      key: z.strictObject({}).optional(),
    }),
    z.strictObject({
      type: z.literal('code'),
      ...shared,
      options: z.strictObject({ languages: z.array(textSchema(40, 1)).max(30), template: textSchema(MAX_QUESTION_TEXT).optional() }).optional(),
      key: z.strictObject({ sample: textSchema(MAX_QUESTION_TEXT).optional() }).optional(),
    }),
  ])
  .meta({ id: 'QuestionInput' }) satisfies z.ZodType<QuestionContent>;

/** A checked question of a request. */
export type QuestionIn = z.output<typeof questionInSchema>;

const optionOut = z.object({ id: z.string(), text: richTextSchema, feedback: richTextSchema.optional() });

/** Options of a question in replies, by type. */
export const optionsSchema = z
  .union([
    z.array(optionOut),
    z.object({ left: z.array(optionOut), right: z.array(optionOut) }),
    z.object({ gaps: z.record(z.string(), z.object({ kind: z.enum(['text', 'choice', 'numeric']), options: z.array(optionOut).optional() }).loose()) }),
    z.object({}).loose(),
  ])
  .meta({ id: 'QuestionOptions', description: 'By type: a list, left and right rows, gaps, or limits.' });

/** The key of a question in replies to staff, by type. */
export const keySchema = z.record(z.string(), z.unknown()).meta({ id: 'QuestionKey', description: 'By type; never part of anything that a student gets before the key is released.' });
