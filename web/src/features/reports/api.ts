import type { z } from 'zod';

import type { reportFailuresSchema, reportPageSchema, reportSchema } from '#contracts/reports.ts';
import type { runPageSchema, runSchema } from '#contracts/runs.ts';
import { request } from '#web/lib/http.ts';

/** A report that was made. */
export type Report = z.output<typeof reportSchema>;
/** Long work. */
export type Run = z.output<typeof runSchema>;
/** What a report is about, and whom one about a student is for. */
export type ReportChoice = 'student-staff' | 'student-student' | Exclude<Report['kind'], 'student'>;

/** A page of reports. */
export type ReportPage = z.output<typeof reportPageSchema>;
/** A report that could not be made. */
export type Failure = z.output<typeof reportFailuresSchema>['items'][number];
/** Which reports are listed. */
export interface ReportFilter {
  readonly examId: string;
  readonly kind: Report['kind'] | undefined;
  readonly q: string;
}

const PAGE = 200;

/** One page of the reports of an exam, newest first. */
export function loadReports({ examId, kind, q }: ReportFilter, cursor: string | undefined, signal: AbortSignal): Promise<ReportPage> {
  return request('GET', `/exams/${examId}/reports`, { query: { limit: PAGE, kind, q, cursor }, signal });
}

/** The run that was asked for last; undefined without one. */
export async function loadLastRun(examId: string, signal: AbortSignal): Promise<Run | undefined> {
  const { items } = await request<z.output<typeof runPageSchema>>('GET', `/exams/${examId}/report-runs`, { query: { limit: 1 }, signal });
  return items[0];
}

/** What a run could not make. */
export async function loadFailures(runId: string, signal: AbortSignal): Promise<readonly Failure[]> {
  return (await request<z.output<typeof reportFailuresSchema>>('GET', `/runs/${runId}/report-failures`, { signal })).items;
}

/** Has reports made. */
export function makeReports(examId: string, choice: ReportChoice, locale: Report['locale'], key: string): Promise<Run> {
  const body = choice === 'student-staff' || choice === 'student-student'
    ? { kind: 'student', audience: choice === 'student-student' ? 'student' : 'staff', all: true, locale }
    : { kind: choice, locale };
  return request('POST', `/exams/${examId}/reports`, { body, key });
}

/** Has one report made anew. */
export function remakeReport(reportId: string, key: string): Promise<Run> {
  return request('POST', `/reports/${reportId}/regenerate`, { body: {}, key });
}

/** Deletes a report. */
export function deleteReport(reportId: string): Promise<void> {
  return request('DELETE', `/reports/${reportId}`);
}

/** How far a run is. */
export function loadRun(runId: string): Promise<Run> {
  return request('GET', `/runs/${runId}`);
}

/** What can be done with a run. */
export type RunAct = 'pause' | 'resume' | 'cancel' | 'retry';

/** Pauses, resumes, cancels or retries a run. */
export function actOnRun(runId: string, act: RunAct, key: string): Promise<Run> {
  return request('POST', `/runs/${runId}/${act}`, { body: {}, key });
}
