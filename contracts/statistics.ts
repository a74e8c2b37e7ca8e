import type { ItemFlag } from '#domain/statistics/flags.ts';
import type { Reason } from '#domain/statistics/reasons.ts';
import { z } from 'zod';

import { decimalSchema, instantSchema } from './common.ts';
import { questionTypeSchema } from './questions.ts';

const reasonOfNote = z.enum([
  'no-data', 'too-few-sessions', 'too-few-items', 'zero-variance', 'no-points', 'not-dichotomous', 'different-items', 'negative-covariance', 'no-times', 'no-answers', 'item-without-variance', 'items-never-together',
  'negative-reliability', 'not-converged', 'no-pass-mark',
]) satisfies z.ZodType<Reason>;
const itemFlag = z.enum([
  'negative-discrimination', 'low-discrimination', 'too-easy', 'too-hard', 'often-omitted', 'distractor-unused', 'distractor-beats-key',
]) satisfies z.ZodType<ItemFlag>;

const figure = z.number().nullable();
const ratio = z.number().nullable();

const notesSchema = z
  .array(z.object({ value: z.string().meta({ description: 'Path of the value that is null or to be read with care, such as "reliability.kr20".' }), reason: reasonOfNote }))
  .meta({ description: 'Why values are null, or how they are to be read.' });

const definitionsSchema = z.record(z.string(), z.string()).meta({ description: 'How each figure is defined, by its path.' });

/** Mean, spread and shape of some scores; every definition is named. */
const distributionSchema = z.object({
  unit: z.literal('percent'),
  n: z.int(),
  mean: figure,
  median: figure,
  sd: figure.meta({ description: 'Of a sample: divided by n - 1.' }),
  sdPopulation: figure.meta({ description: 'Of a population: divided by n.' }),
  min: figure,
  max: figure,
  quartiles: z.object({ definition: z.literal('R type 7'), q1: figure, q2: figure, q3: figure }),
  skewness: z.object({ definition: z.literal('G1'), value: figure, g1: figure.meta({ description: 'Of a population: m3 / m2^1.5.' }) }),
  kurtosis: z.object({ definition: z.literal('G2 (excess)'), value: figure, g2: figure.meta({ description: 'Of a population, excess: m4 / m2^2 - 3.' }) }),
  standardErrorOfMean: figure,
  histogram: z.array(z.int()).meta({ description: 'Sessions in 20 steps of 5 %; below 0 is in the first, 100 % in the last.' }),
});

const reliabilitySchema = z.object({
  items: z.int().meta({ description: 'Items that it is about.' }),
  cronbachAlpha: figure.meta({ description: 'Raw; pairwise covariances where students had different items. May be below 0.' }),
  standardizedAlpha: figure.meta({ description: 'As if all items varied alike: from the mean correlation between items.' }),
  kr20: figure.meta({ description: 'Only when every item was either right or wrong.' }),
  sem: figure.meta({ description: 'Standard error of measurement in points: sd x sqrt(1 - alpha).' }),
  semPercent: figure.meta({ description: 'The same in percent of what can be had.' }),
  sdPoints: figure,
  meanInterItemCorrelation: figure,
});

const completionSchema = z.object({
  assigned: z.int(),
  started: z.int().meta({ description: 'Students with a session.' }),
  finished: z.int().meta({ description: 'Closed sessions without the withdrawn ones.' }),
  submitted: z.int(),
  expired: z.int(),
  terminated: z.int(),
  withdrawn: z.int(),
  meanMinutes: figure.meta({ description: 'From start to end without pauses, of finished sessions.' }),
  medianMinutes: figure,
  meanOmitted: figure.meta({ description: 'Items left without an answer per counted session.' }),
});

const batchSchema = z.object({
  batchId: z.string(),
  name: z.string(),
  n: z.int(),
  mean: figure,
  sd: figure,
  median: figure,
  quartiles: z.object({ q1: figure, q3: figure }),
  min: figure,
  max: figure,
  passRate: ratio,
  effectSize: figure.meta({ description: "Cohen's d of this batch against all others." }),
});

const modelSchema = z.object({
  n: z.int(),
  items: z.int(),
  iterations: z.int(),
  nodes: z.int().meta({ description: 'Quadrature points, equally spaced from -8 to 8.' }),
  logLikelihood: z.number(),
});

const irtSchema = z.object({
  rasch: modelSchema.extend({ method: z.literal('MML-EM'), abilitySd: z.number().meta({ description: 'On the scale on which every item has the slope 1.' }) }).nullable(),
  twoPl: modelSchema.extend({ method: z.literal('MML-EM') }).nullable(),
});

/** The statistics of an exam. */
export const examStatisticsSchema = z
  .object({
    examId: z.string(),
    title: z.string(),
    computedAt: instantSchema.meta({ description: 'Kept up to 60 s.' }),
    sessions: z.object({ closed: z.int(), counted: z.int(), graded: z.int().meta({ description: 'Counted and completely marked: what everything here is about.' }), pending: z.int() }),
    items: z.int(),
    distribution: distributionSchema,
    reliability: reliabilitySchema,
    completion: completionSchema,
    passPercent: figure,
    passRate: ratio,
    byBatch: z.array(batchSchema),
    irt: irtSchema,
    notes: notesSchema,
    definitions: definitionsSchema,
  })
  .meta({ id: 'ExamStatistics' });

const optionSchema = z.object({
  optionId: z.string(),
  text: z.string(),
  isKey: z.boolean(),
  count: z.int(),
  share: ratio.meta({ description: 'Of the students who had the item.' }),
  byGroup: z.object({ lower: ratio, middle: ratio, upper: ratio }).meta({ description: 'Share of each group that chose it.' }),
  correlation: figure.meta({ description: 'Point-biserial of choosing it with the points of the rest of the exam.' }),
});

const estimateSchema = z.object({ difficulty: z.number(), se: figure });

/** The statistics of one item. */
const itemStatisticsSchema = z
  .object({
    itemId: z.string(),
    questionId: z.string(),
    number: z.int().meta({ description: 'Place in the exam as it was written, from 1; students may have seen another order.' }),
    section: z.string(),
    type: questionTypeSchema,
    text: z.string().meta({ description: 'Beginning of the text, plain.' }),
    maxPoints: decimalSchema,
    n: z.int().meta({ description: 'Counted sessions that had the item.' }),
    omitted: z.int(),
    meanPoints: figure,
    facility: ratio.meta({ description: 'Mean points / most points.' }),
    facilityAnswered: ratio.meta({ description: 'The same of the students who answered it.' }),
    sd: figure.meta({ description: 'Of the points, divided by n - 1.' }),
    discrimination: z.object({
      upperLower27: figure.meta({ description: 'Facility of the best 27 % minus the one of the last 27 %, by total points.' }),
      upperLowerCut27: figure.meta({ description: 'The same with all at or above the 73rd and all at or below the 27th percentile of the totals.' }),
      itemRest: figure.meta({ description: 'Pearson correlation with the points of the other items.' }),
      itemTotal: figure.meta({ description: 'Pearson correlation with the total, the item included.' }),
      pointBiserial: figure.meta({ description: 'The item-total correlation where the item is either right or wrong, else null.' }),
    }),
    discriminativeEfficiency: ratio.meta({ description: 'Covariance with the other items / the largest that these marks allow; 1 is 100 %.' }),
    intendedWeight: ratio,
    effectiveWeight: ratio,
    alphaIfDeleted: figure,
    medianSeconds: figure.meta({ description: 'Median over sessions of the time between the save before and each save of this item; sessions with pauses or re-openings are left out.' }),
    timedSessions: z.int(),
    flags: z.array(itemFlag),
    groups: z.object({ lower: z.int(), middle: z.int(), upper: z.int() }).meta({ description: 'Students in the groups of the table: 27, 46 and 27 %.' }),
    options: z.array(optionSchema).nullable().meta({ description: 'For choices and true-false.' }),
    irt: z
      .object({
        rasch: estimateSchema.nullable(),
        twoPl: estimateSchema.extend({ discrimination: z.number(), discriminationSe: figure }).nullable(),
      })
      .nullable(),
    notes: notesSchema,
  })
  .meta({ id: 'ItemStatistics' });

/** The statistics of the items of an exam. */
export const itemsStatisticsSchema = z
  .object({ examId: z.string(), computedAt: instantSchema, sessions: z.int(), items: z.array(itemStatisticsSchema), definitions: definitionsSchema })
  .meta({ id: 'ItemsStatistics' });

/** How a student did from exam to exam, with the average of the others. */
export const studentStatisticsSchema = z
  .object({
    studentId: z.string(),
    computedAt: instantSchema,
    exams: z.array(z.object({
      examId: z.string(),
      title: z.string(),
      at: instantSchema.meta({ description: 'When the counted attempt ended.' }),
      percent: z.number(),
      passed: z.boolean().nullable(),
      classMean: figure.meta({ description: 'Null for students while fewer than 5 results count.' }),
      classN: z.int(),
    })).meta({ description: 'Oldest first.' }),
    meanPercent: figure,
    meanDifference: figure.meta({ description: 'Mean of percent minus class mean.' }),
  })
  .meta({ id: 'StudentStatistics' });

/** The institution in numbers, month by month. */
export const adminStatisticsSchema = z
  .object({
    computedAt: instantSchema,
    totals: z.object({
      exams: z.int(),
      sessions: z.int(),
      students: z.int(),
      graded: z.int(),
      meanPercent: figure.meta({ description: 'Of the attempts that count and are completely marked, after moderation.' }),
      passRate: ratio.meta({ description: 'Of those, in exams with a pass mark.' }),
    }),
    months: z.array(z.object({
      month: z.string().regex(/^\d{4}-\d\d$/).meta({ description: 'UTC, by the start of the sessions.' }),
      exams: z.int(),
      sessions: z.int(),
      students: z.int(),
      graded: z.int(),
      meanPercent: figure,
      passRate: ratio,
    })).meta({ description: 'The last 12 months, oldest first, empty ones included.' }),
  })
  .meta({ id: 'AdminStatistics' });

/** Query of the export; a CSV file holds one of the sheets. */
export const statisticsExportQuery = z.strictObject({
  format: z.enum(['csv', 'xlsx']).default('xlsx'),
  sheet: z.enum(['summary', 'items', 'distractors', 'students', 'batches', 'definitions']).default('items').meta({ description: 'For CSV; XLSX holds all of them.' }),
});
