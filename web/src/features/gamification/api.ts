import type { z } from 'zod';

import type {
  achievementRuleInSchema, achievementRuleListSchema, achievementRuleSchema, badgeCountsSchema, gamificationInSchema, gamificationSchema, leaderboardQuery, leaderboardSchema,
  ownAchievementsSchema, ownCoursesSchema, preferencesInSchema, preferencesSchema, rulePreviewSchema, staffLeaderboardSchema,
} from '#contracts/gamification.ts';
import { commandKey, request } from '#web/lib/http.ts';

/** Everything that a student has. */
export type OwnAchievements = z.output<typeof ownAchievementsSchema>;
/** What a student has in one course. */
export type OwnCourse = OwnAchievements['courses'][number];
/** A badge for the student it is about. */
export type OwnBadge = OwnCourse['badges'][number];
/** What a student chose. */
export type Preferences = z.output<typeof preferencesSchema>;
/** Stretch of time of a leaderboard. */
export type Period = z.output<typeof leaderboardQuery>['period'];
/** The ten best ranks. */
export type Leaderboard = z.output<typeof leaderboardSchema>;
/** The same for staff. */
export type StaffLeaderboard = z.output<typeof staffLeaderboardSchema>;
/** The switches of a course. */
export type Gamification = z.output<typeof gamificationSchema>;
/** The switches as they are sent. */
export type GamificationIn = z.input<typeof gamificationInSchema>;
/** A badge of the teacher. */
export type AchievementRule = z.output<typeof achievementRuleSchema>;
/** The same as it is sent. */
export type AchievementRuleIn = z.output<typeof achievementRuleInSchema>;
/** One of its conditions. */
export type Condition = AchievementRule['conditions'][number];
/** Who would have a badge. */
export type RulePreview = z.output<typeof rulePreviewSchema>;
/** How many would have each. */
export type BadgeCounts = z.output<typeof badgeCountsSchema>;

const OWN = '/auth/me/achievements';

/** The courses of the student that have anything of it. */
export function loadOwnCourses(): Promise<z.output<typeof ownCoursesSchema>> {
  return request('GET', `${OWN}/courses`);
}

/** Points and badges of the student. */
export function loadOwnAchievements(signal: AbortSignal): Promise<OwnAchievements> {
  return request('GET', OWN, { signal });
}

/** A leaderboard as the student sees it. */
export function loadLeaderboard(batchId: string, period: Period, signal: AbortSignal): Promise<Leaderboard> {
  return request('GET', `${OWN}/courses/${batchId}/leaderboard`, { query: { period }, signal });
}

/** Notes that new badges were seen. */
export function noteSeen(batchId: string, badges: readonly string[]): Promise<void> {
  return request('POST', `${OWN}/courses/${batchId}/seen`, { body: { badges }, key: commandKey() });
}

/** Keeps what the student chose. */
export function savePreferences(body: z.input<typeof preferencesInSchema>): Promise<Preferences> {
  return request('PUT', `${OWN}/preferences`, { body });
}

/** The switches of a course. */
export function loadGamification(batchId: string, signal: AbortSignal): Promise<Gamification> {
  return request('GET', `/batches/${batchId}/gamification`, { signal });
}

/** Sets the switches of a course. */
export function saveGamification(batchId: string, body: GamificationIn, version: number): Promise<Gamification> {
  return request('PUT', `/batches/${batchId}/gamification`, { body, ifMatch: version });
}

/** How many would have each badge. */
export function loadBadgeCounts(batchId: string, signal: AbortSignal): Promise<BadgeCounts> {
  return request('GET', `/batches/${batchId}/gamification/badges`, { signal });
}

/** A leaderboard as staff see it. */
export function loadStaffLeaderboard(batchId: string, period: Period, signal: AbortSignal): Promise<StaffLeaderboard> {
  return request('GET', `/batches/${batchId}/gamification/leaderboard`, { query: { period }, signal });
}

/** Shows a student by initials again. */
export function resetName(batchId: string, studentId: string): Promise<void> {
  return request('DELETE', `/batches/${batchId}/gamification/names/${studentId}`);
}

/** The badges of the teacher. */
export function loadRules(batchId: string, signal: AbortSignal): Promise<z.output<typeof achievementRuleListSchema>> {
  return request('GET', `/batches/${batchId}/achievement-rules`, { signal });
}

/** Makes a badge. */
export function createRule(batchId: string, body: AchievementRuleIn, key: string): Promise<AchievementRule> {
  return request('POST', `/batches/${batchId}/achievement-rules`, { body, key });
}

/** Changes a badge. */
export function saveRule({ batchId, id, version }: AchievementRule, body: AchievementRuleIn): Promise<AchievementRule> {
  return request('PUT', `/batches/${batchId}/achievement-rules/${id}`, { body, ifMatch: version });
}

/** Removes a badge. */
export function deleteRule({ batchId, id }: AchievementRule): Promise<void> {
  return request('DELETE', `/batches/${batchId}/achievement-rules/${id}`);
}

/** Who would have a badge with these conditions. */
export function previewRule(batchId: string, conditions: readonly Condition[], signal: AbortSignal): Promise<RulePreview> {
  return request('POST', `/batches/${batchId}/achievement-rules/preview`, { body: { conditions }, signal });
}
