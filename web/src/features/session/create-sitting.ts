import { batch, createEffect, createMemo, createSignal, getOwner, on, onCleanup, runWithOwner } from 'solid-js';

import { isTerminal } from '#domain/session/state.ts';
import { isProblem } from '#web/lib/problem.ts';
import type { Stream } from '#web/lib/stream.ts';

import { createAnswers } from './create-answers.ts';
import { createObservations } from './create-observations.ts';
import { createPlace } from './create-place.ts';
import { createSessionClock, type SessionTime } from './create-session-clock.ts';
import { createWindowRole } from './create-window-role.ts';
import type { Journal, RefusedText, Snapshot } from './journal.ts';
import { isSameJson } from './same-json.ts';
import { judge } from './save-errors.ts';
import { keepSame } from './keep-same.ts';
import type { Notice, SittingKeeper, SittingOptions, SittingPhase } from './sitting-types.ts';
import type { Paper, Session, SessionEvents, Sitting, StoredAnswer, StudentExam, Submitted } from './types.ts';
import { withSent } from './with-sent.ts';

/** While no events come in, the session is read this often. */
const POLL_MS = 15_000;
/** The database closes a session a little after its end; whoever has heard nothing by then asks, not all in the same moment. */
const CLOSE_ASK_MS = 12_000;
const CLOSE_ASK_SPREAD_MS = 3_000;
const CLOSE_ASK_AGAIN_MS = 5_000;
const DEFAULT_WARNINGS = [10, 5, 1];

/** Brings a session, its paper, its answers, its time and its events together. */
export function createSitting(options: SittingOptions): SittingKeeper {
  const { api, sessionId, serverNowMs } = options;
  const random = options.random ?? Math.random;
  const [phase, setPhase] = createSignal<SittingPhase>('loading');
  const [error, setError] = createSignal<unknown>(null);
  const [session, setSession] = createSignal<Session | null>(null);
  const [exam, setExam] = createSignal<StudentExam | null>(null);
  const [paper, setPaperSignal] = createSignal<Paper | null>(null);
  // read again it is mostly the same: a question that is drawn anew would lose the caret of whoever writes in it
  const setPaper = (next: Paper): void => void setPaperSignal((before) => keepSame(before, next));
  const [stored, setStored] = createSignal<readonly StoredAnswer[]>([]);
  const [notices, setNotices] = createSignal<readonly Notice[]>([]);
  const [pauseReason, setPauseReason] = createSignal<string | null>(null);
  const [endReason, setEndReason] = createSignal<string | null>(null);
  const [refused, setRefused] = createSignal<readonly RefusedText[]>([]);
  const [counts, setCounts] = createSignal<Submitted['counts'] | null>(null);
  const [isDurable, setDurable] = createSignal(true);
  const [isResultOut, setResultOut] = createSignal(false);
  const [isTimeUp, setTimeUp] = createSignal(false);
  const [streamState, setStreamState] = createSignal<ReturnType<Stream['state']>>('connecting');
  const owner = getOwner();
  let journal: Journal | null = null;
  let stream: Stream | null = null;
  let lastPausedAt: string | null = null;
  let acknowledged = 0;
  let askTimer: ReturnType<typeof setTimeout> | undefined;
  let refreshing: Promise<void> | null = null;

  const role = createWindowRole(sessionId, async () => {
    syncHold();
    await journal?.idle();
  }, options.windows);

  const answers = createAnswers({
    sessionId, api, serverNowMs, ...(options.random === undefined ? {} : { random: options.random }),
    journal: {
      writeAnswer: async (entry) => journal?.writeAnswer(entry),
      refuse: async (text) => {
        setRefused((before) => [...before.filter(({ id }) => id !== text.id), text]);
        await journal?.refuse(text);
      },
    },
    // the events may be late or lost: what a save tells is as good
    onTold: ({ sessionVersion }) => sessionVersion > (session()?.version ?? 0) && askIn(1_000),
    onSessionRefused: () => void refresh(),
  });

  const mayWrite = createMemo(() => phase() === 'open' && role.role() === 'writer' && session()?.state === 'active' && !isTimeUp());
  const place = createPlace({
    sessionId, api, journal: { writePlace: async (kept) => journal?.writePlace(kept) }, onPaper: setPaper,
    mayWrite: () => role.role() === 'writer' && session() !== null && !isTerminal(session()!.state),
  });

  const time = createMemo<SessionTime>(() => {
    const now = session();
    if (now === null || isTerminal(now.state)) return { state: 'over', deadlineAtMs: null, remainingMs: 0 };
    return { state: now.state === 'paused' ? 'stands' : 'runs', deadlineAtMs: now.deadlineAt === null ? null : Date.parse(now.deadlineAt), remainingMs: now.remainingMs };
  });
  const clock = createSessionClock({
    time, serverNowMs,
    warnMinutes: () => options.warnMinutes?.() ?? exam()?.rules?.warnMinutes ?? DEFAULT_WARNINGS,
    onWarning: (minutes) => tell({ id: `warning-${minutes}`, at: new Date(serverNowMs()).toISOString(), kind: 'warning', minutes }),
    onTimeUp: () => {
      setTimeUp(true);
      syncHold();
      void answers.flush();
      askIn(CLOSE_ASK_MS + random() * CLOSE_ASK_SPREAD_MS);
    },
  });

  createObservations({ sessionId, api, serverNowMs, isWanted: () => mayWrite() && exam()?.rules !== undefined && exam()!.rules.proctoring !== 'none' });

  function savedResponse(itemId: string): unknown {
    const view = answers.view(itemId);
    return view.status === 'saved' ? view.response : undefined;
  }

  /** What of all reasons decides that nothing can be written; saves may have found out before. */
  function syncHold(): void {
    const now = session();
    if (role.role() === 'reader') answers.setHold('elsewhere');
    else if (now === null || isTerminal(now.state)) answers.setHold('closed');
    else answers.setHold(now.state === 'paused' ? 'paused' : isTimeUp() ? 'over' : null);
  }

  function tell(notice: Notice): void {
    setNotices((before) => [...before.filter(({ id, kind }) => id !== notice.id && !(kind === notice.kind && (kind === 'warning' || kind === 'resumed'))), notice]);
  }

  function applySession(next: Session): void {
    const before = session();
    if (before !== null && next.version < before.version) return;
    if (before?.pausedAt != null && next.pausedAt === null) lastPausedAt = before.pausedAt;
    batch(() => {
      setSession(next);
      if (next.state !== 'paused') setPauseReason(null);
      if (next.deadlineAt !== null) setTimeUp(Date.parse(next.deadlineAt) <= serverNowMs() && !isTerminal(next.state));
      if (isTerminal(next.state)) {
        setTimeUp(false);
        setPhase('ended');
      } else if (phase() === 'ended') {
        setPhase('open');
      }
    });
    syncHold();
    acknowledge();
  }

  function acknowledge(): void {
    const version = session()?.version ?? 0;
    // only what somebody can see counts as shown
    if (version <= acknowledged || document.visibilityState !== 'visible' || role.role() !== 'writer') return;
    const isFirst = acknowledged === 0;
    acknowledged = version;
    if (isFirst && version === 1) return;
    api.acknowledge(sessionId, version).catch(() => {
      acknowledged = Math.min(acknowledged, version - 1);
    });
  }

  // ---- reading ----

  async function load(): Promise<void> {
    const [read, account] = await Promise.allSettled([api.readSitting(sessionId), options.loadAccountId()]);
    if (account.status === 'fulfilled' && account.value === null) return void setPhase('signed-out');
    if (read.status === 'rejected') return startWithout(read.reason);
    const sitting = read.value;
    if (account.status === 'fulfilled' && account.value !== sitting.session.studentId) return void setPhase('missing');
    await open(sitting.session.studentId);
    await take(sitting);
    await readExam(sitting.session.examId);
    keepSnapshot(sitting);
  }

  async function open(accountId: string): Promise<void> {
    // a window that was opened writes; one that lost that waits until it is told to
    if (role.role() === 'asking') await role.take();
    journal ??= await options.openJournal(accountId, sessionId, () => setDurable(false));
    setDurable(journal.isDurable());
  }

  /** Nobody answers: what this device kept is enough to go on. */
  async function startWithout(reason: unknown): Promise<void> {
    const failure = judge(reason);
    const accountId = await options.keptAccountOf(sessionId);
    if (failure.kind === 'later' && failure.why !== 'signed-out' && accountId !== null) {
      await open(accountId);
      const { snapshot, answers: entries } = await journal!.read();
      if (snapshot !== null) {
        setExam(snapshot.exam);
        answers.noteLink(failure.why);
        await take(withSent(snapshot.sitting, entries));
        askIn(POLL_MS);
        return;
      }
    }
    batch(() => {
      setError(reason);
      setPhase(isProblem(reason, 'not-found', 'validation-failed') ? 'missing' : isProblem(reason, 'unauthenticated') ? 'signed-out' : 'failed');
    });
  }

  async function take(sitting: Sitting): Promise<void> {
    const kept = await journal!.read();
    batch(() => {
      if (sitting.paper.sections.length > 0 || paper() === null) setPaper(sitting.paper);
      setStored(sitting.answers);
      setRefused(kept.refused);
      place.restore(sitting.place, kept.place, sitting.paper.navigation === 'forward');
      applySession(sitting.session);
      answers.restore(sitting.answers, kept.answers);
      if (!isTerminal(sitting.session.state)) setPhase('open');
    });
    listen(sitting.streamPosition);
  }

  async function readExam(examId: string): Promise<void> {
    await api.readExam(examId).then(setExam, () => undefined);
  }

  function keepSnapshot(sitting: Sitting): void {
    if (!isTerminal(sitting.session.state)) void journal?.writeSnapshot({ sitting: { ...sitting, paper: paper() ?? sitting.paper }, exam: exam() } satisfies Snapshot);
  }

  /** Reads the session again. */
  function refresh(): Promise<void> {
    refreshing ??= api.readSitting(sessionId)
      .then((sitting) => {
        if (sitting.paper.sections.length > 0) setPaper(sitting.paper);
        const before = session();
        noteTimeChange(before, sitting.session);
        setStored(sitting.answers);
        applySession(sitting.session);
        answers.adopt(sitting.answers);
        answers.noteLink(null);
        if (exam() === null) void readExam(sitting.session.examId);
        if (before !== null && isTerminal(before.state) && !isTerminal(sitting.session.state)) answers.restore(sitting.answers, []);
      })
      .catch((reason: unknown) => {
        const failure = judge(reason);
        if (failure.kind === 'later') answers.noteLink(failure.why);
      })
      .finally(() => {
        refreshing = null;
        // over, and nobody has said so yet
        if (isTimeUp()) askIn(CLOSE_ASK_AGAIN_MS);
      });
    return refreshing;
  }

  function askIn(ms: number): void {
    clearTimeout(askTimer);
    askTimer = setTimeout(() => void refresh(), ms);
  }

  /** A change of time that no event told of. */
  function noteTimeChange(before: Session | null, next: Session): void {
    if (before?.deadlineAt == null || next.deadlineAt === null || next.version <= before.version || before.state !== 'active' || next.state !== 'active') return;
    const deltaMs = Date.parse(next.deadlineAt) - Date.parse(before.deadlineAt);
    if (deltaMs !== 0) tell({ id: `time-${next.version}`, at: new Date(serverNowMs()).toISOString(), kind: 'time', deltaMs, deadlineAt: next.deadlineAt, reason: null });
  }

  // ---- events ----

  type Running = SessionEvents['time-changed' | 'paused' | 'resumed' | 'reopened'];

  /** @returns whether the event is about what the page shows now; a reply may have told of the change before, but not why it was made */
  function applyRunning(event: Running, state: 'active' | 'paused'): boolean {
    const before = session();
    if (before === null || event.sessionVersion < before.version) return false;
    if (event.sessionVersion === before.version) return before.state === state;
    // an event was missed: the rest is read
    if (event.sessionVersion > before.version + 1) askIn(500);
    applySession({
      ...before, state, deadlineAt: event.deadlineAt, remainingMs: event.remainingMs, version: event.sessionVersion,
      pausedAt: state === 'paused' ? event.at : null, endedAt: null, closedAt: null, closeReason: null,
    });
    return true;
  }

  function listen(after: string): void {
    if (stream !== null) return stream.restart(after);
    // opened after the first reply, and still part of the page
    runWithOwner(owner, () => {
      const opened = options.openStream(streamOptions(after));
      stream = opened;
      createEffect(() => setStreamState(opened.state()));
    });
  }

  function streamOptions(after: string): Parameters<SittingOptions['openStream']>[0] {
    return {
      sitsAt: sessionId,
      after,
      on: {
        'time-changed': (event) => {
          const before = session();
          const from = before?.deadlineAt == null ? null : Date.parse(before.deadlineAt);
          const state = event.deadlineAt === null ? 'paused' : 'active';
          const leftBefore = before?.remainingMs ?? 0;
          if (!applyRunning(event, state)) return;
          const id = `time-${event.sessionVersion}`;
          if (before?.version === event.sessionVersion) {
            // a reply was faster: only the reason is news
            setNotices((all) => all.map((notice) => (notice.id === id && notice.kind === 'time' ? { ...notice, reason: event.reason } : notice)));
            return;
          }
          const deltaMs = from !== null && event.deadlineAt !== null ? Date.parse(event.deadlineAt) - from : event.remainingMs - leftBefore;
          tell({ id, at: event.at, kind: 'time', deltaMs, deadlineAt: event.deadlineAt, reason: event.reason });
        },
        paused: (event) => {
          if (applyRunning(event, 'paused')) setPauseReason(event.reason);
        },
        resumed: (event) => {
          if (!applyRunning(event, 'active')) return;
          const since = lastPausedAt;
          tell({ id: `resumed-${event.sessionVersion}`, at: event.at, kind: 'resumed', deadlineAt: event.deadlineAt, pausedMs: since == null ? 0 : Math.max(0, Date.parse(event.at) - Date.parse(since)) });
        },
        reopened: (event) => {
          if (!applyRunning(event, 'active')) return;
          tell({ id: `reopened-${event.sessionVersion}`, at: event.at, kind: 'reopened', deadlineAt: event.deadlineAt, reason: event.reason });
          void load();
        },
        closed: (event) => {
          setEndReason(event.reason);
          // what is still on its way is refused, and kept on the platform by that
          void answers.flush().then(refresh);
        },
        message: (event) => tell({ id: `message-${event.id}`, at: event.at, kind: 'message', text: event.text, from: event.from }),
        'window-changed': (event) => {
          if (event.cancelledAt !== null) tell({ id: 'cancelled', at: event.at, kind: 'cancelled', reason: event.reason });
          void refresh();
        },
        'results-published': () => setResultOut(true),
        'results-unpublished': () => setResultOut(false),
        reset: ({ streamPosition }) => void refresh().then(() => stream?.restart(streamPosition)),
      },
      onReconnect: () => void refresh(),
    };
  }

  const poll = setInterval(() => {
    if (stream === null || phase() !== 'open' || streamState() === 'live') return;
    void refresh();
  }, POLL_MS);
  createEffect(on(streamState, (state) => {
    // a stream can break alone: whether the platform is away, a request tells
    if (state === 'offline') api.probe().then(() => undefined, (reason: unknown) => judge(reason).kind === 'later' && answers.noteLink('offline'));
  }, { defer: true }));

  // ---- the end ----

  createEffect(on([phase, () => answers.summary().unsent], ([now, unsent]) => {
    if (now === 'ended' && unsent === 0) void journal?.purge();
  }));
  createEffect(on(role.role, () => {
    if (session() !== null) syncHold();
  }, { defer: true }));

  const onHide = (): void => {
    if (document.visibilityState === 'visible') return acknowledge();
    answers.sayGoodbye();
    void place.flush({ keepalive: true });
  };
  const onPageHide = (): void => answers.sayGoodbye();
  document.addEventListener('visibilitychange', onHide);
  addEventListener('pagehide', onPageHide);
  const stopClock = options.onServerClock(() => clock.update());
  onCleanup(() => {
    stopClock();
    clearInterval(poll);
    clearTimeout(askTimer);
    stream?.close();
    document.removeEventListener('visibilitychange', onHide);
    removeEventListener('pagehide', onPageHide);
  });
  void load();

  return {
    phase, error, session, exam, paper, stored, answers, place, clock, role: role.role, stream: streamState, notices, pauseReason, endReason, counts,
    // what was saved after all need not be shown any more
    refused: createMemo(() => refused().filter(({ itemId, response }) => response !== null && !isSameJson(savedResponse(itemId), response))),
    isDurable, isTimeUp, isResultOut, mayWrite,
    dismiss: (noticeId) => void setNotices((before) => before.filter(({ id }) => id !== noticeId)),
    forgetRefused: (id) => {
      setRefused((before) => before.filter((text) => text.id !== id));
      void journal?.forgetRefused(id);
    },
    async takeOver() {
      await role.take();
      await load();
    },
    async reload() {
      setPhase('loading');
      await load();
    },
    async handIn(key) {
      await answers.flush();
      const { clientId, answers: rest } = answers.unsent();
      const reply = await api.submit(sessionId, key, rest.length === 0 ? {} : { clientId, answers: rest });
      answers.confirm(rest, reply.results ?? []);
      batch(() => {
        setCounts(reply.counts);
        applySession(reply.session);
      });
      await answers.flush();
      await refresh();
    },
  };
}
