import { batch, createMemo, createSignal, onCleanup } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';

import type { FieldError } from '#domain/problem.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { isProblem, Offline } from '#web/lib/problem.ts';

import type { Exam, ExamPatch } from '../api.ts';

const FIELDS = [
  'title', 'description', 'instructions', 'durationMinutes', 'graceSeconds', 'passPercent', 'attempts', 'attemptRule', 'navigation', 'display', 'shuffleItems',
  'shuffleOptions', 'lateEntryMinutes', 'endRule', 'proctoring', 'results', 'plagiarismScan', 'warnMinutes', 'sections', 'window',
] as const;

type FieldName = (typeof FIELDS)[number] | 'accessCode';
type Draw = NonNullable<Exam['sections'][number]['draw']>;

/** A section while it is edited; items that are new have no id yet. */
export interface DraftSection {
  title: string;
  items: { id?: string; questionId: string; points: string }[];
  draw?: Draw | undefined;
}

/** A window while it is edited. */
export interface DraftWindow {
  localStart: string;
  localEnd: string;
  timeZone: string;
}

/** What the builder edits of an exam. */
export type ExamDraft = Pick<Exam, Exclude<(typeof FIELDS)[number], 'sections' | 'window'>> & {
  sections: DraftSection[];
  window: DraftWindow | null;
  /** Write-only: undefined as long as nobody changes it. */
  accessCode?: string | null | undefined;
};

/** How the exam on the page stands to the one on the server. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'invalid' | 'offline' | 'failed' | 'conflict';

/** An exam under edit that saves itself. */
export interface Builder {
  readonly draft: ExamDraft;
  /** As the server has it. */
  readonly exam: () => Exam;
  readonly state: () => SaveState;
  /** When it was last saved here; undefined before the first time. */
  readonly savedAtMs: () => number | undefined;
  readonly errorAt: (pointer: string) => string | undefined;
  readonly errors: () => readonly FieldError[];
  /** What the server decided about times that the clocks skip or show twice. */
  readonly notes: () => readonly FieldError[];
  readonly problem: () => unknown;
  /** Somebody else's version that touches the same fields. */
  readonly theirs: () => Exam | undefined;
  readonly isUnsaved: () => boolean;
  readonly set: (change: Partial<ExamDraft>) => void;
  readonly canUndo: () => boolean;
  readonly undo: () => void;
  /** Sends what waits now. @returns whether everything is saved */
  readonly flush: () => Promise<boolean>;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
  /** Takes a changed exam in, such as the reply of a command. */
  readonly take: (exam: Exam) => void;
}

/** What a builder needs from outside. */
export interface BuilderPorts {
  readonly patch: (version: number, patch: ExamPatch, options: { keepalive: boolean }) => Promise<Exam>;
  readonly read: () => Promise<Exam>;
  readonly onSaved?: (exam: Exam) => void;
}

const DEBOUNCE_MS = 1_000;
const RETRY_MS = [2_000, 5_000, 10_000, 30_000];

/** Edits an exam: every change is sent one second after the last, on the version that it was made on. */
export function createBuilder(initial: Exam, ports: BuilderPorts): Builder {
  const [exam, setExam] = createSignal(initial);
  const [draft, setDraft] = createStore<ExamDraft>(draftOf(initial));
  const [dirty, setDirty] = createSignal<ReadonlySet<FieldName>>(new Set());
  const [activity, setActivity] = createSignal<'idle' | 'saving' | 'offline' | 'failed'>('idle');
  const [errors, setErrors] = createSignal<readonly FieldError[]>([]);
  const [notes, setNotes] = createSignal<readonly FieldError[]>(initial.notes ?? []);
  const [problem, setProblem] = createSignal<unknown>();
  const [theirs, setTheirs] = createSignal<Exam>();
  const [savedAtMs, setSavedAt] = createSignal<number>();
  const [past, setPast] = createSignal<readonly Partial<ExamDraft>[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let sending: Promise<boolean> | undefined;

  const wrongFields = createMemo(() => new Set(errors().map(({ pointer }) => pointer.split('/')[1])));
  /** Fields that can be sent: changed, and not refused as they are. */
  const sendable = (): FieldName[] => [...dirty()].filter((name) => !wrongFields().has(name) && !isHeld(name, draft));

  function set(change: Partial<ExamDraft>, isUndo = false): void {
    const names = Object.keys(change) as FieldName[];
    if (!isUndo) setPast((steps) => [...steps.slice(-49), structuredClone(Object.fromEntries(names.map((name) => [name, unwrap(draft)[name]])))]);
    batch(() => {
      for (const name of names) setDraft(name as 'title', reconcile(structuredClone(unwrap(change)[name]) as never, { key: 'id' }));
      setErrors((before) => before.filter(({ pointer }) => !names.some((name) => pointer === `/${name}` || pointer.startsWith(`/${name}/`))));
      setDirty((before) => new Set([...before, ...names]));
      setProblem(undefined);
    });
    schedule(DEBOUNCE_MS);
  }
  function schedule(afterMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void send(false), afterMs);
  }
  async function send(keepalive: boolean): Promise<boolean> {
    clearTimeout(timer);
    if (sending !== undefined) {
      await sending;
      return send(keepalive);
    }
    if (theirs() !== undefined) return false;
    const names = sendable();
    if (names.length === 0) return dirty().size === 0;
    sending = attemptToSend(names, keepalive).finally(() => (sending = undefined));
    const done = await sending;
    // what was typed meanwhile, or what was held back beside a wrong field
    if (done && sendable().length > 0) return send(keepalive);
    return done && dirty().size === 0;
  }
  async function attemptToSend(names: readonly FieldName[], keepalive: boolean): Promise<boolean> {
    const sent = structuredClone(Object.fromEntries(names.map((name) => [name, unwrap(draft)[name]])));
    setActivity('saving');
    try {
      const saved = await ports.patch(exam().version, sent, { keepalive });
      attempt = 0;
      batch(() => {
        setDirty((before) => new Set([...before].filter((name) => !names.includes(name) || !isSame(unwrap(draft)[name], sent[name]))));
        if ('window' in sent) setNotes(saved.notes ?? []);
        merge(saved);
        setSavedAt(serverNowMs());
        setActivity('idle');
      });
      ports.onSaved?.(saved);
      return true;
    } catch (thrown) {
      return refused(thrown);
    }
  }
  async function refused(thrown: unknown): Promise<boolean> {
    if (isProblem(thrown, 'version-conflict')) {
      try {
        return conflict(await ports.read());
      } catch (later) {
        return refused(later);
      }
    }
    if (isProblem(thrown, 'validation-failed', 'published-exam-is-frozen') && thrown.errors.length > 0) {
      batch(() => {
        setErrors(thrown.errors);
        setActivity('idle');
      });
      // the other fields are saved without the wrong ones
      return sendable().length > 0 && sendable().length < dirty().size;
    }
    batch(() => {
      setProblem(thrown);
      setActivity(thrown instanceof Offline ? 'offline' : 'failed');
    });
    const canRetry = thrown instanceof Offline || isProblem(thrown, 'unavailable', 'internal', 'rate-limited');
    if (canRetry) schedule(RETRY_MS[Math.min(attempt++, RETRY_MS.length - 1)]!);
    return false;
  }
  /** Fields that only one side touched are brought together; where both touched the same one, a person decides. */
  function conflict(newer: Exam): boolean {
    const before = draftOf(exam());
    const after = draftOf(newer);
    const touched = FIELDS.filter((name) => !isSame(before[name], after[name]));
    const clash = touched.some((name) => dirty().has(name) && !isSame(after[name], unwrap(draft)[name]));
    batch(() => {
      setActivity('idle');
      if (clash) setTheirs(newer);
      else merge(newer);
    });
    return !clash;
  }
  /** Takes the server's fields where nothing waits to be sent. */
  function merge(newer: Exam): void {
    const fields = draftOf(newer);
    batch(() => {
      setExam(newer);
      for (const name of FIELDS) if (!dirty().has(name)) setDraft(name as 'title', reconcile(fields[name] as never, { key: 'id' }));
      if (!dirty().has('accessCode')) setDraft('accessCode', undefined);
    });
  }
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') void send(true);
  };
  const onPageHide = (): void => void send(true);
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onPageHide);
  onCleanup(() => {
    document.removeEventListener('visibilitychange', onHide);
    window.removeEventListener('pagehide', onPageHide);
    void send(true);
    clearTimeout(timer);
  });
  const state = createMemo<SaveState>(() => {
    if (theirs() !== undefined) return 'conflict';
    const now = activity();
    if (now !== 'idle') return now;
    if (errors().length > 0) return 'invalid';
    return dirty().size > 0 ? 'waiting' : 'saved';
  });
  return {
    draft,
    exam,
    state,
    savedAtMs,
    errors,
    errorAt: (pointer) => errors().find((error) => error.pointer === pointer)?.message,
    notes,
    problem,
    theirs,
    isUnsaved: () => dirty().size > 0,
    set: (change) => set(change),
    canUndo: () => past().length > 0,
    undo() {
      const last = past().at(-1);
      if (last === undefined) return;
      setPast((steps) => steps.slice(0, -1));
      set(last, true);
    },
    flush: () => send(false),
    takeTheirs() {
      const newer = theirs();
      if (newer === undefined) return;
      batch(() => {
        setTheirs(undefined);
        setDirty(new Set<FieldName>());
        setErrors([]);
        setPast([]);
        merge(newer);
        setSavedAt(undefined);
      });
      ports.onSaved?.(newer);
    },
    keepMine() {
      const newer = theirs();
      if (newer === undefined) return;
      batch(() => {
        setTheirs(undefined);
        merge(newer);
      });
      void send(false);
    },
    take: merge,
  };
}

function draftOf(exam: Exam): ExamDraft {
  const copy = structuredClone(Object.fromEntries(FIELDS.map((name) => [name, exam[name]]))) as unknown as ExamDraft;
  if (exam.window !== null) copy.window = { localStart: exam.window.localStart, localEnd: exam.window.localEnd, timeZone: exam.window.timeZone };
  return copy;
}

/** Waits on the page until a part that is still missing is filled in: a time of the window, the tag of a draw. */
function isHeld(name: FieldName, draft: ExamDraft): boolean {
  if (name === 'window') return draft.window !== null && (draft.window.localStart === '' || draft.window.localEnd === '' || draft.window.timeZone === '');
  return name === 'sections' && draft.sections.some(({ draw }) => draw?.tag === '');
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
