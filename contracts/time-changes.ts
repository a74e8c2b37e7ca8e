import { z } from 'zod';

import { flagSchema, idSchema, instantSchema, pageOf, pageQuery, reasonSchema, textSchema } from './common.ts';

/** Kinds of time changes of an exam. */
export const TIME_CHANGE_KINDS = ['extend', 'shorten', 'pause', 'resume', 'open', 'end', 'reopen', 'credit', 'cancel'] as const;

/** One of {@link TIME_CHANGE_KINDS}. */
export type TimeChangeKind = (typeof TIME_CHANGE_KINDS)[number];

/** Longest single extension, seconds. */
export const MAX_SECONDS = 86_400;

const NEEDS_SECONDS: ReadonlySet<TimeChangeKind> = new Set(['extend', 'shorten', 'reopen', 'credit']);
const TAKES_SCALED: ReadonlySet<TimeChangeKind> = new Set(['extend', 'credit']);
const WHOLE_EXAM: ReadonlySet<TimeChangeKind> = new Set(['open', 'cancel']);

const secondsSchema = z.int().min(1).max(MAX_SECONDS).meta({ description: 'Seconds, at most one day.' });

/** Whom a time change or a message reaches: everybody, the students of batches, or a selection. */
export const scopeSchema = z
  .union([
    z.strictObject({ all: z.literal(true) }),
    z.strictObject({ batchIds: z.array(idSchema).min(1).max(200) }),
    z.strictObject({ studentIds: z.array(idSchema).min(1).max(10_000) }),
  ])
  .meta({ id: 'Scope' });

/** One of the three forms of {@link scopeSchema}. */
export type Scope = z.output<typeof scopeSchema>;

/** Body of a time change of an exam. */
export const timeChangeInSchema = z
  .strictObject({
    kind: z.enum(TIME_CHANGE_KINDS),
    seconds: secondsSchema.optional(),
    scaled: z.boolean().optional().meta({ description: 'Multiply the seconds by the multiplier of each student.' }),
    scope: scopeSchema,
    reason: reasonSchema,
  })
  .superRefine((body, ctx) => {
    const issue = (path: string, message: string): void => ctx.addIssue({ code: 'custom', path: [path], message });
    if (NEEDS_SECONDS.has(body.kind) && body.seconds === undefined) issue('seconds', `is needed to ${body.kind}`);
    if (!NEEDS_SECONDS.has(body.kind) && body.seconds !== undefined) issue('seconds', `has no meaning for ${body.kind}`);
    if (body.scaled === true && !TAKES_SCALED.has(body.kind)) issue('scaled', `has no meaning for ${body.kind}`);
    if (WHOLE_EXAM.has(body.kind) && !('all' in body.scope)) issue('scope', `${body.kind} is for the whole exam: send {"all": true}`);
  })
  .meta({ id: 'TimeChangeInput' });

/** Answer to a time change: `accepted` while some rows are locked and follow within seconds. */
export const timeChangeVerdictSchema = z
  .object({
    commandId: z.string(),
    state: z.enum(['applied', 'accepted']),
    affected: z.int().meta({ description: 'Sessions that were changed until now.' }),
    skipped: z.int().meta({ description: 'Sessions that were closed already.' }),
  })
  .meta({ id: 'TimeChangeVerdict' });

/** A time change that was made. */
export const timeChangeSchema = timeChangeVerdictSchema
  .extend({
    examId: z.string(),
    kind: z.string(),
    seconds: z.int().nullable(),
    scaled: z.boolean(),
    scope: z.record(z.string(), z.unknown()),
    reason: z.string(),
    actorId: z.string().nullable(),
    actor: z.object({ id: z.string(), name: z.string() }).nullable(),
    at: instantSchema,
  })
  .meta({ id: 'TimeChange' });

/** Query of the list of time changes, newest first. */
export const timeChangeQuerySchema = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor });

/** A page of time changes. */
export const timeChangePageSchema = pageOf(timeChangeSchema).meta({ id: 'TimeChangePage' });

/** A time change with what it did to each student. */
export const timeChangeDetailSchema = timeChangeSchema
  .extend({
    students: z.array(
      z.object({
        studentId: z.string(),
        sessionId: z.string(),
        state: z.enum(['applied', 'refused', 'unacknowledged', 'acknowledged']),
        code: z.string().optional(),
        oldDeadlineAt: instantSchema.nullable(),
        newDeadlineAt: instantSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'TimeChangeDetail' });

/** Body of pause and resume. */
export const maybeReasonSchema = z.strictObject({ reason: reasonSchema.optional() }).meta({ id: 'MaybeReason' });

/** Body of terminate and withdraw. */
export const reasonBodySchema = z.strictObject({ reason: reasonSchema }).meta({ id: 'Reason' });

/** Body of a re-open: how long the student may go on. */
export const reopenSchema = z.strictObject({ seconds: secondsSchema, reason: reasonSchema }).meta({ id: 'Reopen' });

/** Body of an extension of one session. */
export const extensionSchema = z
  .strictObject({ seconds: secondsSchema, scaled: z.boolean().optional(), reason: reasonSchema.optional() })
  .meta({ id: 'Extension' });

const sessionFields = {
  id: z.string(),
  examId: z.string(),
  studentId: z.string(),
  attempt: z.int(),
  state: z.enum(['active', 'paused', 'submitted', 'expired', 'terminated', 'withdrawn']),
  startedAt: instantSchema,
  deadlineAt: instantSchema.nullable().meta({ description: 'null while paused' }),
  remainingMs: z.int(),
  pausedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable().meta({ description: 'When the session ended by rule: the deadline for an expired one, whenever it was closed.' }),
  closedAt: instantSchema.nullable(),
  closeReason: z.string().nullable(),
  version: z.int(),
};

/** A session as staff see it. */
export const staffSessionSchema = z.object(sessionFields).meta({ id: 'StaffSession' });

/** Answer to a command to one session. */
export const sessionCommandReplySchema = z.object({ session: staffSessionSchema, commandId: z.string() }).meta({ id: 'SessionCommandReply' });

/** One command that was carried out on a session. */
export const sessionCommandSchema = z
  .object({
    commandId: z.string(),
    sessionId: z.string(),
    kind: z.string(),
    state: z.literal('applied'),
    version: z.int(),
    reason: z.string().nullable(),
    actorId: z.string().nullable(),
    at: instantSchema,
  })
  .meta({ id: 'SessionCommand' });

const messageTextSchema = textSchema(2_000, 1).refine((text) => text.trim() !== '', 'must not be empty');

/** Body of a message to one session. */
export const sessionMessageInSchema = z.strictObject({ text: messageTextSchema }).meta({ id: 'SessionMessageInput' });

/** Body of a message to an exam. */
export const examMessageInSchema = z.strictObject({ text: messageTextSchema, scope: scopeSchema }).meta({ id: 'ExamMessageInput' });

/** A message that was sent. */
export const messageSchema = z
  .object({
    id: z.string(),
    examId: z.string(),
    sessionId: z.string().nullable(),
    text: z.string(),
    at: instantSchema,
    recipients: z.int().meta({ description: 'Open sessions that it was sent to.' }),
  })
  .meta({ id: 'Message' });

/** Sort orders of the monitor. */
export const MONITOR_SORTS = ['name', '-name', 'startedAt', '-startedAt', 'deadlineAt', '-deadlineAt', 'lastSavedAt', '-lastSavedAt'] as const;

/** Query of the monitor. */
export const monitorQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(['active', 'paused', 'submitted', 'expired', 'terminated', 'withdrawn']).optional(),
  online: flagSchema.optional(),
  batchId: idSchema.optional(),
  hasIncidents: flagSchema.optional(),
  acknowledged: flagSchema.optional().meta({ description: 'false: open sessions whose page has not shown the newest change yet.' }),
  changedSince: z.iso.datetime({ offset: true }).transform((value) => Date.parse(value)).optional(),
  sort: z.enum(MONITOR_SORTS).default('name'),
});

/** One session in the monitor of an exam. */
export const monitorRowSchema = z
  .object({
    ...sessionFields,
    student: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }),
    answered: z.int(),
    total: z.int(),
    lastSavedAt: instantSchema.nullable(),
    lastSeenAt: instantSchema.nullable(),
    online: z.boolean(),
    incidents: z.int(),
    acknowledgedVersion: z.int(),
    timeMultiplier: z.string(),
    entitledMs: z.int().meta({ description: 'The own time of the student: duration, multiplier, extra minutes.' }),
    lastChange: z
      .object({ kind: z.string(), at: instantSchema, reason: z.string().nullable(), actor: z.object({ id: z.string(), name: z.string() }).nullable() })
      .nullable()
      .meta({ description: 'The last thing that was done to the session, other than handing in and the end of time.' }),
  })
  .meta({ id: 'MonitorRow' });

/** A page of the monitor. */
export const monitorPageSchema = pageOf(monitorRowSchema).meta({ id: 'MonitorPage' });

/** The close-out certificate of an exam. */
export const closeOutSchema = z
  .object({
    state: z.enum(['open', 'closing', 'closed']),
    assigned: z.int(),
    counts: z.object({ submitted: z.int(), expired: z.int(), terminated: z.int(), withdrawn: z.int(), absent: z.int() }),
    invariants: z.array(z.object({ name: z.string(), holds: z.boolean(), detail: z.string() })),
    serverClockOffsetMs: z.number().nullable().meta({ description: 'The clock that keeps the deadlines minus its reference, ms, at the end of the exam; above 0 it was fast.' }),
    serverClock: z
      .object({
        source: z.enum(['ntp', 'worker']).meta({ description: 'ntp: against network time; worker: only against the machine of a worker' }),
        server: z.string().nullable(),
        measuredAt: instantSchema,
      })
      .nullable(),
    closedAt: instantSchema.nullable(),
  })
  .meta({ id: 'CloseOut' });
