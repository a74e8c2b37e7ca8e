import type { Tx } from '#db/connection.ts';
import { BUILT_IN_BADGES } from '#domain/gamification/badges.ts';
import type { RuleCondition } from '#domain/gamification/rules.ts';

import type { DemoPeople } from './people.ts';
import { idOf, insertRows, instant, type Trail } from './rows.ts';
import { DAY, type DemoTimes } from './times.ts';

const CONDITIONS: readonly RuleCondition[] = [{ kind: 'score', minPercent: 75, exams: 1, examIds: [], tag: null }];

/** Switches points, badges and leaderboards of both groups on; what students have comes from the exam that is over. */
export async function insertGamification(tx: Tx, people: DemoPeople, times: DemoTimes, trail: Trail): Promise<void> {
  const actorId = people.teachers[0]!.id;
  const atMs = times.batchesMs + DAY;
  const settings = { enabled: true, points: true, leaderboard: true, badges: BUILT_IN_BADGES, timeZone: times.timeZone, termStartsOn: instant(times.batchesMs).slice(0, 10) };
  await insertRows(tx, 'batch_gamification', people.batches.map(({ id }) => ({ batchId: id, ...settings, version: 1, updatedBy: actorId, updatedAt: instant(atMs) })));
  await insertRows(tx, 'achievement_rules', people.batches.map(({ id }) => ({
    id: idOf(atMs), batchId: id, name: 'Three quarters', description: 'Three quarters of all points, in any exam of the course.', conditions: CONDITIONS, active: true, version: 1, createdBy: actorId,
    createdAt: instant(atMs),
  })));
  trail.push(...people.batches.map(({ id }) => ({ atMs, actorId, action: 'batch.gamification', resourceType: 'batch', resourceId: id, before: null, after: settings })));
}
