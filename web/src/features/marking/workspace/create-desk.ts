import { batch, createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { isProblem } from '#web/lib/problem.ts';

import { type Answer, type AnswerRef, holdAnswer, loadAnswer, releaseLease, type Role, saveDraft, saveMark, setFlag, takeNext } from '../api.ts';
import { createDraft, type Draft } from './create-draft.ts';

/** Longest time that something typed is only in this window. */
const KEEP_MS = 1_500;
/** A lease is renewed while somebody works, when less than this is left. */
const RENEW_MS = 180_000;

/** Where a marker works: one answer at a time. */
export interface Desk {
  readonly answer: Accessor<Answer | undefined>;
  readonly draft: Draft;
  /** Nothing is left to take. */
  readonly isEmpty: Accessor<boolean>;
  readonly remaining: Accessor<number | undefined>;
  readonly isLoading: Accessor<boolean>;
  readonly isSaving: Accessor<boolean>;
  /** What went wrong on the way to the next answer, or of a save. */
  readonly problem: Accessor<unknown>;
  /** The answer as somebody else has left it, while one's own mark of it was refused. */
  readonly theirs: Accessor<Answer | undefined>;
  /** When the draft was kept on the server, for the line below the comment. */
  readonly keptAt: Accessor<string | undefined>;
  readonly isTried: Accessor<boolean>;
  /** Shows one answer, and holds it when it is free. */
  open(ref: AnswerRef): Promise<void>;
  next(): Promise<void>;
  /** Saves, and goes on when it was saved. */
  save(): Promise<boolean>;
  flag(note: string | null): Promise<void>;
  /** Gives one's own mark although somebody marked meanwhile. */
  insist(): Promise<boolean>;
  /** Leaves what somebody else has saved. */
  yieldTo(): void;
  take(answer: Answer): void;
}

/** What a desk needs to know. */
export interface DeskPlan {
  readonly examId: string;
  /** Where the next answer comes from. */
  readonly source: () => { by: 'item' | 'student'; itemId?: string; sessionId?: string; role: Role };
  /** An answer was saved, opened or set aside. */
  readonly onChange: (answer: Answer | undefined) => void;
}

/** Takes answers, holds the mark that is written, and saves it. */
export function createDesk(plan: DeskPlan): Desk {
  const draft = createDraft();
  const [answer, setAnswer] = createSignal<Answer>();
  const [isEmpty, setEmpty] = createSignal(false);
  const [remaining, setRemaining] = createSignal<number>();
  const [isLoading, setLoading] = createSignal(true);
  const [isSaving, setSaving] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [theirs, setTheirs] = createSignal<Answer>();
  const [keptAt, setKeptAt] = createSignal<string>();
  const [isTried, setTried] = createSignal(false);
  let key = commandKey();
  let turn = 0;

  function show(next: Answer | undefined): void {
    batch(() => {
      setAnswer(next);
      setEmpty(next === undefined);
      setTheirs(undefined);
      setProblem(undefined);
      setTried(false);
      setKeptAt(next?.draft?.savedAt);
      if (next !== undefined) draft.begin(next);
    });
    key = commandKey();
    plan.onChange(next);
  }

  async function fetchAnswer(work: () => Promise<Answer | undefined>): Promise<void> {
    const mine = (turn += 1);
    await keepNow();
    setLoading(true);
    try {
      const found = await work();
      if (mine === turn) show(found);
    } catch (thrown) {
      if (mine === turn) setProblem(() => thrown);
    } finally {
      if (mine === turn) setLoading(false);
    }
  }

  async function leave(): Promise<void> {
    const left = answer();
    if (left?.lease?.mine !== true || draft.isChanged() || left.draft !== null) return;
    await releaseLease(left.lease.id).catch(() => undefined);
  }

  const next = (): Promise<void> => fetchAnswer(async () => {
    const last = answer();
    const reply = await takeNext(plan.examId, { ...plan.source(), exclude: last === undefined ? [] : [{ sessionId: last.sessionId, itemId: last.itemId }] });
    setRemaining(reply.remaining);
    return reply.answer ?? undefined;
  });

  // an answer that is free is held as soon as somebody looks at it, so that two do not write the same mark
  const open = (ref: AnswerRef): Promise<void> => fetchAnswer(async () => {
    await leave();
    const found = await loadAnswer(ref);
    if (found.role === null || found.lease !== null || found.own !== null) return found;
    try {
      return { ...found, lease: await holdAnswer(ref, found.role) };
    } catch (thrown) {
      // somebody was quicker: what it is now says who
      if (isProblem(thrown, 'state-conflict')) return loadAnswer(ref);
      throw thrown;
    }
  });

  async function send(version: number): Promise<boolean> {
    const now = answer()!;
    setTried(true);
    if (draft.fault() !== undefined || isSaving()) return false;
    stopKeeping();
    setSaving(true);
    try {
      const saved = await saveMark(now, { ...draft.content(), role: now.role ?? now.own?.role ?? 'first', closedVersion: now.closedVersion, version }, key);
      batch(() => {
        setProblem(undefined);
        setTheirs(undefined);
        setAnswer(saved);
        draft.begin(saved);
      });
      plan.onChange(saved);
      return true;
    } catch (thrown) {
      key = commandKey();
      if (isProblem(thrown, 'version-conflict') || isProblem(thrown, 'state-conflict')) await meet(now, thrown);
      else setProblem(() => thrown);
      return false;
    } finally {
      setSaving(false);
    }
  }

  // what was written stays in the form; what is there now is shown beside it
  async function meet(now: Answer, thrown: unknown): Promise<void> {
    try {
      const found = await loadAnswer(now);
      batch(() => {
        setTheirs(found);
        setProblem(() => thrown);
      });
    } catch {
      setProblem(() => thrown);
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopKeeping = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  async function keepNow(): Promise<void> {
    if (timer === undefined) return;
    stopKeeping();
    const now = answer();
    if (now === undefined || now.role === null || theirs() !== undefined) return;
    try {
      const { savedAt, lease } = await saveDraft(now, { ...draft.content(), role: now.role, closedVersion: now.closedVersion });
      if (answer()?.sessionId !== now.sessionId || answer()?.itemId !== now.itemId) return;
      setKeptAt(savedAt);
      setAnswer({ ...answer()!, lease });
    } catch {
      // it is still in the form, and the save says what is wrong
    }
  }
  createEffect(on(draft.revision, () => {
    if (!untrack(draft.isChanged)) return;
    stopKeeping();
    timer = setTimeout(() => void keepNow(), KEEP_MS);
  }, { defer: true }));
  const renewing = setInterval(() => {
    const lease = answer()?.lease;
    if (lease?.mine !== true || document.visibilityState !== 'visible' || Date.parse(lease.expiresAt) - Date.now() > RENEW_MS || !draft.isChanged()) return;
    holdAnswer(answer()!, lease.role).then((longer) => answer()?.lease?.id === lease.id && setAnswer({ ...answer()!, lease: longer }), () => undefined);
  }, 30_000);
  onCleanup(() => {
    clearInterval(renewing);
    void keepNow().then(leave);
  });

  return {
    answer, draft, isEmpty, remaining, isLoading, isSaving, problem, theirs, keptAt, isTried, open, next,
    save: async () => (answer() === undefined ? false : send(answer()!.version)),
    insist: async () => (theirs() === undefined ? false : send(theirs()!.version)),
    async flag(note) {
      const now = answer()!;
      const fresh = await setFlag(now, note);
      setAnswer({ ...answer()!, flags: fresh.flags, lease: fresh.lease });
      plan.onChange(fresh);
    },
    yieldTo: () => show(theirs()),
    take: (fresh) => show(fresh),
  };
}
