import { Refusal } from '#domain/problem.ts';
import type { Evidence, PairIndices } from '#domain/plagiarism/types.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import type { Page } from '../keyset.ts';
import { withdrawConsequences } from './notices.ts';

/** What a reviewer says about a pair. */
export type PairState = 'open' | 'confirmed' | 'dismissed';

/** One session of a pair with whose it is. */
export interface PairSide {
  readonly sessionId: string;
  readonly attempt: number;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string };
}

interface Person {
  readonly id: string;
  readonly name: string;
}

/** A pair of a scan. */
export interface PairRow {
  readonly id: string;
  readonly runId: string;
  readonly examId: string;
  readonly a: PairSide;
  readonly b: PairSide;
  readonly score: number;
  readonly p: number | null;
  readonly adjustedP: number | null;
  readonly flagged: boolean;
  readonly indices: PairIndices;
  readonly evidence: readonly Evidence[];
  readonly clusterId: number | null;
  readonly state: PairState;
  readonly note: string;
  readonly decidedBy: Person | null;
  readonly decidedAtMs: number | null;
  readonly version: number;
}

/** Where a page of pairs ended: the score as it is written, and the id. */
export interface PairPosition {
  readonly score: number;
  readonly id: string;
}

interface RawPair {
  id: string; run_id: string; exam_id: string; session_a: string; session_b: string; score: number; p: number | null; adjusted_p: number | null; flagged: boolean;
  indices: PairIndices; evidence: Evidence[]; cluster_id: number | null; state: PairState; note: string; decided_by: string | null; decider: string | null;
  decided_at: Date | null; version: number;
  attempt_a: number; student_a: string; external_a: string | null; name_a: string;
  attempt_b: number; student_b: string; external_b: string | null; name_b: string;
}

const SELECT = `select p.id, p.run_id, p.exam_id, p.session_a, p.session_b, p.score, p.p, p.adjusted_p, p.flagged, p.indices, p.evidence, p.cluster_id, p.state, p.note,
    p.decided_by, d.name as decider, p.decided_at, p.version,
    sa.attempt as attempt_a, ua.id as student_a, ua.external_id as external_a, ua.name as name_a,
    sb.attempt as attempt_b, ub.id as student_b, ub.external_id as external_b, ub.name as name_b
  from plagiarism_pairs p join exam_sessions sa on sa.id = p.session_a join users ua on ua.id = sa.student_id
  join exam_sessions sb on sb.id = p.session_b join users ub on ub.id = sb.student_id left join users d on d.id = p.decided_by`;

/** Which pairs of a scan are listed. */
export interface PairFilter {
  readonly runId: string;
  readonly state: PairState | undefined;
  readonly flagged: boolean | undefined;
  readonly minScore: number | undefined;
  readonly clusterId: number | undefined;
}

/** Reads one page of the pairs of a scan, the strongest first. */
export async function listPairs(q: Queryable, filter: PairFilter, after: PairPosition | undefined, limit: number): Promise<Page<PairRow>> {
  const { rows } = await q.query<RawPair>(
    `${SELECT} where p.run_id = $1 and ($2::text is null or p.state = $2) and ($3::boolean is null or p.flagged = $3) and ($4::float8 is null or p.score >= $4)
        and ($5::int is null or p.cluster_id = $5) and ($6::float8 is null or (p.score, p.id) < ($6, $7::uuid))
      order by p.score desc, p.id desc limit $8`,
    [filter.runId, filter.state ?? null, filter.flagged ?? null, filter.minScore ?? null, filter.clusterId ?? null, after?.score ?? null, after?.id ?? null, limit + 1],
  );
  const items = rows.slice(0, limit).map(toPair);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? { value: String(last.score), id: last.id } : null };
}

/** Reads the pairs that form the groups of a scan. */
export async function listClusterPairs(q: Queryable, runId: string): Promise<PairRow[]> {
  const { rows } = await q.query<RawPair>(`${SELECT} where p.run_id = $1 and p.cluster_id is not null order by p.cluster_id, p.score desc, p.id limit 5000`, [runId]);
  return rows.map(toPair);
}

/** Reads a pair. @throws not-found */
export async function selectPair(q: Queryable, id: string): Promise<PairRow> {
  const { rows } = await q.query<RawPair>(`${SELECT} where p.id = $1`, [id]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such pair.');
  return toPair(rows[0]);
}

/** A decision about a pair. */
export interface PairDecision {
  readonly state: PairState;
  readonly note: string;
  readonly by: Person | null;
  readonly atMs: number;
}

/** What was decided about a pair so far, the newest first. */
export async function listDecisions(q: Queryable, pairId: string): Promise<PairDecision[]> {
  const { rows } = await q.query<{ state: PairState; note: string; decided_by: string | null; name: string | null; at: Date }>(
    'select d.state, d.note, d.decided_by, u.name, d.at from plagiarism_decisions d left join users u on u.id = d.decided_by where d.pair_id = $1 order by d.version desc', [pairId],
  );
  return rows.map((row) => ({ state: row.state, note: row.note, by: personOf(row.decided_by, row.name), atMs: row.at.getTime() }));
}

/**
 * Notes what a person decided about a pair. Marks never change by it; a confirmation that is taken back withdraws what followed from it.
 * @throws version-conflict when somebody else decided meanwhile
 */
export async function decidePair(tx: Queryable, pair: PairRow, decision: { state: PairState; note: string; version: number; origin: Origin }): Promise<PairRow> {
  const { note, origin, state, version } = decision;
  const { rowCount } = await tx.query(
    `update plagiarism_pairs set state = $2, note = $3, decided_by = $4, decided_at = holdfast_now(), version = version + 1 where id = $1 and version = $5`,
    [pair.id, state, note, origin.actorId, version],
  );
  if (rowCount === 0) throw new Refusal('version-conflict', 'Somebody else decided about this pair meanwhile. Look at it again.');
  await tx.query('insert into plagiarism_decisions (pair_id, version, state, note, decided_by) values ($1, $2, $3, $4, $5)', [pair.id, version + 1, state, note, origin.actorId]);
  const withdrawn = pair.state === 'confirmed' && state !== 'confirmed' ? await withdrawConsequences(tx, pair.id) : undefined;
  await insertAudit(tx, origin, {
    action: 'plagiarism.decide', resourceType: 'plagiarism-pair', resourceId: pair.id, examId: pair.examId,
    before: { state: pair.state, note: pair.note }, after: { state, note, ...(withdrawn === undefined ? {} : { withdrawn }) },
  });
  return selectPair(tx, pair.id);
}

function toPair(raw: RawPair): PairRow {
  return {
    id: raw.id, runId: raw.run_id, examId: raw.exam_id,
    a: { sessionId: raw.session_a, attempt: raw.attempt_a, student: { id: raw.student_a, externalId: raw.external_a, name: raw.name_a } },
    b: { sessionId: raw.session_b, attempt: raw.attempt_b, student: { id: raw.student_b, externalId: raw.external_b, name: raw.name_b } },
    score: raw.score, p: raw.p, adjustedP: raw.adjusted_p, flagged: raw.flagged, indices: raw.indices, evidence: raw.evidence, clusterId: raw.cluster_id,
    state: raw.state, note: raw.note, decidedBy: personOf(raw.decided_by, raw.decider), decidedAtMs: raw.decided_at?.getTime() ?? null, version: raw.version,
  };
}

function personOf(id: string | null, name: string | null): Person | null {
  return id === null ? null : { id, name: name ?? '' };
}
