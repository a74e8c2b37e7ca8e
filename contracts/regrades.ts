import { z } from 'zod';

import { decimalInSchema, decimalSchema, flagSchema, idSchema, instantSchema, pageOf, pageQuery, reasonSchema } from './common.ts';
import { keySchema, richTextSchema } from './question-content.ts';
import { mediaRefSchema, questionTypeSchema } from './questions.ts';

/** Where a regrade stands. */
const REGRADE_STATES = ['preview', 'applying', 'applied', 'discarded'] as const;

const target = { itemId: idSchema.optional(), questionId: idSchema.optional() };
const oneTarget = (change: { itemId?: string | undefined; questionId?: string | undefined }): boolean => (change.itemId === undefined) !== (change.questionId === undefined);
const ONE_TARGET = 'needs itemId or questionId, not both';

/** One correction of a request. A question stands for all items that ask it. */
export const correctionInSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key'), ...target, key: z.record(z.string(), z.json()).meta({ description: 'The corrected key, in the shape of the question type.' }) }).refine(oneTarget, ONE_TARGET),
  z.strictObject({ kind: z.literal('drop'), ...target }).refine(oneTarget, ONE_TARGET),
  z
    .strictObject({ kind: z.literal('all-correct'), ...target, who: z.enum(['everybody', 'answered']).default('everybody') })
    .refine(oneTarget, ONE_TARGET),
  z.strictObject({ kind: z.literal('points'), ...target, points: decimalInSchema.refine((value) => Number(value) >= 0, 'must not be negative') }).refine(oneTarget, ONE_TARGET),
]);

/** Body of a regrade. */
export const regradeInSchema = z
  .strictObject({ changes: z.array(correctionInSchema).min(1).max(100), reason: reasonSchema })
  .meta({ id: 'RegradeInput' });

/** A correction of a request. */
export type CorrectionIn = z.output<typeof correctionInSchema>;

/** The items of an exam as they count now. */
export const countingItemsSchema = z
  .object({
    items: z.array(z.object({
      itemId: z.string(), questionId: z.string(), number: z.int().nullable().meta({ description: 'Place among the items that every paper has, from 1.' }), drawn: z.int().nullable().meta({ description: 'Place of a drawn item in the pools, from 1.' }),
      points: decimalSchema, rule: z.enum(['drop', 'all-correct']).nullable(), corrected: z.boolean(),
      question: z.object({ type: questionTypeSchema, text: richTextSchema, media: z.array(mediaRefSchema), options: z.unknown().optional(), key: keySchema }).meta({ description: 'As it was published, with the key that counts now.' }),
    })),
  })
  .meta({ id: 'CountingItems' });

const person = z.object({ id: z.string(), name: z.string() });

/** A regrade with what it changes in numbers. */
export const regradeSchema = z
  .object({
    id: z.string(),
    examId: z.string(),
    state: z.enum(REGRADE_STATES),
    changes: z.array(
      z.object({
        itemId: z.string(),
        questionId: z.string(),
        kind: z.enum(['key', 'drop', 'all-correct', 'points']),
        key: z.record(z.string(), z.unknown()).optional(),
        who: z.enum(['everybody', 'answered']).optional(),
        points: decimalSchema.optional(),
        before: z
          .object({ key: z.record(z.string(), z.unknown()), points: decimalSchema, rule: z.enum(['drop', 'all-correct']).nullable() })
          .meta({ description: 'What counted before: the history of the key.' }),
      }),
    ),
    reason: z.string(),
    summary: z.object({
      sessions: z.int().meta({ description: 'Graded sessions that were looked at.' }),
      changedSessions: z.int(),
      changedMarks: z.int(),
      raised: z.int().meta({ description: 'Sessions with a higher percent than before.' }),
      lowered: z.int(),
      gradeRaised: z.int(),
      gradeLowered: z.int(),
      passGained: z.int(),
      passLost: z.int(),
      keptManual: z.int().meta({ description: 'Marks given by a person that stay.' }),
      skipped: z.int().meta({ description: 'Sessions that are open or not graded: they are marked with the correction when they are.' }),
      meanPercentBefore: z.number().nullable(),
      meanPercentAfter: z.number().nullable(),
    }),
    stale: z.boolean().meta({ description: 'Marks, the scale, moderations or corrections changed since: recompute before applying.' }),
    run: z.object({ id: z.string(), state: z.string(), progress: z.object({ done: z.int(), failed: z.int(), total: z.int() }) }).nullable(),
    createdBy: person,
    createdAt: instantSchema,
    computedAt: instantSchema,
    endedBy: person.nullable().meta({ description: 'Who applied or discarded it.' }),
    endedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Regrade' });

/** A page of the regrades of an exam, newest first. */
export const regradePageSchema = pageOf(regradeSchema).meta({ id: 'RegradePage' });

/** Query of the regrades of an exam. */
export const regradeListQuery = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor });

/** Query of the changes of a regrade. */
export const regradeChangesQuery = z.strictObject({
  limit: pageQuery.limit,
  cursor: pageQuery.cursor,
  grade: flagSchema.optional().meta({ description: 'Only those whose grade or verdict changes.' }),
});

const side = z.object({
  points: decimalSchema.meta({ description: 'After moderation.' }),
  maxPoints: decimalSchema,
  percent: z.number().nullable(),
  grade: z.enum(['pass', 'fail']).nullable(),
  gradeLabel: z.string().nullable(),
});

/** What a regrade changes in one session. */
export const regradeChangeSchema = z
  .object({
    sessionId: z.string(),
    student: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }),
    attempt: z.int(),
    counted: z.boolean(),
    before: side,
    after: side,
    crosses: z.object({ grade: z.enum(['up', 'down', 'same']), pass: z.enum(['gained', 'lost', 'same']) }),
    marks: z.array(
      z.object({
        itemId: z.string(),
        source: z.enum(['auto', 'manual']),
        before: z.object({ points: decimalSchema.nullable(), maxPoints: decimalSchema }),
        after: z.object({ points: decimalSchema.nullable(), maxPoints: decimalSchema }),
      }),
    ),
  })
  .meta({ id: 'RegradeChange' });

/** A page of the changes of a regrade, by name. */
export const regradeChangePageSchema = pageOf(regradeChangeSchema).meta({ id: 'RegradeChangePage' });
