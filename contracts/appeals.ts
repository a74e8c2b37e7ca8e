import { z } from 'zod';

import { decimalInSchema, decimalSchema, idSchema, instantSchema, pageOf, pageQuery, reasonSchema, textSchema } from './common.ts';
import { paperItemSchema } from './sessions.ts';

/** Where an appeal stands. */
const APPEAL_STATES = ['open', 'assigned', 'decided', 'withdrawn'] as const;
const OUTCOMES = ['upheld', 'rejected', 'partly'] as const;

/** Body of an appeal; without an item it is about the whole result. */
export const appealInSchema = z
  .strictObject({ itemId: idSchema.optional(), text: textSchema(5_000, 1).refine((text) => text.trim() !== '', 'must say what is wrong') })
  .meta({ id: 'AppealInput' });

/** Body of an assignment. */
export const appealAssignSchema = z.strictObject({ reviewerId: idSchema }).meta({ id: 'AppealAssignment' });

/** Body of a decision; points are for an appeal about one item, unless it is rejected. */
export const appealDecisionSchema = z
  .strictObject({ outcome: z.enum(OUTCOMES), reason: reasonSchema, points: decimalInSchema.optional() })
  .refine(({ outcome, points }) => outcome !== 'rejected' || points === undefined, { error: 'must be absent when the appeal is rejected', path: ['points'] })
  .meta({ id: 'AppealDecision' });

/** An appeal as its student sees it. */
export const ownAppealSchema = z
  .object({
    id: z.string(),
    sessionId: z.string(),
    itemId: z.string().nullable(),
    text: z.string(),
    state: z.enum(APPEAL_STATES),
    outcome: z.enum(OUTCOMES).nullable(),
    reason: z.string().nullable(),
    createdAt: instantSchema,
    decidedAt: instantSchema.nullable(),
    version: z.int(),
  })
  .meta({ id: 'OwnAppeal' });

const person = z.object({ id: z.string(), name: z.string() });

/** An appeal as staff see it. */
export const appealSchema = ownAppealSchema
  .extend({
    examId: z.string(),
    examTitle: z.string(),
    student: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }),
    reviewer: person.nullable(),
    mark: z.object({ points: decimalSchema.nullable(), maxPoints: decimalSchema }).nullable().meta({ description: 'The mark that the appeal is about, as it stands now.' }),
    pointsBefore: decimalSchema.nullable().meta({ description: 'At the decision.' }),
    pointsAfter: decimalSchema.nullable(),
    decidedBy: person.nullable(),
  })
  .meta({ id: 'Appeal' });

/** An appeal with the question and the answer that it is about. */
export const appealDetailSchema = appealSchema
  .extend({
    context: z
      .object({ item: paperItemSchema, key: z.record(z.string(), z.unknown()), response: z.json(), comment: z.string().nullable(), files: z.array(z.object({ fileId: z.string(), name: z.string(), mediaType: z.string(), size: z.int(), href: z.string() })) })
      .nullable()
      .meta({ description: 'null for an appeal about the whole result.' }),
  })
  .meta({ id: 'AppealDetail' });

/** The appeals of one session, and whether there can be another. */
export const sessionAppealsSchema = z
  .object({
    items: z.array(z.union([appealSchema, ownAppealSchema])).meta({ description: 'For staff with student, reviewer and mark.' }),
    canAppeal: z.boolean(),
    deadlineAt: instantSchema.nullable().meta({ description: 'null while results are not published, and where the exam takes no appeals.' }),
  })
  .meta({ id: 'SessionAppeals' });

/** Query of appeals. */
export const appealListQuery = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor, state: z.enum(APPEAL_STATES).optional() });

/** A page of appeals, oldest first. */
export const appealPageSchema = pageOf(appealSchema).meta({ id: 'AppealPage' });

/** A page of the appeals of an exam, oldest first, and until when there can be more. */
export const examAppealPageSchema = pageOf(appealSchema)
  .extend({
    appealDays: z.int().meta({ description: '0: the exam takes no appeals.' }),
    deadlineAt: instantSchema.nullable().meta({ description: 'null while results are not published, and where each student has another one because results come at once.' }),
  })
  .meta({ id: 'ExamAppealPage' });
