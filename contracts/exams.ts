import type { ExamState } from '#domain/exams/exam-state.ts';
import { z } from 'zod';

import {
  decimalInSchema, decimalSchema, flagSchema, idSchema, instantInSchema, instantSchema, localTimeSchema, pageOf, pageQuery,
  reasonSchema, textSchema, timeZoneSchema,
} from './common.ts';
import { externalIdSchema } from './people.ts';
import { scanLevelSchema } from './plagiarism.ts';
import { sessionSchema, sessionStateSchema } from './sessions.ts';

/** State of an exam, computed from lifecycle, window and clock. */
export const examStateSchema = z.enum(['draft', 'published', 'open', 'closed', 'archived']) satisfies z.ZodType<ExamState>;

/** Longest instructions and description, characters. */
const MAX_TEXT = 50_000;

const warnMinutesIn = z.array(z.int().min(1).max(1440)).max(10).transform((minutes) => [...new Set(minutes)].sort((a, b) => b - a));

const resultsInShape = {
  release: z.enum(['manual', 'immediate', 'after-close', 'at']),
  releaseAt: instantInSchema.nullable(),
  score: z.boolean(),
  items: z.boolean(),
  key: z.boolean(),
  feedback: z.boolean(),
  distribution: z.boolean(),
  appealDays: z.int().min(0).max(365),
};

const scanShape = {
  automatic: z.boolean().meta({ description: 'Whether the answers are compared with each other by themselves when everybody has finished.' }),
  level: scanLevelSchema,
};

const sectionInSchema = z.strictObject({
  title: textSchema(200).default(''),
  items: z
    .array(z.strictObject({ id: idSchema.optional(), questionId: idSchema, points: decimalInSchema.optional() }))
    .max(500)
    .default([]),
  draw: z.strictObject({ tag: textSchema(60, 1), count: z.int().min(1).max(500), points: decimalInSchema }).nullable().optional(),
});

/** A window in requests: wall times and their zone. */
export const windowInSchema = z.strictObject({ localStart: localTimeSchema, localEnd: localTimeSchema, timeZone: timeZoneSchema });

const settings = {
  externalId: externalIdSchema.nullable(),
  description: textSchema(MAX_TEXT),
  instructions: textSchema(MAX_TEXT),
  graceSeconds: z.int().min(0).max(600),
  passPercent: z.number().min(0).max(100).nullable(),
  attempts: z.int().min(1).max(100),
  attemptRule: z.enum(['best', 'last', 'first', 'mean']),
  navigation: z.enum(['free', 'forward']),
  display: z.enum(['one', 'all']),
  shuffleItems: z.boolean(),
  shuffleOptions: z.boolean(),
  lateEntryMinutes: z.int().min(0).max(10_080).nullable(),
  endRule: z.enum(['window', 'duration']),
  accessCode: textSchema(100, 1).nullable(),
  proctoring: z.enum(['none', 'events', 'video']),
  warnMinutes: warnMinutesIn,
  sections: z.array(sectionInSchema).max(50),
};

/** A new exam. */
export const examCreateSchema = z
  .strictObject({
    title: textSchema(200, 1),
    durationMinutes: z.int().min(1).max(10_080),
    ...partial(settings),
    results: z.strictObject(partial(resultsInShape)).optional(),
    plagiarismScan: z.strictObject(partial(scanShape)).optional(),
    window: windowInSchema.nullable().optional(),
  })
  .meta({ id: 'ExamInput' });

/** Changes of an exam (RFC 7396): an absent field stays, null goes back to the default. */
export const examPatchSchema = z
  .strictObject({
    ...partial({ title: textSchema(200, 1), durationMinutes: z.int().min(1).max(10_080) }),
    ...nullish(settings),
    results: z.strictObject(nullish(resultsInShape)).nullable().optional(),
    plagiarismScan: z.strictObject(nullish(scanShape)).nullable().optional(),
    window: z.strictObject(partial(windowInSchema.shape)).nullable().optional(),
    state: z.literal('archived', { error: 'can only be set to "archived"; publishing and time changes have commands of their own' }).optional(),
  })
  .meta({ id: 'ExamPatch' });

/** An exam by its id in another system: made when absent, changed when present. */
export const examUpsertSchema = z.strictObject({ ...examCreateSchema.shape, externalId: z.never().optional() }).meta({ id: 'ExamUpsert' });

/** A checked new exam. */
export type ExamCreate = z.output<typeof examCreateSchema>;
/** A checked change of an exam. */
export type ExamPatch = z.output<typeof examPatchSchema>;

/** A window in replies. */
export const windowSchema = z
  .object({ localStart: z.string(), localEnd: z.string(), timeZone: z.string(), opensAt: instantSchema, closesAt: instantSchema })
  .meta({ id: 'ExamWindow' });

const resultsSchema = z
  .object({
    release: resultsInShape.release,
    releaseAt: instantSchema.nullable(),
    score: z.boolean(),
    items: z.boolean(),
    key: z.boolean(),
    feedback: z.boolean(),
    distribution: z.boolean().meta({ description: 'How the class did.' }),
    appealDays: z.int().meta({ description: 'Days after the publication in which students may appeal; 0: none.' }),
  })
  .meta({ id: 'ExamResultsSettings' });

const noteSchema = z.object({ pointer: z.string(), message: z.string() });

/** An exam as staff see it. */
export const examSchema = z
  .object({
    id: z.string(),
    externalId: z.string().nullable(),
    title: z.string(),
    description: z.string(),
    instructions: z.string(),
    ownerId: z.string(),
    durationMinutes: z.int(),
    graceSeconds: z.int(),
    passPercent: z.number().nullable(),
    attempts: z.int(),
    attemptRule: settings.attemptRule,
    navigation: settings.navigation,
    display: settings.display,
    shuffleItems: z.boolean(),
    shuffleOptions: z.boolean(),
    lateEntryMinutes: z.int().nullable(),
    endRule: settings.endRule,
    hasAccessCode: z.boolean(),
    proctoring: settings.proctoring,
    results: resultsSchema,
    plagiarismScan: z.object(scanShape),
    warnMinutes: z.array(z.int()),
    sections: z.array(
      z.object({
        title: z.string(),
        items: z.array(z.object({ id: z.string(), questionId: z.string(), points: decimalSchema })),
        draw: z.object({ tag: z.string(), count: z.int(), points: decimalSchema }).optional(),
      }),
    ),
    window: windowSchema.nullable(),
    state: examStateSchema,
    resultsPublishedAt: instantSchema.nullable(),
    publishedAt: instantSchema.nullable(),
    cancelledAt: instantSchema.nullable(),
    assignedCount: z.int(),
    sessions: z
      .object({ started: z.int(), active: z.int(), paused: z.int() })
      .optional()
      .meta({ description: 'Only in lists; every attempt is a session of its own.' }),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    version: z.int(),
    notes: z.array(noteSchema).optional(),
  })
  .meta({ id: 'Exam' });

/** The rules of an exam as a student sees them. */
export const studentRulesSchema = z
  .object({
    attempts: z.int(),
    attemptsLeft: z.int(),
    navigation: settings.navigation,
    display: settings.display,
    lateEntryMinutes: z.int().nullable(),
    endRule: settings.endRule,
    hasAccessCode: z.boolean(),
    proctoring: settings.proctoring,
    warnMinutes: z.array(z.int()),
    resultsShown: z.object({ score: z.boolean(), items: z.boolean(), key: z.boolean(), feedback: z.boolean() }),
    ownMinutes: z.number(),
    addedMinutes: z.number().meta({ description: 'Given on top, or taken, by time changes until now; it counts at the start.' }),
    latestEndAt: instantSchema.nullable().meta({ description: 'Whoever begins too late for all of it ends then; null where everybody has the full time.' }),
  })
  .meta({ id: 'StudentExamRules' });

/** An exam as an assigned student sees it: never sections, question ids or grace. */
export const studentExamSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    durationMinutes: z.int(),
    window: windowSchema.nullable(),
    instructions: z.string(),
    itemCount: z.int().meta({ description: 'How many items the paper has, never which.' }),
    passPercent: z.number().nullable(),
    rules: studentRulesSchema,
    state: examStateSchema,
    cancelledAt: instantSchema.nullable(),
    moved: z
      .object({ at: instantSchema, opensAtBefore: instantSchema.nullable(), closesAtBefore: instantSchema.nullable(), reason: z.string().nullable() })
      .nullable()
      .optional()
      .meta({ description: 'The last change of the window since the publication; only where one exam is read.' }),
    session: sessionSchema.optional(),
    canStart: z.boolean(),
    why: z.string().optional(),
  })
  .meta({ id: 'StudentExam' });

/** One exam, by who asks. */
export const anyExamSchema = z.union([examSchema, studentExamSchema]);

/** A page of exams, by who asks. */
export const examPageSchema = pageOf(anyExamSchema)
  .extend({
    states: z
      .object({ draft: z.int(), published: z.int(), open: z.int(), closed: z.int(), archived: z.int() })
      .optional()
      .meta({ description: 'For staff, on the first page: how many exams the other filters leave, by state.' }),
  })
  .meta({ id: 'ExamPage' });

/** Query of the list of exams. */
export const examListQuery = z.strictObject({
  ...pageQuery,
  state: examStateSchema.optional(),
  ownerId: idSchema.optional(),
  changedSince: instantInSchema.optional(),
  sort: z.enum(['opensAt', '-opensAt', 'title', '-title', 'updatedAt', '-updatedAt', 'createdAt', '-createdAt']).default('-createdAt'),
  /** For persons who are staff and student: the exams that they sit. */
  assigned: flagSchema.optional(),
});

/** A new window of an exam. */
export const windowPutSchema = z.strictObject({ ...windowInSchema.shape, reason: reasonSchema.optional() }).meta({ id: 'ExamWindowInput' });

/** What a change of the window did. */
export const windowReplySchema = z
  .object({
    commandId: z.string(),
    state: z.enum(['applied', 'accepted']),
    affected: z.int(),
    skipped: z.int(),
    notes: z.array(noteSchema),
    exam: examSchema,
  })
  .meta({ id: 'ExamWindowChange' });

/** Query of the list of assigned students. */
export const assignmentListQuery = z.strictObject({
  ...pageQuery,
  batchId: idSchema.optional(),
  started: flagSchema.optional().meta({ description: 'Whether the student has a session in the exam.' }),
});

/** One assigned student. */
export const assignmentSchema = z
  .object({
    studentId: z.string(),
    name: z.string(),
    externalId: z.string().nullable(),
    batchId: z.string().nullable(),
    assignedAt: instantSchema,
    sessionState: sessionStateSchema.nullable(),
    batchName: z.string().nullable(),
    timeMultiplier: z.string().meta({ description: '"1" without an accommodation' }),
    extraMinutes: z.int(),
    ownMinutes: z.number().meta({ description: 'The own time in this exam.' }),
  })
  .meta({ id: 'Assignment' });

/** A page of assigned students. */
export const assignmentPageSchema = pageOf(assignmentSchema)
  .extend({
    batches: z
      .array(z.object({ batchId: z.string(), name: z.string(), count: z.int() }))
      .optional()
      .meta({ description: 'On the first page: the batches that were assigned, with how many students each has brought.' }),
    withExtraTime: z.int().optional().meta({ description: 'On the first page: assigned students whose own time is longer.' }),
  })
  .meta({ id: 'AssignmentPage' });

/** Students and batches to assign or to remove. */
export const assignmentChangeSchema = z
  .strictObject({ studentIds: z.array(idSchema).max(20_000).optional(), batchIds: z.array(idSchema).max(500).optional() })
  .refine((change) => (change.studentIds?.length ?? 0) + (change.batchIds?.length ?? 0) > 0, 'must name students or batches')
  .meta({ id: 'AssignmentChange' });

/** What an assignment did. */
export const assignedSchema = z.object({ assigned: z.int(), alreadyAssigned: z.int() }).meta({ id: 'Assigned' });

/** What a removal did. */
export const unassignedSchema = z.object({ removed: z.int(), notAssigned: z.int() }).meta({ id: 'Unassigned' });

type Shape = Record<string, z.ZodType>;
type Optional<S extends Shape> = { [Name in keyof S]: z.ZodOptional<S[Name]> };
type OptionalNullable<S extends Shape> = { [Name in keyof S]: z.ZodOptional<z.ZodNullable<S[Name]>> };

function partial<S extends Shape>(shape: S): Optional<S> {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.optional()])) as Optional<S>;
}

function nullish<S extends Shape>(shape: S): OptionalNullable<S> {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.nullish()])) as unknown as OptionalNullable<S>;
}
