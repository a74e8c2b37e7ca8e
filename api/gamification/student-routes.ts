import { authorize, defineRoute, permit, reply, type Route } from '#api/http/route.ts';
import { instant } from '#api/session-commands/present.ts';
import { idSchema } from '#contracts/common.ts';
import { leaderboardQuery, leaderboardSchema, ownAchievementsSchema, ownCoursesSchema, preferencesInSchema, preferencesSchema, seenInSchema } from '#contracts/gamification.ts';
import type { Queryable } from '#db/connection.ts';
import { markSeen } from '#db/gamification/achievements.ts';
import { savePreferences, selectPreferences } from '#db/gamification/preferences.ts';
import { listStudentCourses, type StudentCourse } from '#db/gamification/settings.ts';
import { selectUser } from '#db/people/users.ts';
import { z } from 'zod';

import { leaderboardOf } from './cache.ts';
import { ownCourseOf, periodsOf } from './own-achievements.ts';
import { presentBadge, presentLeaderboard, presentPreferences } from './present.ts';

const access = ['student'] as const;
const params = z.strictObject({ batchId: idSchema });

/** Points, badges and leaderboards of the student who asks. */
export const ownAchievementRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/auth/me/achievements', tag: 'gamification', summary: 'See the own points and badges, course by course',
    description: 'From results that are out now: what is unpublished or withheld leaves no trace. Courses that have it switched off are absent.',
    access, replies: { 200: ownAchievementsSchema },
    async handle({ actor, db, deps }) {
      const preferences = await selectPreferences(db, actor.id);
      const courses = [];
      for (const course of await listStudentCourses(db, actor.id)) {
        const own = await ownCourseOf(deps, course, actor.id);
        courses.push({
          batchId: course.batchId,
          name: course.name,
          points: course.points ? { total: own.points, exams: own.exams } : null,
          periods: preferences.optedOut ? [] : periodsOf(course),
          badges: own.standings.map((standing) => presentBadge(standing, own.seen.has(standing.badge))),
          computedAt: instant(own.computedAtMs),
        });
      }
      return reply(200, { preferences: presentPreferences(preferences, (await selectUser(db, actor.id)).name), courses });
    },
  }),
  defineRoute({
    method: 'get', path: '/auth/me/achievements/courses', tag: 'gamification', summary: 'List the own courses that have points, badges or leaderboards', access,
    replies: { 200: ownCoursesSchema },
    async handle({ actor, db }) {
      return reply(200, { items: (await listStudentCourses(db, actor.id)).map(({ batchId, name }) => ({ batchId, name })) });
    },
  }),
  defineRoute({
    method: 'get', path: '/auth/me/achievements/courses/{batchId}/leaderboard', tag: 'gamification', summary: 'See the ten best ranks of an own course, and the own rank',
    description: 'Names as each student chose. 403 for who has opted out.', access, params, query: leaderboardQuery, replies: { 200: leaderboardSchema },
    async handle({ actor, db, deps, params: { batchId }, query: { period } }) {
      const course = await selectOwnCourse(db, actor.id, batchId);
      authorize(periodsOf(course).includes(period));
      permit(!(await selectPreferences(db, actor.id)).optedOut, 'You have opted out of leaderboards.');
      return reply(200, presentLeaderboard(period, await leaderboardOf(deps, batchId, period), actor.id));
    },
  }),
  defineRoute({
    method: 'post', path: '/auth/me/achievements/courses/{batchId}/seen', tag: 'gamification', summary: 'Note that new badges of a course were seen',
    description: 'Badges that the student does not have are ignored.', access, key: 'required', params, body: seenInSchema, replies: { 204: null },
    async handle({ actor, body, deps, params: { batchId }, tx }) {
      const course = await selectOwnCourse(tx, actor.id, batchId);
      const { standings } = await ownCourseOf(deps, course, actor.id);
      await markSeen(tx, batchId, standings.flatMap(({ badge, earnedAtMs }) =>
        earnedAtMs !== null && body.badges.includes(badge) ? [{ studentId: actor.id, badge, earnedAtMs }] : []));
      return reply(204);
    },
  }),
  defineRoute({
    method: 'put', path: '/auth/me/achievements/preferences', tag: 'gamification', summary: 'Opt out of leaderboards or into them, and choose the name that others see',
    description: 'Holds for all courses, at once.', access, key: 'optional', body: preferencesInSchema, replies: { 200: preferencesSchema },
    async handle({ actor, body, origin, tx }) {
      await savePreferences(tx, origin, actor.id, body);
      return reply(200, presentPreferences(body, (await selectUser(tx, actor.id)).name));
    },
  }),
];

async function selectOwnCourse(q: Queryable, studentId: string, batchId: string): Promise<StudentCourse> {
  const course = (await listStudentCourses(q, studentId)).find((one) => one.batchId === batchId);
  authorize(course !== undefined);
  return course!;
}
