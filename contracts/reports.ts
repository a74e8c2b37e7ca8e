import { z } from 'zod';

import { decimalSchema, idSchema, instantSchema, pageOf, pageQuery, textSchema, timeZoneSchema } from './common.ts';
import { bandsIn } from './grade-scales.ts';

/** What a report is about. */
export const REPORT_KINDS = ['student', 'class', 'item-analysis', 'incidents', 'close-out', 'plagiarism'] as const;
/** Whom a report is written for: a student gets what the exam shows, staff everything. */
export const REPORT_AUDIENCES = ['student', 'staff'] as const;
/** Languages that reports are written in. */
export const REPORT_LOCALES = ['en', 'de'] as const;
/** Sessions that one request can name. */
const MAX_SESSIONS = 2_000;

const options = {
  locale: z.enum(REPORT_LOCALES).default('en'),
  timeZone: timeZoneSchema.optional().meta({ description: 'Of the times in the report; the zone of the exam when absent.' }),
};

/** Body of a request for reports. */
export const reportRunInSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('student'),
      audience: z.enum(REPORT_AUDIENCES).default('staff'),
      all: z.literal(true).optional().meta({ description: 'Every session that is closed and graded.' }),
      sessionIds: z.array(idSchema).min(1).max(MAX_SESSIONS).optional(),
      ...options,
    }),
    z.strictObject({ kind: z.enum(['class', 'item-analysis', 'incidents', 'close-out']), ...options }),
    z.strictObject({ kind: z.literal('plagiarism'), scanId: idSchema.optional().meta({ description: 'A plagiarism scan of the exam; the newest that is finished when absent.' }), ...options }),
  ])
  .refine((body) => body.kind !== 'student' || (body.all === true) !== (body.sessionIds !== undefined), { message: 'name either all or sessionIds', path: ['sessionIds'] })
  .meta({ id: 'ReportRunInput' });

/** A report that was made. */
export const reportSchema = z
  .object({
    id: z.string(),
    runId: z.string().nullable(),
    examId: z.string(),
    kind: z.enum(REPORT_KINDS),
    audience: z.enum(REPORT_AUDIENCES),
    sessionId: z.string().nullable(),
    student: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }).nullable(),
    locale: z.string(),
    fileName: z.string(),
    sha256: z.string(),
    size: z.int(),
    pages: z.int(),
    standard: z.enum(['ua-1', 'tagged']).meta({ description: 'ua-1: PDF/UA-1. tagged: a sign had no glyph in any font here, so the file is tagged but not PDF/UA-1.' }),
    createdAt: instantSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'Report' });

/** Query of the report of an own result. */
export const ownReportQuerySchema = z.strictObject({ locale: z.enum(REPORT_LOCALES).optional().meta({ description: 'In this language; any when absent.' }) });

/** Body of a student's wish for the report of an own result. */
export const ownReportInSchema = z.strictObject(options).meta({ id: 'OwnReportInput' });

/** Where the report of an own result stands. */
export const ownReportSchema = z
  .object({
    state: z.enum(['none', 'making', 'ready', 'failed']).meta({ description: 'none: not asked for yet, or what it would show has changed since.' }),
    report: z.object({ locale: z.string(), fileName: z.string(), size: z.int(), pages: z.int(), createdAt: instantSchema }).nullable().meta({ description: 'Once it is ready.' }),
  })
  .meta({ id: 'OwnReport' });

/** The reports that a run could not make. */
export const reportFailuresSchema = z
  .object({ items: z.array(z.object({ sessionId: z.string().nullable(), student: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }).nullable(), reason: z.string() })) })
  .meta({ id: 'ReportFailures' });

/** Query of the reports of an exam, newest first. */
export const reportQuerySchema = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor, kind: z.enum(REPORT_KINDS).optional(), runId: idSchema.optional(), q: pageQuery.q.meta({ description: 'In the name or number of the student.' }) });

/** A page of reports. */
export const reportPageSchema = pageOf(reportSchema).meta({ id: 'ReportPage' });

/** How the institution appears on reports and what its exams grade with, for changing it. */
export const institutionInSchema = z
  .strictObject({
    name: textSchema(200),
    colour: z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as "#1f4fd8"').meta({ description: 'Contrast with white at least 4.5:1.' }),
    logoMediaId: idSchema.nullable().meta({ description: 'A PNG or JPEG of at most 1 MB that was uploaded by POST /media.' }),
    address: textSchema(400).meta({ description: 'Stands below the name at the beginning of a report; lines are kept.' }),
    footer: textSchema(300).meta({ description: 'Stands at the foot of every page.' }),
    reportDays: z.int().min(1).max(3650).meta({ description: 'How long reports are kept.' }),
    letters: bandsIn.meta({ description: 'Letters and the lowest percent of each. Exams that are published from now on grade with them unless they have a scale of their own.' }),
  })
  .meta({ id: 'InstitutionInput' });

/** How the institution appears on reports and what its exams grade with. */
export const institutionSchema = institutionInSchema
  .extend({ logoMediaId: z.string().nullable(), letters: z.array(z.object({ label: z.string(), from: decimalSchema })), version: z.int() })
  .meta({ id: 'Institution' });
