import { type Accessor, batch, createSignal, onCleanup } from 'solid-js';

import { isProblem } from '#web/lib/problem.ts';

import type { Journal } from './journal.ts';
import type { Paper, Place, SendOptions, SittingApi } from './types.ts';

const SAVE_AFTER_MS = 1_000;
const RETRY_AFTER_MS = 10_000;

/** What the place of a student needs. */
export interface PlaceOptions {
  readonly sessionId: string;
  readonly api: Pick<SittingApi, 'savePlace'>;
  readonly journal: Pick<Journal, 'writePlace'>;
  /** Whether this window may tell anything. */
  readonly mayWrite: () => boolean;
  /** An item was reached, and more of the paper came with it. */
  readonly onPaper: (paper: Paper) => void;
}

/** Where a student is, what they have seen, flagged and noted. */
export interface PlaceKeeper {
  readonly currentItemId: Accessor<string | null>;
  readonly seen: Accessor<ReadonlySet<string>>;
  readonly flagged: Accessor<ReadonlySet<string>>;
  readonly notes: Accessor<Readonly<Record<string, string>>>;
  /** Sets everything to what the platform and this device have; the newer of both counts. */
  restore(stored: Place, kept: Place | null, isForward: boolean): void;
  goTo(itemId: string): void;
  toggleFlag(itemId: string): void;
  note(itemId: string, text: string): void;
  /** Leaves an item for good where the way leads forwards only. @throws what the request threw */
  advance(itemId: string): Promise<void>;
  /** Tells the platform what it does not know yet. */
  flush(options?: SendOptions): Promise<void>;
}

/** Keeps the place of a student on this device and tells it to the platform, now and then; that it fails harms nothing. */
export function createPlace(options: PlaceOptions): PlaceKeeper {
  const [currentItemId, setCurrent] = createSignal<string | null>(null);
  const [seen, setSeen] = createSignal<ReadonlySet<string>>(new Set());
  const [flagged, setFlagged] = createSignal<ReadonlySet<string>>(new Set());
  const [notes, setNotes] = createSignal<Readonly<Record<string, string>>>({});
  let seq = 0;
  let savedSeq = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | null = null;

  function place(): Place {
    return { currentItemId: currentItemId(), seen: [...seen()], flagged: [...flagged()], notes: { ...notes() }, clientSeq: seq };
  }

  function changed(): void {
    seq += 1;
    void options.journal.writePlace(place());
    saveIn(SAVE_AFTER_MS);
  }

  function saveIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  }

  async function save(how?: SendOptions): Promise<void> {
    const sent = place();
    const reply = await options.api.savePlace(options.sessionId, sent, how);
    if (reply.paper !== undefined) options.onPaper(reply.paper);
    if (reply.clientSeq > sent.clientSeq) {
      // another window or device told more: ours is said again, as the newer one
      seq = Math.max(seq, reply.clientSeq) + 1;
    } else {
      savedSeq = sent.clientSeq;
    }
  }

  function flush(how?: SendOptions): Promise<void> {
    clearTimeout(timer);
    if (savedSeq >= seq || !options.mayWrite()) return Promise.resolve();
    if (how !== undefined) return save(how).catch(() => undefined);
    saving ??= save()
      .then(
        () => savedSeq < seq && saveIn(SAVE_AFTER_MS),
        // closed, or a place that the platform does not take: saying it again would not help
        (error: unknown) => !isProblem(error, 'session-closed', 'item-locked', 'validation-failed', 'not-found') && saveIn(RETRY_AFTER_MS),
      )
      .then(() => void (saving = null));
    return saving;
  }

  onCleanup(() => clearTimeout(timer));

  return {
    currentItemId, seen, flagged, notes, flush,
    restore(stored, kept, isForward) {
      const isKeptNewer = kept !== null && kept.clientSeq > stored.clientSeq;
      const { seen: seenIds, flagged: flaggedIds, notes: texts, clientSeq } = isKeptNewer ? kept : stored;
      batch(() => {
        // how far one has come on a way that leads forwards only, the platform knows better
        setCurrent(isKeptNewer && !isForward ? kept.currentItemId : stored.currentItemId);
        setSeen(new Set(seenIds));
        setFlagged(new Set(flaggedIds));
        setNotes({ ...texts });
      });
      seq = clientSeq;
      savedSeq = stored.clientSeq;
      if (isKeptNewer) saveIn(SAVE_AFTER_MS);
    },
    goTo(itemId) {
      if (currentItemId() === itemId && seen().has(itemId)) return;
      batch(() => {
        setCurrent(itemId);
        if (!seen().has(itemId)) setSeen(new Set([...seen(), itemId]));
      });
      if (options.mayWrite()) changed();
    },
    toggleFlag(itemId) {
      const next = new Set(flagged());
      if (!next.delete(itemId)) next.add(itemId);
      setFlagged(next);
      changed();
    },
    note(itemId, text) {
      const { [itemId]: _before, ...others } = notes();
      setNotes(text === '' ? others : { ...others, [itemId]: text });
      changed();
    },
    async advance(itemId) {
      await saving;
      clearTimeout(timer);
      for (let tries = 0; ; tries += 1) {
        seq += 1;
        const sent: Place = { ...place(), currentItemId: itemId, seen: [...new Set([...seen(), itemId])] };
        const reply = await options.api.savePlace(options.sessionId, sent);
        if (reply.clientSeq > sent.clientSeq && reply.currentItemId !== itemId && tries === 0) {
          seq = reply.clientSeq;
          continue;
        }
        savedSeq = seq;
        batch(() => {
          if (reply.paper !== undefined) options.onPaper(reply.paper);
          setSeen(new Set(sent.seen));
          setCurrent(itemId);
        });
        void options.journal.writePlace(place());
        return;
      }
    },
  };
}
