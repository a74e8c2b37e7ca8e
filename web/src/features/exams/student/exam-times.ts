import type { StudentExam } from './api.ts';

const MINUTE_MS = 60_000;

/** The instants of an exam for one student; epoch milliseconds. */
export interface ExamTimes {
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  /** Until when the exam can be begun. */
  readonly entryEndsMs: number;
  /** The student's own time with what was added, milliseconds. */
  readonly ownMs: number;
  /** When it ends for them however late they begin; null where they always have the full time. */
  readonly latestEndMs: number | null;
  /** Who begins later than this has less than the own time; null when nobody has. */
  readonly fullTimeUntilMs: number | null;
}

/** When a student can begin, and how long it lasts then; null while no time is set. */
export function examTimes({ window, rules }: Pick<StudentExam, 'window' | 'rules'>): ExamTimes | null {
  if (window === null) return null;
  const opensAtMs = Date.parse(window.opensAt);
  const closesAtMs = Date.parse(window.closesAt);
  const ownMs = Math.round((rules.ownMinutes + rules.addedMinutes) * MINUTE_MS);
  const lateMs = rules.lateEntryMinutes === null ? Number.POSITIVE_INFINITY : opensAtMs + rules.lateEntryMinutes * MINUTE_MS;
  return {
    opensAtMs,
    closesAtMs,
    entryEndsMs: Math.min(lateMs, closesAtMs),
    ownMs,
    latestEndMs: rules.latestEndAt === null ? null : Date.parse(rules.latestEndAt),
    fullTimeUntilMs: rules.latestEndAt === null ? null : Date.parse(rules.latestEndAt) - ownMs,
  };
}

/** When it would end for a student who begins at an instant. */
export function endOfStart(exam: Pick<StudentExam, 'window' | 'rules'>, startMs: number): number {
  const { ownMs, latestEndMs } = examTimes(exam)!;
  return Math.min(startMs + ownMs, latestEndMs ?? Number.POSITIVE_INFINITY);
}

/** Where an exam stands for its student. */
export type ExamStanding =
  | 'running' // a session is open
  | 'open' // can be begun now
  | 'upcoming'
  | 'unscheduled'
  | 'done' // sat, and no further attempt
  | 'missed'
  | 'cancelled';

/** Judges where an exam stands at an instant of the server; the server has the last word when it is begun. */
export function standingOf(exam: StudentExam, nowMs: number): ExamStanding {
  const { session, rules } = exam;
  if (session?.state === 'active' || session?.state === 'paused') return 'running';
  const over = session === undefined ? 'missed' : 'done';
  if (exam.cancelledAt != null) return session === undefined ? 'cancelled' : 'done';
  const times = examTimes(exam);
  if (times === null) return exam.state === 'published' ? 'unscheduled' : over;
  if (exam.state === 'archived' || nowMs >= times.closesAtMs) return over;
  if (nowMs < times.opensAtMs) return 'upcoming';
  const isShut = session?.state === 'terminated' || session?.state === 'withdrawn' || rules.attemptsLeft === 0 || nowMs > times.entryEndsMs;
  return isShut ? over : 'open';
}

/** The part of the list that an exam stands in. */
export function sectionOf(standing: ExamStanding): 'now' | 'next' | 'past' {
  if (standing === 'running' || standing === 'open') return 'now';
  return standing === 'upcoming' || standing === 'unscheduled' ? 'next' : 'past';
}

/** An exam with where it stands. */
export interface PlacedExam {
  readonly exam: StudentExam;
  readonly standing: ExamStanding;
}

/** Parts exams into now, next and past: running and soonest first, the past backwards. */
export function placeExams(exams: readonly StudentExam[], nowMs: number): Readonly<Record<'now' | 'next' | 'past', readonly PlacedExam[]>> {
  const placed = exams.map((exam) => ({ exam, standing: standingOf(exam, nowMs) }));
  const inSection = (section: 'now' | 'next' | 'past'): PlacedExam[] => placed.filter(({ standing }) => sectionOf(standing) === section);
  return {
    now: inSection('now').sort((a, b) => Number(b.standing === 'running') - Number(a.standing === 'running') || closing(a) - closing(b)),
    next: inSection('next').sort((a, b) => opening(a) - opening(b)),
    past: inSection('past').sort((a, b) => ending(b) - ending(a)),
  };
}

function opening({ exam }: PlacedExam): number {
  return examTimes(exam)?.opensAtMs ?? Number.POSITIVE_INFINITY;
}

function closing({ exam }: PlacedExam): number {
  return examTimes(exam)?.entryEndsMs ?? Number.POSITIVE_INFINITY;
}

function ending({ exam }: PlacedExam): number {
  const ended = exam.session?.endedAt ?? exam.session?.closedAt;
  return ended == null ? (examTimes(exam)?.closesAtMs ?? 0) : Date.parse(ended);
}
