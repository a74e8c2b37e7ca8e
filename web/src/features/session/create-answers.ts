import { createSignal, onCleanup } from 'solid-js';

import { createSlots, entryOf, outgoingOf, sentOf, type Slot } from './answer-slots.ts';
import type { Answers, AnswersOptions, Hold } from './answer-types.ts';
import { createDelivery } from './create-delivery.ts';
import type { JournalAnswer } from './journal.ts';
import { isSameJson } from './same-json.ts';
import type { SessionRefusal } from './save-errors.ts';
import type { StoredAnswer } from './types.ts';

const SAFETY_FLUSH_MS = 30_000;
/** Refused because of the time, not because of the text. */
const OF_TIME: ReadonlySet<string> = new Set<SessionRefusal>(['session-closed', 'session-paused', 'deadline-passed']);

/** Makes the answers of a session: kept on this device before anything else, sent soon, and called saved only when they are. */
export function createAnswers(options: AnswersOptions): Answers {
  const slots = createSlots(options.journal, (unsent) => guard(unsent > 0));
  const { slotOf, number, keep, publish } = slots;
  const [hold, setHoldSignal] = createSignal<Hold | null>(null);
  const delivery = createDelivery({ slots, options, hold, onSessionRefused });

  function change(itemId: string, response: unknown, how: 'typing' | 'choice'): boolean {
    if (hold() !== null) return false;
    const slot = slotOf(itemId);
    if (isSameJson(slot.response, response) && slot.status !== 'refused') return true;
    number(slot);
    slot.response = response;
    slot.changedAtMs = options.serverNowMs();
    if (slot.status !== 'conflict') becomeUnsent(slot);
    keep(slot);
    publish(slot);
    if (slot.status === 'unsent') delivery.schedule(slot, how);
    return true;
  }

  function becomeUnsent(slot: Slot): void {
    if (slot.status !== 'unsent') slot.dirtySinceMs = performance.now();
    slot.status = 'unsent';
    slot.problem = null;
  }

  function onSessionRefused(code: SessionRefusal): void {
    const next = code === 'session-paused' ? 'paused' : 'closed';
    if (hold() === next) return;
    setHoldSignal(next);
    if (next === 'closed') {
      for (const slot of slots.all.values()) if (slot.status === 'unsent' || slot.status === 'conflict') delivery.refuse(slot, { code, detail: '', errors: [] });
    }
    options.onSessionRefused?.(code);
  }

  function restore(stored: readonly StoredAnswer[], entries: readonly JournalAnswer[]): void {
    slots.rename();
    const known = new Map(stored.map((answer) => [answer.itemId, answer]));
    const kept = new Map(entries.map((entry) => [entry.itemId, entry]));
    for (const { clientSeq } of entries) slots.noteSeq(clientSeq);
    for (const { savedAt } of stored) slots.noteSavedAt(savedAt);
    for (const itemId of new Set([...slots.all.keys(), ...known.keys(), ...kept.keys()])) {
      const slot = slotOf(itemId);
      const inMemory = slot.status === 'unsent' || slot.status === 'conflict' ? entryOf(slot) : undefined;
      slots.takeStored(slot, known.get(itemId));
      const entry = kept.get(itemId) ?? inMemory;
      if (entry !== undefined) takeKept(slot, entry);
    }
    publish(...slots.all.values());
    void delivery.flush();
  }

  function takeKept(slot: Slot, entry: JournalAnswer): void {
    if (isSameJson(entry.response, slot.response)) return;
    // confirmed, yet unknown to the platform: it was brought back from a backup, and this device still has the answer
    const isLost = entry.state === 'sent' && entry.baseRevision > slot.base;
    if (entry.state === 'sent' && !isLost) return;
    slot.response = entry.response;
    slot.changedAtMs = entry.atMs;
    if (isLost) number(slot);
    else Object.assign(slot, { clientId: entry.clientId, seq: entry.clientSeq, base: entry.baseRevision, ackedSeq: 0 } satisfies Partial<Slot>);
    becomeUnsent(slot);
    keep(slot);
  }

  function setHold(next: Hold | null): void {
    const before = hold();
    if (before === next) return;
    setHoldSignal(next);
    if (next !== null) return;
    // re-opened: what was too late is in time again, and it is what the screen shows
    for (const slot of slots.all.values()) {
      if (slot.status !== 'refused' || !OF_TIME.has(slot.problem?.code ?? '')) continue;
      number(slot);
      becomeUnsent(slot);
      keep(slot);
      publish(slot);
    }
    void delivery.flush();
  }

  let isGuarded = false;
  function guard(isOn: boolean): void {
    if (isOn === isGuarded) return;
    isGuarded = isOn;
    if (isOn) addEventListener('beforeunload', onUnload);
    else removeEventListener('beforeunload', onUnload);
  }

  const onOffline = (): void => delivery.noteLink('offline');
  const safety = setInterval(() => void (delivery.link().trouble === null && delivery.flush()), SAFETY_FLUSH_MS);
  addEventListener('online', delivery.retry);
  addEventListener('offline', onOffline);
  onCleanup(() => {
    guard(false);
    clearInterval(safety);
    delivery.dispose();
    for (const slot of slots.all.values()) clearTimeout(slot.timer);
    removeEventListener('online', delivery.retry);
    removeEventListener('offline', onOffline);
  });

  const unsentOf = (): Slot[] => [...slots.all.values()].filter(({ status }) => status === 'unsent');
  return {
    view: (itemId) => slotOf(itemId).view(),
    summary: slots.summary,
    conflicts: slots.conflicts,
    link: delivery.link,
    hold,
    change,
    resolve(itemId, choice, joined) {
      const slot = slotOf(itemId);
      const { theirs } = slot;
      if (slot.status !== 'conflict' || theirs === null) return;
      // the text that is not chosen stays on the platform: it was kept apart when it was refused
      if (choice === 'theirs') slots.takeStored(slot, theirs);
      else {
        number(slot);
        slot.base = theirs.revision;
        slot.theirs = null;
        if (choice === 'both') slot.response = joined;
        becomeUnsent(slot);
      }
      keep(slot);
      publish(slot);
      if (choice !== 'theirs') delivery.schedule(slot, 'choice');
    },
    restore,
    adopt(stored) {
      const changed = stored.filter(({ itemId, revision }) => slotOf(itemId).status === 'saved' && slotOf(itemId).base < revision);
      for (const answer of changed) slots.takeStored(slotOf(answer.itemId), answer);
      if (changed.length > 0) publish(...changed.map(({ itemId }) => slotOf(itemId)));
    },
    setHold,
    confirm(sent, results) {
      const verdicts = new Map(results.map((result) => [result.itemId, result]));
      for (const { itemId, clientSeq } of sent) {
        const verdict = verdicts.get(itemId);
        if (verdict?.ok === true) delivery.accept({ slot: slotOf(itemId), clientSeq }, verdict.revision ?? 0, verdict.savedAt ?? new Date(options.serverNowMs()).toISOString());
      }
    },
    flush: delivery.flush,
    sayGoodbye: delivery.sayGoodbye,
    noteLink: delivery.noteLink,
    retry: delivery.retry,
    unsent: () => ({ clientId: slots.clientId(), answers: unsentOf().map((slot) => outgoingOf(sentOf(slot))) }),
  };
}

function onUnload(event: Event): void {
  event.preventDefault();
}
