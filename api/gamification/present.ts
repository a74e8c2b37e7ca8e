import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { Leaderboard, Period, RankedStudent } from '#db/gamification/leaderboard.ts';
import type { Preferences } from '#db/gamification/preferences.ts';
import type { StoredRule } from '#db/gamification/rules.ts';
import type { GamificationSettings } from '#db/gamification/settings.ts';
import type { CourseBadge } from '#domain/gamification/course.ts';
import { shownName } from '#domain/gamification/names.ts';

import type { Computed } from './cache.ts';

/** Ranks that anybody sees: nobody is shown at the end of a list. */
const TOP = 10;
/** Most rows, however many share a rank. */
const MOST_ROWS = 30;

/** The switches of a course, for staff. */
export function presentSettings(settings: GamificationSettings, exams: readonly { id: string; title: string; showsItems: boolean }[]): Record<string, unknown> {
  const { badges, batchId, enabled, leaderboard, points, termStartsOn, timeZone, version } = settings;
  return {
    batchId, enabled, points, leaderboard, badges, timeZone, termStartsOn, version, exams: exams.map(({ id, showsItems, title }) => ({ id, title, showsItems })),
  };
}

/** A badge of the teacher, for staff. */
export function presentRule({ active, batchId, conditions, description, id, name, version }: StoredRule): Record<string, unknown> {
  return { id, batchId, name, description, conditions, active, version };
}

/** The best ranks of a course, for a student in it. */
export function presentLeaderboard(period: Period, board: Computed<Leaderboard>, studentId: string): Record<string, unknown> {
  const me = board.students.find((student) => student.studentId === studentId);
  return {
    ...headOf(period, board),
    items: topOf(board).map((student) => ({ rank: student.rank, name: student.shownName, points: student.points, isMe: student === me })),
    me: me === undefined ? null : { rank: me.rank, points: me.points },
  };
}

/** The same for staff, who see who is behind a name. */
export function presentStaffLeaderboard(period: Period, board: Computed<Leaderboard>): Record<string, unknown> {
  return {
    ...headOf(period, board),
    items: topOf(board).map(({ exams, name, points, rank, shownName: shown, studentId }) => ({ rank, studentId, name, shownName: shown, points, exams })),
  };
}

/** What a student chose, with the name that it comes to. */
export function presentPreferences({ alias, optedOut, shownAs }: Preferences, name: string): Record<string, unknown> {
  return { optedOut, shownAs, alias, name: shownName(name, { shownAs, alias }) };
}

/** A badge for the student it is about. */
export function presentBadge({ badge, earnedAtMs, progress, rule, times }: CourseBadge, isSeen: boolean): Record<string, unknown> {
  return {
    badge, name: rule?.name ?? null, description: rule?.description ?? null, earnedAt: maybeInstant(earnedAtMs), times, progress, isNew: earnedAtMs !== null && !isSeen,
  };
}

function headOf(period: Period, board: Computed<Leaderboard>): Record<string, unknown> {
  const ranked = board.students.filter(({ rank }) => rank <= TOP).length;
  return { period, since: maybeInstant(board.sinceMs), computedAt: instant(board.computedAtMs), size: board.students.length, more: Math.max(0, ranked - MOST_ROWS) };
}

function topOf(board: Leaderboard): RankedStudent[] {
  return board.students.filter(({ rank }) => rank <= TOP).slice(0, MOST_ROWS).toSorted((one, other) => one.rank - other.rank || one.shownName.localeCompare(other.shownName));
}
