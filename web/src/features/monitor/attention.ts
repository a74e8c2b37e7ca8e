import { isOffline, isOpen, leftMs } from './student.ts';
import type { HelpRequest, Incident, Student } from './types.ts';

/** A session without a connection for longer than this needs somebody. */
export const LONG_OFFLINE_MS = 2 * 60_000;
/** A pause that is older than this may have been forgotten. */
export const LONG_PAUSE_MS = 5 * 60_000;
/** What was noticed longer ago is history. */
const INCIDENT_MS = 15 * 60_000;
/** So many in the same minute are one cause. */
const FOLD_FROM = 3;
const MINUTE_MS = 60_000;

/** Something that waits for a person. */
export type AttentionItem = {
  readonly id: string;
  /** `act`: nobody has it and time runs; `attention`: to look at; `theirs`: somebody else is at it. */
  readonly urgency: 'act' | 'attention' | 'theirs';
  readonly sinceMs: number;
} & (
  | { readonly kind: 'help'; readonly help: HelpRequest; readonly student: Student | undefined; readonly isMine: boolean }
  | { readonly kind: 'offline'; readonly students: readonly Student[]; readonly leftMs: number }
  | { readonly kind: 'paused'; readonly students: readonly Student[] }
  | { readonly kind: 'incident'; readonly name: string; readonly students: readonly Student[]; readonly count: number }
);

/** What the queue is made of. */
export interface Scene {
  readonly students: Iterable<Student>;
  readonly help: readonly HelpRequest[];
  readonly incidents: readonly Pick<Incident, 'id' | 'sessionId' | 'kind' | 'count' | 'lastAt'>[];
  readonly find: (key: string) => Student | undefined;
  readonly me: string;
  readonly nowMs: number;
}

/** Who needs somebody: what I have taken on, then the most urgent. What has one cause in many sessions is one item. */
export function attentionQueue(scene: Scene): AttentionItem[] {
  const offline: Student[] = [];
  const paused: Student[] = [];
  for (const student of scene.students) {
    if (student.state === 'active' && isOffline(student) && scene.nowMs - (student.offlineSinceMs ?? scene.nowMs) > LONG_OFFLINE_MS && (leftMs(student, scene.nowMs) ?? 0) > 0) offline.push(student);
    if (student.state === 'paused' && student.pausedAtMs !== null && scene.nowMs - student.pausedAtMs > LONG_PAUSE_MS) paused.push(student);
  }
  const items = [
    ...scene.help.filter(({ state }) => state !== 'resolved').map((help) => helpItem(help, scene)),
    ...together(offline, ({ offlineSinceMs }) => offlineSinceMs ?? 0).map((students): AttentionItem => ({
      id: `offline ${students[0]!.key}`, kind: 'offline', urgency: 'act', sinceMs: Math.min(...students.map(({ offlineSinceMs }) => offlineSinceMs ?? 0)), students,
      leftMs: Math.min(...students.map((student) => leftMs(student, scene.nowMs) ?? 0)),
    })),
    ...together(paused, ({ pausedAtMs }) => pausedAtMs ?? 0).map((students): AttentionItem => ({
      id: `paused ${students[0]!.key}`, kind: 'paused', urgency: 'attention', sinceMs: Math.min(...students.map(({ pausedAtMs }) => pausedAtMs ?? 0)), students,
    })),
    ...incidentItems(scene),
  ];
  return items.sort((a, b) => place(a) - place(b) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.sinceMs - b.sinceMs);
}

const URGENCY = ['act', 'attention', 'theirs'] as const;

// what somebody has taken on stays under their eyes until it is done
function place(item: AttentionItem): number {
  return item.kind === 'help' && item.isMine ? -1 : URGENCY.indexOf(item.urgency);
}

const KINDS = ['help', 'offline', 'paused', 'incident'] as const;

function helpItem(help: HelpRequest, { find, me }: Scene): AttentionItem {
  const isMine = help.claimedBy?.id === me;
  const student = find(help.sessionId);
  // whose exam is over waits for an answer, but no clock runs
  const isUrgent = student === undefined || isOpen(student);
  const urgency = help.claimedBy === null ? (isUrgent ? 'act' : 'attention') : isMine ? 'attention' : 'theirs';
  return { id: `help ${help.id}`, kind: 'help', urgency, sinceMs: Date.parse(help.at), help, student, isMine };
}

/** Groups students to whom it happened within the same minute; few of them stay apart. */
function together(students: readonly Student[], atMs: (student: Student) => number): Student[][] {
  const sorted = [...students].sort((a, b) => atMs(a) - atMs(b));
  const groups: Student[][] = [];
  for (const student of sorted) {
    const last = groups.at(-1);
    if (last !== undefined && atMs(student) - atMs(last[0]!) < MINUTE_MS) last.push(student);
    else groups.push([student]);
  }
  return groups.flatMap((group) => (group.length >= FOLD_FROM ? [group] : group.map((student) => [student])));
}

function incidentItems({ incidents, find, nowMs }: Scene): AttentionItem[] {
  const byKind = new Map<string, { students: Map<string, Student>; count: number; sinceMs: number }>();
  for (const incident of incidents) {
    const atMs = Date.parse(incident.lastAt);
    const student = find(incident.sessionId);
    if (student === undefined || !isOpen(student) || nowMs - atMs > INCIDENT_MS) continue;
    const known = byKind.get(incident.kind) ?? { students: new Map<string, Student>(), count: 0, sinceMs: atMs };
    known.students.set(student.key, student);
    byKind.set(incident.kind, { ...known, count: known.count + incident.count, sinceMs: Math.max(known.sinceMs, atMs) });
  }
  return [...byKind].map(([name, { students, count, sinceMs }]): AttentionItem => ({ id: `incident ${name}`, kind: 'incident', urgency: 'attention', sinceMs, name, students: [...students.values()], count }));
}

/** How many nobody has, and how many others are at. */
export function summarize(items: readonly AttentionItem[]): { act: number; more: number; theirs: number } {
  const count = (urgency: AttentionItem['urgency']): number => items.filter((item) => item.urgency === urgency).length;
  return { act: count('act'), more: count('attention'), theirs: count('theirs') };
}
