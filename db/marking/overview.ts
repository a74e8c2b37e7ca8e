import type { Queryable } from '../connection.ts';
import { canonical } from '../results/rows.ts';
import { ANSWER_SQL } from './answer-rows.ts';

/** How many answers stand where. */
export interface MarkingCounts {
  readonly total: number;
  readonly done: number;
  readonly pending: number;
  readonly second: number;
  readonly reconcile: number;
  readonly leased: number;
  readonly flagged: number;
}

/** The answers of one item in numbers. */
export interface ItemCounts extends MarkingCounts {
  readonly itemId: string;
  readonly sessionId: string;
  readonly seed: string;
  readonly maxPoints: string;
  readonly mine: number;
  readonly mySecond: number;
}

/** What one grader has done and has before them. */
export interface GraderProgress {
  readonly graderId: string;
  readonly allocated: number;
  readonly first: number;
  readonly second: number;
  readonly leased: number;
  readonly flagged: number;
  /** From lease to mark. */
  readonly medianSeconds: number | null;
}

/** The own marks of a grader on one item. */
export interface OwnMarks {
  readonly done: number;
  readonly mean: number | null;
  readonly histogram: readonly { readonly points: string; readonly count: number }[];
  readonly compared: readonly { readonly graderId: string; readonly name: string; readonly answers: number; readonly meanDifference: number }[];
}

/** The items of an exam with answers for people, by number of answers. */
export async function countByItem(q: Queryable, examId: string, actorId: string): Promise<ItemCounts[]> {
  const free = '(not r.leased or r.lease_holder = $2)';
  const { rows } = await q.query<Omit<ItemCounts, 'itemId' | 'sessionId' | 'seed' | 'maxPoints' | 'mySecond'> & { item_id: string; session_id: string; max_points: string; my_second: number }>(
    `select r.item_id, min(r.session_id::text) as session_id, max(r.max_points) as max_points, count(*) as total,
            count(*) filter (where r.state = 'done') as done, count(*) filter (where r.state = 'first') as pending, count(*) filter (where r.state = 'second') as second,
            count(*) filter (where r.state = 'reconcile') as reconcile, count(*) filter (where r.leased) as leased, count(*) filter (where r.flagged) as flagged,
            count(*) filter (where r.state = 'first' and coalesce(r.first_grader, $2::uuid) = $2::uuid and ${free}) as mine,
            count(*) filter (where r.state = 'second' and coalesce(r.second_grader, $2::uuid) = $2::uuid and r.first_by <> $2::uuid and ${free}) as my_second
       from (${ANSWER_SQL}) r group by r.item_id order by r.item_id`,
    [examId, actorId],
  );
  const seeds = await seedsOf(q, rows.map((row) => row.session_id));
  return rows.map(({ item_id, session_id, max_points, my_second, ...counts }) => ({
    ...counts, itemId: item_id, sessionId: session_id, seed: seeds.get(session_id)!, maxPoints: canonical(max_points), mySecond: my_second,
  }));
}

/** How many hand-ins of an exam the machine has not looked at yet: what waits for people in them is not known. */
export async function countUngraded(q: Queryable, examId: string): Promise<number> {
  const { rows } = await q.query<{ count: number }>(
    `select count(*) as count from exam_sessions s where s.exam_id = $1 and s.closed_at is not null and s.state <> 'withdrawn'
        and not exists (select from grades g where g.session_id = s.id and g.closed_version = s.closed_version)`,
    [examId],
  );
  return rows[0]!.count;
}

async function seedsOf(q: Queryable, sessionIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await q.query<{ id: string; seed: string }>('select id, seed::text from exam_sessions where id = any($1::uuid[])', [sessionIds]);
  return new Map(rows.map((row) => [row.id, row.seed]));
}

/** What graders have done and have before them; those without anything are missing. */
export async function listProgress(q: Queryable, examId: string): Promise<GraderProgress[]> {
  const { rows } = await q.query<{ grader: string; allocated: number; first: number; second: number; leased: number; flagged: number; median: number | null }>(
    `with a as (select a.* from marking_answers a join exam_sessions s on s.id = a.session_id and s.closed_version = a.closed_version and s.closed_at is not null where a.exam_id = $1),
      facts as (
        select case a.state when 'first' then a.first_grader else a.second_grader end as grader, 'allocated' as what, null::int as seconds from a where a.state in ('first', 'second')
        union all select k.grader_id, k.role, k.seconds from a join marker_marks k using (session_id, closed_version, item_id) where k.superseded_at is null
        union all select a.lease_holder, 'leased', null from a where a.lease_until > holdfast_now()
        union all select f.grader_id, 'flagged', null from a join marking_flags f using (session_id, closed_version, item_id))
     select grader, count(*) filter (where what = 'allocated') as allocated, count(*) filter (where what = 'first') as first, count(*) filter (where what = 'second') as second,
            count(*) filter (where what = 'leased') as leased, count(*) filter (where what = 'flagged') as flagged, percentile_cont(0.5) within group (order by seconds) as median
       from facts where grader is not null group by grader`,
    [examId],
  );
  return rows.map(({ grader, median, ...counts }) => ({ graderId: grader, ...counts, medianSeconds: median }));
}

/** The own marks of a grader on one item, and how far they are from those of colleagues where both are in. */
export async function selectOwnMarks(q: Queryable, examId: string, itemId: string, graderId: string): Promise<OwnMarks> {
  const own = `from marking_answers a join marker_marks k using (session_id, closed_version, item_id)
    where a.exam_id = $1 and a.item_id = $2 and k.grader_id = $3 and k.superseded_at is null`;
  const { rows } = await q.query<{ points: string; count: number }>(`select k.points, count(*) as count ${own} group by k.points order by k.points`, [examId, itemId, graderId]);
  const { rows: compared } = await q.query<{ graderId: string; name: string; answers: number; meanDifference: number }>(
    `select o.grader_id as "graderId", u.name, count(*) as answers, avg(abs(k.points - o.points))::float8 as "meanDifference"
       from marking_answers a join marker_marks k using (session_id, closed_version, item_id)
       join marker_marks o on o.session_id = a.session_id and o.closed_version = a.closed_version and o.item_id = a.item_id and o.role <> k.role and o.superseded_at is null
       join users u on u.id = o.grader_id
      where a.exam_id = $1 and a.item_id = $2 and k.grader_id = $3 and k.superseded_at is null group by o.grader_id, u.name order by u.name`,
    [examId, itemId, graderId],
  );
  const done = rows.reduce((sum, row) => sum + row.count, 0);
  return {
    done, mean: done === 0 ? null : rows.reduce((sum, row) => sum + Number(row.points) * row.count, 0) / done,
    histogram: rows.map((row) => ({ points: canonical(row.points), count: row.count })), compared,
  };
}

/** Exams with answers for people that an actor may mark. */
export async function listMarkingExams(q: Queryable, actorId: string, everything: boolean): Promise<{ examId: string; title: string; owner: boolean; total: number; done: number; pending: number; reconcile: number }[]> {
  const { rows } = await q.query<{ examId: string; title: string; owner: boolean; total: number; done: number; pending: number; reconcile: number }>(
    `select e.id as "examId", e.title, $2::bool or e.owner_id = $1 as owner, count(*) as total, count(*) filter (where m.state = 'graded') as done,
            count(*) filter (where m.state = 'pending' and a.state is distinct from 'reconcile') as pending, count(*) filter (where a.state = 'reconcile' and m.state = 'pending') as reconcile
       from exams e left join marking_settings ms on ms.exam_id = e.id
       join exam_sessions s on s.exam_id = e.id and s.closed_at is not null and s.state <> 'withdrawn'
       join marks m on m.session_id = s.id and m.closed_version = s.closed_version
       left join marking_answers a on a.session_id = m.session_id and a.closed_version = m.closed_version and a.item_id = m.item_id
      where e.deleted_at is null and (m.state = 'pending' or a.session_id is not null) and ($2::bool or e.owner_id = $1 or $1::uuid = any(ms.graders))
      group by e.id order by max(s.closed_at) desc limit 200`,
    [actorId, everything],
  );
  return rows;
}
