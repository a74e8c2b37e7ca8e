import { type Accessor, createSignal } from 'solid-js';

import { outgoingOf, type Sent, sentOf, type Slot, type Slots } from './answer-slots.ts';
import type { AnswerProblem, AnswersOptions, Hold, Link } from './answer-types.ts';
import { createBackOff } from './back-off.ts';
import { groupByClient, pack, sizeOf, splitForGoodbye } from './batches.ts';
import { isSameJson } from './same-json.ts';
import { judge, judgeCode, type LinkTrouble, type SaveFailure, type SessionRefusal } from './save-errors.ts';
import type { CurrentAnswer } from './types.ts';

/** A pause in typing after which a text is sent, and the longest that typing without a pause is waited for. */
const TYPING_PAUSE_MS = 400;
const TYPING_MOST_MS = 1_000;
/** A request without an answer is sent again after this, and after what its size takes on a slow line. */
const PATIENCE_MS = 10_000;
const SLOWEST_BYTES_PER_MS = 20;
/** A number that the platform has seen with another text is replaced; more often than this is a fault. */
const MOST_RENUMBERINGS = 3;

/** What delivery knows of the page around it. */
export interface DeliveryContext {
  readonly slots: Slots;
  readonly options: AnswersOptions;
  readonly hold: Accessor<Hold | null>;
  /** The platform takes nothing for the session. */
  readonly onSessionRefused: (code: SessionRefusal) => void;
}

/** Brings texts to the platform: one request per item at a time, everything at once after a drop, growing pauses while nothing gets through. */
export function createDelivery({ slots, options, hold, onSessionRefused }: DeliveryContext) {
  const { api, journal, sessionId } = options;
  const backOff = createBackOff(options.random);
  const [link, setLink] = createSignal<Link>({ trouble: null, retryAtMs: 0 }, { equals: isSameJson });
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let flushing: Promise<void> | null = null;

  function mayBeSent(slot: Slot): boolean {
    return slot.status === 'unsent' && hold() !== 'paused' && hold() !== 'elsewhere';
  }

  function schedule(slot: Slot, how: 'typing' | 'choice'): void {
    clearTimeout(slot.timer);
    const waitMs = how === 'choice' ? 0 : Math.min(TYPING_PAUSE_MS, slot.dirtySinceMs + TYPING_MOST_MS - performance.now());
    slot.timer = setTimeout(() => {
      slot.timer = undefined;
      // in trouble the next try takes everything along
      if (mayBeSent(slot) && link().trouble === null && slot.flights.length === 0) void deliverJournaled([sentOf(slot)]);
    }, Math.max(0, waitMs));
  }

  async function deliverJournaled(sent: readonly Sent[]): Promise<void> {
    for (const one of sent) one.slot.flights.push(one);
    await Promise.all(sent.map((one) => one.slot.journaled));
    await deliver(sent);
  }

  /** One request; the slots already list it among their flights. */
  async function deliver(sent: readonly Sent[]): Promise<void> {
    try {
      await request(sent);
    } catch (error) {
      land(sent);
      await takeRefusal(sent, judge(error));
    }
    for (const { slot } of sent) if (mayBeSent(slot) && slot.timer === undefined && link().trouble === null) schedule(slot, 'typing');
  }

  async function request(sent: readonly Sent[]): Promise<void> {
    const [first] = sent as [Sent];
    const answers = sent.map(outgoingOf);
    const bytes = answers.reduce((sum, answer) => sum + sizeOf(answer), 0);
    const how = first.outlives ? { keepalive: true } : { signal: AbortSignal.timeout(PATIENCE_MS + Math.ceil(bytes / SLOWEST_BYTES_PER_MS)) };
    if (answers.length === 1) {
      const reply = await api.saveAnswer(sessionId, first.clientId, answers[0]!, how);
      land(sent);
      accept(first, reply.revision, reply.savedAt);
      options.onTold?.(reply);
      linkWorks();
      return;
    }
    const reply = await api.saveAnswers(sessionId, first.clientId, answers, how);
    land(sent);
    const results = new Map(reply.results.map((result) => [result.itemId, result]));
    let isLater = false;
    for (const one of sent) {
      const result = results.get(one.itemId);
      if (result?.ok === true) accept(one, result.revision, result.savedAt);
      else isLater = fail(one, judgeCode(result?.code ?? 'unavailable', result?.current)) === 'later' || isLater;
    }
    options.onTold?.(reply);
    if (isLater) runIntoTrouble('server', 0);
    else linkWorks();
  }

  async function takeRefusal(sent: readonly Sent[], failure: SaveFailure): Promise<void> {
    if (failure.kind === 'later') {
      runIntoTrouble(failure.why, failure.retryAfterMs);
    } else if (failure.kind === 'item' && sent.length > 1) {
      await deliverApart(sent, failure);
    } else {
      for (const one of sent) fail(one, failure);
      linkWorks();
    }
  }

  /** One bad text fails its whole batch: it is set apart, the others go again. */
  async function deliverApart(sent: readonly Sent[], failure: Extract<SaveFailure, { kind: 'item' }>): Promise<void> {
    const good: Sent[] = [];
    sent.forEach((one, index) => {
      const at = `/answers/${index}`;
      const errors = failure.errors.filter(({ pointer }) => pointer.startsWith(`${at}/`)).map(({ pointer, message }) => ({ pointer: pointer.slice(at.length), message }));
      if (errors.length === 0) good.push(one);
      else fail(one, { ...failure, errors });
    });
    const again = good.map(({ slot }) => slot).filter(mayBeSent).map((slot) => sentOf(slot));
    // nobody named: each for itself, so that one does not hold up the others
    const parts = good.length === sent.length ? again.map((one) => [one]) : again.length === 0 ? [] : [again];
    for (const part of parts) await deliverJournaled(part);
  }

  function land(sent: readonly Sent[]): void {
    for (const one of sent) one.slot.flights = one.slot.flights.filter((flight) => flight !== one);
  }

  function accept({ slot, clientSeq }: Pick<Sent, 'slot' | 'clientSeq'>, revision: number, savedAt: string): void {
    slot.ackedSeq = Math.max(slot.ackedSeq, clientSeq);
    slot.renumbered = 0;
    if (revision >= slot.base) {
      slot.base = revision;
      slot.savedAt = savedAt;
    }
    slots.noteSavedAt(savedAt);
    if (slot.seq === clientSeq && slot.status !== 'saved') {
      slot.status = 'saved';
      slot.theirs = null;
      slot.problem = null;
      slots.keep(slot);
    } else {
      slot.dirtySinceMs = performance.now();
    }
    slots.publish(slot);
  }

  function fail(sent: Sent, failure: SaveFailure): SaveFailure['kind'] {
    const { slot } = sent;
    if (failure.kind === 'conflict') meet(sent, failure.current);
    if (failure.kind === 'session') onSessionRefused(failure.code);
    if (failure.kind === 'item' && slot.seq === sent.clientSeq) {
      const isUsedNumber = failure.code === 'validation-failed' && failure.errors.every(({ pointer }) => pointer === '/clientSeq');
      if (isUsedNumber && slot.renumbered < MOST_RENUMBERINGS) {
        slot.renumbered += 1;
        slots.number(slot);
        slots.keep(slot);
      } else {
        refuse(slot, failure);
      }
    }
    return failure.kind;
  }

  /** Another window was first, unless what is stored is our own text whose confirmation got lost. */
  function meet(sent: Sent, current: CurrentAnswer | null): void {
    const { slot } = sent;
    // a newer request of ours overtook this one, and its verdict decides
    if (current === null || slot.ackedSeq > sent.clientSeq || slot.flights.some((flight) => flight.clientSeq > sent.clientSeq)) return;
    if (isSameJson(current.response, slot.response)) {
      accept({ ...sent, clientSeq: slot.seq }, current.revision, current.savedAt);
      return;
    }
    clearTimeout(slot.timer);
    slot.timer = undefined;
    slot.status = 'conflict';
    slot.theirs = current;
    slots.keep(slot);
    slots.publish(slot);
  }

  function refuse(slot: Slot, { code, detail, errors }: AnswerProblem): void {
    slot.status = 'refused';
    slot.problem = { code, detail, errors };
    slots.keep(slot);
    // a text that can be corrected is kept once, not with every correction
    const id = code === 'validation-failed' ? `${slot.itemId}:${code}` : `${slot.clientId}:${slot.seq}`;
    void journal.refuse({ id, itemId: slot.itemId, response: slot.response, code, atMs: slot.changedAtMs });
    slots.publish(slot);
  }

  function runIntoTrouble(why: LinkTrouble, retryAfterMs: number): void {
    if (retryTimer !== undefined) {
      setLink({ ...link(), trouble: why });
      return;
    }
    const waitMs = Math.max(backOff.nextMs(), retryAfterMs);
    setLink({ trouble: why, retryAtMs: performance.now() + waitMs });
    retryTimer = setTimeout(retry, waitMs);
  }

  function linkWorks(): void {
    if (link().trouble === null && retryTimer === undefined) return;
    clearTimeout(retryTimer);
    retryTimer = undefined;
    backOff.reset();
    setLink({ trouble: null, retryAtMs: 0 });
    void flush();
  }

  function retry(): void {
    clearTimeout(retryTimer);
    retryTimer = undefined;
    if ([...slots.all.values()].some(mayBeSent)) {
      void flush();
    } else if (link().trouble !== null) {
      api.probe().then(linkWorks, (error: unknown) => {
        const failure = judge(error);
        runIntoTrouble(failure.kind === 'later' ? failure.why : 'server', failure.kind === 'later' ? failure.retryAfterMs : 0);
      });
    }
  }

  async function flushAll(): Promise<void> {
    // each text once: what is typed meanwhile comes along, what is stuck does not turn in circles
    const gone = new Set<string>();
    const nameOf = (one: Sent): string => `${one.itemId} ${one.clientSeq}`;
    for (;;) {
      const sent = [...slots.all.values()].filter((slot) => mayBeSent(slot) && slot.flights.length === 0).map((slot) => sentOf(slot)).filter((one) => !gone.has(nameOf(one)));
      const part = groupByClient(sent).flatMap((group) => pack(group))[0];
      if (part === undefined) return;
      for (const one of part) {
        gone.add(nameOf(one));
        clearTimeout(one.slot.timer);
        one.slot.timer = undefined;
      }
      await deliverJournaled(part);
      if (link().trouble !== null) return;
    }
  }

  function flush(): Promise<void> {
    flushing ??= flushAll().finally(() => (flushing = null));
    return flushing;
  }

  function sayGoodbye(): void {
    const isOnItsWay = (slot: Slot): boolean => slot.flights.some((flight) => flight.outlives && flight.clientSeq === slot.seq);
    const { survives, rest } = splitForGoodbye([...slots.all.values()].filter((slot) => mayBeSent(slot) && !isOnItsWay(slot)).map((slot) => sentOf(slot, true)));
    const goodbyes = groupByClient(survives);
    const ordinary = groupByClient(rest.map(({ slot }) => sentOf(slot))).flatMap((group) => pack(group));
    for (const part of [...goodbyes, ...ordinary]) {
      for (const one of part) one.slot.flights.push(one);
      // the page may be gone in the next moment: nothing is waited for
      void deliver(part);
    }
  }

  return {
    link, schedule, flush, sayGoodbye, retry, refuse, accept,
    noteLink: (trouble: LinkTrouble | null): void => (trouble === null ? linkWorks() : runIntoTrouble(trouble, 0)),
    dispose: (): void => clearTimeout(retryTimer),
  };
}
