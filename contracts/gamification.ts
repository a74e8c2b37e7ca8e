import type { BuiltInBadge } from '#domain/gamification/badges.ts';
import type { ShownAs } from '#domain/gamification/names.ts';
import type { RuleCondition } from '#domain/gamification/rules.ts';
import { z } from 'zod';

import { idSchema, instantSchema, textSchema, timeZoneSchema } from './common.ts';

const percent = z.number().min(0).max(100).multipleOf(0.01);
const periodSchema = z.enum(['week', 'month', 'term', 'all']);
const shownAsSchema = z.enum(['initials', 'name', 'alias']) satisfies z.ZodType<ShownAs>;
const builtInSchema = z.enum(['perfect', 'fast', 'consistent', 'clean', 'early-bird']) satisfies z.ZodType<BuiltInBadge>;
const badgeSchema = z.string().meta({ description: `${builtInSchema.options.map((badge) => `\`${badge}\``).join(', ')}, or \`rule-<id>\` for one of the teacher.` });
const filled = (max: number) => textSchema(max, 1).refine((text) => text.trim() !== '', 'must not be empty');

const scope = {
  examIds: z.array(idSchema).max(100).default([]).meta({ description: 'Empty: all exams of the course.' }),
  tag: filled(100).nullable().default(null).meta({ description: 'Only items with this tag, in exams that show single items; null: the whole exam.' }),
};
const passes = { minPercent: percent, exams: z.int().min(1).max(50) };
const conditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('score'), ...passes, ...scope }),
  z.strictObject({ kind: z.literal('streak'), ...passes, ...scope }),
  z.strictObject({ kind: z.literal('improvement'), byPercent: percent.min(0.01), ...scope }),
]) satisfies z.ZodType<RuleCondition>;
const conditionsSchema = z.array(conditionSchema).min(1).max(5).meta({ description: 'All of them have to hold.' });

/** Body of the switches of a course. */
export const gamificationInSchema = z
  .strictObject({
    enabled: z.boolean().meta({ description: 'Off: students see nothing of it.' }),
    points: z.boolean(),
    leaderboard: z.boolean(),
    badges: z.array(builtInSchema).max(builtInSchema.options.length),
    timeZone: timeZoneSchema.meta({ description: 'Where days, weeks and months of the course begin.' }),
    termStartsOn: z.iso.date().nullable().meta({ description: 'First day of the term; null: no leaderboard of a term.' }),
  })
  .refine(({ leaderboard, points }) => points || !leaderboard, { error: 'needs points', path: ['leaderboard'] })
  .meta({ id: 'GamificationInput' });

/** The switches of a course. */
export const gamificationSchema = z
  .object({
    batchId: z.string(),
    enabled: z.boolean(),
    points: z.boolean(),
    leaderboard: z.boolean(),
    badges: z.array(builtInSchema),
    timeZone: z.string(),
    termStartsOn: z.iso.date().nullable(),
    version: z.int().meta({ description: '0 while nobody has touched them.' }),
    exams: z.array(z.object({ id: z.string(), title: z.string(), showsItems: z.boolean() })).meta({ description: 'Exams that count: assigned to the batch, of its owner, with results that are out.' }),
  })
  .meta({ id: 'Gamification' });

/** Body of a badge of the teacher. */
export const achievementRuleInSchema = z
  .strictObject({ name: filled(60), description: textSchema(300).default(''), conditions: conditionsSchema, active: z.boolean().default(true) })
  .meta({ id: 'AchievementRuleInput' });

/** A badge of the teacher. */
export const achievementRuleSchema = z
  .object({ id: z.string(), batchId: z.string(), name: z.string(), description: z.string(), conditions: z.array(conditionSchema), active: z.boolean(), version: z.int() })
  .meta({ id: 'AchievementRule' });

/** The badges of the teacher of a course, oldest first. */
export const achievementRuleListSchema = z.object({ items: z.array(achievementRuleSchema), nextCursor: z.null() }).meta({ id: 'AchievementRuleList' });

/** Body of a preview. */
export const rulePreviewInSchema = z.strictObject({ conditions: conditionsSchema }).meta({ id: 'AchievementRulePreviewInput' });

/** Who has a badge, or would have it, by the results that are out. */
export const rulePreviewSchema = z
  .object({
    count: z.int(),
    of: z.int().meta({ description: 'Students of the course with a result that is out.' }),
    students: z.array(z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() })).meta({ description: 'By name, at most 200.' }),
  })
  .meta({ id: 'AchievementRulePreview' });

/** How many students would have each badge, also of those that are switched off. */
export const badgeCountsSchema = z
  .object({ of: z.int(), items: z.array(z.object({ badge: badgeSchema, count: z.int() })), computedAt: instantSchema })
  .meta({ id: 'BadgeCounts' });

/** Query of a leaderboard. */
export const leaderboardQuery = z.strictObject({ period: periodSchema.default('all') });

const board = {
  period: periodSchema,
  since: instantSchema.nullable().meta({ description: 'First instant of the period; null: all time.' }),
  computedAt: instantSchema.meta({ description: 'Kept up to 60 s; who is taken out is gone at once.' }),
  size: z.int().meta({ description: 'Students with points in the period.' }),
  more: z.int().meta({ description: 'Students who share one of the ten ranks and are not listed.' }),
};

/** The ten best ranks of a course as its students see them. */
export const leaderboardSchema = z
  .object({
    ...board,
    items: z.array(z.object({ rank: z.int(), name: z.string(), points: z.int(), isMe: z.boolean() })),
    me: z.object({ rank: z.int(), points: z.int() }).nullable().meta({ description: 'null without a result in the period.' }),
  })
  .meta({ id: 'Leaderboard' });

/** The same as staff see it. */
export const staffLeaderboardSchema = z
  .object({ ...board, items: z.array(z.object({ rank: z.int(), studentId: z.string(), name: z.string(), shownName: z.string(), points: z.int(), exams: z.int() })) })
  .meta({ id: 'StaffLeaderboard' });

/** The courses of a student that have anything of it. */
export const ownCoursesSchema = z.object({ items: z.array(z.object({ batchId: z.string(), name: z.string() })) }).meta({ id: 'OwnAchievementCourses' });

const preferences = {
  optedOut: z.boolean().meta({ description: 'In no leaderboard, and none is shown. Points and badges stay, for oneself.' }),
  shownAs: shownAsSchema.meta({ description: 'How the others in the course see the name.' }),
};

/** Body of the preferences. */
export const preferencesInSchema = z
  .strictObject({ ...preferences, alias: textSchema(30).default('') })
  .refine(({ alias, shownAs }) => shownAs !== 'alias' || alias.trim() !== '', { error: 'must not be empty', path: ['alias'] })
  .meta({ id: 'AchievementPreferencesInput' });

/** What a student chose. */
export const preferencesSchema = z.object({ ...preferences, alias: z.string(), name: z.string().meta({ description: 'What the others see.' }) }).meta({ id: 'AchievementPreferences' });

const ownBadge = z.object({
  badge: badgeSchema,
  name: z.string().nullable().meta({ description: 'null for a built-in badge.' }),
  description: z.string().nullable(),
  earnedAt: instantSchema.nullable().meta({ description: 'When the result came out that completed it.' }),
  times: z.int().meta({ description: 'How many exams earned it.' }),
  progress: z.object({ value: z.number(), target: z.number() }).nullable(),
  isNew: z.boolean().meta({ description: 'Earned and not seen yet.' }),
});

/** Everything that a student has. */
export const ownAchievementsSchema = z
  .object({
    preferences: preferencesSchema,
    courses: z.array(z.object({
      batchId: z.string(),
      name: z.string(),
      points: z.object({ total: z.int(), exams: z.int() }).nullable().meta({ description: 'null while the course has no points.' }),
      periods: z.array(periodSchema).meta({ description: 'Leaderboards that there are; none for who has opted out.' }),
      badges: z.array(ownBadge),
      computedAt: instantSchema,
    })),
  })
  .meta({ id: 'OwnAchievements' });

/** Body of what was seen. */
export const seenInSchema = z.strictObject({ badges: z.array(z.string().max(60)).min(1).max(100) }).meta({ id: 'SeenBadges' });
