import { z } from 'zod';

import { flagSchema, idSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts';

const personSchema = z.object({ id: z.string(), name: z.string() });
const studentSchema = z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() });

/** Where a help request stands. */
export const HELP_STATES = ['open', 'claimed', 'resolved'] as const;

/** Query of the help requests of an exam, newest first. */
export const helpQuerySchema = z.strictObject({
  limit: pageQuery.limit,
  cursor: pageQuery.cursor,
  state: z.enum(HELP_STATES).optional(),
  resolved: flagSchema.optional(),
  sessionId: idSchema.optional(),
});

/** A help request as staff see it. */
export const staffHelpRequestSchema = z
  .object({
    id: z.string(),
    sessionId: z.string(),
    examId: z.string(),
    student: studentSchema,
    reason: z.string(),
    at: instantSchema,
    state: z.enum(HELP_STATES),
    claimedBy: personSchema.nullable(),
    claimedAt: instantSchema.nullable(),
    resolvedBy: personSchema.nullable(),
    resolvedAt: instantSchema.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'StaffHelpRequest' });

/** A page of help requests. */
export const helpPageSchema = pageOf(staffHelpRequestSchema).meta({ id: 'HelpRequestPage' });

/** Body of a claim. */
export const helpClaimSchema = z
  .strictObject({ takeOver: z.boolean().optional().meta({ description: 'Take it from whoever has it.' }) })
  .meta({ id: 'HelpClaim' });

/** Body of the end of a help request. */
export const helpResolveSchema = z.strictObject({ note: textSchema(500).optional() }).meta({ id: 'HelpResolve' });

/** Query of what was noticed in an exam, newest first. */
export const incidentQuerySchema = z.strictObject({
  limit: pageQuery.limit,
  cursor: pageQuery.cursor,
  sessionId: idSchema.optional(),
  kind: textSchema(60, 1).optional(),
});

/** What was noticed of one kind in one session within one minute. */
export const incidentSchema = z
  .object({
    id: z.string(),
    sessionId: z.string(),
    student: studentSchema,
    kind: z.string(),
    severity: z.literal('info').meta({ description: 'The platform judges nobody: what it noticed is evidence for a person.' }),
    count: z.int(),
    firstAt: instantSchema,
    lastAt: instantSchema,
    detail: z.unknown().nullable().meta({ description: 'Of the last one; by the clock of the client where it holds times.' }),
  })
  .meta({ id: 'Incident' });

/** A page of incidents. */
export const incidentPageSchema = pageOf(incidentSchema).meta({ id: 'IncidentPage' });

/** An exam in numbers, for the monitor. */
export const sessionCountsSchema = z
  .object({
    assigned: z.int(),
    notStarted: z.int().meta({ description: 'Assigned students without any session.' }),
    active: z.int(),
    paused: z.int(),
    submitted: z.int(),
    expired: z.int(),
    terminated: z.int(),
    withdrawn: z.int(),
    offline: z.int().meta({ description: 'Open sessions whose page is not connected.' }),
    unacknowledged: z.int().meta({ description: 'Open sessions whose page has not shown the newest change yet.' }),
    withIncidents: z.int(),
    helpOpen: z.int(),
    helpClaimed: z.int(),
    streamPosition: z.string(),
  })
  .meta({ id: 'SessionCounts', description: 'Sessions by state; a second attempt is a session of its own.' });
