import type { z } from 'zod';

import type { reportPageSchema, reportSchema } from '#contracts/reports.ts';
import type { runSchema } from '#contracts/runs.ts';
import { request } from '#web/lib/http.ts';

/** A report that was made. */
export type Report = z.output<typeof reportSchema>;
/** Long work. */
export type Run = z.output<typeof runSchema>;
/** What a report is about, and whom one about a student is for. */
export type ReportChoice = 'student-staff' | 'student-student' | Exclude<Report['kind'], 'student'>;

const NEWEST = 200;

/** The newest reports of an exam, and whether there are more. */
export async function loadReports(examId: string, signal: AbortSignal): Promise<{ reports: readonly Report[]; more: boolean }> {
  const page = await request<z.output<typeof reportPageSchema>>('GET', `/exams/${examId}/reports`, { query: { limit: NEWEST }, signal });
  return { reports: page.items, more: page.nextCursor !== null };
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
