import { z } from 'zod';

import { idSchema, instantSchema } from './common.ts';

/** Largest response to one item, bytes of JSON. */
export const RESPONSE_LIMIT_BYTES = 256 * 1024;

/** Largest batch of answers: items and bytes. */
export const ANSWER_BATCH_LIMIT = 200;
export const ANSWER_BATCH_LIMIT_BYTES = 2 * 1024 * 1024;

const responseSchema = z.json().meta({ description: 'By the type of the item; null clears the answer.' });
const clientIdSchema = idSchema.meta({ description: 'One UUID per open window.' }).nullable().optional();
const clientSeqSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER).meta({ description: 'Grows within one clientId.' });
const baseRevisionSchema = z.int().min(0).max(2_147_483_647).nullable().optional().meta({ description: 'Revision that the window last knew; 0 = none.' });

/** Body of one save. */
export const answerSaveSchema = z
  .strictObject({ response: responseSchema, clientId: clientIdSchema, clientSeq: clientSeqSchema, baseRevision: baseRevisionSchema })
  .meta({ id: 'AnswerSave' });

/** Body of a batch of saves; of one item the last counts. */
export const answerBatchSchema = z
  .strictObject({
    clientId: clientIdSchema,
    answers: z
      .array(z.strictObject({ itemId: idSchema, response: responseSchema, clientSeq: clientSeqSchema, baseRevision: baseRevisionSchema }))
      .min(1)
      .max(ANSWER_BATCH_LIMIT),
  })
  .meta({ id: 'AnswerBatch' });

/** The stored answer that a stale save met. */
export const currentAnswerSchema = z
  .object({ revision: z.int(), response: z.json(), savedAt: instantSchema })
  .meta({ id: 'CurrentAnswer' });

/** An acknowledged save: it is committed. */
export const answerSavedSchema = z
  .object({
    itemId: idSchema,
    revision: z.int(),
    savedAt: instantSchema,
    deadlineAt: instantSchema,
    sessionVersion: z.int(),
    serverTime: instantSchema,
  })
  .meta({ id: 'AnswerSaved' });

/** Verdict on each answer of a batch. */
export const answerBatchSavedSchema = z
  .object({
    results: z.array(
      z.union([
        z.object({ itemId: idSchema, ok: z.literal(true), revision: z.int(), savedAt: instantSchema }),
        z.object({ itemId: idSchema, ok: z.literal(false), code: z.string(), current: currentAnswerSchema.optional() }),
      ]),
    ),
    deadlineAt: instantSchema,
    sessionVersion: z.int(),
    serverTime: instantSchema,
  })
  .meta({ id: 'AnswerBatchSaved' });
