import type { Queryable } from '../connection.ts';

/**
 * Ends the regrades of an exam whose marks a completed run has given, and tells the students of changed results that are out to load
 * them again; one whose result is withheld hears nothing. A second time it does nothing.
 */
export async function concludeRegrades(tx: Queryable, examId: string): Promise<void> {
  await tx.query(
    `with done as (update regrades set state = 'applied' where exam_id = $1 and state = 'applying' returning id),
          told as (
            select distinct c.session_id from done join regrade_changes c on c.regrade_id = done.id
             where not exists (select from result_holds h where h.session_id = c.session_id))
     insert into stream_events (exam_id, session_id, kind, data)
     select e.id, told.session_id, 'results-published', '{}' from told join exams e on e.id = $1
      where results_are_out(e.id) or e.results ->> 'release' = 'immediate' order by told.session_id`,
    [examId],
  );
}
