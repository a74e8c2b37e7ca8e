import { BUILT_IN_BADGES } from '#domain/gamification/badges.ts';
import type { RuleCondition } from '#domain/gamification/rules.ts';
import { ruleStanding } from '#domain/gamification/rules.ts';

import type { Queryable } from '../connection.ts';
import { listCourseFacts } from './course-results.ts';
import { earnedIn } from './achievements.ts';
import { listRules } from './rules.ts';
import { listTaggedItems } from './tagged-items.ts';

/** Who would have a badge. */
export interface RulePreview {
  readonly count: number;
  /** Students with a result that is out. */
  readonly of: number;
  readonly students: readonly { readonly id: string; readonly externalId: string | null; readonly name: string }[];
}

const MOST_NAMES = 200;

/** Who would have a badge with these conditions by the results that are out. */
export async function previewRule(q: Queryable, batchId: string, conditions: readonly RuleCondition[]): Promise<RulePreview> {
  const facts = await listCourseFacts(q, batchId, null, await listTaggedItems(q, batchId, [{ conditions }]));
  const byStudent = Map.groupBy(facts, (fact) => fact.studentId);
  const ids = [...byStudent].flatMap(([studentId, exams]) => (ruleStanding(conditions, exams).earnedAtMs === null ? [] : [studentId]));
  const { rows } = await q.query<RulePreview['students'][number]>(
    'select id, external_id as "externalId", name from users where id = any($1::uuid[]) order by name, id limit $2', [ids, MOST_NAMES],
  );
  return { count: ids.length, of: byStudent.size, students: rows };
}

/** How many would have each badge of the course, also of those that are switched off. */
export async function countBadges(q: Queryable, batchId: string): Promise<{ of: number; counts: ReadonlyMap<string, number> }> {
  const rules = await listRules(q, batchId);
  const { earned, students } = await earnedIn(q, batchId, { badges: BUILT_IN_BADGES, rules });
  const counts = new Map<string, number>([...BUILT_IN_BADGES, ...rules.map(({ id }) => `rule-${id}`)].map((badge) => [badge, 0]));
  for (const { badge } of earned) counts.set(badge, counts.get(badge)! + 1);
  return { of: students, counts };
}
