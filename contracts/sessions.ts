import { z } from 'zod';

import { ANSWER_BATCH_LIMIT } from './answers.ts';
import { decimalSchema, idSchema, instantInSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts';
import { richTextSchema } from './question-content.ts';

/** Every state of a session, as the API spells it. */
export const sessionStateSchema = z.enum(['active', 'paused', 'submitted', 'expired', 'terminated', 'withdrawn']);

/** A session as its student sees it: never grace, seed or cut-off. */
export const sessionSchema = z
  .object({
    id: z.string(),
    examId: z.string(),
    studentId: z.string(),
    attempt: z.int(),
    state: sessionStateSchema,
    startedAt: instantSchema,
    deadlineAt: instantSchema.nullable().meta({ description: 'null while paused' }),
    remainingMs: z.int().meta({ description: 'By the clock of the database; stands still while paused, 0 once closed.' }),
    pausedAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable().meta({ description: 'When the session ended by rule: the deadline for an expired one, whenever it was closed.' }),
    closedAt: instantSchema.nullable().meta({ description: 'When the database closed it.' }),
    closeReason: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Session' });

const visibleOptionSchema = z.object({ id: z.string(), text: richTextSchema });

/** Options of an item as the student sees them, by type. */
export const paperOptionsSchema = z
  .union([
    z.array(visibleOptionSchema),
    z.object({ left: z.array(visibleOptionSchema), right: z.array(visibleOptionSchema) }),
    z.object({
      gaps: z.record(
        z.string(),
        z.object({
          kind: z.enum(['text', 'choice', 'numeric']),
          width: z.int().optional(),
          units: z.array(z.string()).optional(),
          options: z.array(visibleOptionSchema).optional(),
        }),
      ),
    }),
    z.object({}).loose(),
  ])
  .meta({ id: 'PaperOptions', description: 'By type: a list, left and right rows, gaps, or limits.' });

/** One item of a paper: nothing that tells the answer. */
export const paperItemSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    text: richTextSchema,
    options: paperOptionsSchema.optional(),
    points: decimalSchema,
    media: z.array(z.object({ id: z.string(), alt: z.string().optional() })).optional(),
  })
  .meta({ id: 'PaperItem' });

/** The paper of a session. */
export const paperSchema = z
  .object({
    instructions: z.string(),
    navigation: z.enum(['free', 'forward']),
    display: z.enum(['one', 'all']),
    itemCount: z.int().meta({ description: 'Items of the whole paper, also the ones not reached yet.' }),
    nextItemId: z.string().nullable().meta({ description: 'With forward navigation: the item that a place can move on to.' }),
    sections: z.array(z.object({ title: z.string(), items: z.array(paperItemSchema) })),
  })
  .meta({ id: 'Paper', description: 'Without items once the session is closed; with forward navigation only what was reached.' });

/** A stored answer; `response` is absent for readers who may not see it. */
export const storedAnswerSchema = z
  .object({ itemId: z.string(), revision: z.int(), response: z.json().optional(), savedAt: instantSchema })
  .meta({ id: 'StoredAnswer' });

/** Deepest nesting of JSON whose shape clients choose. */
const MAX_DEPTH = 64;
const MAX_PLACE_ITEMS = 1000;
const placeItems = z.array(idSchema).max(MAX_PLACE_ITEMS).transform((ids) => [...new Set(ids)]);

/** Where the student is, as the client reports it: always the whole object. */
export const placeInSchema = z
  .strictObject({
    currentItemId: idSchema.nullable(),
    seen: placeItems,
    flagged: placeItems,
    notes: z.record(idSchema, textSchema(10_000)).meta({ description: 'The own notes of the student by item id.' }),
    clientSeq: z.int().min(0).max(Number.MAX_SAFE_INTEGER).meta({ description: 'Grows with each change; an older one is ignored.' }),
  })
  .meta({ id: 'PlaceInput' });

/** A checked place. */
export type PlaceIn = z.output<typeof placeInSchema>;

const placeShape = {
  currentItemId: z.string().nullable(),
  seen: z.array(z.string()),
  flagged: z.array(z.string()),
  notes: z.record(z.string(), z.string()),
  clientSeq: z.int(),
};

/** The stored place. */
export const placeSchema = z.object(placeShape).meta({ id: 'Place' });

/** Answer to a place: what is stored, and the paper when an item was reached by it. */
export const placeReplySchema = z.object({ ...placeShape, paper: paperSchema.optional() }).meta({ id: 'PlaceReply' });

/** Body of a start. */
export const sessionStartSchema = z.strictObject({ accessCode: textSchema(100).optional() }).meta({ id: 'SessionStart' });

/** Everything that a student needs to sit, or to go on after a crash. */
export const sittingSchema = z
  .object({
    session: sessionSchema,
    paper: paperSchema,
    answers: z.array(storedAnswerSchema),
    place: placeSchema,
    serverTime: instantSchema,
    streamPosition: z.string().meta({ description: 'Open the stream with ?after= this, and nothing is missed.' }),
  })
  .meta({ id: 'Sitting' });

/** Body of a hand-in; answers that were not saved yet can come with it. */
export const submitSchema = z
  .strictObject({
    clientId: idSchema.nullable().optional(),
    answers: z
      .array(
        z.strictObject({
          itemId: idSchema,
          response: z.unknown().refine((value) => value !== undefined && !isTooDeep(value, MAX_DEPTH), 'must be JSON; null clears the answer'),
          clientSeq: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
          baseRevision: z.int().min(0).max(2_147_483_647).nullable().optional(),
        }),
      )
      .max(ANSWER_BATCH_LIMIT)
      .optional(),
  })
  .meta({ id: 'Submission' });

/** Answer to a hand-in. */
export const submittedSchema = z
  .object({
    session: sessionSchema,
    counts: z.object({ total: z.int(), answered: z.int(), flagged: z.int() }),
    results: z
      .array(
        z.object({
          itemId: z.string(),
          ok: z.boolean(),
          revision: z.int().optional(),
          savedAt: instantSchema.optional(),
          code: z.string().optional().meta({ description: 'Why this answer was kept apart.' }),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Submitted' });

/** A response that was not taken but kept. */
export const refusedAnswerSchema = z
  .object({
    id: z.string(),
    itemId: z.string(),
    response: z.json().optional(),
    code: z.string(),
    clientId: z.string().nullable(),
    clientSeq: z.int().nullable(),
    baseRevision: z.int().nullable(),
    at: instantSchema,
  })
  .meta({ id: 'RefusedAnswer' });

/** A page of refused responses. */
export const refusedAnswerPageSchema = pageOf(refusedAnswerSchema).meta({ id: 'RefusedAnswerPage' });

/** Query of lists of one session. */
export const sessionListQuery = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor });

/** Most observations in one request. */
export const OBSERVATION_BATCH_LIMIT = 100;
/** Longest detail of an observation, characters of JSON. */
const MAX_DETAIL = 4_000;

/** What the exam page noticed: focus, fullscreen, clipboard, connection. */
export const observationsSchema = z
  .strictObject({
    observations: z
      .array(
        z.strictObject({
          kind: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be lower-case words joined by "-", such as "focus-lost"'),
          at: instantInSchema,
          detail: z.unknown().refine(isSmallJson, `must not be longer than ${MAX_DETAIL} characters of JSON, nor hold NUL characters or lone surrogates`).optional(),
        }),
      )
      .min(1)
      .max(OBSERVATION_BATCH_LIMIT),
  })
  .meta({ id: 'Observations' });

/** Answer to observations. */
export const observationsReplySchema = z.object({ stored: z.int() }).meta({ id: 'ObservationsStored' });

/** Body of a help request. */
export const helpRequestInSchema = z.strictObject({ reason: textSchema(500, 1) }).meta({ id: 'HelpRequestInput' });

/** A help request. */
export const helpRequestSchema = z
  .object({ id: z.string(), sessionId: z.string(), reason: z.string(), at: instantSchema })
  .meta({ id: 'HelpRequest' });

/** Body of an acknowledgement: the version of the session that the page shows. */
export const acknowledgementSchema = z.strictObject({ sessionVersion: z.int().min(1).max(2_147_483_647) }).meta({ id: 'Acknowledgement' });

/** What is known to be on the student's screen. */
export const acknowledgedSchema = z.object({ sessionVersion: z.int(), acknowledgedVersion: z.int() }).meta({ id: 'Acknowledged' });

/** Longest file of a student, bytes. */
export const FILE_LIMIT_BYTES = 25 * 1024 * 1024;

/** A file that was handed in. */
export const sessionFileSchema = z
  .object({ fileId: z.string(), size: z.int(), sha256: z.string(), mediaType: z.string(), fileName: z.string() })
  .meta({ id: 'SessionFile' });

/** One thing that happened in a session. */
export const timelineEntrySchema = z
  .object({
    at: instantSchema,
    kind: z.string(),
    actor: z.object({ role: z.string(), id: z.string().optional(), name: z.string().optional() }).nullable().meta({ description: 'null: the platform itself' }),
    reason: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEntry' });

/** A page of a timeline, oldest first. */
export const timelinePageSchema = pageOf(timelineEntrySchema).meta({ id: 'TimelinePage' });

const points = decimalSchema.optional().meta({ description: 'Where scores are shown.' });

/** What graders said about an answer beside points and comment. */
export const releasedMarkingSchema = z
  .object({
    criteria: z.array(z.object({ label: z.string(), level: z.string().nullable(), points, comment: z.string().nullable() })).meta({ description: 'Chosen in the rubric, in its words of then.' }),
    parts: z.array(z.object({ label: z.string(), points, comment: z.string().nullable() })),
    annotations: z.array(z.object({
      kind: z.enum(['text', 'image']), note: z.string(), points, tone: z.enum(['good', 'bad', 'neutral']).optional(),
      start: z.int().optional(), end: z.int().optional(), quote: z.string().optional().meta({ description: 'The own words, where items are shown.' }),
      fileId: z.string().nullable().optional(), x: z.number().optional(), y: z.number().optional(), width: z.number().optional(), height: z.number().optional(),
    })).meta({ description: 'Offsets count in the plain text of the response.' }),
  })
  .meta({ id: 'ReleasedMarking' });

/** One item of a released result; what is in it follows the settings of the exam. */
export const releasedItemSchema = z
  .object({
    itemId: z.string(),
    section: z.object({ index: z.int(), title: z.string() }),
    points: decimalSchema.nullable().optional(),
    maxPoints: decimalSchema.optional(),
    item: paperItemSchema.optional(),
    response: z.json().optional(),
    key: z.record(z.string(), z.unknown()).optional(),
    feedback: z.object({ explanation: richTextSchema.nullable(), options: z.record(z.string(), richTextSchema), comment: z.string().nullable(), marking: releasedMarkingSchema.optional() }).optional(),
  })
  .meta({ id: 'ReleasedItem' });

/** What the setting `score` shows. */
const scoreShape = {
  points: decimalSchema.optional(),
  rawPoints: decimalSchema.optional().meta({ description: 'The sum of the marks, where moderation was applied to it.' }),
  maxPoints: decimalSchema.optional(),
  percent: z.number().optional(),
  grade: z.enum(['pass', 'fail']).nullable().optional(),
  gradeLabel: z.string().nullable().optional().meta({ description: 'By the grade scale of the exam.' }),
};

/** A released result. */
export const releasedResultSchema = z
  .object({
    sessionId: z.string(),
    examId: z.string(),
    attempt: z.int(),
    state: z.enum(['graded', 'pending', 'needs-manual']).meta({ description: 'pending: some answers wait for a person' }),
    examTitle: z.string(),
    passPercent: z.number().nullable(),
    endedAt: instantSchema.nullable(),
    publishedAt: instantSchema.nullable(),
    ...scoreShape,
    distribution: z
      .object({ results: z.int(), meanPercent: z.number().nullable(), medianPercent: z.number().nullable(), histogram: z.array(z.int()) })
      .optional()
      .meta({ description: 'How the class did, in 20 steps of 5 %; only when the results of the exam are out and at least 5 count.' }),
    items: z.array(releasedItemSchema).optional(),
  })
  .meta({ id: 'ReleasedResult' });

/** Query of the own results, newest first. */
export const ownResultQuery = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor, examId: idSchema.optional() });

/** One session of a student with what may be seen of its result. */
export const ownResultSchema = z
  .object({
    sessionId: z.string(),
    examId: z.string(),
    examTitle: z.string(),
    attempt: z.int(),
    attempts: z.int().meta({ description: 'That the exam allows.' }),
    attemptRule: z.enum(['best', 'mean', 'last', 'first']),
    state: sessionStateSchema,
    startedAt: instantSchema,
    endedAt: instantSchema.nullable(),
    closedAt: instantSchema.nullable(),
    release: z.enum(['released', 'waiting']),
    publishedAt: instantSchema.nullable().optional(),
    gradeState: z.enum(['graded', 'pending', 'needs-manual']).optional(),
    ...scoreShape,
  })
  .meta({ id: 'OwnResult' });

/** A page of own results. */
export const ownResultPageSchema = pageOf(ownResultSchema).meta({ id: 'OwnResultPage' });

/** The clock of the platform. */
export const timeSchema = z.object({ serverTime: instantSchema }).meta({ id: 'ServerTime' });

function isSmallJson(value: unknown): boolean {
  if (isTooDeep(value, MAX_DEPTH)) return false;
  const json = JSON.stringify(value);
  // a NUL or a lone surrogate anywhere, member names included, would fail the whole statement
  return json.length <= MAX_DETAIL && !/\\u0000|\\ud[89a-f][0-9a-f]{2}/.test(json);
}

/** Nesting without end would exhaust the stack of whoever walks through it. */
function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isTooDeep(member, levels - 1));
}
