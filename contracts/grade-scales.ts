import type { GradeScaleKind } from '#domain/grading/scale.ts';
import { z } from 'zod';

import { decimalInSchema, decimalSchema, instantSchema, reasonSchema, textSchema } from './common.ts';

const SCALE_KINDS = ['points', 'percent', 'letters', 'pass-fail', 'bands', 'percentile'] as const satisfies readonly GradeScaleKind[];
const places = z.int().min(0).max(4).default(2).meta({ description: 'A value is rounded half up to so many places before it is compared with a cut-off.' });
const label = textSchema(30, 1).transform((text) => text.trim()).refine((text) => text !== '', 'must not be empty');

/** Grades from the best to the worst, each with the lowest value that earns it. */
export const bandsIn = z
  .array(z.strictObject({ label, from: decimalInSchema }))
  .min(1)
  .max(30)
  .check(({ value, issues }) => {
    // told by `min` already, which does not keep this from running
    if (value.length === 0) return;
    value.forEach((band, index) => {
      if (index > 0 && Number(band.from) >= Number(value[index - 1]!.from)) issues.push({ code: 'custom', input: value, path: [index, 'from'], message: 'must be below the one before' });
    });
    if (Number(value.at(-1)!.from) !== 0) issues.push({ code: 'custom', input: value, path: [value.length - 1, 'from'], message: 'must be 0 in the last band, so that everybody has a grade' });
    refuseTwins(value, issues);
  });

const rankBandsIn = z
  .array(z.strictObject({ label, topPercent: decimalInSchema }))
  .min(1)
  .max(30)
  .check(({ value, issues }) => {
    // told by `min` already, which does not keep this from running
    if (value.length === 0) return;
    value.forEach((band, index) => {
      const before = index === 0 ? 0 : Number(value[index - 1]!.topPercent);
      if (Number(band.topPercent) <= before) issues.push({ code: 'custom', input: value, path: [index, 'topPercent'], message: 'must be above the one before' });
    });
    if (Number(value.at(-1)!.topPercent) !== 100) issues.push({ code: 'custom', input: value, path: [value.length - 1, 'topPercent'], message: 'must be 100 in the last band, so that everybody has a grade' });
    refuseTwins(value, issues);
  });

function refuseTwins(bands: readonly { readonly label: string }[], issues: z.core.$ZodRawIssue[]): void {
  bands.forEach((band, index) => {
    if (bands.findIndex((other) => other.label === band.label) < index) issues.push({ code: 'custom', input: bands, path: [index, 'label'], message: 'stands twice' });
  });
}

/** Body of a scale; bands go from the best grade to the worst. Letters without bands are those of the institution. */
export const gradeScaleInSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['points', 'percent', 'pass-fail']), places }),
    z.strictObject({ kind: z.literal('letters'), places, bands: bandsIn.optional() }),
    z.strictObject({ kind: z.literal('bands'), places, unit: z.enum(['percent', 'points']).default('percent'), bands: bandsIn }),
    z.strictObject({ kind: z.literal('percentile'), places, bands: rankBandsIn }),
  ])
  .meta({ id: 'GradeScaleInput' });

/** A checked scale of a request. */
export type GradeScaleIn = z.output<typeof gradeScaleInSchema>;

/** The scale of an exam, with its cut-offs as they stand. */
export const gradeScaleSchema = z
  .object({
    examId: z.string(),
    kind: z.enum(SCALE_KINDS),
    places: z.int(),
    unit: z.enum(['percent', 'points']),
    bands: z
      .array(z.object({ label: z.string(), from: decimalSchema.nullable(), topPercent: decimalSchema.optional(), count: z.int() }))
      .meta({ description: 'Empty for points, percent and pass-fail. `from` of a percentile band is computed; null when it holds nobody. `count`: graded attempts that count.' }),
    isDefault: z.boolean().meta({ description: 'The exam has no scale of its own; this is the one of the institution.' }),
    cohort: z.int().meta({ description: 'Graded attempts that count: what percentile bands are cut from.' }),
    rounding: z.string().meta({ description: 'The rule of rounding in words.' }),
    version: z.int().meta({ description: '0 while the exam has no scale of its own.' }),
    updatedAt: instantSchema.nullable(),
  })
  .meta({ id: 'GradeScale' });

const cap = decimalInSchema.refine((value) => Number(value) > 0, 'must be above 0').nullable().default(null)
  .meta({ description: 'The most points that this step lifts anybody to; null: what can be earned.' });

/** Body of a moderation. */
export const moderationInSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('scale'), factor: decimalInSchema.refine((value) => Number(value) > 0 && Number(value) <= 10, 'must be above 0, at most 10'), cap, reason: reasonSchema }),
    z.strictObject({ kind: z.literal('add'), points: decimalInSchema.refine((value) => Number(value) !== 0, 'must not be 0'), cap, reason: reasonSchema }),
  ])
  .meta({ id: 'ModerationInput' });

/** Query of a preview: one more step, or without one of those that count. */
export const moderationPreviewQuery = z
  .strictObject({ kind: z.enum(['scale', 'add']).optional(), amount: decimalInSchema.optional(), cap: decimalInSchema.optional(), without: z.uuid().optional() })
  .check(({ value, issues }) => {
    const { kind, amount, without } = value;
    if ((kind === undefined) === (without === undefined) || (kind === undefined) !== (amount === undefined)) {
      issues.push({ code: 'custom', input: value, path: [], message: 'needs kind and amount, or without' });
    } else if (kind === 'scale' && (Number(amount) <= 0 || Number(amount) > 10)) {
      issues.push({ code: 'custom', input: value, path: ['amount'], message: 'must be above 0, at most 10' });
    }
  });

const spread = z.object({
  meanPercent: z.number().nullable(),
  passed: z.int().nullable().meta({ description: 'null without a pass mark.' }),
  histogram: z.array(z.int()).meta({ description: 'In 20 steps of 5 %.' }),
  grades: z.array(z.object({ label: z.string(), count: z.int() })),
});

/** What a moderation would do to the graded attempts that count. */
export const moderationPreviewSchema = z.object({ results: z.int(), raised: z.int(), lowered: z.int(), before: spread, after: spread }).meta({ id: 'ModerationPreview' });

/** Body of undoing a moderation. */
export const moderationUndoSchema = z.strictObject({ reason: reasonSchema }).meta({ id: 'ModerationUndo' });

const person = z.object({ id: z.string(), name: z.string() });

/** One step of moderation. The marks stay; the step is applied to their sum, in the order of `number`. */
export const moderationSchema = z
  .object({
    id: z.string(),
    examId: z.string(),
    number: z.int(),
    kind: z.enum(['scale', 'add']),
    factor: decimalSchema.nullable(),
    points: decimalSchema.nullable(),
    cap: decimalSchema.nullable(),
    reason: z.string(),
    createdBy: person,
    createdAt: instantSchema,
    undoneBy: person.nullable(),
    undoneAt: instantSchema.nullable(),
    undoReason: z.string().nullable(),
    effect: z.object({ results: z.int(), meanBefore: z.number().nullable(), meanAfter: z.number().nullable() }).nullable()
      .meta({ description: 'Mean percent of the graded attempts that count, before and after this step; null for one that was undone.' }),
  })
  .meta({ id: 'Moderation' });

/** The moderations of an exam in their order, undone ones included. */
export const moderationListSchema = z.object({ items: z.array(moderationSchema), nextCursor: z.null() }).meta({ id: 'ModerationList' });
