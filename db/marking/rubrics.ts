import { rubricErrors } from '#domain/marking/points.ts';
import type { RubricContent } from '#domain/marking/types.ts';
import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import type { Person } from './settings.ts';

/** One version of the rubric of an item; version 0 is none. */
export interface RubricRow extends RubricContent {
  readonly itemId: string;
  readonly version: number;
  readonly editedBy: Person | null;
  readonly editedAtMs: number | null;
  /** Marks that were made with an older version. */
  readonly olderMarks: number;
}

interface RawRubric {
  item_id: string;
  version: number;
  kind: RubricContent['kind'];
  criteria: RubricContent['criteria'];
  created_by: string;
  name: string;
  created_at: Date;
  older: number;
}

const COLUMNS = 'b.item_id, b.version, b.kind, b.criteria, b.created_by, u.name, b.created_at';

/** The rubrics of an exam as they are now, by item. */
export async function listRubrics(q: Queryable, examId: string): Promise<ReadonlyMap<string, RubricRow>> {
  const { rows } = await q.query<RawRubric>(
    `select distinct on (b.item_id) ${COLUMNS},
            (select count(*) from marking_answers a join marker_marks k using (session_id, closed_version, item_id)
              where a.exam_id = b.exam_id and a.item_id = b.item_id and k.superseded_at is null and k.rubric_version < b.version) as older
       from marking_rubrics b join users u on u.id = b.created_by where b.exam_id = $1 order by b.item_id, b.version desc`,
    [examId],
  );
  return new Map(rows.map((row) => [row.item_id, toRubric(row)]));
}

/** The rubric of an item as it is now. */
export async function selectRubric(q: Queryable, examId: string, itemId: string): Promise<RubricRow> {
  return (await listRubrics(q, examId)).get(itemId) ?? noRubric(itemId);
}

/** One version of a rubric; undefined when there is none. */
export async function selectRubricVersion(q: Queryable, examId: string, itemId: string, version: number): Promise<RubricRow | undefined> {
  const { rows } = await q.query<RawRubric>(
    `select ${COLUMNS}, 0 as older from marking_rubrics b join users u on u.id = b.created_by where b.exam_id = $1 and b.item_id = $2 and b.version = $3`,
    [examId, itemId, version],
  );
  return rows[0] === undefined ? undefined : toRubric(rows[0]);
}

/**
 * Adds a version to the rubric of an item. Older versions stay, and with them the marks that were made by them.
 * @param seen the version that the editor saw
 * @throws version-conflict, validation-failed
 */
export async function addRubricVersion(tx: Queryable, examId: string, itemId: string, seen: number, rubric: RubricContent, origin: Origin): Promise<RubricRow> {
  const errors = rubricErrors(rubric);
  if (errors.length > 0) throw new Refusal('validation-failed', 'The rubric does not hold together.', { errors });
  const before = await selectRubric(tx, examId, itemId);
  const { rowCount } = before.version !== seen ? { rowCount: 0 } : await tx.query(
    'insert into marking_rubrics (exam_id, item_id, version, kind, criteria, created_by) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [examId, itemId, seen + 1, rubric.kind, JSON.stringify(rubric.criteria), origin.actorId],
  );
  if (rowCount === 0) throw new Refusal('version-conflict', 'Somebody changed this rubric meanwhile. Load it again and repeat your change.');
  await insertAudit(tx, origin, {
    action: 'marking.rubric', resourceType: 'rubric', resourceId: itemId, examId,
    before: { version: seen, kind: before.kind, criteria: before.criteria }, after: { version: seen + 1, kind: rubric.kind, criteria: rubric.criteria },
  });
  return selectRubric(tx, examId, itemId);
}

function noRubric(itemId: string): RubricRow {
  return { itemId, version: 0, kind: 'additive', criteria: [], editedBy: null, editedAtMs: null, olderMarks: 0 };
}

function toRubric(row: RawRubric): RubricRow {
  return {
    itemId: row.item_id, version: row.version, kind: row.kind, criteria: row.criteria, olderMarks: row.older,
    editedBy: { id: row.created_by, name: row.name }, editedAtMs: row.created_at.getTime(),
  };
}
