import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';

import { readTimeChange, readTimeChanges } from './api.ts';
import type { Roster } from './create-roster.ts';
import { isOpen } from './student.ts';
import type { Named, Student, TimeChangeDetail } from './types.ts';

/** The newest time change, and whose page has not shown it yet. */
export interface LatestChange {
  change: Accessor<TimeChangeDetail | undefined>;
  /** Students being examined whose page has not shown it. */
  unseen: Accessor<readonly Student[]>;
  seen: Accessor<number>;
  /** Who made the last change of a session: events do not say it, the newest change does. */
  actorOf(student: Student): Named | null;
  load(): Promise<void>;
  reloadSoon(): void;
  /** Somebody acknowledged something: asks again after a while who is missing. */
  recheckSoon(): void;
}

const SOON_MS = 900;
const RECHECK_MS = 5_000;
/** A change and its event carry instants of the same transaction. */
const SAME_MS = 2_000;

/** Follows the newest time change of an exam. */
export function createLatestChange(examId: string, roster: Roster): LatestChange {
  const [change, setChange] = createSignal<TimeChangeDetail>();
  let soon: ReturnType<typeof setTimeout> | undefined;
  let later: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    const [newest] = await readTimeChanges(examId).catch(() => []);
    if (newest === undefined) return void setChange(undefined);
    const detail = await readTimeChange(examId, newest.commandId).catch(() => undefined);
    if (detail !== undefined) setChange(detail);
  }

  function reloadSoon(): void {
    // events of hundreds of sessions come within a moment; the last of them counts
    clearTimeout(soon);
    soon = setTimeout(() => void load(), SOON_MS);
  }

  const waitsFor = createMemo(() => (change()?.students ?? []).filter(({ state }) => state === 'unacknowledged').map(({ sessionId }) => sessionId));
  const unseen = createMemo(() => {
    roster.epoch();
    return waitsFor().map((key) => roster.peek(key)).filter((student) => student !== undefined).filter((student) => isOpen(student) && student.acknowledgedVersion < student.version);
  });
  const reached = createMemo(() => (change()?.students ?? []).filter(({ state }) => state !== 'refused').length);

  const touched = createMemo(() => new Set((change()?.students ?? []).map(({ sessionId }) => sessionId)));

  onCleanup(() => {
    clearTimeout(soon);
    clearTimeout(later);
  });
  return {
    change,
    unseen,
    seen: () => Math.max(0, reached() - unseen().length),
    actorOf({ key, lastChange }) {
      const newest = change();
      if (lastChange === null || lastChange.actor !== null || newest === undefined) return lastChange?.actor ?? null;
      return touched().has(key) && Math.abs(Date.parse(newest.at) - lastChange.atMs) < SAME_MS ? newest.actor : null;
    },
    load,
    reloadSoon,
    recheckSoon() {
      if (waitsFor().length === 0) return;
      later ??= setTimeout(() => {
        later = undefined;
        void load();
      }, RECHECK_MS);
    },
  };
}
