import { z } from 'zod';

import { decimalInSchema, decimalSchema, flagSchema, idSchema, instantSchema, pageOf, pageQuery, reasonSchema, textSchema } from './common.ts';

/** Where the grade of a session stands; `ungraded` has no grade of its last hand-in yet. */
export const GRADE_STATES = ['graded', 'pending', 'needs-manual', 'ungraded'] as const;

/** Body of a publication. */
export const publicationInSchema = z
  .strictObject({ notify: z.boolean().default(true).meta({ description: 'Students get a mail that their result can be read.' }) })
  .meta({ id: 'ResultsPublicationInput' });

/** Answer to publish and unpublish. */
export const publicationSchema = z
  .object({
    examId: z.string(),
    resultsPublishedAt: instantSchema.nullable(),
    sessions: z.int().meta({ description: 'Closed sessions that it is about.' }),
    mails: z.int().meta({ description: 'Mails that were queued with it.' }),
  })
  .meta({ id: 'ResultsPublication' });

/** Body of withhold and release. */
export const holdSchema = z.strictObject({ reason: reasonSchema }).meta({ id: 'ResultHoldInput' });

/** Whether the result of a session is withheld. */
export const holdStateSchema = z
  .object({ sessionId: z.string(), withheld: z.boolean(), reason: z.string().nullable(), heldAt: instantSchema.nullable() })
  .meta({ id: 'ResultHold' });

/** Query of the results of an exam. */
export const resultsQuerySchema = z.strictObject({
  ...pageQuery,
  items: flagSchema.default(false),
  state: z.enum(GRADE_STATES).optional(),
  counted: flagSchema.optional(),
  studentId: idSchema.optional(),
});

/** Query of the export: the filters of the list. */
export const resultsExportQuery = resultsQuerySchema.omit({ limit: true, cursor: true, items: true }).extend({ format: z.enum(['csv']).default('csv') });

/** The results of an exam in numbers. */
export const resultsSummarySchema = z
  .object({
    resultsPublishedAt: instantSchema.nullable(),
    publishable: z.boolean().meta({ description: 'Nothing stands in the way of a publication.' }),
    blocking: z.object({ open: z.int(), ungraded: z.int(), pending: z.int() }),
    closed: z.int(),
    graded: z.int(),
    pending: z.int(),
    needsManual: z.int(),
    ungraded: z.int(),
    withheld: z.int(),
    withdrawn: z.int(),
    recipients: z.int().meta({ description: 'Students who would get a mail at the publication.' }),
    mails: z
      .object({ waiting: z.int(), sent: z.int(), failed: z.int().meta({ description: 'Given up, or refused by the mail server.' }) })
      .meta({ description: 'Mails about the results of this exam, of every kind.' }),
    counted: z.int().meta({ description: 'Attempts that count and are graded; what follows is about them.' }),
    passed: z.int(),
    failed: z.int(),
    meanPercent: z.number().nullable(),
    medianPercent: z.number().nullable(),
    histogram: z.array(z.int()).meta({ description: 'Attempts in 20 steps of 5 %; 100 % is in the last.' }),
    grades: z.array(z.object({ label: z.string(), count: z.int() })).meta({ description: 'Attempts per grade of the scale, best first; empty for points and percent.' }),
  })
  .meta({ id: 'ResultsSummary' });

/** The mark of one item, as staff see it. */
export const markSchema = z
  .object({
    itemId: z.string(),
    points: decimalSchema.nullable(),
    maxPoints: decimalSchema,
    state: z.enum(['graded', 'pending']),
    source: z.enum(['auto', 'manual']),
    comment: z.string().nullable(),
    rubric: z.unknown().nullable(),
    response: z.unknown().nullable().meta({ description: 'What the student handed in; null for no answer.' }),
    markedBy: z.string().nullable(),
    markedAt: instantSchema,
    version: z.int(),
  })
  .meta({ id: 'Mark' });

/** The result of one session, as staff see it. */
export const resultRowSchema = z
  .object({
    sessionId: z.string(),
    studentId: z.string(),
    student: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }),
    attempt: z.int(),
    counted: z.boolean().meta({ description: 'Whether this attempt counts by the attempt rule of the exam; with mean all do.' }),
    points: decimalSchema.nullable().meta({ description: 'After moderation.' }),
    rawPoints: decimalSchema.nullable().meta({ description: 'The sum of the marks, before moderation.' }),
    maxPoints: decimalSchema.nullable(),
    percent: z.number().nullable(),
    grade: z.enum(['pass', 'fail']).nullable().meta({ description: 'The verdict of the pass mark.' }),
    gradeLabel: z.string().nullable().meta({ description: 'By the grade scale of the exam; null while marks are missing.' }),
    gradedCount: z.int(),
    pendingCount: z.int(),
    state: z.enum(GRADE_STATES),
    sessionState: z.enum(['submitted', 'expired', 'terminated', 'withdrawn']),
    withheld: z.boolean(),
    version: z.int(),
    items: z.array(markSchema).optional(),
  })
  .meta({ id: 'ResultRow' });

/** A page of results. */
export const resultPageSchema = pageOf(resultRowSchema).meta({ id: 'ResultPage' });

const rubricSchema = z
  .json()
  .refine((value) => JSON.stringify(value).length <= 20_000, 'must not be longer than 20,000 characters of JSON')
  .refine((value) => !hasNul(value), 'must not contain NUL characters');

/** Body of a manual mark; `version` is the one of the result row or of the mark that the marker saw. */
export const markInSchema = z
  .strictObject({
    points: decimalInSchema,
    rubric: rubricSchema.nullable().optional(),
    comment: textSchema(5_000).nullable().optional(),
    version: z.int().min(0),
  })
  .meta({ id: 'MarkInput' });

/** Answer to a manual mark. */
export const markReplySchema = z.object({ mark: markSchema, result: resultRowSchema }).meta({ id: 'MarkReply' });

function hasNul(value: unknown): boolean {
  // a lone surrogate or a NUL anywhere, member names included, would fail the whole statement
  return /\\u0000|\\ud[89a-f][0-9a-f]{2}/.test(JSON.stringify(value));
}
