import { Refusal } from '#domain/problem.ts';
import { v7 as uuidv7 } from 'uuid';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import type { Page, Position } from '../keyset.ts';
import { insertRun, RUN_COLUMNS, type RawRun, type RunRow, toRunRow } from '../runs/rows.ts';

/** What a scan looks at and how strict it is; stored in `runs.params`. */
export interface ScanParameters {
  readonly level: number;
  readonly answers: boolean;
  readonly text: boolean;
  readonly timing: boolean;
  readonly minContainment: number;
  readonly commonSharePercent: number;
}

/** What a scan that starts by itself looks at; only its level is set at the exam. */
const SCAN_DEFAULTS: ScanParameters = { level: 0.01, answers: true, text: true, timing: true, minContainment: 0.3, commonSharePercent: 10 };

/** A scan in numbers, when it is computed. */
export interface ScanSummary {
  readonly sessions: number;
  readonly pairsPossible: number;
  readonly pairsCompared: number;
  readonly pairsStored: number;
  readonly flags: number;
  readonly clusters: number;
  readonly falsePositiveRate: number;
  readonly expectedFalsePairs: number;
}

/** Step that a scan is in. */
export type ScanPhase = 'plan' | 'fingerprint' | 'candidates' | 'compare' | 'cluster' | 'done';

/** A scan with its run. */
export interface ScanRow {
  readonly run: RunRow;
  readonly examId: string;
  readonly phase: ScanPhase;
  readonly parameters: ScanParameters;
  readonly summary: ScanSummary | null;
  readonly computedAtMs: number | null;
}

interface RawScan extends RawRun {
  phase: ScanPhase;
  summary: ScanSummary | null;
  computed_at: Date | null;
}

const SELECT = `select ${RUN_COLUMNS.split(', ').map((column) => `r.${column}`).join(', ')}, p.phase, p.summary, p.computed_at from runs r join plagiarism_scans p on p.run_id = r.id`;

/**
 * Queues a scan of the closed sessions of an exam.
 * @throws state-conflict for a draft, and while another scan of the exam is not over
 */
export async function queueScan(tx: Queryable, request: { runId: string; examId: string; parameters: ScanParameters; origin: Origin }): Promise<RunRow> {
  const { runId, examId, parameters, origin } = request;
  // two requests at once: the second waits here for the first
  const { rows } = await tx.query<{ lifecycle: string }>('select lifecycle from exams where id = $1 for no key update', [examId]);
  if (rows[0]?.lifecycle === 'draft') throw new Refusal('state-conflict', 'The exam is a draft; there is nothing to scan.');
  const running = await tx.query<{ id: string }>(
    "select id from runs where exam_id = $1 and kind = 'plagiarism-scan' and state in ('queued', 'running', 'paused') limit 1", [examId],
  );
  if (running.rows[0] !== undefined) throw new Refusal('state-conflict', 'A plagiarism scan of this exam is not over yet.', { extra: { runId: running.rows[0].id } });
  const run = await insertRun(tx, { id: runId, kind: 'plagiarism-scan', examId, params: { parameters }, createdBy: origin.actorId });
  await tx.query('insert into plagiarism_scans (run_id) values ($1)', [runId]);
  await insertAudit(tx, origin, { action: 'run.create', resourceType: 'run', resourceId: runId, examId, after: { kind: 'plagiarism-scan', parameters } });
  return run;
}

/**
 * Queues the scan that an exam asks for at its close-out, in the transaction of that: once for the sessions as they are closed now.
 * @returns undefined when the exam asks for none, has nothing to compare, or was scanned since the last session closed
 */
export async function queueScanAtCloseOut(tx: Queryable, examId: string, origin: Origin): Promise<RunRow | undefined> {
  // a person may be starting one: whoever comes second sees what the first one did
  await tx.query('select from exams where id = $1 for no key update', [examId]);
  const { rows } = await tx.query<{ wanted: boolean; level: number }>(
    `select (e.plagiarism_scan ->> 'level')::float8 as level,
            coalesce((e.plagiarism_scan ->> 'automatic')::boolean, false) and e.cancelled_at is null and closed.sessions >= 2
            and not exists (select from runs r where r.exam_id = e.id and r.kind = 'plagiarism-scan'
                             and (r.state in ('queued', 'running', 'paused') or (r.state = 'completed' and r.created_at >= closed.last_at))) as wanted
       from exams e cross join lateral (
         select count(*) as sessions, max(s.closed_at) as last_at from exam_sessions s where s.exam_id = e.id and s.state in ('submitted', 'expired', 'terminated')) closed
      where e.id = $1`,
    [examId],
  );
  const [exam] = rows;
  if (exam?.wanted !== true) return undefined;
  return await queueScan(tx, { runId: uuidv7(), examId, parameters: { ...SCAN_DEFAULTS, level: exam.level }, origin });
}

/** Reads a scan. @throws not-found */
export async function selectScan(q: Queryable, runId: string): Promise<ScanRow> {
  const { rows } = await q.query<RawScan>(`${SELECT} where r.id = $1`, [runId]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such plagiarism scan.');
  return toScan(rows[0]);
}

/**
 * The scan that a report of an exam is about: the one that is named, or the newest that is finished.
 * @throws state-conflict when there is none
 */
export async function selectReportedScan(q: Queryable, examId: string, runId: string | undefined): Promise<string> {
  const { rows } = await q.query<{ run_id: string }>(
    `select p.run_id from plagiarism_scans p join runs r on r.id = p.run_id
      where r.exam_id = $1 and p.summary is not null and ($2::uuid is null or r.id = $2) order by p.computed_at desc limit 1`,
    [examId, runId ?? null],
  );
  if (rows[0] === undefined) throw new Refusal('state-conflict', 'The answers of this exam have not been compared yet.');
  return rows[0].run_id;
}

/** Reads one page of the scans of an exam, newest first. */
export async function listScans(q: Queryable, request: { examId: string; after: Position | undefined; limit: number }): Promise<Page<ScanRow>> {
  const { rows } = await q.query<RawScan>(
    `${SELECT} where r.exam_id = $1 and ($2::bigint is null or (instant_ms(r.created_at), r.id) < ($2, $3::uuid)) order by instant_ms(r.created_at) desc, r.id desc limit $4`,
    [request.examId, request.after?.value ?? null, request.after?.id ?? null, request.limit + 1],
  );
  const items = rows.slice(0, request.limit).map(toScan);
  const last = items.at(-1);
  return { items, next: rows.length > request.limit && last !== undefined ? { value: last.run.createdAtMs, id: last.run.id } : null };
}

function toScan(raw: RawScan): ScanRow {
  const run = toRunRow(raw);
  return {
    run, examId: run.examId!, phase: raw.phase, parameters: run.params['parameters'] as ScanParameters, summary: raw.summary, computedAtMs: raw.computed_at?.getTime() ?? null,
  };
}
