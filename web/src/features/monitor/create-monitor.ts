import { batch, createMemo, createSignal, getOwner, onCleanup, runWithOwner, type Accessor } from 'solid-js';

import { currentUser, hasRole } from '#web/lib/auth.ts';
import { createStream, type Stream, type StreamState } from '#web/lib/stream.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';

import { readAssignments, readBatches, readExam, readHelp, readIncidents, readSessions } from './api.ts';
import { createLatestChange, type LatestChange } from './create-latest-change.ts';
import { createRoster, type Roster } from './create-roster.ts';
import { streamHandlers } from './stream-handlers.ts';
import { studentOfAssignment, studentOfRow } from './student.ts';
import type { Exam, HelpRequest, Incident, Named } from './types.ts';

/** An incident as the queue needs it. */
export type SeenIncident = Pick<Incident, 'id' | 'sessionId' | 'kind' | 'count' | 'lastAt'>;

/** Acts that proctors have no right to; the server decides, this only hides buttons. */
const OF_OWNERS: ReadonlySet<string> = new Set(['withdraw', 'reopen', 'end', 'cancel', 'window']);

/** Everything that the live monitor of an exam shows, kept up to date. */
export interface Monitor {
  readonly examId: string;
  state: Accessor<'loading' | 'ready' | 'failed'>;
  problem: Accessor<unknown>;
  exam: Accessor<Exam | undefined>;
  setExam(exam: Exam): void;
  batches: Accessor<readonly Named[]>;
  roster: Roster;
  help: Accessor<readonly HelpRequest[]>;
  setHelp(request: HelpRequest): void;
  incidents: Accessor<readonly SeenIncident[]>;
  latest: LatestChange;
  stream: Accessor<StreamState>;
  /** Raised with every message that somebody sends in this exam. */
  messagesSent: Accessor<number>;
  /** Until when the list is true; null while it is live. */
  staleSinceMs: Accessor<number | null>;
  may(act: string): boolean;
  load(): Promise<void>;
  refresh(): void;
}

const REFRESH_MS = 1_200;
const NOTICE_MS = 1_000;
/** Changes are listed by the clock of the database; a transaction may become visible a little later than its time. */
const OVERLAP_MS = 15_000;

/** Loads an exam with everybody in it, then follows its stream. */
export function createMonitor(examId: string): Monitor {
  const owner = getOwner();
  const roster = createRoster();
  const [state, setState] = createSignal<'loading' | 'ready' | 'failed'>('loading');
  const [problem, setProblem] = createSignal<unknown>();
  const [exam, setExam] = createSignal<Exam>();
  const [batches, setBatches] = createSignal<readonly Named[]>([]);
  const [help, setHelp] = createSignal<readonly HelpRequest[]>([]);
  const [incidents, setIncidents] = createSignal<readonly SeenIncident[]>([]);
  const [stream, setStream] = createSignal<Stream>();
  const [messagesSent, setMessagesSent] = createSignal(0);
  const latest = createLatestChange(examId, roster);
  const batchOf = new Map<string, string | null>();
  let loadedMs = 0;
  let heardMs = 0;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  let noticeTimer: ReturnType<typeof setTimeout> | undefined;
  const noticed: SeenIncident[] = [];

  async function load(): Promise<void> {
    try {
      const [foundExam, sessions, assigned, foundBatches, foundHelp, foundIncidents] = await Promise.all([
        readExam(examId), readSessions(examId), readAssignments(examId), readBatches().catch(() => []), readHelp(examId).catch(() => []), readIncidents(examId).catch(() => []), latest.load(),
      ]);
      loadedMs = serverNowMs();
      heardMs = loadedMs;
      for (const { studentId, batchId } of assigned) batchOf.set(studentId, batchId);
      const sitting = new Set(sessions.items.map(({ studentId }) => studentId));
      const absent = assigned.filter(({ studentId }) => !sitting.has(studentId)).map(studentOfAssignment);
      batch(() => {
        setExam(foundExam);
        setBatches(foundBatches);
        setHelp(foundHelp);
        setIncidents(foundIncidents);
        roster.reset([...sessions.items.map((row) => studentOfRow(row, batchOf.get(row.studentId) ?? null)), ...absent]);
        setState('ready');
        setProblem(undefined);
      });
      const known = stream();
      if (known === undefined) setStream(runWithOwner(owner, () => follow(sessions.streamPosition)));
      else known.restart(sessions.streamPosition);
    } catch (thrown) {
      setProblem(thrown);
      // a list that is there stays: it is true as of the instant that stands beside it
      if (state() !== 'ready') setState('failed');
    }
  }

  function follow(after: string): Stream {
    const handlers = streamHandlers({
      roster, examId, refresh,
      helpChanged: () => void readHelp(examId).then(setHelp).catch(() => undefined),
      patchHelp: (id, change) => setHelp((list) => list.map((one) => (one.id === id ? { ...one, ...change } : one)).filter((one) => one.state !== 'resolved')),
      incident: noteIncident,
      changed: () => latest.reloadSoon(),
      acknowledged: () => latest.recheckSoon(),
      windowChanged: () => void readExam(examId).then(setExam).catch(() => undefined),
      messageSent: () => setMessagesSent((count) => count + 1),
      heard: () => (heardMs = serverNowMs()),
      reset: () => void load(),
    });
    return createStream({ topics: [`exam:${examId}`], after, on: handlers, onReconnect: refresh });
  }

  function noteIncident(seen: SeenIncident): void {
    noticed.push(seen);
    // a window that a whole room leaves is one piece of news
    noticeTimer ??= setTimeout(() => {
      noticeTimer = undefined;
      setIncidents((list) => [...noticed.splice(0).reverse(), ...list].slice(0, 500));
    }, NOTICE_MS);
  }

  function refresh(): void {
    refreshTimer ??= setTimeout(() => {
      refreshTimer = undefined;
      const sinceMs = loadedMs - OVERLAP_MS;
      const askedMs = serverNowMs();
      readSessions(examId, sinceMs).then(({ items }) => {
        loadedMs = askedMs;
        batch(() => {
          for (const row of items) if (roster.has(row.studentId)) roster.remove(row.studentId);
          if (items.length > 0) roster.put(items.map((row) => studentOfRow(row, batchOf.get(row.studentId) ?? null)));
        });
      }, () => undefined);
    }, REFRESH_MS);
  }

  // pings keep a quiet stream live, so the last event says too little: the instant of losing it counts
  const streamState = createMemo<StreamState>(() => stream()?.state() ?? 'connecting');
  const stale = createMemo<number | null>((since) => {
    if (stream() === undefined) return null;
    if (streamState() === 'live') return null;
    return since ?? Math.max(heardMs, serverNowMs() - 1_000);
  }, null);

  onCleanup(() => {
    clearTimeout(refreshTimer);
    clearTimeout(noticeTimer);
  });
  void load();
  return {
    examId, state, problem, exam, setExam, batches, roster, help, incidents, latest, load, refresh,
    setHelp: (request) => setHelp((list) => list.map((one) => (one.id === request.id ? request : one)).filter((one) => one.state !== 'resolved')),
    stream: streamState,
    messagesSent,
    staleSinceMs: stale,
    may(act) {
      const user = currentUser();
      if (user === null || user === undefined) return false;
      if (hasRole(user, 'admin') || (hasRole(user, 'teacher') && exam()?.ownerId === user.id)) return true;
      return hasRole(user, 'proctor') && !OF_OWNERS.has(act);
    },
  };
}
