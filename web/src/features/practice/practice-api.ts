import type { Place, Session, Sitting, SittingApi, StoredAnswer, StudentExam } from '#web/features/session/types.ts';
import type { Paper } from '#web/features/session/types.ts';

/** Minutes of a practice exam. */
export const PRACTICE_MINUTES = 20;
/** Whoever practises. */
export const PRACTICE_STUDENT = 'practice';

interface Kept {
  readonly id: string;
  readonly startedAtMs: number;
  readonly answers: readonly StoredAnswer[];
  readonly place: Place;
  readonly submittedAtMs: number | null;
}

/** What a practice exam is kept with. */
export interface PracticeOptions {
  readonly paper: () => Paper;
  readonly title: () => string;
  readonly nowMs: () => number;
  /** Keeps the practice while the tab is open, also over a reload. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

const KEY = 'holdfast.practice';
const EMPTY_PLACE: Place = { currentItemId: null, seen: [], flagged: [], notes: {}, clientSeq: 0 };

/** Stands in for the platform: saves like it, in this tab only, and sends nothing anywhere. */
export function createPracticeApi(options: PracticeOptions): { readonly sessionId: string; readonly api: SittingApi; forget(): void } {
  let kept = read();

  function read(): Kept {
    try {
      const found = options.storage.getItem(KEY);
      if (found !== null) return JSON.parse(found) as Kept;
    } catch {
      // what can not be read is begun anew
    }
    return { id: `practice-${crypto.randomUUID()}`, startedAtMs: options.nowMs(), answers: [], place: EMPTY_PLACE, submittedAtMs: null };
  }

  function write(change: Partial<Kept>): void {
    kept = { ...kept, ...change };
    try {
      options.storage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // a browser that keeps nothing still lets practise until the page is closed
    }
  }
  write({});

  const instant = (ms: number): string => new Date(ms).toISOString();
  const deadlineMs = (): number => kept.startedAtMs + PRACTICE_MINUTES * 60_000;
  const session = (): Session => {
    const isOver = options.nowMs() >= deadlineMs();
    const endedAtMs = kept.submittedAtMs ?? (isOver ? deadlineMs() : null);
    return {
      id: kept.id, examId: PRACTICE_STUDENT, studentId: PRACTICE_STUDENT, attempt: 1,
      state: kept.submittedAtMs !== null ? 'submitted' : isOver ? 'expired' : 'active',
      startedAt: instant(kept.startedAtMs), deadlineAt: instant(deadlineMs()), remainingMs: Math.max(0, deadlineMs() - options.nowMs()), pausedAt: null,
      endedAt: endedAtMs === null ? null : instant(endedAtMs), closedAt: endedAtMs === null ? null : instant(endedAtMs),
      closeReason: kept.submittedAtMs === null ? null : 'submitted', version: endedAtMs === null ? 1 : 2,
    };
  };
  const sitting = (): Sitting => ({ session: session(), paper: options.paper(), answers: [...kept.answers], place: kept.place, serverTime: instant(options.nowMs()), streamPosition: '0' });
  const told = () => ({ deadlineAt: instant(deadlineMs()), sessionVersion: session().version, serverTime: instant(options.nowMs()) });

  function save(itemId: string, response: unknown): StoredAnswer {
    const before = kept.answers.find((answer) => answer.itemId === itemId);
    const saved: StoredAnswer = { itemId, revision: (before?.revision ?? 0) + 1, response: response as NonNullable<StoredAnswer['response']>, savedAt: instant(options.nowMs()) };
    write({ answers: [...kept.answers.filter((answer) => answer.itemId !== itemId), saved] });
    return saved;
  }

  const api: SittingApi = {
    readSitting: () => Promise.resolve(sitting()),
    readExam: () => Promise.resolve(practiceExam(options.title())),
    saveAnswer: (_id, _clientId, { itemId, response }) => {
      const { revision, savedAt } = save(itemId, response);
      return Promise.resolve({ ...told(), itemId, revision, savedAt });
    },
    saveAnswers: (_id, _clientId, answers) =>
      Promise.resolve({
        ...told(),
        results: answers.map(({ itemId, response }) => {
          const { revision, savedAt } = save(itemId, response);
          return { itemId, ok: true as const, revision, savedAt };
        }),
      }),
    savePlace: (_id, place) => {
      write({ place });
      return Promise.resolve(place);
    },
    submit: (_id, _key, { answers = [] }) => {
      const results = answers.map(({ itemId, response }) => ({ ok: true, ...save(itemId, response) }));
      write({ submittedAtMs: options.nowMs() });
      const answered = kept.answers.filter(({ response }) => response !== null).length;
      return Promise.resolve({ session: session(), counts: { total: options.paper().itemCount, answered, flagged: kept.place.flagged.length }, results });
    },
    acknowledge: () => Promise.resolve(),
    askForHelp: () => Promise.resolve(),
    observe: () => Promise.resolve(),
    listRefused: () => Promise.resolve({ items: [], nextCursor: null }),
    probe: () => Promise.resolve(),
  };
  return { sessionId: kept.id, api, forget: () => options.storage.removeItem(KEY) };
}

function practiceExam(title: string): StudentExam {
  return {
    id: PRACTICE_STUDENT, title, description: '', durationMinutes: PRACTICE_MINUTES, window: null, instructions: '', itemCount: 0, passPercent: null, state: 'open', cancelledAt: null, canStart: true,
    rules: {
      attempts: 1, attemptsLeft: 0, navigation: 'free', display: 'one', lateEntryMinutes: null, endRule: 'duration', hasAccessCode: false, proctoring: 'none', warnMinutes: [10, 5, 1],
      resultsShown: { score: false, items: false, key: false, feedback: false }, ownMinutes: PRACTICE_MINUTES, addedMinutes: 0, latestEndAt: null,
    },
  };
}
