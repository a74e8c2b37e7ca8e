import { z } from 'zod';

import { flagSchema, idSchema, instantInSchema, instantSchema, pageOf, pageQuery, reasonSchema, textSchema } from './common.ts';

/** What pages need to know before anybody has logged in. */
export const publicConfigSchema = z
  .object({
    registration: z.boolean().meta({ description: 'Whether people can make accounts for themselves.' }),
    institution: z.object({ name: z.string() }),
    version: z.string(),
  })
  .meta({ id: 'PublicConfig' });

/** One server that the platform leans on. */
const serverSchema = z.object({ ok: z.boolean(), latencyMs: z.number().nullable() });

/** How the platform is: one look, for people and probes. */
export const readinessSchema = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    postgres: serverSchema,
    temporal: serverSchema,
    nats: serverSchema.extend({ configured: z.boolean() }),
  })
  .meta({ id: 'Readiness' });

/** The health page. */
export const healthSchema = readinessSchema
  .extend({
    serverTime: instantSchema,
    outbox: z.object({ waiting: z.int(), oldestAgeMs: z.int().nullable() }),
    sequencer: z.object({ unsequenced: z.int(), lagMs: z.int().nullable() }),
    sessions: z.object({
      active: z.int(),
      paused: z.int(),
      pastCutoff: z.int().meta({ description: 'Active rows 10 s past their cutoff; must be 0.' }),
    }),
    exams: z.object({ open: z.int(), next: instantSchema.nullable() }),
    timeChanges: z.object({ open: z.int() }),
    workflows: z.object({
      sessions: z.object({ following: z.int(), behind: z.int(), missing: z.int() }),
      windows: z.object({ following: z.int(), behind: z.int(), missing: z.int() }),
    }),
    runs: z.record(z.string(), z.int()),
    streams: z.object({ open: z.int() }),
    clock: z
      .object({ offsetMs: z.number(), delayMs: z.number(), server: z.string(), measuredAt: instantSchema })
      .nullable()
      .meta({ description: 'The clock that keeps the deadlines minus network time, as last measured; null when no server of network time is set.' }),
    processes: z.array(z.object({ name: z.string(), beatAt: instantSchema, ageMs: z.int(), alive: z.boolean(), data: z.record(z.string(), z.unknown()) })),
    disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
    database: z.object({ version: z.string(), sizeBytes: z.number(), connections: z.int(), maxConnections: z.int() }),
    alerts: z.array(z.object({ code: z.string(), text: z.string() })),
  })
  .meta({ id: 'Health' });

/** Query of the last hour. */
export const healthHistoryQuery = z.strictObject({ minutes: z.coerce.number().int().min(1).max(60).default(60) });

const figure = z.int().nullable();
const latency = z.number().nullable();

/** The last hour as one API process saw it; what it keeps in memory ends with it. */
export const healthHistorySchema = z
  .object({
    process: z.string(),
    stepMs: z.int(),
    points: z.array(
      z.object({
        at: instantSchema,
        status: z.enum(['ok', 'degraded', 'down']),
        postgresMs: latency,
        temporalMs: latency,
        natsMs: latency,
        activeSessions: figure,
        pausedSessions: figure,
        outboxWaiting: figure,
        unsequenced: figure,
        openStreams: z.int().meta({ description: 'Of this process.' }),
        savesPerMinute: z.int().meta({ description: 'That this process committed.' }),
        saveP95Ms: latency.meta({ description: '95 % of them were committed within; null when there were none.' }),
      }),
    ),
  })
  .meta({ id: 'HealthHistory', description: 'Oldest first. null: could not be told at that moment.' });

/** Query of the audit log, newest first. */
export const auditQuerySchema = z.strictObject({
  ...pageQuery,
  actorId: idSchema.optional(),
  action: textSchema(100, 1).optional().meta({ description: 'A whole action, or the beginning of some: "session." for all of sessions.' }),
  resourceType: textSchema(60, 1).optional(),
  resourceId: textSchema(200, 1).optional(),
  examId: idSchema.optional(),
  sessionId: idSchema.optional(),
  requestId: textSchema(100, 1).optional(),
  from: instantInSchema.optional(),
  to: instantInSchema.optional(),
});

/** Query of the export: the filters of the list. */
export const auditExportQuery = auditQuerySchema.omit({ limit: true, cursor: true }).extend({ format: z.enum(['csv']).default('csv') });

/** The audit log as a file. */
export const auditExportSchema = z.string().meta({ description: 'CSV (RFC 4180) in UTF-8 with a line of names; no cell begins like a formula.' });

/** One thing that was done. */
export const auditRowSchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    actor: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    action: z.string(),
    resourceType: z.string(),
    resourceId: z.string().nullable(),
    examId: z.string().nullable(),
    sessionId: z.string().nullable(),
    reason: z.string().nullable(),
    before: z.unknown().nullable(),
    after: z.unknown().nullable(),
  })
  .meta({ id: 'AuditRow' });

/** A page of the audit log. */
export const auditPageSchema = pageOf(auditRowSchema).meta({ id: 'AuditPage' });

/** What a workflow follows. */
export const WORKFLOW_KINDS = ['session', 'window', 'run'] as const;

/** Query of the workflows, newest first. */
export const workflowQuerySchema = z.strictObject({
  limit: pageQuery.limit,
  cursor: pageQuery.cursor,
  kind: z.enum(WORKFLOW_KINDS).optional(),
  examId: idSchema.optional(),
  open: flagSchema.optional().meta({ description: 'Whether the row that it follows is still open.' }),
  behind: flagSchema.optional().meta({ description: 'Whether the row has a version that the workflow has not seen, or no workflow at all.' }),
});

const workflowFields = {
  workflowId: z.string(),
  kind: z.enum(WORKFLOW_KINDS),
  examId: z.string().nullable(),
  examTitle: z.string().nullable(),
  sessionId: z.string().nullable(),
  runId: z.string().nullable().meta({ description: 'Run that Temporal gave the workflow, as it was last recorded.' }),
  state: z.string().meta({ description: 'State of the row that the workflow follows.' }),
  rowVersion: z.int(),
  seenVersion: z.int().nullable(),
  behind: z.boolean(),
  startedAt: instantSchema,
  seenAt: instantSchema.nullable(),
  completedAt: instantSchema.nullable(),
  status: z.string().nullable().meta({ description: 'What Temporal says; null when it can not be asked or does not know the workflow.' }),
};

/** One workflow in the list. */
export const workflowRowSchema = z.object(workflowFields).meta({ id: 'WorkflowRow' });

/** A page of workflows. */
export const workflowPageSchema = pageOf(workflowRowSchema).meta({ id: 'WorkflowPage' });

/** One workflow with what happened, in sentences. */
export const workflowDetailSchema = z
  .object({
    ...workflowFields,
    temporal: z
      .object({
        status: z.string(),
        runId: z.string(),
        taskQueue: z.string(),
        startedAt: instantSchema,
        closedAt: instantSchema.nullable(),
        historyLength: z.int(),
      })
      .nullable(),
    steps: z.array(
      z.object({
        at: instantSchema,
        source: z.enum(['workflow', 'row', 'command', 'audit']),
        text: z.string(),
        actor: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'WorkflowDetail' });

/** The history of the last run of a workflow as Temporal keeps it: ids, versions, counts and instants. */
export const workflowHistorySchema = z
  .object({ workflowId: z.string(), runId: z.string(), events: z.array(z.looseObject({ eventId: z.string(), eventType: z.string() })) })
  .meta({ id: 'WorkflowHistory' });

/** Body of nudge and cancel. */
export const workflowActionSchema = z.strictObject({ reason: reasonSchema }).meta({ id: 'WorkflowAction' });

/** Answer to a nudge or a cancel. */
export const workflowActionReplySchema = z.object({ workflowId: z.string(), state: z.enum(['asked', 'cancelled']) }).meta({ id: 'WorkflowActionReply' });

/** Query of the outages, newest first. */
export const outageQuerySchema = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor });

/** A time in which the platform did not answer, as it noticed itself. */
export const outageSchema = z
  .object({ id: z.string(), beganAt: instantSchema, endedAt: instantSchema, seconds: z.int().meta({ description: 'Rounded up: what a credit would give.' }), detail: z.string() })
  .meta({ id: 'Outage' });

/** A page of outages. */
export const outagePageSchema = pageOf(outageSchema).meta({ id: 'OutagePage' });
