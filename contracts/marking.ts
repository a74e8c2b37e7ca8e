import { z } from 'zod';

import { decimalInSchema, decimalSchema, idSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts';
import { keySchema, richTextSchema } from './question-content.ts';
import { mediaRefSchema, questionTypeSchema } from './questions.ts';
import { markSchema } from './results.ts';
import { rubricSchema, rubricSelectionSchema, selectionInSchema } from './rubrics.ts';

const role = z.enum(['first', 'second']).meta({ description: 'second: the blind second look at an answer.' });
const person = z.object({ id: z.string(), name: z.string() });
const note = textSchema(2_000, 1);

/** Where an answer stands for those who mark. */
export const ANSWER_STATES = ['first', 'second', 'reconcile', 'done'] as const;
const answerState = z.enum(ANSWER_STATES).meta({
  description: 'first: waits for its mark; second: waits for the second marker; reconcile: two marks differ by more than the threshold; done.',
});

/** Exams with answers that the actor may mark. */
export const markingExamsSchema = z
  .object({
    items: z.array(z.object({
      examId: z.string(), title: z.string(), owner: z.boolean().meta({ description: 'The actor decides here: settings, rubrics, reconciliation.' }),
      total: z.int(), done: z.int(), pending: z.int().meta({ description: 'Waits for a mark of somebody.' }), reconcile: z.int(),
    })),
  })
  .meta({ id: 'MarkingExams' });

const settingsShape = {
  anonymous: z.boolean().meta({ description: 'Graders see a code in place of the name.' }),
  secondMarking: z.enum(['none', 'sample', 'all']),
  samplePercent: z.int().min(0).max(100).meta({ description: 'Share of answers with a second marker when secondMarking is sample.' }),
  leaseMinutes: z.int().min(1).max(240),
};

/** How the answers of an exam are marked. */
export const markingSettingsSchema = z
  .object({ examId: z.string(), ...settingsShape, differenceThreshold: decimalSchema, graders: z.array(person.extend({ active: z.boolean() })), version: z.int() })
  .meta({ id: 'MarkingSettings', description: 'A change of secondMarking is about answers without a mark; those with one keep their rule.' });

/** Body of the settings; the version goes into If-Match. */
export const markingSettingsInSchema = z
  .strictObject({
    ...settingsShape,
    samplePercent: settingsShape.samplePercent.default(10),
    differenceThreshold: decimalInSchema.refine((value) => !value.startsWith('-'), 'must not be below 0').meta({ description: 'Points by which two marks may differ and still be settled by their mean.' }),
    graders: z.array(idSchema).max(100).meta({ description: 'Teachers who mark besides the owner.' }),
  })
  .meta({ id: 'MarkingSettingsInput' });

/** Answers of one item, or of all, by what they wait for. */
const countsShape = {
  total: z.int(),
  done: z.int(),
  pending: z.int().meta({ description: 'Without a mark; leased ones are part of it.' }),
  second: z.int().meta({ description: 'Waits for the second marker.' }),
  reconcile: z.int(),
  leased: z.int(),
  flagged: z.int(),
};

/** Marking at one look. */
export const markingOverviewSchema = z
  .object({
    examId: z.string(),
    title: z.string(),
    owner: z.boolean().meta({ description: 'Whether the actor may set, allocate and edit rubrics.' }),
    settings: markingSettingsSchema,
    ...countsShape,
    ungraded: z.int().meta({ description: 'Hand-ins that the machine has not looked at yet: what waits for people in them is not counted.' }),
    items: z.array(z.object({
      itemId: z.string(), number: z.int().nullable().meta({ description: 'Place in the exam as it was written, from 1; null for drawn items.' }),
      drawn: z.int().nullable().meta({ description: 'Place of a drawn item in the pools of the exam, from 1; null for the others.' }),
      type: questionTypeSchema, text: z.string().meta({ description: 'Beginning of the question, plain.' }), maxPoints: decimalSchema,
      rubricVersion: z.int(), ...countsShape, mine: z.int().meta({ description: 'That the actor could mark now.' }), mySecond: z.int(),
    })),
    graders: z.array(z.object({
      user: person, active: z.boolean().meta({ description: 'On the list of graders, or the owner.' }), allocated: z.int().meta({ description: 'Waiting answers that are dealt to this grader, both roles.' }), first: z.int().meta({ description: 'First marks given.' }),
      second: z.int(), leased: z.int(), flagged: z.int(), medianSeconds: z.number().nullable().meta({ description: 'From lease to mark.' }),
    })),
    me: z.object({ done: z.int(), medianSeconds: z.number().nullable() }),
  })
  .meta({ id: 'MarkingOverview' });

/** Body of the allocation. */
export const allocationInSchema = z
  .strictObject({ by: z.enum(['item', 'student']).default('item').meta({ description: 'item: the answers of each question are dealt evenly; student: whole students are.' }) })
  .meta({ id: 'MarkingAllocationInput' });

/** What was dealt to whom; waiting answers in both roles. */
export const allocationSchema = z
  .object({ examId: z.string(), changed: z.int(), graders: z.array(z.object({ user: person, first: z.int(), second: z.int() })) })
  .meta({ id: 'MarkingAllocation' });

const leaseSchema = z
  .object({ id: z.string(), role, expiresAt: instantSchema, holder: person, mine: z.boolean() })
  .meta({ id: 'MarkingLease' });

/** Answer to a renewed or released lease. */
export const leaseReplySchema = z.object({ lease: leaseSchema.nullable() }).meta({ id: 'MarkingLeaseReply' });

const answerRef = z.strictObject({ sessionId: idSchema, itemId: idSchema });

/** Body of "the next answer". */
export const nextInSchema = z
  .strictObject({
    by: z.enum(['item', 'student']).default('item'),
    role: role.default('first'),
    itemId: idSchema.optional(),
    sessionId: idSchema.optional(),
    flagged: z.boolean().default(false).meta({ description: 'Also those that the actor has flagged and not marked.' }),
    exclude: z.array(answerRef).max(50).default([]).meta({ description: 'Answers not wanted now, such as the one on the screen while the next is loaded.' }),
  })
  .meta({ id: 'MarkingNextInput' });

const annotationShape = {
  note: textSchema(2_000),
  points: decimalInSchema.nullable().optional().meta({ description: 'A remark; it does not change the mark.' }),
  criterionId: textSchema(64).nullable().optional(),
  tone: z.enum(['good', 'bad', 'neutral']).optional(),
};
const fractionIn = z.number().min(0).max(1);

/** A remark at a place of the answer. */
const annotationInSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), start: z.int().min(0), end: z.int().min(1), ...annotationShape }).meta({ description: 'Offsets in UTF-16 units of `text`, end exclusive.' }),
  z.strictObject({
    kind: z.literal('image'), fileId: idSchema.nullable().default(null), x: fractionIn, y: fractionIn, width: fractionIn.default(0), height: fractionIn.default(0), ...annotationShape,
  }).meta({ description: 'Fractions of the image; null for the image of a hot-spot question.' }),
]);

/** A remark as it is stored; text ones carry the words they are about. */
const annotationSchema = z
  .object({
    kind: z.enum(['text', 'image']), start: z.int().optional(), end: z.int().optional(), quote: z.string().optional(),
    fileId: z.string().nullable().optional(), x: z.number().optional(), y: z.number().optional(), width: z.number().optional(), height: z.number().optional(),
    note: z.string(), points: decimalSchema.nullable().optional(), criterionId: z.string().nullable().optional(), tone: z.enum(['good', 'bad', 'neutral']).optional(),
  })
  .meta({ id: 'MarkAnnotation' });

const partIn = z.strictObject({ label: textSchema(200, 1), points: decimalInSchema, comment: textSchema(2_000).nullable().default(null) });

const contentShape = {
  points: decimalInSchema.nullable().default(null).meta({ description: 'null: what rubric or parts give, within 0 and what the item is worth.' }),
  rubricVersion: z.int().min(1).nullable().default(null),
  selection: selectionInSchema.nullable().default(null),
  parts: z.array(partIn).max(100).nullable().default(null),
  comment: textSchema(5_000).nullable().default(null),
  annotations: z.array(annotationInSchema).max(200).default([]),
  commentIds: z.array(idSchema).max(50).default([]).meta({ description: 'Reusable comments that were put in; counted when the mark is saved.' }),
};

/** Body of a mark. */
export const markerMarkInSchema = z
  .strictObject({
    ...contentShape,
    role,
    closedVersion: z.int().min(1).meta({ description: 'Of the answer that the grader saw.' }),
    version: z.int().min(0).meta({ description: 'Of the own mark that the grader saw; 0 for none.' }),
    flag: note.nullable().optional().meta({ description: 'Sets the own flag to this note, or clears it with null; absent: as it is.' }),
  })
  .meta({ id: 'MarkerMarkInput' });

/** Body of a draft: anything of a mark; nothing of it counts. */
export const markerDraftInSchema = z.strictObject({ ...contentShape, role, closedVersion: z.int().min(1) }).meta({ id: 'MarkerDraftInput' });

const contentOut = {
  points: decimalSchema.nullable(),
  rubricVersion: z.int().nullable(),
  selection: rubricSelectionSchema.nullable(),
  parts: z.array(z.object({ label: z.string(), points: decimalSchema, comment: z.string().nullable() })).nullable(),
  comment: z.string().nullable(),
  annotations: z.array(annotationSchema),
};

/** What a grader has written and not given as a mark: drafts, and marks that came too late. */
export const markerDraftSchema = z
  .object({ ...contentOut, role, closedVersion: z.int(), savedAt: instantSchema, refused: z.boolean().meta({ description: 'It was sent as a mark and refused.' }) })
  .meta({ id: 'MarkerDraft' });

/** Answer to a draft. */
export const draftReplySchema = z.object({ savedAt: instantSchema, lease: leaseSchema.nullable().meta({ description: 'null: the answer is not free any more.' }) }).meta({ id: 'MarkerDraftReply' });

/** The mark of one grader. */
export const markerMarkSchema = z
  .object({
    ...contentOut, points: decimalSchema, role, grader: person, version: z.int(), completedAt: instantSchema,
    computedPoints: decimalSchema.nullable().meta({ description: 'What rubric or parts gave; other `points` were set by hand.' }),
    olderRubric: z.boolean().meta({ description: 'Made with an older rubric than the one of now.' }),
  })
  .meta({ id: 'MarkerMark' });

const flagSchema = z.object({ by: person, note: z.string(), at: instantSchema, mine: z.boolean() });

/** Who wrote the answer, as far as graders may know. */
const subjectShape = {
  sessionId: z.string(),
  itemId: z.string(),
  closedVersion: z.int(),
  code: z.string().meta({ description: 'Names the session among those of the exam; tells nothing else.' }),
  number: z.int().meta({ description: 'Place of the session in the order of the codes, from 1.' }),
  student: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }).nullable().meta({ description: 'null while marking is anonymous.' }),
  state: answerState,
};

/** An answer with all that is needed to mark it. */
export const markingAnswerSchema = z
  .object({
    examId: z.string(),
    ...subjectShape,
    role: role.nullable().meta({ description: 'In which role the actor may mark now; null: not at all.' }),
    question: z.object({
      type: questionTypeSchema, text: richTextSchema, media: z.array(mediaRefSchema), options: z.unknown().optional(), key: keySchema.meta({ description: 'For essays the sample and word limits.' }), explanation: richTextSchema.nullable(),
    }),
    maxPoints: decimalSchema,
    response: z.unknown().nullable(),
    text: z.string().nullable().meta({ description: 'The response as plain text, which annotations count in; null when it has none.' }),
    wordCount: z.int().nullable(),
    revisions: z.int().meta({ description: 'How often it was saved.' }),
    savedAt: instantSchema.nullable(),
    files: z.array(z.object({ fileId: z.string(), name: z.string(), mediaType: z.string(), size: z.int(), href: z.string() })),
    rubric: rubricSchema,
    usedRubric: rubricSchema.nullable().meta({ description: 'The older rubric of the own mark, when it was made with one.' }),
    own: markerMarkSchema.nullable(),
    marks: z.array(markerMarkSchema).meta({ description: 'Every mark that the actor may see: the own one, and both once both are in.' }),
    draft: markerDraftSchema.nullable(),
    effective: markSchema.nullable().meta({ description: 'What counts; null before the answer is done.' }),
    flags: z.array(flagSchema),
    lease: leaseSchema.nullable(),
    version: z.int().meta({ description: 'Of the own mark; send it back with the next.' }),
    mayReconcile: z.boolean(),
  })
  .meta({ id: 'MarkingAnswer' });

/** Answer to "the next": null when there is none for this grader. */
export const nextReplySchema = z
  .object({ answer: markingAnswerSchema.nullable(), remaining: z.int().meta({ description: 'That this grader could still take, this one included.' }) })
  .meta({ id: 'MarkingNext' });

/** Query of the answers of an item. */
export const answerListQuery = z.strictObject({
  limit: pageQuery.limit,
  cursor: pageQuery.cursor,
  filter: z.enum(['all', 'pending', 'second', 'reconcile', 'done', 'flagged', 'leased', 'mine', 'allocated', 'older-rubric']).default('all'),
});

/** One answer in a list. */
export const answerRowSchema = z
  .object({
    ...subjectShape,
    points: decimalSchema.nullable().meta({ description: 'Of the own mark, else what counts; null for anything the actor must not know.' }),
    mine: z.boolean().meta({ description: 'The actor has marked it.' }),
    allocated: z.boolean().meta({ description: 'Dealt to the actor in the role it waits for.' }),
    flagged: z.boolean(),
    olderRubric: z.boolean(),
    draft: z.boolean(),
    wordCount: z.int().nullable(),
    lease: leaseSchema.nullable(),
  })
  .meta({ id: 'MarkingAnswerRow' });

/** The answers of an item in the order of the codes. */
export const answerPageSchema = pageOf(answerRowSchema)
  .extend({
    mine: z.object({
      done: z.int(), mean: z.number().nullable(),
      histogram: z.array(z.object({ points: decimalSchema, count: z.int() })).meta({ description: 'Own marks by points; only those given.' }),
      compared: z.array(z.object({ grader: person, answers: z.int(), meanDifference: z.number() })).meta({ description: 'Mean absolute difference where both marks are in.' }),
    }),
  })
  .meta({ id: 'MarkingAnswerPage' });

/** The answers of a session that need a person, in the order of the paper. */
export const sessionMarkingSchema = z
  .object({ examId: z.string(), sessionId: z.string(), code: z.string(), student: subjectShape.student, previousSessionId: z.string().nullable(), nextSessionId: z.string().nullable(), items: z.array(markingAnswerSchema) })
  .meta({ id: 'SessionMarking' });

/** Body of the reconciliation. */
export const reconcileInSchema = z
  .strictObject({ points: decimalInSchema, comment: textSchema(5_000).nullable().default(null), closedVersion: z.int().min(1) })
  .meta({ id: 'ReconcileInput' });

/** Body of a flag. */
export const answerFlagInSchema = z.strictObject({ note }).meta({ id: 'AnswerFlagInput' });

/** Flags of an exam that are set. */
export const answerFlagsSchema = z
  .object({ items: z.array(flagSchema.extend({ sessionId: z.string(), itemId: z.string(), code: z.string(), number: z.int(), state: answerState })) })
  .meta({ id: 'AnswerFlags' });

/** A comment that graders share. */
export const reusableCommentSchema = z
  .object({ id: z.string(), itemId: z.string(), text: z.string(), createdBy: person, createdAt: instantSchema, uses: z.int() })
  .meta({ id: 'ReusableComment' });

/** The comments of an item, those used most first. */
export const reusableCommentsSchema = z.object({ items: z.array(reusableCommentSchema) }).meta({ id: 'ReusableComments' });

/** Body of a new reusable comment. */
export const reusableCommentInSchema = z.strictObject({ text: textSchema(2_000, 1) }).meta({ id: 'ReusableCommentInput' });
