import type { Logger } from 'pino';

import type { ServerClock } from '#api/server-clock.ts';
import { createAudienceIndex } from '#api/stream/audience-index.ts';
import { frameOf, helloFrame } from '#api/stream/frame.ts';
import { createHeadReader } from '#api/stream/heads.ts';
import { createPresence } from '#api/stream/presence.ts';
import { type Audience, presentEvent } from '#api/stream/present.ts';
import { createProgressBoard } from '#api/stream/progress.ts';
import type { StreamSink } from '#api/stream/sink.ts';
import { audienceOf, createSubscriber, type ResolvedTopic, type Subscriber } from '#api/stream/subscriber.ts';
import type { Bus } from '#db/bus.ts';
import type { Db } from '#db/connection.ts';
import { readEventsAfter, type StreamEvent } from '#db/stream/reader.ts';
import { sequenceEvents } from '#db/stream/sequencer.ts';
import { readStreamHead, readTopicEvents } from '#db/stream/topics.ts';

/** What a connection asks for. */
export interface Subscription {
  readonly sink: StreamSink;
  readonly accountId: string;
  readonly topics: readonly ResolvedTopic[];
  /** Replay what came after this position; null starts now. */
  readonly after: number | null;
  /** Whether the access token behind the connection is neither expired nor revoked; asked every second. */
  isValid(): Promise<boolean>;
}

/** The live streams of one process: one reader of the database, fan-out in memory. */
export interface StreamHub {
  /** Serves a connection until it closes; resolves when it is live. */
  subscribe(subscription: Subscription): Promise<void>;
  /** Notes how far a student has come; staff are told at most every 5 s. */
  noteProgress(sessionId: string, examId: string, answered: number, total: number): void;
  /** Open connections of this process. */
  openStreams(): number;
  /** The position up to which this process has read; undefined before its first look. */
  position(): number | undefined;
  start(): void;
  /** Ends every connection and the loops. */
  close(): void;
}

const FALLBACK_MS = 100;
/** Commits that follow each other closely share one pass. */
const GATHER_MS = 20;
const READ_PAGE = 1_000;
const BEAT_MS = 1_000;
const PING_MS = 15_000;
/** Connections of one account; the oldest makes room. */
const STREAMS_PER_ACCOUNT = 20;

interface Connection {
  readonly subscription: Subscription;
  nextPingAtMs: number;
}

/** Makes the hub of one process; nothing is read before `start`. */
export function createStreamHub(options: { db: Db; bus: Bus; clock: ServerClock; log: Logger }): StreamHub {
  const { db, bus, clock, log } = options;
  const index = createAudienceIndex();
  const readHead = createHeadReader(db);
  const connections = new Set<Connection>();
  const byAccount = new Map<string, Set<Connection>>();
  const progress = createProgressBoard();
  const presence = createPresence({
    db, log, nowMs: () => clock.nowMs(), onChange: (change) => bus.tell(JSON.stringify({ name: 'connection', ...change })),
  });
  let position: number | undefined;
  let running = false;
  let wanted = false;
  let failing = false;
  let closed = false;
  const timers: NodeJS.Timeout[] = [];

  async function run(): Promise<void> {
    wanted = true;
    if (running || closed) return;
    running = true;
    while (wanted && !closed) {
      wanted = false;
      await pass();
      if (wanted) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    }
    running = false;
  }

  async function pass(): Promise<void> {
    try {
      position ??= (await readStreamHead(db, [])).last;
      await sequenceEvents(db.pool);
      for (;;) {
        const events = await readEventsAfter(db, position, READ_PAGE);
        for (const event of events) publish(event);
        position = events.at(-1)?.seq ?? position;
        if (events.length < READ_PAGE) break;
      }
      failing = false;
    } catch (error) {
      if (!failing && !closed) log.warn({ err: error }, 'streams can not be read; trying on');
      failing = true;
    }
  }

  function publish(event: StreamEvent): void {
    const frames = createFrames(event, clock.nowMs());
    const readers = event.sessionId === null ? index.ofExam(event.examId) : index.ofSession(event.sessionId);
    for (const subscriber of readers) send(subscriber, event, frames);
    if (event.sessionId === null) return;
    for (const subscriber of index.staffOf(event.examId)) {
      if (!subscriber.sessions.has(event.sessionId)) send(subscriber, event, frames);
    }
  }

  function send(subscriber: Subscriber, event: StreamEvent, frames: Frames): void {
    const audience = audienceOf(subscriber, event);
    const frame = audience === null ? null : frames(audience);
    if (frame !== null) subscriber.deliver(event.seq, frame);
  }

  /** Something that is shown but not stored, from this process or another one. */
  function show(message: string): void {
    const { name, ...data } = JSON.parse(message) as { name: string; examId: string };
    let frame: Buffer | undefined;
    for (const subscriber of index.staffOf(data.examId)) {
      frame ??= frameOf({ name, data: { at: new Date(clock.nowMs()).toISOString(), ...data } }, null);
      subscriber.deliver(null, frame);
    }
  }

  function beat(): void {
    const now = clock.nowMs();
    for (const due of progress.takeDue(now)) bus.tell(JSON.stringify({ name: 'progress', ...due }));
    void presence.flush();
    const serverTime = new Date(now).toISOString();
    let ping: Buffer | undefined;
    for (const connection of connections) {
      endUnlessValid(connection.subscription);
      if (connection.nextPingAtMs > now) continue;
      connection.nextPingAtMs = now + PING_MS;
      ping ??= frameOf({ name: 'ping', data: { at: serverTime, serverTime } }, null);
      connection.subscription.sink.write(ping);
    }
  }

  function endUnlessValid({ sink, isValid }: Subscription): void {
    // a check that fails refuses nobody: the next beat asks again
    isValid().then((valid) => void (valid || sink.end()), () => undefined);
  }

  function admit(connection: Connection): void {
    const { accountId, sink } = connection.subscription;
    const own = byAccount.get(accountId) ?? new Set();
    byAccount.set(accountId, own.add(connection));
    connections.add(connection);
    // the oldest makes room: it may be a connection that broke without a word
    if (own.size > STREAMS_PER_ACCOUNT) [...own][0]!.subscription.sink.end();
    sink.onClose(() => {
      connections.delete(connection);
      own.delete(connection);
      if (own.size === 0 && byAccount.get(accountId) === own) byAccount.delete(accountId);
    });
  }

  /** @returns where the replay begins, and whether nothing has to be replayed: what comes after the look is live */
  async function greet(subscriber: Subscriber, after: number | null): Promise<{ from: number; isCurrent: boolean }> {
    const head = await readHead(subscriber.filter.sessionIds);
    const versions = Object.values(head.versions);
    const serverTime = new Date(head.nowMs).toISOString();
    subscriber.sink.write(helloFrame({
      at: serverTime, serverTime, sessionVersion: versions.length === 1 ? versions[0] : null, sessionVersions: head.versions,
    }));
    if (after === null) return { from: head.last, isCurrent: true };
    const isKept = after <= head.last && (head.oldest === null || after >= head.oldest - 1);
    if (isKept) return { from: after, isCurrent: after === head.last };
    // the position comes along, else a reconnect would ask for the lost events again
    subscriber.sink.write(frameOf({ name: 'reset', data: { at: serverTime, streamPosition: String(head.last) } }, head.last));
    return { from: head.last, isCurrent: true };
  }

  return {
    async subscribe(subscription) {
      const { sink, topics, after } = subscription;
      if (closed) return sink.end();
      const subscriber = createSubscriber(sink, topics);
      admit({ subscription, nextPingAtMs: clock.nowMs() + PING_MS });
      const isReading = position !== undefined;
      // first in the index, then the read: what is committed in between waits in the subscriber
      index.add(subscriber);
      for (const id of subscriber.ownSessionIds) presence.opened(id, subscriber.sessions.get(id)!.examId);
      sink.onClose(() => {
        index.remove(subscriber);
        for (const id of subscriber.ownSessionIds) presence.closed(id);
      });
      try {
        const { from, isCurrent } = await greet(subscriber, after);
        // when the subscriber was entered this process had read no further than `from`, so everything after it passes by here
        let isSkipped = isCurrent && isReading;
        const read = (position: number, limit: number): Promise<StreamEvent[]> => {
          if (!isSkipped) return readTopicEvents(db, subscriber.filter, position, limit);
          isSkipped = false;
          return Promise.resolve([]);
        };
        await subscriber.catchUp(from, read, (event) => {
          const audience = audienceOf(subscriber, event);
          return audience === null ? null : createFrames(event, clock.nowMs())(audience);
        });
      } catch (error) {
        log.debug({ err: error }, 'a stream could not start; the client connects again');
        sink.end();
      }
    },
    noteProgress: (sessionId, examId, answered, total) => progress.note({ sessionId, examId, answered, total }),
    openStreams: () => connections.size,
    position: () => position,
    start() {
      bus.onWake(() => void run());
      bus.onTell(show);
      timers.push(setInterval(() => void run(), FALLBACK_MS), setInterval(beat, BEAT_MS));
      timers.forEach((timer) => timer.unref());
      void run();
    },
    close() {
      closed = true;
      timers.forEach((timer) => clearInterval(timer));
      for (const { subscription } of connections) subscription.sink.end();
    },
  };
}

type Frames = (audience: Audience) => Buffer | null;

/** The frames of one event, made once per audience, however many connections take them. */
function createFrames(event: StreamEvent, nowMs: number): Frames {
  const made = new Map<Audience, Buffer | null>();
  return (audience) => {
    const known = made.get(audience);
    if (known !== undefined) return known;
    const out = presentEvent(event, audience, nowMs);
    const frame = out === null ? null : frameOf(out, event.seq);
    made.set(audience, frame);
    return frame;
  };
}
