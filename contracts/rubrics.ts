import { z } from 'zod';

import { decimalInSchema, decimalSchema, instantSchema, textSchema } from './common.ts';

const id = textSchema(64, 1).refine((value) => /^[\w-]+$/.test(value), 'must be letters, digits, - and _');
const label = textSchema(200, 1);
const description = textSchema(2_000).default('');

const levelIn = z.strictObject({ id, label, description, points: decimalInSchema });
const additiveIn = z.strictObject({ id, label, description, points: decimalInSchema.meta({ description: 'May be below 0.' }) });
const leveledIn = z.strictObject({ id, label, description, levels: z.array(levelIn).min(1).max(10) });

/** Body of a rubric; the version goes into If-Match, 0 for the first. */
export const rubricInSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('additive'), criteria: z.array(additiveIn).max(50) }),
    z.strictObject({ kind: z.literal('level'), criteria: z.array(leveledIn).max(50) }),
  ])
  .meta({ id: 'RubricInput', description: 'additive: each chosen criterion adds its points; level: each criterion adds the points of its chosen level. No criteria: no rubric.' });

const level = z.object({ id: z.string(), label: z.string(), description: z.string(), points: decimalSchema });

/** The rubric of an item. */
export const rubricSchema = z
  .object({
    itemId: z.string(),
    version: z.int().meta({ description: '0: there is none.' }),
    kind: z.enum(['additive', 'level']),
    criteria: z.array(z.object({
      id: z.string(), label: z.string(), description: z.string(), points: decimalSchema.optional().meta({ description: 'Of additive rubrics.' }), levels: z.array(level).optional().meta({ description: 'Of level rubrics.' }),
    })),
    highest: decimalSchema.meta({ description: 'Most points that it can give, before the limit of the item.' }),
    maxPoints: decimalSchema.nullable(),
    editedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
    editedAt: instantSchema.nullable(),
    olderMarks: z.int().meta({ description: 'Marks that were made with an older version; they keep their points.' }),
  })
  .meta({ id: 'Rubric' });

/** What a grader chose in a rubric. */
export const selectionInSchema = z
  .array(z.strictObject({ criterionId: id, levelId: id.nullable().default(null), comment: textSchema(2_000).nullable().default(null) }))
  .max(50);

/** What was chosen in a rubric. */
export const rubricSelectionSchema = z.array(z.object({ criterionId: z.string(), levelId: z.string().nullable(), comment: z.string().nullable() }));
