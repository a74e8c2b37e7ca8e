import { z } from 'zod';

import { flagSchema, idSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts';
import { RUN_STATES } from './runs.ts';

/** What a reviewer can say about a pair. */
const PAIR_STATES = ['open', 'confirmed', 'dismissed'] as const;

/** How strict a scan is. */
export const scanLevelSchema = z.number().min(1e-6).max(0.2)
  .meta({ description: 'Share of false pairs among the flagged ones that is accepted (Benjamini-Hochberg over all pairs of the exam).' });

/** What a scan looks at and how strict it is. */
export const scanParametersSchema = z.strictObject({
  level: scanLevelSchema.default(0.01),
  answers: z.boolean().default(true),
  text: z.boolean().default(true),
  timing: z.boolean().default(true),
  minContainment: z.number().min(0.05).max(1).default(0.3).meta({ description: 'Share of the shorter text from which on a pair is flagged for what stands word for word in both, if that is less likely than one in a hundred; any other flag follows the level.' }),
  commonSharePercent: z.number().min(1).max(100).default(10).meta({ description: 'Passages that more than this share of the students have in common are a common source.' }),
});

/** Body of a scan. */
export const scanInSchema = z.strictObject({ parameters: scanParametersSchema.prefault({}) }).meta({ id: 'PlagiarismScanInput' });

/** A scan with what it found, in numbers. */
export const scanSchema = z
  .object({
    runId: z.string(),
    examId: z.string(),
    state: z.enum(RUN_STATES),
    phase: z.enum(['plan', 'fingerprint', 'candidates', 'compare', 'cluster', 'done']),
    progress: z.object({ done: z.int(), failed: z.int(), total: z.int() }),
    parameters: scanParametersSchema,
    summary: z
      .object({
        sessions: z.int(),
        pairsPossible: z.int().meta({ description: 'All pairs of the exam: what p-values are adjusted for.' }),
        pairsCompared: z.int(),
        pairsStored: z.int(),
        flags: z.int(),
        clusters: z.int(),
        falsePositiveRate: z.number().meta({ description: 'Highest p-value that is flagged: the chance of a flag for one innocent pair.' }),
        expectedFalsePairs: z.number().meta({ description: 'Pairs that would be flagged if everybody had worked alone.' }),
      })
      .nullable(),
    computedAt: instantSchema.nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'PlagiarismScan' });

/** A page of the scans of an exam, newest first. */
export const scanPageSchema = pageOf(scanSchema).meta({ id: 'PlagiarismScanPage' });

const person = z.object({ id: z.string(), name: z.string() });
const side = z.object({ sessionId: z.string(), student: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }), attempt: z.int() });

/** Two sessions that are more alike than chance makes them. */
export const pairSchema = z
  .object({
    id: z.string(),
    runId: z.string(),
    a: side,
    b: side,
    score: z.number().meta({ description: 'What pairs are ranked by: 6 is as unlikely as one in a million.' }),
    p: z.number().nullable(),
    adjustedP: z.number().nullable(),
    flagged: z.boolean(),
    indices: z.object({
      answers: z
        .object({
          index: z.string(), identicalWrong: z.int(), expected: z.number(), sd: z.number(), z: z.number(), p: z.number(), longestRun: z.int(), identical: z.int(), common: z.int(),
          pWrong: z.number().optional().meta({ description: 'Chance of as many identical wrong answers (generalized binomial test).' }),
          expectedIdentical: z.number().optional().meta({ description: 'Identical answers, right or wrong, that chance explains.' }),
        })
        .nullable(),
      timing: z.object({ correlation: z.number().nullable(), p: z.number().optional(), orderCorrelation: z.number().nullable(), items: z.int(), within30s: z.int() }).nullable(),
      text: z
        .object({
          maxContainment: z.number(), fingerprints: z.int(), itemId: z.string(),
          neighbours: z.int().optional().meta({ description: 'Pairs of words near each other in both texts, in whatever words the rest is said.' }),
          expectedNeighbours: z.number().optional().meta({ description: 'What half of all pairs of texts about this question have less of.' }),
          p: z.number().optional().meta({ description: 'Chance of texts as alike by two who write alone.' }),
        })
        .nullable(),
    }),
    evidence: z.array(z.object({ kind: z.enum(['answers', 'run', 'timing', 'order', 'text']), text: z.string(), weight: z.number() })),
    clusterId: z.int().nullable(),
    state: z.enum(PAIR_STATES),
    note: z.string(),
    decidedBy: person.nullable(),
    decidedAt: instantSchema.nullable(),
    version: z.int(),
  })
  .meta({ id: 'PlagiarismPair' });

/** A page of pairs, the strongest first. */
export const pairPageSchema = pageOf(pairSchema).meta({ id: 'PlagiarismPairPage' });

/** Query of the pairs of a scan. */
export const pairQuerySchema = z.strictObject({
  limit: pageQuery.limit, cursor: pageQuery.cursor, state: z.enum(PAIR_STATES).optional(), flagged: flagSchema.optional(), minScore: z.coerce.number().min(0).max(1000).optional(),
  clusterId: z.coerce.number().int().optional(),
});

/** Groups of sessions that flagged pairs join. */
export const clusterPageSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.int(),
        sessions: z.array(side),
        edges: z.array(z.object({ pairId: z.string(), a: z.string(), b: z.string(), score: z.number(), state: z.enum(PAIR_STATES) })).meta({ description: '`a` and `b` are session ids.' }),
        maxScore: z.number(),
      }),
    ),
  })
  .meta({ id: 'PlagiarismClusters' });

const answerOf = z.object({
  response: z.unknown(),
  savedAt: instantSchema.nullable(),
  right: z.boolean().nullable(),
  place: z.int().nullable().meta({ description: 'Which answer it was in the order of saving, from 1.' }),
  earlier: z.array(z.unknown()).meta({ description: 'Answers before it, the oldest first, at questions where each save is a whole decision.' }),
  files: z.array(z.object({ id: z.string(), fileName: z.string(), sizeBytes: z.int(), same: z.boolean().meta({ description: 'The other one handed in the same bytes.' }) })),
  fileText: z.string().nullable().meta({ description: 'What stands in the files, as far as they are texts; `ranges` count in it.' }),
});
const range = z.object({ aFrom: z.int(), aTo: z.int(), bFrom: z.int(), bTo: z.int() });

/** What a student was told about a confirmed pair, for staff. */
export const noticeSchema = z
  .object({
    id: z.string(),
    sessionId: z.string(),
    text: z.string(),
    by: person.nullable(),
    at: instantSchema,
    readAt: instantSchema.nullable(),
    withdrawnAt: instantSchema.nullable().meta({ description: 'When the confirmation was taken back.' }),
  })
  .meta({ id: 'PlagiarismNotice' });

/** Both sessions side by side. */
export const pairDetailSchema = z
  .object({
    pair: pairSchema,
    items: z.array(
      z.object({
        itemId: z.string(),
        number: z.int(),
        type: z.string(),
        text: z.object({ format: z.string(), value: z.string() }),
        options: z.array(z.object({ id: z.string(), text: z.string() })),
        key: z.unknown(),
        match: z.enum(['identical-right', 'identical-wrong', 'different', 'one-blank', 'both-blank', 'text', 'same-files']),
        share: z.number().nullable().meta({ description: 'Share of the students who answered the question and gave this same answer.' }),
        changeShare: z.number().nullable().meta({ description: 'Share of the students who answered the question and last changed their answer as both did, from the same to the same one; null: no such change.' }),
        containment: z.number().nullable().meta({ description: 'Share of the shorter text that stands in the other one.' }),
        a: answerOf,
        b: answerOf,
        ranges: z.array(range).meta({ description: 'Matched passages, in characters of the texts of a and b.' }),
      }),
    ),
    history: z.array(z.object({ state: z.enum(PAIR_STATES), note: z.string(), by: person.nullable(), at: instantSchema })),
    notices: z.array(noticeSchema).meta({ description: 'What the students were told, the oldest first.' }),
    incidents: z.array(z.string()).meta({ description: 'Sessions whose record has the pair as an incident.' }),
  })
  .meta({ id: 'PlagiarismPairDetail' });

/** Body of a decision; `version` is the one that was looked at. */
export const pairDecisionSchema = z
  .strictObject({ state: z.enum(PAIR_STATES), note: textSchema(2_000).default(''), version: z.int().min(1) })
  .meta({ id: 'PlagiarismDecision' });

/** Body of a message to one student of a confirmed pair; `version` is the decision that was looked at. */
export const noticeInSchema = z.strictObject({ sessionId: idSchema, text: textSchema(4_000, 1).refine((text) => text.trim() !== '', 'must say something'), version: z.int().min(1) }).meta({ id: 'PlagiarismNoticeInput' });

/** Body of an incident; `version` is the decision that was looked at. */
export const incidentInSchema = z.strictObject({ version: z.int().min(1) }).meta({ id: 'PlagiarismIncidentInput' });

/** Messages of staff about the own answers, the newest first. */
export const ownNoticesSchema = z
  .object({
    items: z.array(z.object({
      id: z.string(), sessionId: z.string(), examId: z.string(), examTitle: z.string(), text: z.string(), at: instantSchema,
      readAt: instantSchema.nullable(), withdrawnAt: instantSchema.nullable(),
    })),
  })
  .meta({ id: 'OwnNotices' });

/** Path of an own message. */
export const ownNoticeParams = z.strictObject({ noticeId: idSchema });

/** Path of a scan. */
export const scanParams = z.strictObject({ runId: idSchema });
/** Path of a pair. */
export const pairParams = z.strictObject({ pairId: idSchema });
