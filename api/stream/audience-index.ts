import type { Subscriber } from '#api/stream/subscriber.ts';

/** Finds the connections that an event is for, without looking at the others. */
export function createAudienceIndex() {
  const bySession = new Map<string, Set<Subscriber>>();
  const byExam = new Map<string, Set<Subscriber>>();
  const staffByExam = new Map<string, Set<Subscriber>>();

  return {
    add(subscriber: Subscriber): void {
      for (const id of subscriber.sessions.keys()) put(bySession, id, subscriber);
      for (const [id, audience] of subscriber.exams) {
        put(byExam, id, subscriber);
        if (audience === 'exam-staff') put(staffByExam, id, subscriber);
      }
    },
    remove(subscriber: Subscriber): void {
      for (const id of subscriber.sessions.keys()) take(bySession, id, subscriber);
      for (const id of subscriber.exams.keys()) {
        take(byExam, id, subscriber);
        take(staffByExam, id, subscriber);
      }
    },
    /** Connections that listen to one session. */
    ofSession: (sessionId: string): Iterable<Subscriber> => bySession.get(sessionId) ?? NOBODY,
    /** Connections with anything in an exam. */
    ofExam: (examId: string): Iterable<Subscriber> => byExam.get(examId) ?? NOBODY,
    /** Staff who watch an exam. */
    staffOf: (examId: string): Iterable<Subscriber> => staffByExam.get(examId) ?? NOBODY,
  };
}

const NOBODY: readonly Subscriber[] = [];

function put(index: Map<string, Set<Subscriber>>, id: string, subscriber: Subscriber): void {
  const known = index.get(id);
  if (known === undefined) index.set(id, new Set([subscriber]));
  else known.add(subscriber);
}

function take(index: Map<string, Set<Subscriber>>, id: string, subscriber: Subscriber): void {
  const known = index.get(id);
  known?.delete(subscriber);
  if (known?.size === 0) index.delete(id);
}
