import type { z } from 'zod';

import { instant } from '#api/session-commands/present.ts';
import type { institutionSchema, ownReportSchema, reportFailuresSchema, reportSchema } from '#contracts/reports.ts';
import type { Institution } from '#db/reports/institution.ts';
import type { OwnReport } from '#db/reports/own.ts';
import type { ReportFile } from '#db/reports/rows.ts';
import type { ReportFailure } from '#db/reports/runs.ts';

/** A report for staff. */
export function presentReport(report: ReportFile): z.input<typeof reportSchema> {
  return {
    id: report.id,
    runId: report.runId,
    examId: report.examId,
    kind: report.kind,
    audience: report.audience,
    sessionId: report.sessionId,
    student: report.student,
    locale: report.locale as 'en' | 'de',
    fileName: report.fileName,
    sha256: report.sha256,
    size: report.sizeBytes,
    pages: report.pages,
    standard: report.standard,
    createdAt: instant(report.createdAtMs),
    expiresAt: instant(report.expiresAtMs),
  };
}

/** A report that could not be made, for staff. */
export function presentFailure({ reason, sessionId, student }: ReportFailure): z.input<typeof reportFailuresSchema>['items'][number] {
  return { sessionId, student, reason };
}

/** Where the report of an own result stands, for its student. */
export function presentOwnReport({ state, report }: OwnReport): z.input<typeof ownReportSchema> {
  return {
    state,
    report: report === null ? null : { locale: report.locale, fileName: report.fileName, size: report.sizeBytes, pages: report.pages, createdAt: instant(report.createdAtMs) },
  };
}

/** How the institution appears on reports and what its exams grade with. */
export function presentInstitution(institution: Institution): z.input<typeof institutionSchema> {
  const { name, colour, logoMediaId, address, footer, reportDays, letters, version } = institution;
  return { name, colour, logoMediaId, address, footer, reportDays, letters: letters.map(({ label, from }) => ({ label, from })), version };
}
