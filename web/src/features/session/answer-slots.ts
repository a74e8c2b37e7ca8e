import { type Accessor, batch, createSignal, type Setter } from 'solid-js';

import type { AnswerProblem, AnswerView, SaveSummary } from './answer-types.ts';
import { newId } from './ids.ts';
import type { Journal, JournalAnswer } from './journal.ts';
import { isSameJson } from './same-json.ts';
import type { CurrentAnswer, OutgoingAnswer, StoredAnswer } from './types.ts';

/** Everything that is known of the answer to one item. */
export interface Slot {
  readonly itemId: string;
  readonly view: Accessor<AnswerView>;
  readonly setView: Setter<AnswerView>;
  response: unknown;
  status: AnswerView['status'];
  /** Name of the window under which the text goes. */
  clientId: string;
  seq: number;
  ackedSeq: number;
  /** Revision that the text was written on. */
  base: number;
  savedAt: string | null;
  changedAtMs: number;
  theirs: CurrentAnswer | null;
  problem: AnswerProblem | null;
  /** Resolves when this device has the text. */
  journaled: Promise<void>;
  flights: Sent[];
  timer: ReturnType<typeof setTimeout> | undefined;
  dirtySinceMs: number;
  renumbered: number;
}

/** A text on its way, as it was when it left. */
export interface Sent extends OutgoingAnswer {
  readonly slot: Slot;
  readonly clientId: string;
  /** Goes on when the page is gone. */
  readonly outlives: boolean;
}

const NOTHING: AnswerView = { response: null, status: 'saved', revision: 0, savedAt: null, changedAtMs: 0, theirs: null, problem: null };

/**
 * The slots of a session, with what the page sees of them.
 * @param onUnsent called with the number of unsent texts whenever something changed
 */
export function createSlots(journal: Pick<Journal, 'writeAnswer'>, onUnsent: (unsent: number) => void) {
  const all = new Map<string, Slot>();
  const [summary, setSummary] = createSignal<SaveSummary>({ unsent: 0, conflicts: 0, refused: 0, lastSavedAt: null }, { equals: isSameJson });
  const [conflicts, setConflicts] = createSignal<readonly string[]>([], { equals: isSameJson });
  let clientId = newId();
  let lastSeq = 0;
  let lastSavedAt: string | null = null;

  function slotOf(itemId: string): Slot {
    let slot = all.get(itemId);
    if (slot === undefined) {
      const [view, setView] = createSignal<AnswerView>(NOTHING, { equals: isSameJson });
      slot = {
        itemId, view, setView, response: null, status: 'saved', clientId, seq: 0, ackedSeq: 0, base: 0, savedAt: null, changedAtMs: 0, theirs: null, problem: null,
        journaled: Promise.resolve(), flights: [], timer: undefined, dirtySinceMs: 0, renumbered: 0,
      };
      all.set(itemId, slot);
    }
    return slot;
  }

  return {
    all,
    slotOf,
    summary,
    conflicts,
    clientId: () => clientId,
    /** A new name for this window: nobody else has used a number under it. */
    rename(): void {
      clientId = newId();
    },
    noteSeq(seq: number): void {
      lastSeq = Math.max(lastSeq, seq);
    },
    noteSavedAt(savedAt: string): void {
      if (lastSavedAt === null || savedAt > lastSavedAt) lastSavedAt = savedAt;
    },
    /** Gives the text of a slot a number of its own. A text that may have arrived under the name of an earlier window goes on under that name. */
    number(slot: Slot): void {
      if (slot.status !== 'unsent' || slot.ackedSeq === slot.seq) slot.clientId = clientId;
      lastSeq += 1;
      slot.seq = lastSeq;
    },
    /** Hands a slot to the journal. */
    keep(slot: Slot): void {
      slot.journaled = journal.writeAnswer(entryOf(slot));
    },
    /** Shows what has changed. */
    publish(...changed: Slot[]): void {
      batch(() => {
        for (const slot of changed) {
          const { response, status, base: revision, savedAt, changedAtMs, theirs, problem } = slot;
          slot.setView({ response, status, revision, savedAt, changedAtMs, theirs, problem });
        }
        const counts = { unsent: 0, saved: 0, conflict: 0, refused: 0 };
        const open: string[] = [];
        for (const slot of all.values()) {
          counts[slot.status] += 1;
          if (slot.status === 'conflict') open.push(slot.itemId);
        }
        setSummary({ unsent: counts.unsent + counts.conflict, conflicts: counts.conflict, refused: counts.refused, lastSavedAt });
        setConflicts(open);
      });
      onUnsent(summary().unsent);
    },
    /** Sets a slot to what the platform has. */
    takeStored(slot: Slot, stored: Pick<StoredAnswer, 'response' | 'revision' | 'savedAt'> | undefined): void {
      clearTimeout(slot.timer);
      Object.assign(slot, {
        timer: undefined, response: stored?.response ?? null, status: 'saved', base: stored?.revision ?? 0, savedAt: stored?.savedAt ?? null,
        changedAtMs: stored === undefined ? 0 : Date.parse(stored.savedAt), theirs: null, problem: null, clientId, ackedSeq: slot.seq,
      } satisfies Partial<Slot>);
    },
  };
}

/** The slots of a session. */
export type Slots = ReturnType<typeof createSlots>;

/** A slot as the journal keeps it. */
export function entryOf(slot: Slot): JournalAnswer {
  const state = slot.status === 'conflict' ? 'unsent' : slot.status === 'saved' ? 'sent' : slot.status;
  return { itemId: slot.itemId, response: slot.response, clientId: slot.clientId, clientSeq: slot.seq, baseRevision: slot.base, state, atMs: slot.changedAtMs };
}

/** A slot as it leaves now. */
export function sentOf(slot: Slot, outlives = false): Sent {
  return { slot, outlives, clientId: slot.clientId, itemId: slot.itemId, response: slot.response, clientSeq: slot.seq, baseRevision: slot.base };
}

/** What of it goes into a request. */
export function outgoingOf({ itemId, response, clientSeq, baseRevision }: OutgoingAnswer): OutgoingAnswer {
  return { itemId, response, clientSeq, baseRevision };
}
