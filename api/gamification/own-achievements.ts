import type { Deps } from '#api/deps.ts';
import { listSeen } from '#db/gamification/achievements.ts';
import { countConfirmedIncidents, listCourseFacts } from '#db/gamification/course-results.ts';
import { type Period, PERIODS } from '#db/gamification/leaderboard.ts';
import { listRules } from '#db/gamification/rules.ts';
import type { StudentCourse } from '#db/gamification/settings.ts';
import { listTaggedItems } from '#db/gamification/tagged-items.ts';
import { type CourseBadge, coursePoints, courseStandings } from '#domain/gamification/course.ts';

import { figuresOf } from './cache.ts';

/** What a student has in a course. */
export interface OwnCourse {
  readonly standings: readonly CourseBadge[];
  readonly points: number;
  readonly exams: number;
  readonly seen: ReadonlyMap<string, number>;
  readonly computedAtMs: number;
}

/** Works out what a student has in a course from the results that are out now. */
export async function ownCourseOf(deps: Pick<Deps, 'db' | 'clock'>, { badges, batchId }: Pick<StudentCourse, 'badges' | 'batchId'>, studentId: string): Promise<OwnCourse> {
  const { db } = deps;
  const rules = await listRules(db, batchId, true);
  const exams = await listCourseFacts(db, batchId, studentId, await listTaggedItems(db, batchId, rules));
  const figures = await figuresOf(deps, batchId);
  const confirmedIncidents = (await countConfirmedIncidents(db, batchId, studentId)).get(studentId) ?? 0;
  return {
    standings: courseStandings({ badges, rules }, { exams, figures: figures.byExam, confirmedIncidents }),
    points: coursePoints({ exams }), exams: exams.length, seen: await listSeen(db, batchId, studentId), computedAtMs: figures.computedAtMs,
  };
}

/** The leaderboards of a course. */
export function periodsOf({ leaderboard, termStartsOn }: Pick<StudentCourse, 'leaderboard' | 'termStartsOn'>): readonly Period[] {
  return leaderboard ? PERIODS.filter((period) => period !== 'term' || termStartsOn !== null) : [];
}
