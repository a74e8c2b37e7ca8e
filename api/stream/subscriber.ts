import type { Audience } from '#api/stream/present.ts';
import type { StreamSink } from '#api/stream/sink.ts';
import type { TopicFilter } from '#db/stream/topics.ts';
import type { StreamEvent } from '#db/stream/reader.ts';

/** One session or exam that a connection listens to. */
export interface ResolvedTopic {
  readonly kind: 'session' | 'exam';
  readonly examId: string;
  readonly sessionId: string | null;
  readonly audience: Audience;
  /** The connection is that of the exam page itself: a student who looks at a list or at a result does not sit. */
  readonly isExamPage?: boolean;
}

/** One connection: what it hears and how far it has come. */
export interface Subscriber {
  readonly sink: StreamSink;
  readonly sessions: ReadonlyMap<string, { readonly examId: string; readonly audience: Audience }>;
  /** What the connection hears of an exam as a whole. */
  readonly exams: ReadonlyMap<string, Audience>;
  readonly filter: TopicFilter;
  /** Sessions that this connection keeps online: those of the student who sits at it. */
  readonly ownSessionIds: readonly string[];
  /** Takes a live frame, after what is still being replayed. `seq` null: not stored, worth nothing to somebody who is behind. */
  deliver(seq: number | null, frame: Buffer): void;
  /** Replays what came after `after`, then goes live. `read` answers the next events, `frameFor` their frames. */
  catchUp(after: number, read: (after: number, limit: number) => Promise<StreamEvent[]>, frameFor: (event: StreamEvent) => Buffer | null): Promise<void>;
}

/** Live frames that may wait while a replay runs; beyond that the replay reads them itself. */
const MAX_PENDING = 2_000;
const REPLAY_PAGE = 500;

/** Makes a connection that holds live frames back until `catchUp` is through. */
export function createSubscriber(sink: StreamSink, topics: readonly ResolvedTopic[]): Subscriber {
  const sessions = new Map<string, { examId: string; audience: Audience }>();
  const exams = new Map<string, Audience>();
  for (const topic of topics) {
    if (topic.sessionId !== null) sessions.set(topic.sessionId, { examId: topic.examId, audience: topic.audience });
    if (exams.get(topic.examId) === undefined || topic.audience === 'exam-staff') exams.set(topic.examId, topic.audience);
  }
  const examIds = [...exams.keys()];
  let cursor = 0;
  let missed = false;
  let pending: { seq: number; frame: Buffer }[] | null = [];

  return {
    sink,
    sessions,
    exams,
    filter: {
      sessionIds: [...sessions.keys()],
      wholeExamIds: examIds.filter((id) => exams.get(id) === 'exam-staff'),
      examIds: examIds.filter((id) => exams.get(id) !== 'exam-staff'),
    },
    ownSessionIds: topics.flatMap(({ sessionId, audience, isExamPage }) => (sessionId !== null && audience === 'student' && isExamPage === true ? [sessionId] : [])),
    deliver(seq, frame) {
      if (pending === null) {
        if (seq !== null && seq <= cursor) return;
        if (seq !== null) cursor = seq;
        sink.write(frame);
      } else if (seq !== null && pending.length < MAX_PENDING) {
        pending.push({ seq, frame });
      } else if (seq !== null) {
        missed = true;
      }
    },
    async catchUp(after, read, frameFor) {
      cursor = after;
      for (;;) {
        if (missed) {
          // what was left out of the queue is in the database by now
          missed = false;
          pending = [];
        }
        const events = await read(cursor, REPLAY_PAGE);
        for (const event of events) {
          const frame = frameFor(event);
          cursor = event.seq;
          if (frame !== null) sink.write(frame);
        }
        if (events.length < REPLAY_PAGE && !missed) break;
        if (!(await sink.drained())) return;
      }
      const waited = pending ?? [];
      pending = null;
      for (const { seq, frame } of waited) this.deliver(seq, frame);
    },
  };
}

/** The audience of an event on a connection; null when the event is not for it. */
export function audienceOf(subscriber: Pick<Subscriber, 'sessions' | 'exams'>, event: StreamEvent): Audience | null {
  if (event.sessionId === null) return subscriber.exams.get(event.examId) ?? null;
  const own = subscriber.sessions.get(event.sessionId);
  if (own !== undefined) return own.audience;
  return subscriber.exams.get(event.examId) === 'exam-staff' ? 'exam-staff' : null;
}
