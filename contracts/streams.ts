import { z } from 'zod';

import { idSchema, instantSchema } from './common.ts';
import { sessionStateSchema } from './sessions.ts';

/** Position in a stream: the `id:` of a stored event, digits. */
export const positionSchema = z.string().regex(/^\d{1,15}$/, 'must be the id of a stream event, or the streamPosition of a list');

/** Query of a stream: replay what came after this position. */
export const streamQuery = z.strictObject({ after: positionSchema.optional() });

/** Most topics of one connection. */
export const TOPIC_LIMIT = 50;

/** Query of the stream over several topics. */
export const topicsQuery = z.strictObject({
  topics: z
    .string()
    .max(4_000)
    .transform((value) => [...new Set(value.split(',').map((topic) => topic.trim()).filter((topic) => topic !== ''))])
    .refine((topics) => topics.length > 0 && topics.length <= TOPIC_LIMIT, `must name 1 to ${TOPIC_LIMIT} topics`)
    .transform((topics, context) => topics.map((topic) => parseTopic(topic, context)))
    .meta({ description: 'session:<id> and exam:<id>, separated by commas.' }),
  after: positionSchema.optional(),
});

/** One topic of a stream. */
export interface StreamTopic {
  readonly kind: 'session' | 'exam';
  readonly id: string;
}

function parseTopic(topic: string, context: z.RefinementCtx): StreamTopic {
  const [kind, id = ''] = topic.split(':', 2);
  const parsed = idSchema.safeParse(id);
  if ((kind === 'session' || kind === 'exam') && parsed.success) return { kind, id: parsed.data };
  context.addIssue({ code: 'custom', message: `"${topic.slice(0, 80)}" is neither session:<id> nor exam:<id>` });
  return z.NEVER;
}

const at = { at: instantSchema };
const ofSession = { ...at, sessionId: z.string(), examId: z.string() };
const ofExam = { ...at, examId: z.string() };
const running = {
  ...ofSession,
  deadlineAt: instantSchema.nullable(),
  remainingMs: z.int(),
  sessionVersion: z.int(),
  reason: z.string().nullable(),
};

/** Data of each event of a session stream by its name. */
export const SESSION_EVENTS = {
  'time-changed': z.object({ ...running, kind: z.string() }),
  paused: z.object(running),
  resumed: z.object(running),
  reopened: z.object(running),
  closed: z.object({ ...ofSession, state: sessionStateSchema, closeReason: z.string().nullable(), closedAt: instantSchema, sessionVersion: z.int(), reason: z.string().nullable() }),
  message: z.object({ ...ofExam, sessionId: z.string().nullable(), id: z.string(), text: z.string(), from: z.string() }),
  'window-changed': z.object({
    ...ofExam,
    opensAt: instantSchema.nullable(),
    closesAt: instantSchema.nullable(),
    localStart: z.string().nullable(),
    localEnd: z.string().nullable(),
    timeZone: z.string().nullable(),
    cancelledAt: instantSchema.nullable(),
    reason: z.string().nullable(),
    opensAtBefore: instantSchema.nullable().meta({ description: 'null when the exam was published just now' }),
    closesAtBefore: instantSchema.nullable(),
  }),
  'results-published': z.object({ ...ofExam, sessionId: z.string().nullable() }),
  'results-unpublished': z.object({ ...ofExam, sessionId: z.string().nullable() }),
  'help-changed': z.object({ ...ofSession, id: z.string(), state: z.enum(['open', 'claimed', 'resolved']) }),
} as const;

/** Data of each event of an exam stream by its name, for staff. */
export const EXAM_EVENTS = {
  'session-changed': z.object({
    ...ofSession,
    change: z.string(),
    sessionVersion: z.int().nullable(),
    state: sessionStateSchema.optional(),
    deadlineAt: instantSchema.nullable().optional(),
    closeReason: z.string().nullable().optional(),
    closedAt: instantSchema.optional(),
    reason: z.string().nullable(),
  }),
  progress: z.object({ ...ofSession, answered: z.int(), total: z.int() }),
  connection: z.object({ ...ofSession, online: z.boolean() }),
  acknowledged: z.object({ ...ofSession, sessionVersion: z.int() }),
  'help-requested': z.object({ ...ofSession, id: z.string(), reason: z.string() }),
  'help-changed': SESSION_EVENTS['help-changed'].extend({
    by: z.object({ id: z.string(), name: z.string() }).nullable().meta({ description: 'Who has it, or who resolved it.' }),
  }),
  incident: z.object({ ...ofSession, type: z.string(), severity: z.string(), kinds: z.record(z.string(), z.int()) }),
  'run-progress': z.object({
    ...ofExam, runId: z.string(), kind: z.string(), state: z.string(), progress: z.object({ done: z.int(), failed: z.int(), total: z.int() }),
  }),
  message: SESSION_EVENTS.message,
  'window-changed': SESSION_EVENTS['window-changed'],
  'results-published': SESSION_EVENTS['results-published'],
  'results-unpublished': SESSION_EVENTS['results-unpublished'],
} as const;

/** Data of the events of the connection itself. */
export const CONNECTION_EVENTS = {
  hello: z.object({ ...at, serverTime: instantSchema, sessionVersion: z.int().nullable(), sessionVersions: z.record(z.string(), z.int()) }),
  ping: z.object({ ...at, serverTime: instantSchema }),
  reset: z.object({ ...at, streamPosition: z.string() }),
} as const;

/** The text of an event stream, for the description. */
export const eventStreamSchema = z.string().meta({
  id: 'EventStream',
  description:
    'Server-Sent Events. `event:` names the type, `id:` is the position, `data:` is JSON with `at`. At least once, in order; dedupe by id. '
    + 'First hello, a ping each 15 s; reset when events were missed that are no longer kept: load the list again.',
});
