import { request } from '#web/lib/http.ts';

import type { Assignment, Exam, HelpRequest, Incident, MonitorRow, Named, Outage, Readiness, SessionCounts, TimeChange, TimeChangeDetail, TimelineEntry, Verdict } from './types.ts';

interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
  readonly total?: number;
  readonly streamPosition?: string;
}

/** Scope of a change as the API takes it. */
export type ApiScope = { all: true } | { batchIds: string[] } | { studentIds: string[] };

/** Body of a time change. */
export interface TimeChangeBody {
  kind: string;
  seconds?: number;
  scaled?: boolean;
  scope: ApiScope;
  reason: string;
}

const PAGE = 200;

async function readAll<Item>(path: string, query: Record<string, string | number | boolean | undefined>, signal?: AbortSignal): Promise<{ items: Item[]; streamPosition: string }> {
  const items: Item[] = [];
  let cursor: string | undefined;
  let position: string | undefined;
  do {
    const page = await request<Page<Item>>('GET', path, { query: { ...query, limit: PAGE, cursor }, ...(signal === undefined ? {} : { signal }) });
    items.push(...page.items);
    // the first page tells where to go on from: whatever happened while the others were read comes again
    position ??= page.streamPosition;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { items, streamPosition: position ?? '0' };
}

/** Reads an exam. */
export function readExam(examId: string): Promise<Exam> {
  return request('GET', `/exams/${examId}`);
}

/** Reads exams in a state, those that open first in front. */
export async function readExamsIn(state: 'open' | 'published', limit: number): Promise<Exam[]> {
  return (await request<Page<Exam>>('GET', '/exams', { query: { state, limit, sort: 'opensAt' } })).items;
}

/** Counts the sessions of an exam. */
export function readCounts(examId: string): Promise<SessionCounts> {
  return request('GET', `/exams/${examId}/session-counts`);
}

/** Reads every session of an exam, or those in which something happened since an instant. */
export function readSessions(examId: string, changedSinceMs?: number): Promise<{ items: MonitorRow[]; streamPosition: string }> {
  return readAll(`/exams/${examId}/sessions`, { changedSince: changedSinceMs === undefined ? undefined : new Date(changedSinceMs).toISOString() });
}

/** Reads everybody who is assigned to an exam. */
export async function readAssignments(examId: string): Promise<Assignment[]> {
  return (await readAll<Assignment>(`/exams/${examId}/assignments`, {})).items;
}

/** Reads the batches, by name. */
export async function readBatches(): Promise<Named[]> {
  return (await readAll<Named>('/batches', {})).items;
}

/** Reads the help requests that nobody has ended. */
export async function readHelp(examId: string): Promise<HelpRequest[]> {
  return (await readAll<HelpRequest>(`/exams/${examId}/help-requests`, { resolved: false })).items;
}

/** Takes care of a help request. @throws ApiProblem state-conflict when somebody else has it */
export function claimHelp(id: string, key: string, takeOver = false): Promise<HelpRequest> {
  return request('POST', `/help-requests/${id}/claim`, { body: takeOver ? { takeOver } : {}, key });
}

/** Ends a help request. */
export function resolveHelp(id: string, key: string, note?: string): Promise<HelpRequest> {
  return request('POST', `/help-requests/${id}/resolve`, { body: note === undefined || note === '' ? {} : { note }, key });
}

/** Reads the newest things that exam pages noticed, of one session or of all. */
export async function readIncidents(examId: string, sessionId?: string): Promise<Incident[]> {
  return (await request<Page<Incident>>('GET', `/exams/${examId}/incidents`, { query: { limit: 100, sessionId } })).items;
}

/** Reads the newest time changes. */
export async function readTimeChanges(examId: string): Promise<TimeChange[]> {
  return (await request<Page<TimeChange>>('GET', `/exams/${examId}/time-changes`, { query: { limit: 10 } })).items;
}

/** Reads what a time change did to each student. */
export function readTimeChange(examId: string, commandId: string): Promise<TimeChangeDetail> {
  return request('GET', `/exams/${examId}/time-changes/${commandId}`);
}

/** Changes the time of an exam, of a batch or of some. */
export function changeTime(examId: string, body: TimeChangeBody, key: string): Promise<Verdict> {
  return request('POST', `/exams/${examId}/time-changes`, { body, key });
}

/** Moves the window of an exam. */
export function moveWindow(examId: string, body: { localStart: string; localEnd: string; timeZone: string; reason: string }, key: string): Promise<Verdict> {
  return request('PUT', `/exams/${examId}/window`, { body, key });
}

/** Ends one session for good, for a reason. */
export function endSession(act: 'terminate' | 'withdraw', sessionId: string, reason: string, key: string): Promise<unknown> {
  return request('POST', `/sessions/${sessionId}/${act}`, { body: { reason }, key });
}

/** Writes to students who are writing. @returns to how many it was sent */
export async function sendMessage(examId: string, text: string, scope: ApiScope, key: string): Promise<number> {
  return (await request<{ recipients: number }>('POST', `/exams/${examId}/messages`, { body: { text, scope }, key })).recipients;
}

/** Reads what happened in a session, oldest first. */
export async function readTimeline(sessionId: string): Promise<TimelineEntry[]> {
  return (await readAll<TimelineEntry>(`/sessions/${sessionId}/timeline`, {})).items;
}

/** Outages during an exam that the platform noticed itself, newest first. */
export async function readOutages(examId: string): Promise<Outage[]> {
  return (await request<Page<Outage>>('GET', `/exams/${examId}/outages`)).items;
}

/** How the platform is; undefined when that can not be told. @throws when nobody answers */
export async function readReadiness(): Promise<Readiness | undefined> {
  const response = await fetch('/readyz', { cache: 'no-store', headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(8_000) });
  if (!(response.headers.get('Content-Type') ?? '').includes('json')) return undefined;
  const body = (await response.json()) as Partial<Readiness> | null;
  return body !== null && typeof body === 'object' && typeof body.status === 'string' ? (body as Readiness) : undefined;
}
