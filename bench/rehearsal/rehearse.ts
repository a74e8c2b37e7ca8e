import { randomBytes } from 'node:crypto';

import { accountOf, logIn, type Person } from '#bench/lib/api.ts';
import type { BenchArguments } from '#bench/lib/arguments.ts';
import { auditAnswers } from '#bench/lib/audit.ts';
import { createStudents, importQuestions, publishExam } from '#bench/lib/exam.ts';
import type { CloseOutReply, SessionReply } from '#bench/lib/replies.ts';
import { createClassLog, Sitter } from '#bench/lib/sitter.ts';
import { inParallel, sleep, until } from '#bench/lib/sleep.ts';
import { openWindows, pictureOfMonitor, type WindowsReport } from '#bench/rehearsal/windows.ts';
import type { StreamMessage } from '#bench/lib/sse-client.ts';
import type { BenchStack } from '#bench/lib/stack.ts';
import { maximum, percentile, round } from '#bench/lib/stats.ts';
import { findChromium } from '#tools/browser/chromium.ts';

/** The figures of one rehearsal. */
export interface RehearsalReport {
  readonly ok: boolean;
  readonly students: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly late: number;
  readonly saveMs: { readonly p50: number; readonly p99: number };
  /** From the request of a time change to its arrival at an open client. */
  readonly timeChangeMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Database state closed minus (deadline + grace), of the sessions that ran into their deadline. */
  readonly closeLagMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly certificate: CloseOutReply;
  /** Two students in real browsers; null where there is no browser. */
  readonly windows: WindowsReport | null;
  readonly problems: readonly string[];
  readonly timeline: Timeline;
}

/** What happened when, in seconds after the opening. */
export interface Timeline {
  /** Acknowledged saves in each second. */
  readonly savesPerSecond: readonly number[];
  readonly marks: readonly { readonly second: number; readonly text: string }[];
}

const GRACE_SECONDS = 10;
const PAUSE_SECONDS = 10;
const EXTENSION_SECONDS = 20;

/**
 * The main job, in small: a real question file, an exam in a minute, a class that sits it over HTTP with open streams; the
 * worker is killed during it, one student is extended, everybody is paused for 10 s; nobody but a tenth hands in. Two more
 * students sit in real browsers, one of which is killed and started again.
 */
export async function rehearse(stack: BenchStack, options: BenchArguments, say: (text: string) => void): Promise<RehearsalReport> {
  const admin = await logIn(stack.url, accountOf(stack.accounts, 'admin'));
  const teacher = await logIn(stack.url, accountOf(stack.accounts, 'teacher'));
  const proctor = await logIn(stack.url, accountOf(stack.accounts, 'proctor'));
  const label = `rehearsal-${randomBytes(4).toString('hex')}`;
  const log = createClassLog();

  say(`Creating ${options.students} students and logging them in`);
  const people = await createStudents(admin, options.students, label);
  const chromium = findChromium();
  if (chromium === undefined) say('No Chromium here: the two students in real browsers are left out');
  const inBrowsers = chromium === undefined ? [] : await createStudents(admin, 2, `${label}-window`);
  const windows = chromium === undefined ? undefined : await openWindows(chromium, stack.url, [inBrowsers[0]!, inBrowsers[1]!]);
  const sitters = await inParallel(people, 8, async (person) => new Sitter(await logIn(stack.url, person), log));

  say('Importing 20 questions from a GIFT file and publishing the exam');
  const questionIds = await importQuestions(teacher);
  const opensAtMs = Math.ceil((Date.now() + 10_000) / 1000) * 1000;
  const closesAtMs = opensAtMs + options.minutes * 60_000;
  const examId = await publishExam(teacher, {
    title: 'Biology I, rehearsal', questionIds, durationMinutes: Math.max(1, Math.ceil(options.minutes)), opensAtMs, closesAtMs,
    endRule: 'window', graceSeconds: GRACE_SECONDS,
  }, [...people, ...inBrowsers].map((person) => person.id));
  await windows?.enter(examId);

  say(`Waiting for ${new Date(opensAtMs).toISOString()}, then everybody starts`);
  await sleep(opensAtMs - Date.now() + 50);
  const changes = createChangeWatch();
  await inParallel(sitters, options.students, async (sitter) => {
    await sleep(Math.random() * 2_000);
    await sitter.start(examId);
    await sitter.follow((who, message) => {
      changes.read(who, message);
      acknowledge(who, message);
    });
  });

  const early = new Set(sitters.slice(0, Math.floor(options.students / 10)));
  const lengthMs = options.minutes * 60_000;
  const sitting = Promise.all(sitters.map((sitter) => sitter.sit(
    () => 1_000 + Math.random() * 3_000,
    () => early.has(sitter) && Date.now() > opensAtMs + lengthMs * 0.75,
  ).then(() => (early.has(sitter) ? sitter.submit() : undefined))));

  const marks: { second: number; text: string }[] = [];
  const mark = (text: string): void => {
    say(text);
    marks.push({ second: (Date.now() - opensAtMs) / 1000, text });
  };
  const story = windows === undefined ? null : tellWindows(windows, examId, { opensAtMs, lengthMs, mark }, options.monitor === undefined ? undefined : () => pictureOfMonitor(chromium!, stack.url, accountOf(stack.accounts, 'proctor'), examId, options.monitor!));
  await disturb(stack, proctor, examId, sitters, { opensAtMs, lengthMs, changes, mark });
  say('Waiting for the end of the exam; nobody but a tenth hands in');
  await sitting;
  const seen = await story;
  await windows?.close();
  const certificate = await until('the exam to be closed out', lengthMs + 120_000, async () => {
    const answer = await teacher.call<CloseOutReply>('GET', `/exams/${examId}/close-out`);
    return answer.state === 'closed' && answer;
  }, 500);

  say('Reading every answer back');
  const audit = await auditAnswers(sitters, GRACE_SECONDS);
  const closeLag = await closeLags(sitters);
  marks.push({ second: (Math.min(...sitters.map((sitter) => sitter.deadlineAtMs)) - opensAtMs) / 1000, text: 'Deadline' });
  sitters.forEach((sitter) => {
    sitter.leave();
    sitter.person.close();
  });
  [admin, teacher, proctor].forEach((person) => person.close());
  const holds = certificate.invariants.every((invariant) => invariant.holds);
  const problems = [...audit.details, ...log.unexpected, ...changes.missing(sitters.length), ...(seen?.problems ?? [])].slice(0, 20);
  return {
    ok: audit.lost === 0 && audit.late === 0 && holds && problems.length === 0,
    students: options.students,
    acknowledged: log.acknowledged,
    lost: audit.lost,
    late: audit.late,
    saveMs: { p50: round(percentile(log.saveMs, 50)), p99: round(percentile(log.saveMs, 99)) },
    timeChangeMs: { p50: round(percentile(changes.delaysMs, 50)), p99: round(percentile(changes.delaysMs, 99)), max: round(maximum(changes.delaysMs)) },
    closeLagMs: { p50: percentile(closeLag, 50), p99: percentile(closeLag, 99), max: maximum(closeLag) },
    certificate,
    windows: seen,
    problems,
    timeline: { savesPerSecond: perSecond(log.acknowledgedAtMs, opensAtMs), marks },
  };
}

type Windows = Awaited<ReturnType<typeof openWindows>>;

/** The two real browsers: one is killed in the middle of an answer; the live monitor is drawn while everybody is paused. */
async function tellWindows(windows: Windows, examId: string, plan: Omit<Disturbance, 'changes'>, draw: (() => Promise<void>) | undefined): Promise<WindowsReport> {
  const at = (share: number): Promise<void> => sleep(Math.max(0, plan.opensAtMs + plan.lengthMs * share - Date.now()));
  try {
    await windows.begin();
    await at(0.3);
    plan.mark('Killing a browser (SIGKILL)');
    await windows.killAndResume();
    await at(0.85);
    await draw?.();
  } catch (error) {
    // the figures of the others are worth having all the same
    windows.note(error instanceof Error ? error.message : String(error));
  }
  return windows.end(examId);
}

interface Disturbance {
  readonly opensAtMs: number;
  readonly lengthMs: number;
  readonly changes: ReturnType<typeof createChangeWatch>;
  mark(text: string): void;
}

async function disturb(stack: BenchStack, proctor: Person, examId: string, sitters: readonly Sitter[], plan: Disturbance): Promise<void> {
  const at = (share: number): Promise<void> => sleep(Math.max(0, plan.opensAtMs + plan.lengthMs * share - Date.now()));
  await at(0.25);
  const { worker } = await stack.processes();
  if (worker !== undefined) {
    plan.mark('Killing the worker (SIGKILL)');
    process.kill(worker, 'SIGKILL');
  }
  await at(0.4);
  plan.mark(`Extending one student by ${EXTENSION_SECONDS} s`);
  const last = sitters[sitters.length - 1]!;
  plan.changes.expect('time-changed', [last]);
  await proctor.call('POST', `/sessions/${last.sessionId}/extensions`, { seconds: EXTENSION_SECONDS, reason: 'The chair broke' });
  await at(0.55);
  plan.mark(`Pausing everybody for ${PAUSE_SECONDS} s`);
  plan.changes.expect('paused', sitters);
  await proctor.call('POST', `/exams/${examId}/time-changes`, { kind: 'pause', scope: { all: true }, reason: 'Fire alarm' });
  await sleep(PAUSE_SECONDS * 1000);
  plan.changes.expect('resumed', sitters);
  await proctor.call('POST', `/exams/${examId}/time-changes`, { kind: 'resume', scope: { all: true }, reason: 'False alarm' });
}

/** Says that a change is on the screen, as the exam page does; the figures do not wait for it. */
function acknowledge({ person, sessionId }: Sitter, { event, data }: StreamMessage): void {
  const { sessionVersion } = data as { sessionVersion?: number };
  if (!['time-changed', 'paused', 'resumed'].includes(event) || sessionVersion === undefined) return;
  person.call('POST', `/sessions/${sessionId}/acknowledgements`, { sessionVersion }).catch(() => undefined);
}

/** Counts instants by whole seconds. */
function perSecond(instantsMs: readonly number[], originMs: number): number[] {
  const counts: number[] = [];
  for (const instantMs of instantsMs) {
    const second = Math.max(0, Math.floor((instantMs - originMs) / 1000));
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return Array.from(counts, (count) => count ?? 0);
}

/** Measures how long a time change takes to each open client. */
function createChangeWatch() {
  const delaysMs: number[] = [];
  const expected = new Map<string, { sentAtMs: number; waiting: Set<Sitter> }>();
  return {
    delaysMs,
    expect(event: string, sitters: readonly Sitter[]): void {
      expected.set(event, { sentAtMs: performance.now(), waiting: new Set(sitters) });
    },
    read(sitter: Sitter, message: StreamMessage): void {
      const change = expected.get(message.event);
      if (change?.waiting.delete(sitter) === true) delaysMs.push(message.readAtMs - change.sentAtMs);
    },
    missing(of: number): string[] {
      return [...expected].filter(([, { waiting }]) => waiting.size > 0).map(([event, { waiting }]) => `${waiting.size} of ${of} clients never saw ${event}`);
    },
  };
}

/** Close lag of every session that ran into its deadline, ms. */
async function closeLags(sitters: readonly Sitter[]): Promise<number[]> {
  const lags = await inParallel(sitters, 8, async (sitter) => {
    const { session } = await sitter.person.call<SessionReply>('GET', `/sessions/${sitter.sessionId}`);
    if (session.state !== 'expired' || session.closedAt === null) return undefined;
    return Date.parse(session.closedAt) - Date.parse(session.deadlineAt) - GRACE_SECONDS * 1000;
  });
  return lags.filter((lag) => lag !== undefined);
}
