import { z } from 'zod';

import { decimalSchema, textSchema } from './common.ts';
import { paperSchema } from './sessions.ts';

const findingSchema = z.object({
  pointer: z.string().meta({ description: 'Into the exam; /assignments for its people.' }),
  message: z.string(),
  step: z.enum(['basics', 'questions', 'schedule']).meta({ description: 'The step of the builder in which it can be mended.' }),
});

/** What is missing before an exam can be published. */
export const examReadinessSchema = z
  .object({
    examId: z.string(),
    version: z.int(),
    published: z.boolean(),
    ready: z.boolean().meta({ description: 'Nothing stands against the publication.' }),
    errors: z.array(findingSchema),
    warnings: z.array(findingSchema),
    totals: z.object({
      questions: z.int(),
      points: decimalSchema,
      gradedByHand: z.int().meta({ description: 'Items of a paper that a person has to mark, at most.' }),
    }),
    pools: z.array(
      z.object({
        section: z.int(),
        tag: z.string(),
        wanted: z.int(),
        available: z.int().meta({ description: 'Questions with the tag that are no fixed items.' }),
        easy: z.int(),
        medium: z.int(),
        hard: z.int(),
      }),
    ),
  })
  .meta({ id: 'ExamReadiness' });

/** Query of a preview. */
export const examPreviewQuery = z.strictObject({
  seed: z.string().regex(/^\d{1,19}$/, 'must be a number of at most 19 digits').optional(),
});

/** A paper that nobody sits. */
export const examPreviewSchema = z
  .object({
    examId: z.string(),
    seed: z.string(),
    source: z.enum(['draft', 'published']),
    paper: paperSchema,
    missing: z.array(z.object({ pointer: z.string(), message: z.string() })),
  })
  .meta({ id: 'ExamPreview' });

/** Body of a copy. */
export const examCopySchema = z.strictObject({ title: textSchema(200, 1).optional() }).meta({ id: 'ExamCopy' });
