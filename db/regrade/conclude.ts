import type { Queryable } from '../connection.ts';
import { announceResults } from '../mail/announce.ts';

/**
 * Ends the regrades of an exam whose marks a completed run has given, and tells the students of changed results that are out, on
 * open pages and by mail; one whose result is withheld hears nothing. A second time it does nothing.
 */
export async function concludeRegrades(tx: Queryable, examId: string): Promise<void> {
  const { rows: done } = await tx.query<{ id: string; created_by: string | null }>(
    "update regrades set state = 'applied' where exam_id = $1 and state = 'applying' returning id, created_by", [examId],
  );
  if (done.length === 0) return;
  const { rows } = await tx.query<{ session_id: string }>(
    `with told as (
       select distinct c.session_id from regrade_changes c
        where c.regrade_id = any($2) and not exists (select from result_holds h where h.session_id = c.session_id))
     insert into stream_events (exam_id, session_id, kind, data)
     select e.id, told.session_id, 'results-published', '{}' from told join exams e on e.id = $1
      where results_are_out(e.id) or e.results ->> 'release' = 'immediate' order by told.session_id
     returning session_id`,
    [examId, done.map(({ id }) => id)],
  );
  const { id, created_by: createdBy } = done[0]!;
  await announceResults(tx, { template: 'result-changed', examId, sessionIds: rows.map((row) => row.session_id), occasion: id, createdBy });
}
