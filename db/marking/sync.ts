import type { Queryable } from '../connection.ts';
import { insertPendingMarks } from '../results/marks.ts';

/** The items of the paper of a session, for one that the machine could not mark at all. */
export type ItemsOf = (examId: string, seed: string) => Promise<readonly { readonly id: string; readonly points: string }[]>;

/**
 * Makes all that waits for a person known to marking, and takes out what was decided elsewhere. The code of a session and the draw of the
 * sample come from a secret of the exam, so that nobody can tell a student from a code.
 */
export async function syncMarking(q: Queryable, examId: string, itemsOf: ItemsOf): Promise<void> {
  await openUnmarkedSessions(q, examId, itemsOf);
  await q.query(
    `insert into marking_answers (session_id, closed_version, item_id, exam_id, code, draw)
     select m.session_id, m.closed_version, m.item_id, s.exam_id, upper(substr(h.session, 1, 4) || '-' || substr(h.session, 5, 4)),
            ('x' || substr(h.answer, 1, 7))::bit(28)::int % 100
       from exam_sessions s join marking_settings ms on ms.exam_id = s.exam_id
       join grades g on g.session_id = s.id and g.closed_version = s.closed_version and (g.pending_count > 0 or g.state = 'needs-manual')
       join marks m on m.session_id = s.id and m.closed_version = s.closed_version and m.state = 'pending'
       cross join lateral (select encode(sha256(ms.secret || uuid_send(s.id)), 'hex') as session, encode(sha256(ms.secret || uuid_send(s.id) || uuid_send(m.item_id)), 'hex') as answer) h
      where s.exam_id = $1 and s.closed_at is not null
        and not exists (select from marking_answers a where a.session_id = m.session_id and a.closed_version = m.closed_version and a.item_id = m.item_id)
      order by m.session_id, m.item_id on conflict do nothing`,
    [examId],
  );
  await q.query(
    `update marking_answers a
        set state = case when m.state = 'graded' then 'done' when a.first_by is null then 'first' when a.second_by is null then 'second' else 'reconcile' end
       from (select a.session_id, a.closed_version, a.item_id, m.state from marking_answers a join marks m using (session_id, closed_version, item_id)
              where a.exam_id = $1 and (m.state = 'graded') <> (a.state = 'done') order by a.session_id, a.item_id for update of a skip locked) m
      where (a.session_id, a.closed_version, a.item_id) = (m.session_id, m.closed_version, m.item_id)`,
    [examId],
  );
}

async function openUnmarkedSessions(q: Queryable, examId: string, itemsOf: ItemsOf): Promise<void> {
  const { rows } = await q.query<{ id: string; closed_version: number; seed: string }>(
    `select s.id, s.closed_version, s.seed::text from grades g join exam_sessions s on s.id = g.session_id and s.closed_version = g.closed_version and s.closed_at is not null
      where g.exam_id = $1 and g.state = 'needs-manual' and not exists (select from marks m where m.session_id = g.session_id and m.closed_version = g.closed_version)
      order by s.id`,
    [examId],
  );
  for (const row of rows) await insertPendingMarks(q, row.id, row.closed_version, await itemsOf(examId, row.seed));
}
