import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { canonical } from '../results/rows.ts';

/** Somebody as colleagues see them. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** How the answers of an exam are marked. */
export interface MarkingSettings {
  readonly examId: string;
  readonly anonymous: boolean;
  readonly secondMarking: 'none' | 'sample' | 'all';
  readonly samplePercent: number;
  /** Decimal string. */
  readonly differenceThreshold: string;
  readonly leaseMinutes: number;
  readonly graders: readonly (Person & { readonly active: boolean })[];
  readonly version: number;
}

/** New settings of an exam. */
export interface NewSettings extends Omit<MarkingSettings, 'graders' | 'version'> {
  readonly graders: readonly string[];
  /** Version that the editor saw; null: any. */
  readonly seen: number | null;
}

interface RawSettings {
  exam_id: string;
  anonymous: boolean;
  second_marking: MarkingSettings['secondMarking'];
  sample_percent: number;
  difference_threshold: string;
  lease_minutes: number;
  graders: string[];
  version: number;
}

/** Reads how the answers of an exam are marked; an exam that nobody has set yet gets its settings and its secret here. */
export async function selectMarkingSettings(q: Queryable, examId: string): Promise<MarkingSettings> {
  await q.query('insert into marking_settings (exam_id) values ($1) on conflict do nothing', [examId]);
  const { rows } = await q.query<RawSettings>(
    'select exam_id, anonymous, second_marking, sample_percent, difference_threshold, lease_minutes, graders, version from marking_settings where exam_id = $1',
    [examId],
  );
  return toSettings(q, rows[0]!);
}

/**
 * Changes how the answers of an exam are marked. Answers with a mark keep the rule they got it under.
 * @throws version-conflict, validation-failed for graders who are no teachers
 */
export async function updateMarkingSettings(tx: Queryable, next: NewSettings, origin: Origin): Promise<MarkingSettings> {
  const before = await selectMarkingSettings(tx, next.examId);
  const graders = [...new Set(next.graders)];
  await refuseStrangers(tx, graders);
  const { rowCount } = await tx.query(
    `update marking_settings set anonymous = $2, second_marking = $3, sample_percent = $4, difference_threshold = $5, lease_minutes = $6, graders = $7, version = version + 1
      where exam_id = $1 and ($8::int is null or version = $8)`,
    [next.examId, next.anonymous, next.secondMarking, next.samplePercent, next.differenceThreshold, next.leaseMinutes, graders, next.seen],
  );
  if (rowCount === 0) throw new Refusal('version-conflict', 'Somebody changed this meanwhile. Load it again and repeat your change.');
  const after = await selectMarkingSettings(tx, next.examId);
  await insertAudit(tx, origin, { action: 'marking.settings', resourceType: 'exam', resourceId: next.examId, examId: next.examId, before: plain(before), after: plain(after) });
  return after;
}

async function refuseStrangers(q: Queryable, graders: readonly string[]): Promise<void> {
  const { rows } = await q.query<{ id: string }>("select id from users where id = any($1::uuid[]) and not disabled and 'teacher' = any(roles)", [graders]);
  const known = new Set(rows.map((row) => row.id));
  const errors = graders.flatMap((id, index) => (known.has(id) ? [] : [{ pointer: `/graders/${index}`, message: 'is no teacher' }]));
  if (errors.length > 0) throw new Refusal('validation-failed', 'Graders have to be teachers.', { errors });
}

async function toSettings(q: Queryable, row: RawSettings): Promise<MarkingSettings> {
  const people = await listPeople(q, row.graders);
  return {
    examId: row.exam_id, anonymous: row.anonymous, secondMarking: row.second_marking, samplePercent: row.sample_percent,
    differenceThreshold: canonical(row.difference_threshold), leaseMinutes: row.lease_minutes, version: row.version,
    graders: row.graders.flatMap((id) => people.get(id) ?? []),
  };
}

/** The names of accounts, by id. */
export async function listPeople(q: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, Person & { readonly active: boolean }>> {
  const { rows } = await q.query<Person & { active: boolean }>('select id, name, not disabled as active from users where id = any($1::uuid[])', [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

function plain({ graders, ...settings }: MarkingSettings): Record<string, unknown> {
  return { ...settings, graders: graders.map((grader) => grader.id) };
}
