import { batch, createSignal, onCleanup, untrack, type Accessor, type Setter } from 'solid-js';

import { countStudents, type Counts } from './roster-view.ts';
import type { Student } from './types.ts';

interface Cell {
  readonly read: Accessor<Student>;
  readonly write: Setter<Student>;
}

/** What a patch of a line is: some of its members. */
export type Patch = Partial<Omit<Student, 'key'>>;

/** Everybody in the exam: one signal for each line, changed once a frame whatever comes in between. */
export interface Roster {
  /** The line of a key; follows its changes. */
  student(key: string): Student | undefined;
  /** The newest values, those that wait for the next frame too; follows nothing. */
  peek(key: string): Student | undefined;
  students(): IterableIterator<Student>;
  has(key: string): boolean;
  counts: Accessor<Counts>;
  /** Raised when lines came or went. */
  lines: Accessor<number>;
  /** Raised when lines changed in what the table can be filtered by. */
  epoch: Accessor<number>;
  /** Raised with every change. */
  pulse: Accessor<number>;
  patch(key: string, change: Patch): void;
  /** Adds lines or replaces them whole. */
  put(students: readonly Student[]): void;
  remove(key: string): void;
  /** Replaces everybody. */
  reset(students: readonly Student[]): void;
  /** Does what waits for the next frame now. */
  flush(): void;
}

/** Members that neither filters nor counts look at. */
const QUIET: ReadonlySet<string> = new Set(['answered', 'total', 'lastSavedAtMs']);
const HIDDEN_MS = 500;
const SETTLE_MS = 250;

/** Makes an empty roster. */
export function createRoster(): Roster {
  const cells = new Map<string, Cell>();
  const waiting = new Map<string, Patch>();
  const [counts, setCounts] = createSignal<Counts>(countStudents([]));
  const [epoch, setEpoch] = createSignal(0);
  const [pulse, setPulse] = createSignal(0);
  const [lines, setLines] = createSignal(0);
  let cancel: (() => void) | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let settledMs = -SETTLE_MS;

  function* students(): IterableIterator<Student> {
    for (const [key, cell] of cells) yield latest(key, cell);
  }

  function latest(key: string, cell: Cell): Student {
    const change = waiting.get(key);
    const now = untrack(cell.read);
    return change === undefined ? now : { ...now, ...change };
  }

  function flush(): void {
    cancel?.();
    cancel = undefined;
    if (waiting.size === 0) return;
    let isLoud = false;
    batch(() => {
      for (const [key, change] of waiting) {
        const cell = cells.get(key);
        if (cell === undefined) continue;
        cell.write({ ...untrack(cell.read), ...change });
        isLoud ||= Object.keys(change).some((name) => !QUIET.has(name));
      }
      waiting.clear();
      setPulse((value) => value + 1);
    });
    if (isLoud) settleSoon();
  }

  // whatever looks at everybody does so some times a second and not in every frame
  function settleSoon(): void {
    settling ??= setTimeout(settle, Math.max(0, SETTLE_MS - (performance.now() - settledMs)));
  }

  function settle(): void {
    clearTimeout(settling);
    settling = undefined;
    settledMs = performance.now();
    batch(() => {
      setCounts(countStudents(students()));
      setEpoch((value) => value + 1);
    });
  }

  function schedule(): void {
    if (cancel !== undefined) return;
    // no frames come while the page is hidden, but alerts and counts go on
    if (document.hidden) {
      const timer = setTimeout(flush, HIDDEN_MS);
      cancel = () => clearTimeout(timer);
    } else {
      const frame = requestAnimationFrame(flush);
      const timer = setTimeout(flush, HIDDEN_MS);
      cancel = () => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
      };
    }
  }

  function insert(student: Student): void {
    const cell = cells.get(student.key);
    if (cell === undefined) {
      const [read, write] = createSignal(student);
      cells.set(student.key, { read, write });
    } else cell.write(student);
    waiting.delete(student.key);
  }

  function structure(change: () => void): void {
    batch(() => {
      change();
      setLines((value) => value + 1);
      setPulse((value) => value + 1);
      settle();
    });
  }

  onCleanup(() => {
    cancel?.();
    clearTimeout(settling);
  });
  return {
    student(key) {
      const cell = cells.get(key);
      if (cell !== undefined) return cell.read();
      // reading a line that is not there yet has to notice when it comes
      lines();
      return undefined;
    },
    peek(key) {
      const cell = cells.get(key);
      return cell === undefined ? undefined : latest(key, cell);
    },
    students,
    has: (key) => cells.has(key),
    counts,
    lines,
    epoch,
    pulse,
    patch(key, change) {
      if (!cells.has(key)) return;
      waiting.set(key, { ...waiting.get(key), ...change });
      schedule();
    },
    put: (list) => structure(() => list.forEach(insert)),
    remove: (key) => structure(() => {
      cells.delete(key);
      waiting.delete(key);
    }),
    reset: (list) => structure(() => {
      const kept = new Set(list.map(({ key }) => key));
      for (const key of cells.keys()) if (!kept.has(key)) cells.delete(key);
      waiting.clear();
      list.forEach(insert);
    }),
    flush() {
      flush();
      if (settling !== undefined) settle();
    },
  };
}
