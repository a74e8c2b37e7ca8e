/** Everything that a student has in one course. */
import { builtInStanding, BUILT_IN_BADGES, type BuiltInBadge, type StudentFacts } from './badges.ts';
import type { BadgeStanding } from './facts.ts';
import { examPoints } from './points.ts';
import { type RuleCondition, ruleStanding } from './rules.ts';

/** A badge that a teacher made. */
export interface AchievementRule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly conditions: readonly RuleCondition[];
}

/** What a course has switched on. */
export interface CourseBadges {
  readonly badges: readonly BuiltInBadge[];
  readonly rules: readonly AchievementRule[];
}

/** A badge with where the student stands; `badge` is the name of a built-in one or `rule-<id>`. */
export type CourseBadge = BadgeStanding & { readonly badge: string; readonly rule: AchievementRule | null };

/** The standings of a student in every badge of a course: built-in ones first, then those of the teacher. */
export function courseStandings(course: CourseBadges, facts: StudentFacts): CourseBadge[] {
  return [
    ...BUILT_IN_BADGES.filter((badge) => course.badges.includes(badge)).map((badge) => ({ badge, rule: null, ...builtInStanding(badge, facts) })),
    ...course.rules.map((rule) => ({ badge: `rule-${rule.id}`, rule, ...ruleStanding(rule.conditions, facts.exams) })),
  ];
}

/** The points of a student in a course. */
export function coursePoints({ exams }: Pick<StudentFacts, 'exams'>): number {
  return exams.reduce((sum, { percent }) => sum + examPoints(percent), 0);
}
