import type { z } from 'zod';

import type { userSchema } from '#contracts/people.ts';
import type { adminStatisticsSchema, examStatisticsSchema, itemsStatisticsSchema, statisticsExportQuery, studentStatisticsSchema } from '#contracts/statistics.ts';
import { address, request } from '#web/lib/http.ts';

/** Statistics of an exam. */
export type ExamStatistics = z.output<typeof examStatisticsSchema>;
/** Statistics of the items of an exam. */
export type ItemsStatistics = z.output<typeof itemsStatisticsSchema>;
/** Statistics of one item. */
export type ItemStatistics = ItemsStatistics['items'][number];
/** How a student did from exam to exam. */
export type StudentStatistics = z.output<typeof studentStatisticsSchema>;
/** The institution month by month. */
export type AdminStatistics = z.output<typeof adminStatisticsSchema>;
/** Why a value is null, or has to be read with care. */
export type Note = ExamStatistics['notes'][number];

/** Reads the statistics of an exam. */
export function loadExamStatistics(examId: string, signal: AbortSignal): Promise<ExamStatistics> {
  return request('GET', `/exams/${examId}/statistics`, { signal });
}

/** Reads the statistics of the items of an exam. */
export function loadItemStatistics(examId: string, signal: AbortSignal): Promise<ItemsStatistics> {
  return request('GET', `/exams/${examId}/statistics/items`, { signal });
}

/** Reads how a student did, and who that is. */
export async function loadStudent(userId: string, signal: AbortSignal): Promise<{ name: string | undefined; statistics: StudentStatistics }> {
  const [user, statistics] = await Promise.all([
    // teachers read the statistics of their students, but not every account
    request<z.output<typeof userSchema>>('GET', `/users/${userId}`, { signal }).catch(() => undefined),
    request<StudentStatistics>('GET', `/users/${userId}/statistics`, { signal }),
  ]);
  return { name: user?.name, statistics };
}

/** Reads the numbers of the institution. */
export function loadAdminStatistics(signal: AbortSignal): Promise<AdminStatistics> {
  return request('GET', '/admin/statistics', { signal });
}

/** Saves a file with the statistics of an exam; a CSV file holds one sheet. */
export async function saveExport(examId: string, format: 'csv' | 'xlsx', sheet?: z.output<typeof statisticsExportQuery>['sheet']): Promise<void> {
  // a download renews no login and shows no problem: this does both first
  await loadExamStatistics(examId, new AbortController().signal);
  const link = document.createElement('a');
  link.href = address(`/exams/${examId}/statistics/export`, { format, sheet });
  link.download = '';
  link.click();
}
