import type { AchievementRule } from '#domain/gamification/course.ts';
import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';

/** What a teacher writes of a rule. */
export type RuleChange = Pick<AchievementRule, 'name' | 'description' | 'conditions'> & { readonly active: boolean };

/** A rule as it is kept. */
export interface StoredRule extends AchievementRule {
  readonly batchId: string;
  /** Students see it and can earn it. */
  readonly active: boolean;
  readonly version: number;
}

const SELECT = 'select r.id, r.batch_id as "batchId", r.name, r.description, r.conditions, r.active, r.version from achievement_rules r';
/** More would be no distinction. */
const MOST_RULES = 50;

/** The rules of a course, oldest first. */
export async function listRules(q: Queryable, batchId: string, active?: boolean): Promise<StoredRule[]> {
  const { rows } = await q.query<StoredRule>(`${SELECT} where r.batch_id = $1 and ($2::boolean is null or r.active = $2) order by r.created_at, r.id`, [batchId, active ?? null]);
  return rows;
}

/** Adds a rule. @throws state-conflict when there are too many */
export async function insertRule(tx: Queryable, origin: Origin, id: string, batchId: string, rule: RuleChange): Promise<StoredRule> {
  if ((await listRules(tx, batchId)).length >= MOST_RULES) throw new Refusal('state-conflict', `A course has at most ${MOST_RULES} badges of its own.`);
  await tx.query(
    'insert into achievement_rules (id, batch_id, name, description, conditions, active, created_by) values ($1, $2, $3, $4, $5, $6, $7)',
    [id, batchId, rule.name, rule.description, JSON.stringify(rule.conditions), rule.active, origin.actorId],
  );
  return noted(tx, origin, 'achievement-rule.create', id, batchId, undefined);
}

/** Changes a rule of a course. @throws not-found, version-conflict */
export async function updateRule(tx: Queryable, origin: Origin, id: string, batchId: string, rule: RuleChange, version: number | null): Promise<StoredRule> {
  const before = await selectRuleForUpdate(tx, id, batchId);
  if (version !== null && version !== before.version) {
    throw new Refusal('version-conflict', `Somebody changed this meanwhile (version ${before.version}). Load it again and repeat your change.`);
  }
  await tx.query('update achievement_rules set name = $2, description = $3, conditions = $4, active = $5, version = version + 1 where id = $1', [
    id, rule.name, rule.description, JSON.stringify(rule.conditions), rule.active,
  ]);
  return noted(tx, origin, 'achievement-rule.change', id, batchId, before);
}

/** Removes a rule with the badges that it gave. @throws not-found */
export async function deleteRule(tx: Queryable, origin: Origin, id: string, batchId: string): Promise<void> {
  const before = await selectRuleForUpdate(tx, id, batchId);
  await tx.query('delete from achievement_rules where id = $1', [id]);
  await tx.query('delete from achievements where batch_id = $1 and badge = $2', [batchId, `rule-${id}`]);
  await insertAudit(tx, origin, { action: 'achievement-rule.delete', resourceType: 'batch', resourceId: batchId, before });
}

async function selectRuleForUpdate(tx: Queryable, id: string, batchId: string): Promise<StoredRule> {
  const { rows } = await tx.query<StoredRule>(`${SELECT} where r.id = $1 and r.batch_id = $2 for update`, [id, batchId]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such rule in this course.');
  return rows[0];
}

async function noted(tx: Queryable, origin: Origin, action: string, id: string, batchId: string, before: StoredRule | undefined): Promise<StoredRule> {
  const after = await selectRuleForUpdate(tx, id, batchId);
  await insertAudit(tx, origin, { action, resourceType: 'batch', resourceId: batchId, before, after });
  return after;
}
