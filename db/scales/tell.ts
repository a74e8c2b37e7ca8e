import type { Queryable } from '../connection.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** Tells open pages of students to load results again that are out and have changed; nothing while they are not out. */
export async function tellChangedResults(tx: Queryable, examId: string): Promise<void> {
  const { rows } = await tx.query<{ out: boolean }>('select results_are_out($1) as out', [examId]);
  if (rows[0]!.out) await insertStreamEvent(tx, { examId, kind: 'results-published', data: {} });
}
