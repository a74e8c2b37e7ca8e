import { LRUCache } from 'lru-cache';

import type { RuleCondition } from '#domain/gamification/rules.ts';
import { itemsOfContent } from '#domain/grading/corrections.ts';

import type { Queryable } from '../connection.ts';
import { selectExamContent } from '../exams/content.ts';
import { listOutExams, type TaggedItem } from './course-results.ts';

interface FrozenItem {
  readonly itemId: string;
  readonly questionId: string;
  readonly version: number;
}

// the content of a published exam never changes
const kept = new LRUCache<string, readonly FrozenItem[]>({ max: 500 });

/** The items of the exams of a course that have a tag which these rules look at; none without such a rule. */
export async function listTaggedItems(q: Queryable, batchId: string, rules: readonly { readonly conditions: readonly RuleCondition[] }[]): Promise<TaggedItem[]> {
  const tags = new Set(rules.flatMap(({ conditions }) => conditions.flatMap(({ tag }) => tag ?? [])));
  if (tags.size === 0) return [];
  const items: FrozenItem[] = [];
  for (const { id, showsItems } of await listOutExams(q, batchId)) if (showsItems) items.push(...(await itemsOf(q, id)));
  const { rows } = await q.query<{ itemId: string; tag: string }>(
    `select i."itemId", t.tag from jsonb_to_recordset($1::jsonb) as i ("itemId" uuid, "questionId" uuid, version int)
       join question_versions v on v.question_id = i."questionId" and v.version = i.version
       join unnest($2::text[]) as t (tag) on t.tag = any(v.tags)`,
    [JSON.stringify(items), [...tags]],
  );
  return rows;
}

async function itemsOf(q: Queryable, examId: string): Promise<readonly FrozenItem[]> {
  const known = kept.get(examId);
  if (known !== undefined) return known;
  const items = itemsOfContent(await selectExamContent(q, examId)).map(({ id, questionId, questionVersion }) => ({ itemId: id, questionId, version: questionVersion }));
  kept.set(examId, items);
  return items;
}
