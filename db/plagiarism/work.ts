import type { SavedAnswer } from '#domain/plagiarism/print-session.ts';
import type { ComparedPair } from '#domain/plagiarism/compare-pair.ts';
import type { SessionPrint } from '#domain/plagiarism/types.ts';
import { v7 as uuidv7 } from 'uuid';

import { type Db, inTransaction, type Queryable } from '../connection.ts';
import { enqueueMails } from '../mail/enqueue.ts';
import { finishItems } from '../runs/items.ts';
import type { ScanPhase, ScanSummary } from './scans.ts';

/** A closed session with what is compared of it. */
export interface ScanInput {
  readonly id: string;
  readonly examId: string;
  readonly studentId: string;
  readonly seed: string;
  readonly closed: boolean;
  readonly answers: ReadonlyMap<string, SavedAnswer>;
}

/** Reads sessions with their answers. */
export async function selectScanInputs(q: Queryable, sessionIds: readonly string[]): Promise<ScanInput[]> {
  const sessions = await q.query<{ id: string; exam_id: string; student_id: string; seed: string; closed: boolean }>(
    'select id, exam_id, student_id, seed::text as seed, closed_at is not null as closed from exam_sessions where id = any($1::uuid[])', [sessionIds],
  );
  const { rows } = await q.query<{ session_id: string; item_id: string; response: unknown; saved_ms: string }>(
    'select session_id, item_id, response, instant_ms(saved_at) as saved_ms from answers where session_id = any($1::uuid[])', [sessionIds],
  );
  const answers = Map.groupBy(rows, (row) => row.session_id);
  return sessions.rows.map((row) => ({
    id: row.id, examId: row.exam_id, studentId: row.student_id, seed: row.seed, closed: row.closed,
    answers: new Map(answers.get(row.id)?.map((answer) => [answer.item_id, { response: answer.response, savedAtMs: Number(answer.saved_ms) }])),
  }));
}

/** Stores the prints of some sessions with the outcome of their items. */
export async function savePrints(db: Db, runId: string, prints: readonly SessionPrint[], failed: readonly { itemId: string; error: string }[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.query(
      `insert into plagiarism_prints (run_id, session_id, print) select $1, s.id, s.print from unnest($2::uuid[], $3::jsonb[]) as s (id, print)
       on conflict (run_id, session_id) do update set print = excluded.print`,
      [runId, prints.map(({ sessionId }) => sessionId), prints.map((print) => JSON.stringify(print))],
    );
    await finishItems(tx, runId, [...prints.map(({ sessionId }) => ({ itemId: sessionId, error: null })), ...failed]);
  });
}

/** Notes the step that a scan is in. */
export async function markPhase(q: Queryable, runId: string, phase: ScanPhase): Promise<void> {
  await q.query('update plagiarism_scans set phase = $2 where run_id = $1 and phase <> $2', [runId, phase]);
}

/** Reads the prints of a scan in the order of the session ids. */
export async function listPrints(q: Queryable, runId: string): Promise<SessionPrint[]> {
  const { rows } = await q.query<{ print: SessionPrint }>('select print from plagiarism_prints where run_id = $1 order by session_id', [runId]);
  return rows.map(({ print }) => print);
}

/** How many sessions of a scan are reduced. */
export async function countPrints(q: Queryable, runId: string): Promise<number> {
  const { rows } = await q.query<{ n: number }>('select count(*)::int as n from plagiarism_prints where run_id = $1', [runId]);
  return rows[0]!.n;
}

/** Replaces the candidates of a scan, cut into parts; what an earlier wave found gives way unless somebody decided about it. */
export async function saveParts(db: Db, runId: string, parts: readonly (readonly number[])[], pairsPossible: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.query('delete from plagiarism_parts where run_id = $1', [runId]);
    await tx.query("delete from plagiarism_pairs where run_id = $1 and state = 'open' and version = 1", [runId]);
    await tx.query(
      `insert into plagiarism_parts (run_id, part, pairs, compared)
       select $1, p.part, p.pairs, jsonb_array_length(p.pairs) from unnest($2::int[], $3::jsonb[]) as p (part, pairs)`,
      [runId, parts.map((_, index) => index + 1), parts.map((pairs) => JSON.stringify(pairs))],
    );
    await tx.query("update plagiarism_scans set pairs_possible = $2, phase = 'compare' where run_id = $1", [runId, pairsPossible]);
  });
}

/** The candidates of a part that is not done. */
export async function selectPendingPart(q: Queryable, runId: string, part: number): Promise<readonly number[] | undefined> {
  const { rows } = await q.query<{ pairs: number[] }>('select pairs from plagiarism_parts where run_id = $1 and part = $2 and not done', [runId, part]);
  return rows[0]?.pairs;
}

/** Stores the pairs of a part that are worth keeping, and that it is done. */
export async function savePart(db: Db, work: { runId: string; examId: string; part: number; prints: readonly SessionPrint[]; pairs: readonly ComparedPair[] }): Promise<void> {
  const { runId, examId, part, prints, pairs } = work;
  const rows = pairs.map((pair) => ({
    id: uuidv7(), session_a: prints[pair.a]!.sessionId, session_b: prints[pair.b]!.sessionId, score: pair.score, p: pair.p, text_strength: pair.textStrength,
    indices: pair.indices, evidence: pair.evidence,
  }));
  await inTransaction(db, async (tx) => {
    await tx.query(
      `insert into plagiarism_pairs (id, run_id, exam_id, session_a, session_b, score, p, text_strength, indices, evidence)
       select n.id, $1, $2, n.session_a, n.session_b, n.score, n.p, n.text_strength, n.indices, n.evidence
         from jsonb_to_recordset($3::jsonb) as n (id uuid, session_a uuid, session_b uuid, score float8, p float8, text_strength float8, indices jsonb, evidence jsonb)
       on conflict (run_id, session_a, session_b) do update
         set score = excluded.score, p = excluded.p, text_strength = excluded.text_strength, indices = excluded.indices, evidence = excluded.evidence`,
      [runId, examId, JSON.stringify(rows)],
    );
    await tx.query('update plagiarism_parts set done = true where run_id = $1 and part = $2', [runId, part]);
  });
}

/** A stored pair as flags are made of it. */
export interface StoredPair {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly p: number | null;
  readonly textStrength: number;
  readonly containment: number;
  readonly fingerprints: number;
}

/** Reads what was kept, the strongest first, with how many pairs were compared of how many. */
export async function selectCompared(q: Queryable, runId: string): Promise<{ pairs: StoredPair[]; compared: number; possible: number; sessions: number }> {
  const { rows } = await q.query<{ id: string; a: string; b: string; p: number | null; strength: number; containment: number; fingerprints: number }>(
    `select id, session_a as a, session_b as b, p, text_strength as strength, coalesce((indices #>> '{text,maxContainment}')::float8, 0) as containment,
            coalesce((indices #>> '{text,fingerprints}')::int, 0) as fingerprints
       from plagiarism_pairs where run_id = $1 order by score desc, id`, [runId],
  );
  const counted = await q.query<{ compared: number; possible: string; sessions: number }>(
    `select (select coalesce(sum(compared), 0)::int from plagiarism_parts where run_id = $1) as compared, pairs_possible as possible,
            (select count(*)::int from plagiarism_prints where run_id = $1) as sessions from plagiarism_scans where run_id = $1`, [runId],
  );
  const { compared, possible, sessions } = counted.rows[0]!;
  return { pairs: rows.map(({ strength, ...row }) => ({ ...row, textStrength: strength })), compared, possible: Number(possible), sessions };
}

/** How one pair ends a scan. */
export interface PairVerdict {
  readonly id: string;
  readonly adjustedP: number | null;
  readonly flagged: boolean;
  readonly clusterId: number | null;
}

/** Stores flags, groups and the summary, and tells who waits for them. */
export async function saveVerdicts(db: Db, runId: string, verdicts: readonly PairVerdict[], summary: ScanSummary): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.query(
      `update plagiarism_pairs p set adjusted_p = v."adjustedP", flagged = v.flagged, cluster_id = v."clusterId"
         from jsonb_to_recordset($2::jsonb) as v (id uuid, "adjustedP" float8, flagged boolean, "clusterId" int) where p.run_id = $1 and p.id = v.id`,
      [runId, JSON.stringify(verdicts)],
    );
    await tx.query("update plagiarism_scans set summary = $2, computed_at = holdfast_now(), phase = 'done' where run_id = $1", [runId, JSON.stringify(summary)]);
    await announceScan(tx, runId);
  });
}

/** Tells the owner of the exam of a scan that started by itself; who starts one looks at it. */
async function announceScan(tx: Queryable, runId: string): Promise<void> {
  const { rows } = await tx.query<{ exam_id: string; owner_id: string }>('select e.id as exam_id, e.owner_id from runs r join exams e on e.id = r.exam_id where r.id = $1 and r.created_by is null', [runId]);
  await enqueueMails(tx, {
    template: 'scan-finished', recipients: rows.map((row) => ({ userId: row.owner_id, variables: { examId: row.exam_id, runId }, dedupeKey: `scan-finished:${runId}` })),
  });
}
