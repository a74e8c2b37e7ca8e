import { refusalOf, type SessionCommand } from '#domain/session/state.ts';
import { deadlineMs, scaledSeconds, shortenedExtraMs } from '#domain/session/timing.ts';

import type { Student } from './types.ts';

/** What can be done to the time of many at once. */
export type TimeAct = 'extend' | 'shorten' | 'pause' | 'resume' | 'end' | 'reopen' | 'credit';

/** A time change before it is made. */
export interface PlannedChange {
  readonly act: TimeAct;
  readonly seconds: number;
  readonly scaled: boolean;
}

/** Students whom a change treats alike. */
export interface PreviewRow {
  readonly count: number;
  readonly state: Student['state'];
  readonly multiplier: string | undefined;
  /** Ends of now, null where no clock runs; the first and the last of the group. */
  readonly now: Span | null;
  readonly then: Span | null;
  /** Milliseconds that the end moves by, of the first and the last; null where there is none to move. */
  readonly moves: Span | null;
  /** What stands on a clock that does not run afterwards. */
  readonly leftMs: Span | null;
}

/** From the least to the most. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Everything that a dialog says before a change. */
export interface Preview {
  readonly rows: readonly PreviewRow[];
  readonly affected: number;
  readonly offline: number;
  /** Students in scope that the change does not reach. */
  readonly skipped: number;
  /** Of these, students who have not started. */
  readonly absent: number;
  /** Latest end afterwards. */
  readonly lastEndMs: number | null;
}

const MOST_ROWS = 7;

/** Whether a change reaches a session, by the same rule as the server; its cutoff is not known here, so the deadline stands for it. */
export function reaches(student: Student, act: SessionCommand, nowMs: number): boolean {
  if (student.state === 'absent') return false;
  return refusalOf(act, { state: student.state, cutoffAtMs: student.deadlineAtMs === null ? null : student.deadlineAtMs + GRACE_MS, nowMs }) === null;
}

/** Students see their end, the server waits a little longer for saves on their way. */
const GRACE_MS = 10_000;

interface Moved {
  readonly nowMs: number | null;
  readonly thenMs: number | null;
  readonly leftMs: number | null;
}

/** The end of one session after a change, by the rules of the server. */
export function endAfter(student: Student, change: PlannedChange, nowMs: number): Moved {
  const { act } = change;
  const seconds = change.scaled ? scaledSeconds(change.seconds, student.multiplier ?? '1') : change.seconds;
  const isPaused = student.state === 'paused';
  // a paused clock stands: its end is as far away as what is left on it
  const end = isPaused ? nowMs + student.remainingMs : (student.deadlineAtMs ?? nowMs);
  const shown = isPaused || student.state !== 'active' ? null : end;
  const moved = (then: number): Moved => ({ nowMs: shown, thenMs: isPaused ? null : then, leftMs: isPaused ? then - nowMs : null });
  switch (act) {
    case 'extend':
    case 'credit':
      return moved(end + seconds * 1_000);
    case 'shorten': {
      const parts = { startedAtMs: end, entitledMs: 0, capAtMs: null, extraMs: 0, pausedTotalMs: 0 };
      return moved(deadlineMs({ ...parts, extraMs: shortenedExtraMs(parts, seconds, nowMs) }));
    }
    case 'pause':
      return { nowMs: shown, thenMs: null, leftMs: Math.max(0, end - nowMs) };
    case 'resume':
      return { nowMs: null, thenMs: end, leftMs: null };
    case 'end':
      return { nowMs: shown, thenMs: nowMs, leftMs: null };
    case 'reopen':
      return { nowMs: student.closedAtMs, thenMs: nowMs + seconds * 1_000, leftMs: null };
  }
}

/** What a change would do, in groups of students whom it treats alike. */
export function previewChange(students: readonly Student[], change: PlannedChange, nowMs: number): Preview {
  const groups = new Map<string, { student: Student; moved: Moved[] }>();
  let skipped = 0;
  let absent = 0;
  let offline = 0;
  let lastEndMs: number | null = null;
  for (const student of students) {
    if (!reaches(student, change.act, nowMs)) {
      skipped += 1;
      if (student.state === 'absent') absent += 1;
      continue;
    }
    if (!student.online && student.state !== 'submitted') offline += 1;
    const moved = endAfter(student, change, nowMs);
    if (moved.thenMs !== null) lastEndMs = Math.max(lastEndMs ?? 0, moved.thenMs);
    const id = groupOf(student, change.act, moved);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { student, moved: [moved] });
    else group.moved.push(moved);
  }
  const rows = [...groups.values()].map(({ student, moved }) => rowOf(student, moved)).sort(byEnd);
  const affected = rows.reduce((sum, row) => sum + row.count, 0);
  // only an extension counts for those who start later
  const later: PreviewRow[] = absent > 0 && change.act === 'extend' ? [{ count: absent, state: 'absent', multiplier: undefined, now: null, then: null, moves: { from: change.seconds * 1_000, to: change.seconds * 1_000 }, leftMs: null }] : [];
  return { rows: [...fold(rows), ...later], affected, offline, skipped, absent, lastEndMs };
}

// closed sessions ended at a second of their own each: one line for all of a state
function groupOf(student: Student, act: TimeAct, moved: Moved): string {
  const isAlone = act === 'reopen' || student.state === 'paused';
  return [student.state, student.multiplier ?? '', isAlone ? '' : String(moved.nowMs)].join(' ');
}

function rowOf(student: Student, moved: readonly Moved[]): PreviewRow {
  const isPair = (entry: Moved): boolean => entry.nowMs !== null && entry.thenMs !== null;
  return {
    count: moved.length,
    state: student.state,
    multiplier: student.multiplier,
    now: span(moved.map(({ nowMs }) => nowMs)),
    then: span(moved.map(({ thenMs }) => thenMs)),
    moves: span(moved.map((entry) => (isPair(entry) ? entry.thenMs! - entry.nowMs! : null))),
    leftMs: span(moved.map(({ leftMs }) => leftMs)),
  };
}

function span(values: readonly (number | null)[]): Span | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : { from: Math.min(...known), to: Math.max(...known) };
}

function byEnd(a: PreviewRow, b: PreviewRow): number {
  return (a.now?.from ?? Number.MAX_SAFE_INTEGER) - (b.now?.from ?? Number.MAX_SAFE_INTEGER) || b.count - a.count;
}

/** Many ends of their own become one line per state and multiplier, so that the table stays one that is read. */
function fold(rows: readonly PreviewRow[]): PreviewRow[] {
  if (rows.length <= MOST_ROWS) return [...rows];
  const merged = new Map<string, PreviewRow>();
  for (const row of rows) {
    const id = `${row.state} ${row.multiplier ?? ''}`;
    const known = merged.get(id);
    merged.set(id, known === undefined ? row : {
      ...known, count: known.count + row.count, now: wider(known.now, row.now), then: wider(known.then, row.then), moves: wider(known.moves, row.moves), leftMs: wider(known.leftMs, row.leftMs),
    });
  }
  return [...merged.values()].sort(byEnd);
}

function wider(a: Span | null, b: Span | null): Span | null {
  if (a === null || b === null) return a ?? b;
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}
