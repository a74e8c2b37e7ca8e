import { openDb } from '#db/connection.ts';
import { type CloseLoop, createCloseLoop } from '#db/session/close.ts';
import { checkInvariants } from '#db/session/invariants.ts';
import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody } from '#tests/support/caller.ts';
import { installTestClock } from '#tests/support/clock.ts';
import { openStream, type TestStream } from '#tests/support/stream.ts';

/** One question of each of these kinds is in every paper; the two that a machine marks are worth a point each. */
const QUESTIONS = {
  choice: { type: 'single-choice', text: 'VISIBLE choice', options: [{ id: 'a', text: 'Mercury' }, { id: 'b', text: 'Venus' }], key: { optionId: 'a' } },
  short: { type: 'short-text', text: 'VISIBLE short text', key: { accepted: [{ text: 'Paris' }] } },
  essay: { type: 'essay', text: 'VISIBLE essay' },
  code: { type: 'code', text: 'VISIBLE code', options: { languages: ['c'] } },
  file: { type: 'file-upload', text: 'VISIBLE file' },
} as const;

/** Kinds of questions by which tests name the items of a paper. */
export type Kind = keyof typeof QUESTIONS;

/** An exam on the exam day; times are "hh:mm" in UTC. */
export interface Plan {
  readonly from: string;
  readonly to: string;
  readonly durationMinutes: number;
  readonly students: readonly TestPerson[];
  /** Further settings, as the API takes them; unless they say otherwise there is no grace, so that an end is at its second. */
  readonly more?: Record<string, unknown>;
}

/** A student who has started. */
export interface Seat {
  readonly student: TestPerson;
  readonly sessionId: string;
  readonly items: Readonly<Record<Kind, string>>;
  /** The reply to the start. */
  readonly started: TestBody;
}

/** A session as its row says; instants are epoch ms. */
export interface Row {
  readonly id: string;
  readonly student_id: string;
  readonly state: string;
  readonly version: number;
  readonly started_ms: number;
  readonly deadline_ms: number;
  readonly cutoff_ms: number;
  readonly ended_ms: number | null;
  readonly closed_ms: number | null;
  readonly close_reason: string | null;
  readonly closed_version: number | null;
}

/** An exam day: an API, a worker's close loop on a connection of its own, and a clock that tests move. */
export interface Stage {
  readonly api: TestApi;
  readonly teacher: TestPerson;
  readonly proctor: TestPerson;
  readonly admin: TestPerson;
  /** Epoch ms of "hh:mm" or "hh:mm:ss" on the exam day. */
  at(time: string): number;
  /** Moves the clock of the database forward to this time; the API that runs knows it when this resolves. */
  clockTo(time: string): Promise<void>;
  /** The clock of the database without asking it, epoch ms. */
  nowMs(): number;
  publish(plan: Plan): Promise<string>;
  sit(examId: string, student: TestPerson): Promise<Seat>;
  sitAll(examId: string, students: readonly TestPerson[]): Promise<Seat[]>;
  /** The sessions of an exam, in the order of these seats, or all by id. */
  rows(examId: string, seats?: readonly Seat[]): Promise<Row[]>;
  /** Waits, without a read over HTTP, until nobody sits the exam any more. */
  allClosed(examId: string): Promise<void>;
  /** Listens as this person; the stream is closed with the stage. */
  listen(who: TestPerson, path: string, headers?: Record<string, string>): Promise<TestStream>;
  stopApi(): Promise<void>;
  /** Starts a second API on the same database, at the same address, unless one runs. */
  startApi(): Promise<void>;
  stopWorker(): Promise<void>;
  /** Starts the close loop of the worker, unless it runs. */
  startWorker(): void;
  /** Takes the API and the worker away. */
  everythingDown(): Promise<void>;
  /** Brings back what is away. */
  everythingUp(): Promise<void>;
  /** Ids of the invariants that do not hold for the exam; there is no Temporal here, so those about workflows are left out. */
  brokenInvariants(examId: string): Promise<string[]>;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;

/** Opens a stage for `beforeAll`. The exam day is tomorrow, so that log-ins from before it stay valid. */
export async function openStage(): Promise<Stage> {
  // steps of the clock are errors, and here they are wanted
  const api = await createTestApi({ LOG_LEVEL: 'fatal' });
  const [teacher, proctor, admin] = await Promise.all([api.person('teacher'), api.person('proctor'), api.person('admin')]);
  const clock = await installTestClock(api.pool);
  const workerDb = openDb(api.urlAs('holdfast_worker'), { poolSize: 4, transactionPoolSize: 4, statementTimeoutMs: 5_000, applicationName: 'worker' });
  const questionIds = new Map<Kind, string>();
  for (const [kind, question] of Object.entries(QUESTIONS)) questionIds.set(kind as Kind, String((await demand(201, teacher.post('/questions', question))).id));
  const midnightMs = (Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS;
  const streams: TestStream[] = [];
  let aheadMs = 0;
  let apiIsUp = true;
  let loop: CloseLoop | undefined;

  const at = (time: string): number => midnightMs + Date.parse(`1970-01-01T${time.length === 5 ? `${time}:00` : time}Z`);
  const nowMs = (): number => Date.now() + aheadMs;
  const log = { warn: () => undefined, error: (fields: object, message: string) => console.error(message, fields) };

  function startWorker(): void {
    loop ??= createCloseLoop(workerDb, { onClosed: () => undefined, log });
    loop.start();
  }

  async function stopWorker(): Promise<void> {
    await loop?.stop();
    loop = undefined;
  }

  async function clockTo(time: string): Promise<void> {
    // the loop of the worker is a fresh one and never sees the clock step; the one of the API does, and leaves the closing to it
    const wasRunning = loop !== undefined;
    await stopWorker();
    const byMs = at(time) - (await clock.nowMs());
    if (byMs < 0) throw new Error(`it is past ${time} already`);
    await clock.advance(byMs);
    aheadMs = (await clock.nowMs()) - Date.now();
    if (apiIsUp) await letApiMeasure();
    if (wasRunning) startWorker();
  }

  /** It measures each 5 s; tests do not wait for that. */
  async function letApiMeasure(): Promise<void> {
    await until(() => {
      if (Math.abs(api.deps.clock.nowMs() - nowMs()) < 100) return true;
      api.deps.clock.stop();
      api.deps.clock.start();
      return false;
    });
  }

  async function stopApi(): Promise<void> {
    apiIsUp = false;
    await api.stop();
  }

  async function startApi(): Promise<void> {
    if (apiIsUp) return;
    await api.start();
    apiIsUp = true;
    await letApiMeasure();
  }

  async function publish({ students, from, to, more, durationMinutes }: Plan): Promise<string> {
    const local = (time: string): string => new Date(at(time)).toISOString().slice(0, 19);
    const items = [...questionIds.values()].map((questionId) => ({ questionId }));
    const exam = await demand(201, teacher.post('/exams', {
      title: `Exam ${from}`, durationMinutes, graceSeconds: 0, sections: [{ title: 'All', items }],
      window: { localStart: local(from), localEnd: local(to), timeZone: 'UTC' }, ...more,
    }));
    await demand(200, teacher.post(`/exams/${exam.id}/publish`));
    await demand(200, teacher.post(`/exams/${exam.id}/assignments`, { studentIds: students.map(({ id }) => id) }));
    return String(exam.id);
  }

  async function sit(examId: string, student: TestPerson): Promise<Seat> {
    const started = await demand(201, student.post(`/exams/${examId}/sessions`, {}));
    return seatOf(student, started);
  }

  async function rows(examId: string, seats?: readonly Seat[]): Promise<Row[]> {
    const found = await api.pool.query<Row>(
      `select id, student_id, state, version, instant_ms(started_at) as started_ms, instant_ms(deadline_at) as deadline_ms, instant_ms(cutoff_at) as cutoff_ms,
         instant_ms(ended_at) as ended_ms, instant_ms(closed_at) as closed_ms, close_reason, closed_version
       from exam_sessions where exam_id = $1 order by id`,
      [examId],
    );
    return seats === undefined ? found.rows : seats.map(({ sessionId }) => found.rows.find(({ id }) => id === sessionId)!);
  }

  startWorker();
  return {
    api, teacher, proctor, admin, at, clockTo, nowMs, publish, sit, rows, stopApi, startApi, stopWorker, startWorker,
    sitAll: (examId, students) => Promise.all(students.map((student) => sit(examId, student))),
    async allClosed(examId) {
      await until(async () => (await rows(examId)).every(({ closed_ms: closedMs }) => closedMs !== null));
    },
    async listen(who, path, headers) {
      const stream = await openStream(api.url, path, who.token, headers);
      streams.push(stream);
      return stream;
    },
    async everythingDown() {
      await Promise.all([stopApi(), stopWorker()]);
    },
    async everythingUp() {
      await startApi();
      startWorker();
    },
    async brokenInvariants(examId) {
      const verdicts = await checkInvariants(workerDb, examId);
      return verdicts.filter(({ name, holds }) => !holds && !name.includes('workflow')).map(({ name, detail }) => `${name}: ${detail}`);
    },
    async close() {
      streams.forEach((stream) => stream.close());
      await stopWorker();
      await workerDb.close();
      await api.close();
    },
  };
}

/** A seat from the reply to a start, 201 or 200. */
export function seatOf(student: TestPerson, started: TestBody): Seat {
  const byText = new Map<string, string>(started.paper.sections.flatMap((section: TestBody) => section.items.map((item: TestBody) => [item.text.value, item.id])));
  const items = Object.fromEntries(Object.entries(QUESTIONS).map(([kind, { text }]) => [kind, byText.get(text)!])) as Record<Kind, string>;
  return { student, sessionId: String(started.session.id), items, started };
}

/** The body of a reply that has to have this status. */
export async function demand(status: number, replying: Promise<{ status: number; body: TestBody }>): Promise<TestBody> {
  const { status: got, body } = await replying;
  if (got !== status) throw new Error(`${status} was expected, not ${got}: ${JSON.stringify(body)}`);
  return body;
}

/** Waits until it is so, at most 15 s. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const giveUpAt = performance.now() + 15_000;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error('it did not come to pass within 15 s');
    await sleep(25);
  }
}

/** Waits. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
