import { z } from 'zod';

import { instantSchema, pageOf, pageQuery } from './common.ts';

/** Where a run stands. */
export const RUN_STATES = ['queued', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;

/** Long work: how far it is. */
export const runSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    examId: z.string().nullable(),
    state: z.enum(RUN_STATES),
    progress: z.object({ done: z.int(), failed: z.int(), total: z.int() }),
    detail: z.string().nullable(),
    createdAt: instantSchema,
    startedAt: instantSchema.nullable(),
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Run' });

/** Body of a grading run: all closed sessions of the exam, or those without a grade of their last hand-in. */
export const gradingRunInSchema = z.strictObject({ only: z.enum(['all', 'ungraded']).default('all') }).meta({ id: 'GradingRunInput' });

/** Query of a list of runs, newest first. */
export const runQuerySchema = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor });

/** A page of runs. */
export const runPageSchema = pageOf(runSchema).meta({ id: 'RunPage' });
