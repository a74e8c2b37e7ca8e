import { can } from '#api/batches/policy.ts';
import type { Actor } from '#api/http/actor.ts';
import { authorize, defineRoute, permit, reply, type Route } from '#api/http/route.ts';
import { instant } from '#api/session-commands/present.ts';
import { idSchema } from '#contracts/common.ts';
import {
  achievementRuleInSchema, achievementRuleListSchema, achievementRuleSchema, badgeCountsSchema, gamificationInSchema, gamificationSchema, leaderboardQuery, rulePreviewInSchema,
  rulePreviewSchema, staffLeaderboardSchema,
} from '#contracts/gamification.ts';
import type { Db, Tx } from '#db/connection.ts';
import { listOutExams } from '#db/gamification/course-results.ts';
import { resetName } from '#db/gamification/preferences.ts';
import { countBadges, previewRule } from '#db/gamification/preview.ts';
import { deleteRule, insertRule, listRules, updateRule } from '#db/gamification/rules.ts';
import { type GamificationSettings, saveSettings, selectOptionalSettings } from '#db/gamification/settings.ts';
import { selectBatch, selectBatchForUpdate } from '#db/people/batches.ts';
import { BUILT_IN_BADGES } from '#domain/gamification/badges.ts';
import type { Batch } from '#domain/people/types.ts';
import { z } from 'zod';

import { leaderboardOf } from './cache.ts';
import { presentRule, presentSettings, presentStaffLeaderboard } from './present.ts';

// proctors reach the policy: they see batches, so a refusal is 403
const access = ['admin', 'teacher', 'proctor'] as const;
const params = z.strictObject({ batchId: idSchema });
const nameParams = z.strictObject({ batchId: idSchema, studentId: idSchema });
const ruleParams = z.strictObject({ batchId: idSchema, ruleId: idSchema });
const common = { tag: 'gamification', access } as const;

/** Switches, badges and leaderboard of a course, for its owner and admins. */
export const gamificationRoutes: readonly Route[] = [
  defineRoute({
    ...common, method: 'get', path: '/batches/{batchId}/gamification', summary: 'Read what a course has switched on', params, replies: { 200: gamificationSchema },
    async handle({ actor, db, params: { batchId } }) {
      demandOwn(actor, await selectBatch(db, batchId));
      return settingsReply(db, batchId);
    },
  }),
  defineRoute({
    ...common, method: 'put', path: '/batches/{batchId}/gamification', summary: 'Switch points, badges and leaderboards of a course on or off', ifMatch: 'required', params,
    body: gamificationInSchema, replies: { 200: gamificationSchema },
    async handle({ actor, body, ifMatch, origin, params: { batchId }, tx }) {
      demandOwn(actor, await selectBatchForUpdate(tx, batchId));
      await saveSettings(tx, origin, batchId, { ...body, badges: [...new Set(body.badges)] }, ifMatch);
      return settingsReply(tx, batchId);
    },
  }),
  defineRoute({
    ...common, method: 'get', path: '/batches/{batchId}/gamification/badges', summary: 'Count who would have each badge of a course now', params, replies: { 200: badgeCountsSchema },
    async handle({ actor, db, deps, params: { batchId } }) {
      demandOwn(actor, await selectBatch(db, batchId));
      const { counts, of } = await countBadges(db, batchId);
      return reply(200, { of, items: [...counts].map(([badge, count]) => ({ badge, count })), computedAt: instant(deps.clock.nowMs()) });
    },
  }),
  defineRoute({
    ...common, method: 'get', path: '/batches/{batchId}/gamification/leaderboard', summary: 'See the ten best ranks of a course as staff',
    description: 'Without students who opted out. Also while it is switched off, to see what students would see. 404 for the term of a course that has none.', params, query: leaderboardQuery,
    replies: { 200: staffLeaderboardSchema },
    async handle({ actor, db, deps, params: { batchId }, query: { period } }) {
      demandOwn(actor, await selectBatch(db, batchId));
      authorize(period !== 'term' || (await selectOptionalSettings(db, batchId))?.termStartsOn != null);
      return reply(200, presentStaffLeaderboard(period, await leaderboardOf(deps, batchId, period)));
    },
  }),
  defineRoute({
    ...common, method: 'delete', path: '/batches/{batchId}/gamification/names/{studentId}', summary: 'Show a student by initials again, instead of a name that they chose', params: nameParams,
    replies: { 204: null },
    async handle({ actor, origin, params: { batchId, studentId }, tx }) {
      demandOwn(actor, await selectBatch(tx, batchId));
      authorize(await resetName(tx, origin, batchId, studentId));
      return reply(204);
    },
  }),
  defineRoute({
    ...common, method: 'get', path: '/batches/{batchId}/achievement-rules', summary: 'List the badges that the teacher of a course made', params,
    replies: { 200: achievementRuleListSchema },
    async handle({ actor, db, params: { batchId } }) {
      demandOwn(actor, await selectBatch(db, batchId));
      return reply(200, { items: (await listRules(db, batchId)).map(presentRule), nextCursor: null });
    },
  }),
  defineRoute({
    ...common, method: 'post', path: '/batches/{batchId}/achievement-rules', summary: 'Make a badge for a course', key: 'required', params, body: achievementRuleInSchema,
    replies: { 201: achievementRuleSchema },
    async handle({ actor, body, commandId, origin, params: { batchId }, tx }) {
      demandOwn(actor, await selectBatchForUpdate(tx, batchId));
      const rule = await insertRule(tx, origin, commandId, batchId, body);
      return reply(201, presentRule(rule), { etag: rule.version, location: `/api/v1/batches/${batchId}/achievement-rules/${rule.id}` });
    },
  }),
  defineRoute({
    ...common, method: 'post', path: '/batches/{batchId}/achievement-rules/preview', summary: 'See who would have a badge with these conditions now',
    description: 'By results that are out; nothing is kept.', key: 'optional', params, body: rulePreviewInSchema, replies: { 200: rulePreviewSchema },
    async handle({ actor, body, params: { batchId }, tx }) {
      demandOwn(actor, await selectBatch(tx, batchId));
      return reply(200, await previewRule(tx, batchId, body.conditions));
    },
  }),
  defineRoute({
    ...common, method: 'put', path: '/batches/{batchId}/achievement-rules/{ruleId}', summary: 'Change a badge of a course', ifMatch: 'required', params: ruleParams,
    body: achievementRuleInSchema, replies: { 200: achievementRuleSchema },
    async handle({ actor, body, ifMatch, origin, params: { batchId, ruleId }, tx }) {
      demandOwn(actor, await selectBatchForUpdate(tx, batchId));
      const rule = await updateRule(tx, origin, ruleId, batchId, body, ifMatch);
      return reply(200, presentRule(rule), { etag: rule.version });
    },
  }),
  defineRoute({
    ...common, method: 'delete', path: '/batches/{batchId}/achievement-rules/{ruleId}', summary: 'Remove a badge of a course from everybody', params: ruleParams,
    replies: { 204: null },
    async handle({ actor, origin, params: { batchId, ruleId }, tx }) {
      demandOwn(actor, await selectBatchForUpdate(tx, batchId));
      await deleteRule(tx, origin, ruleId, batchId);
      return reply(204);
    },
  }),
];

function demandOwn(actor: Actor, batch: Batch): void {
  authorize(can(actor, 'read', batch));
  permit(can(actor, 'change', batch), 'This batch belongs to somebody else.');
}

async function settingsReply(q: Db | Tx, batchId: string) {
  const settings = (await selectOptionalSettings(q, batchId)) ?? untouched(batchId);
  return reply(200, presentSettings(settings, await listOutExams(q, batchId)), { etag: settings.version });
}

/** Off until somebody switches it on; everything is ticked then, so that one switch is enough. */
function untouched(batchId: string): GamificationSettings {
  return { batchId, enabled: false, points: true, leaderboard: true, badges: BUILT_IN_BADGES, timeZone: 'UTC', termStartsOn: null, version: 0 };
}
