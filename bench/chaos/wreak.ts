import { randomBytes } from 'node:crypto';

import { countKills, killEachInTurn, type Kills } from '#bench/chaos/killer.ts';
import { accountOf, logIn, type Person } from '#bench/lib/api.ts';
import type { BenchArguments } from '#bench/lib/arguments.ts';
import { auditAnswers } from '#bench/lib/audit.ts';
import { createStudents, importQuestions, publishExam } from '#bench/lib/exam.ts';
import type { CloseOutReply } from '#bench/lib/replies.ts';
import { createClassLog, Sitter } from '#bench/lib/sitter.ts';
import { inParallel, sleep, until } from '#bench/lib/sleep.ts';
import type { BenchStack } from '#bench/lib/stack.ts';
import { round } from '#bench/lib/stats.ts';

/** What held, and what did not. */
export interface ChaosReport {
  readonly ok: boolean;
  readonly minutes: number;
  readonly kills: Kills;
  readonly blackoutSeconds: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly late: number;
  readonly longestOutageMs: number;
  readonly invariants: readonly { readonly name: string; readonly holds: boolean; readonly violations: number }[];
  readonly problems: readonly string[];
}

const GRACE_SECONDS = 5;
/** How long everything stays down after the deadline of the second exam has passed. */
const DOWN_AFTER_CUTOFF_MS = 5_000;
/** A single killed process may be felt this long. */
const OUTAGE_BAR_MS = 5_000;
/** After everything was down, every session is closed this soon. */
const RETURN_BAR_MS = 30_000;

/**
 * Students save without rest while every process is killed in turn. The first exam ends amid the kills; before the second
 * ends everything is killed at once and stays down across its deadline. Then every acknowledged save has to be there, no
 * late one, and every session closed.
 */
export async function wreak(stack: BenchStack, options: BenchArguments, say: (text: string) => void): Promise<ChaosReport> {
  const teacher = await logIn(stack.url, accountOf(stack.accounts, 'teacher'));
  const log = createClassLog();
  say(`Creating ${options.students} students`);
  const sitters = await prepareClass(stack, options.students, log);
  const questionIds = await importQuestions(teacher);
  const lengthMs = options.minutes * 60_000;
  const opensAtMs = Math.ceil((Date.now() + 3_000) / 1000) * 1000;
  const ends = [opensAtMs + Math.round((lengthMs * 0.5) / 1000) * 1000, opensAtMs + Math.round(lengthMs / 1000) * 1000];
  const halves = [sitters.filter((_sitter, index) => index % 2 === 0), sitters.filter((_sitter, index) => index % 2 === 1)];
  const examIds = await inParallel(ends, 1, (closesAtMs, index) => publishExam(teacher, {
    title: `Chaos ${index + 1}`, questionIds, durationMinutes: Math.max(1, Math.ceil(options.minutes)), opensAtMs, closesAtMs,
    endRule: 'window', graceSeconds: GRACE_SECONDS,
  }, halves[index]!.map((sitter) => sitter.person.id)));

  await sleep(opensAtMs - Date.now() + 50);
  say('The class starts, the kills begin');
  await Promise.all(halves.flatMap((half, index) => half.map((sitter) => sitter.start(examIds[index]!))));
  const sitting = Promise.all(sitters.map((sitter) => sitter.sit(() => 200 + Math.random() * 800, () => false)));
  const blackoutAtMs = stack.blackout === undefined ? ends[1]! : ends[1]! - Math.min(5_000, lengthMs * 0.1);
  const kills = countKills();
  await killEachInTurn(stack, kills, blackoutAtMs - 5_000, say);
  await sleep(blackoutAtMs - Date.now());
  const longestOutageMs = round(log.longestOutageMs, 0);

  let blackoutMs = 0;
  if (stack.blackout !== undefined) {
    blackoutMs = ends[1]! + GRACE_SECONDS * 1000 + DOWN_AFTER_CUTOFF_MS - Date.now();
    say(`Everything is killed for ${round(blackoutMs / 1000)} s, across the deadline`);
    await stack.blackout(blackoutMs);
    say('Everything is started again');
  }
  const returnedAtMs = performance.now();
  await sitting;
  const certificates = await inParallel(examIds, 1, (examId) => until('the close-out', 120_000, () => closed(teacher, examId), 250));
  const returnMs = performance.now() - returnedAtMs;
  const audit = await auditAnswers(sitters, GRACE_SECONDS);
  sitters.forEach((sitter) => {
    sitter.leave();
    sitter.person.close();
  });
  teacher.close();
  const invariants = mergeInvariants(certificates);
  const problems = [
    ...audit.details, ...log.unexpected,
    // the short form is a check that has to hold on any machine, however busy
    ...(options.short ? [] : missedBars(longestOutageMs, returnMs)),
  ].slice(0, 20);
  return {
    ok: audit.lost === 0 && audit.late === 0 && problems.length === 0 && invariants.every(({ holds }) => holds),
    minutes: options.minutes, kills, blackoutSeconds: round(blackoutMs / 1000), acknowledged: log.acknowledged,
    lost: audit.lost, late: audit.late, longestOutageMs, invariants, problems,
  };
}

function missedBars(longestOutageMs: number, returnMs: number): string[] {
  return [
    ...(longestOutageMs > OUTAGE_BAR_MS ? [`one student waited ${longestOutageMs} ms, the bar is ${OUTAGE_BAR_MS}`] : []),
    ...(returnMs > RETURN_BAR_MS ? [`close-out came ${round(returnMs, 0)} ms after the return, the bar is ${RETURN_BAR_MS}`] : []),
  ];
}

async function prepareClass(stack: BenchStack, count: number, log: ReturnType<typeof createClassLog>): Promise<Sitter[]> {
  const admin = await logIn(stack.url, accountOf(stack.accounts, 'admin'));
  const people = await createStudents(admin, count, `chaos-${randomBytes(4).toString('hex')}`);
  admin.close();
  return inParallel(people, 8, async (person) => new Sitter(await logIn(stack.url, person), log));
}

async function closed(teacher: Person, examId: string): Promise<CloseOutReply | false> {
  try {
    const answer = await teacher.call<CloseOutReply>('GET', `/exams/${examId}/close-out`);
    return answer.state === 'closed' && answer;
  } catch {
    // the API may be on its way up
    return false;
  }
}

function mergeInvariants(certificates: readonly CloseOutReply[]): { name: string; holds: boolean; violations: number }[] {
  const names = [...new Set(certificates.flatMap(({ invariants }) => invariants.map(({ name }) => name)))];
  return names.map((name) => {
    const violations = certificates.flatMap(({ invariants }) => invariants).filter((invariant) => invariant.name === name && !invariant.holds).length;
    return { name, holds: violations === 0, violations };
  });
}
