import { z } from 'zod';

import { decimalSchema, instantSchema, pageOf, pageQuery } from './common.ts';
import { richTextSchema } from './question-content.ts';
import { markSchema } from './results.ts';
import { paperOptionsSchema, sessionStateSchema } from './sessions.ts';
import { staffSessionSchema } from './time-changes.ts';

const personSchema = z.object({ id: z.string(), name: z.string() });

/** A session with everything around it, for staff who look at it afterwards. */
export const sessionReviewSchema = z
  .object({
    session: staffSessionSchema,
    student: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }),
    exam: z.object({ id: z.string(), title: z.string(), timeZone: z.string().nullable(), resultsPublishedAt: instantSchema.nullable() }),
    answered: z.int(),
    total: z.int(),
    online: z.boolean(),
    lastSavedAt: instantSchema.nullable(),
    lastSeenAt: instantSchema.nullable(),
    acknowledgedVersion: z.int(),
    incidents: z.int(),
    refusedAnswers: z.int(),
    time: z
      .object({
        startedAt: instantSchema,
        durationMs: z.int(),
        timeMultiplier: z.string(),
        entitledMs: z.int().meta({ description: 'The own time of the student: duration, multiplier, extra minutes.' }),
        capAt: instantSchema.nullable().meta({ description: 'null: only the own time ends the session' }),
        extraMs: z.int(),
        pausedTotalMs: z.int(),
        graceMs: z.int(),
        deadlineAt: instantSchema.nullable().meta({ description: 'null while paused' }),
        cutoffAt: instantSchema.nullable().meta({ description: 'null while paused' }),
      })
      .meta({ description: 'deadlineAt = least(startedAt + entitledMs, capAt) + extraMs + pausedTotalMs; cutoffAt = deadlineAt + graceMs.' }),
    closedVersion: z.int().nullable(),
    withheld: z.object({ reason: z.string(), heldAt: instantSchema, by: personSchema }).nullable().meta({ description: 'null for proctors, too' }),
    workflowId: z.string(),
    workflow: z
      .object({ rowVersion: z.int(), seenVersion: z.int(), seenAt: instantSchema, completedAt: instantSchema.nullable() })
      .nullable()
      .meta({ description: 'null: no workflow has reported yet' }),
    otherAttempts: z.array(z.object({ sessionId: z.string(), attempt: z.int(), state: sessionStateSchema })),
  })
  .meta({ id: 'SessionReview' });

const reviewAnswerSchema = z.object({
  revision: z.int(),
  response: z.json().optional().meta({ description: 'Absent for proctors.' }),
  savedAt: instantSchema,
  sessionVersion: z.int(),
});

/** One item of a paper with what became of it. */
export const reviewItemSchema = z
  .object({
    itemId: z.string(),
    questionId: z.string(),
    questionVersion: z.int(),
    type: z.string(),
    text: richTextSchema,
    options: paperOptionsSchema.optional(),
    points: decimalSchema,
    media: z.array(z.object({ id: z.string(), alt: z.string().optional() })).optional(),
    key: z.record(z.string(), z.unknown()).optional().meta({ description: 'Absent for proctors.' }),
    explanation: richTextSchema.nullable().optional().meta({ description: 'Absent for proctors.' }),
    answer: reviewAnswerSchema.nullable().meta({ description: 'What counts; null when nothing was ever saved.' }),
    revisions: z.int(),
    refused: z.int().meta({ description: 'Responses that were refused and kept apart.' }),
    mark: markSchema.nullable().optional().meta({ description: 'Of the last hand-in; null before it is graded, absent for proctors.' }),
  })
  .meta({ id: 'ReviewItem' });

/** The paper of a session in its own order, with keys, answers and marks. */
export const reviewAnswersSchema = z
  .object({
    sessionId: z.string(),
    closedVersion: z.int().nullable(),
    resultVersion: z.int().nullable().meta({ description: 'Version of the result, for marking by hand; null without one, and for proctors.' }),
    sections: z.array(z.object({ title: z.string(), items: z.array(reviewItemSchema) })),
  })
  .meta({ id: 'ReviewAnswers' });

/** Query of the revisions of an answer. */
export const revisionQuerySchema = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor });

/** One save that was accepted. */
export const revisionSchema = z
  .object({
    revision: z.int(),
    response: z.json().optional().meta({ description: 'Absent for proctors.' }),
    savedAt: instantSchema,
    clientId: z.string().nullable().meta({ description: 'The window it came from.' }),
    clientSeq: z.int().nullable(),
    sessionVersion: z.int(),
  })
  .meta({ id: 'AnswerRevision' });

/** A page of revisions, oldest first. */
export const revisionPageSchema = pageOf(revisionSchema).meta({ id: 'AnswerRevisionPage' });
