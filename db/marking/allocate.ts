import { secondAfter, splitEvenly } from '#domain/marking/split.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { needsSecond } from './settle.ts';
import type { MarkingSettings } from './settings.ts';

/** What was dealt to one grader. */
export interface Dealt {
  readonly graderId: string;
  readonly first: number;
  readonly second: number;
}

interface Waiting {
  session_id: string;
  closed_version: number;
  item_id: string;
  code: string;
  state: 'first' | 'second';
  draw: number;
  first_grader: string | null;
  second_grader: string | null;
  first_by: string | null;
  holder: string | null;
}

/**
 * Deals the waiting answers evenly: by item each question is dealt evenly, by student whole students are. What somebody has just leased
 * stays there. Dealing again without a change changes nothing.
 * @param graders at least one
 */
export async function allocate(
  tx: Queryable, settings: MarkingSettings, graders: readonly string[], by: 'item' | 'student', origin: Origin,
): Promise<{ changed: number; dealt: Dealt[] }> {
  const { rows } = await tx.query<Waiting>(
    `select a.session_id, a.closed_version, a.item_id, a.code, a.state, a.draw, a.first_grader, a.second_grader, a.first_by,
            case when a.lease_until > holdfast_now() then a.lease_holder end as holder
       from marking_answers a join exam_sessions s on s.id = a.session_id and s.closed_version = a.closed_version and s.closed_at is not null and s.state <> 'withdrawn'
      where a.exam_id = $1 and a.state in ('first', 'second') order by a.item_id, a.code, a.session_id for update of a`,
    [settings.examId],
  );
  const firsts = dealFirst(rows.filter((row) => row.state === 'first'), graders, by);
  const turns = new Map<string | null, number>();
  const next = rows.map((row) => {
    const first = row.state === 'first' ? firsts.get(keyOf(row, by))! : row.first_grader;
    const marker = row.first_by ?? first;
    if (row.state === 'first' && !needsSecond(settings, row.draw)) return { row, first, second: null };
    if (row.state === 'second' && row.holder !== null) return { row, first, second: row.holder };
    const turn = turns.get(marker) ?? 0;
    turns.set(marker, turn + 1);
    return { row, first, second: secondAfter(marker, graders, turn) };
  });
  const moved = next.filter(({ row, first, second }) => row.first_grader !== first || row.second_grader !== second);
  await tx.query(
    `update marking_answers a set first_grader = n.first, second_grader = n.second
       from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::uuid[]) as n (session_id, closed_version, item_id, first, second)
      where (a.session_id, a.closed_version, a.item_id) = (n.session_id, n.closed_version, n.item_id)`,
    [moved.map((each) => each.row.session_id), moved.map((each) => each.row.closed_version), moved.map((each) => each.row.item_id), moved.map((each) => each.first), moved.map((each) => each.second)],
  );
  const dealt = graders.map((graderId) => ({
    graderId,
    first: next.filter(({ row, first }) => row.state === 'first' && first === graderId).length,
    second: next.filter(({ second }) => second === graderId).length,
  }));
  if (moved.length > 0) await insertAudit(tx, origin, { action: 'marking.allocate', resourceType: 'exam', resourceId: settings.examId, examId: settings.examId, after: { by, changed: moved.length, dealt } });
  return { changed: moved.length, dealt };
}

function dealFirst(rows: readonly Waiting[], graders: readonly string[], by: 'item' | 'student'): ReadonlyMap<string, string> {
  const groups = Map.groupBy(rows, (row) => (by === 'item' ? row.item_id : ''));
  const dealt = new Map<string, string>();
  let offset = 0;
  for (const group of groups.values()) {
    const units = [...Map.groupBy(group, (row) => keyOf(row, by))].map(([id, answers]) => ({
      id, current: answers.find((answer) => answer.holder !== null)?.holder ?? answers.find((answer) => answer.first_grader !== null)?.first_grader ?? null,
    }));
    // where each question leaves one over, it is not always the first grader who gets it
    const turned = [...graders.slice(offset % graders.length), ...graders.slice(0, offset % graders.length)];
    for (const [id, grader] of splitEvenly(units.toSorted((a, b) => (a.id < b.id ? -1 : 1)), turned)) dealt.set(id, grader);
    offset += units.length;
  }
  return dealt;
}

function keyOf(row: Waiting, by: 'item' | 'student'): string {
  return by === 'item' ? `${row.code}/${row.session_id}/${row.item_id}` : `${row.code}/${row.session_id}`;
}
