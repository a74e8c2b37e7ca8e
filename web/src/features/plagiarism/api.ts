import type { z } from 'zod';

import type { clusterPageSchema, pairDetailSchema, pairPageSchema, pairSchema, scanPageSchema, scanParametersSchema, scanSchema } from '#contracts/plagiarism.ts';
import { request } from '#web/lib/http.ts';

/** A scan with what it found in numbers. */
export type Scan = z.output<typeof scanSchema>;
/** What a scan looks at and how strict it is. */
export type ScanParameters = z.output<typeof scanParametersSchema>;
/** Two sessions that are more alike than chance makes them. */
export type Pair = z.output<typeof pairSchema>;
/** A page of pairs. */
export type PairPage = z.output<typeof pairPageSchema>;
/** Both sessions of a pair side by side. */
export type PairDetail = z.output<typeof pairDetailSchema>;
/** One question of it. */
export type PairItem = PairDetail['items'][number];
/** What a student was told. */
export type PairNotice = PairDetail['notices'][number];
/** A group of sessions that flagged pairs join. */
export type Cluster = z.output<typeof clusterPageSchema>['items'][number];
/** What a reviewer can say about a pair. */
export type PairState = Pair['state'];

/** The newest scans of an exam. */
export async function loadScans(examId: string, signal?: AbortSignal): Promise<Scan[]> {
  return (await request<z.output<typeof scanPageSchema>>('GET', `/exams/${examId}/plagiarism-scans`, { query: { limit: 20 }, ...(signal === undefined ? {} : { signal }) })).items;
}

/** Starts a scan. */
export function startScan(examId: string, parameters: ScanParameters, key: string): Promise<unknown> {
  return request('POST', `/exams/${examId}/plagiarism-scans`, { body: { parameters }, key });
}

/** The pairs of a scan, the strongest first. */
export function loadPairs(runId: string, query: { state?: PairState | undefined; flagged?: boolean | undefined; clusterId?: number | undefined }, cursor: string | undefined, signal: AbortSignal): Promise<PairPage> {
  return request('GET', `/plagiarism-scans/${runId}/pairs`, { query: { limit: 50, cursor, ...query }, signal });
}

/** The groups of a scan. */
export async function loadClusters(runId: string, signal: AbortSignal): Promise<Cluster[]> {
  return (await request<z.output<typeof clusterPageSchema>>('GET', `/plagiarism-scans/${runId}/clusters`, { signal })).items;
}

/** Both sessions of a pair side by side. */
export function loadPair(pairId: string, signal: AbortSignal): Promise<PairDetail> {
  return request('GET', `/plagiarism-pairs/${pairId}`, { signal });
}

/** Says what a person thinks of a pair. */
export function decide(pairId: string, body: { state: PairState; note: string; version: number }, key: string): Promise<unknown> {
  return request('POST', `/plagiarism-pairs/${pairId}/decision`, { body, key });
}

/** Tells one student of a confirmed pair what a person wrote. */
export function tellStudent(pairId: string, body: { sessionId: string; text: string; version: number }, key: string): Promise<unknown> {
  return request('POST', `/plagiarism-pairs/${pairId}/notices`, { body, key });
}

/** Puts a confirmed pair into the record of both sessions. */
export function recordIncident(pairId: string, version: number, key: string): Promise<unknown> {
  return request('POST', `/plagiarism-pairs/${pairId}/incident`, { body: { version }, key });
}

/** Asks for the PDF report of a scan. */
export function makeScanReport(examId: string, scanId: string, locale: 'en' | 'de', key: string): Promise<unknown> {
  return request('POST', `/exams/${examId}/reports`, { body: { kind: 'plagiarism', scanId, locale }, key });
}
