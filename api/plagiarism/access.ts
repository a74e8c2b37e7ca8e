import type { Actor } from '#api/http/actor.ts';
import { demand } from '#api/monitor/policy.ts';
import type { Queryable } from '#db/connection.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { type PairRow, selectPair } from '#db/plagiarism/pairs.ts';
import { type ScanRow, selectScan } from '#db/plagiarism/scans.ts';

/** A scan that the actor may read. @throws not-found, forbidden */
export async function permittedScan(q: Queryable, actor: Actor, runId: string): Promise<ScanRow> {
  const scan = await selectScan(q, runId);
  demand(actor, 'read-results', await selectExamSubject(q, scan.examId, actor.id));
  return scan;
}

/** A pair that the actor may decide about. @throws not-found, forbidden */
export async function permittedPair(q: Queryable, actor: Actor, pairId: string): Promise<PairRow> {
  const pair = await selectPair(q, pairId);
  demand(actor, 'run', await selectExamSubject(q, pair.examId, actor.id));
  return pair;
}
