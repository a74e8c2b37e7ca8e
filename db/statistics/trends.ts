import type { Queryable } from '../connection.ts';
import { resultGates } from '../grading/gate.ts';
import { listResultRows } from '../results/rows.ts';
import { exactPercent } from './facts.ts';

/** How a student did in one exam, beside the others. */
export interface TrendPoint {
  readonly examId: string;
  readonly title: string;
  readonly atMs: number;
  readonly percent: number;
  /** Null while several attempts count. */
  readonly passed: boolean | null;
  /** Null where it is not for the reader. */
  readonly classMean: number | null;
  readonly classN: number;
}

/** Mean and number of the students whose counted attempts are completely marked. */
export interface ClassFigures {
  readonly mean: number | null;
  readonly n: number;
}

/** Where the figures of a class come from; a cache, usually. */
export type ClassSource = (examId: string) => Promise<ClassFigures>;

/** More sessions than any exam has. */
const ALL = 100_000;
/** Fewer results would tell a student about single others. */
const SMALLEST_CLASS = 5;

/** The figures of the class of an exam, after moderation. */
export async function selectClassFigures(q: Queryable, examId: string): Promise<ClassFigures> {
  const { items } = await listResultRows(q, { examId, counted: true, after: undefined, limit: ALL });
  const students = [...Map.groupBy(items, (row) => row.student.id).values()].flatMap((rows) => percentOf(rows.map((row) => ({ ...row, percent: exactPercent(row) }))) ?? []);
  return { mean: students.length === 0 ? null : students.reduce((sum, percent) => sum + percent, 0) / students.length, n: students.length };
}

/**
 * The results of a student over time for staff, published or not, oldest first.
 * @param ownerId only exams of this teacher; null for all
 */
export async function listTrends(q: Queryable, studentId: string, ownerId: string | null, classOf: ClassSource): Promise<TrendPoint[]> {
  return (await selectPoints(q, studentId, ownerId, classOf)).map(({ point }) => point);
}

/** The results that a student may see now, by the one gate: of exams that show the score and hold back none of the attempts that count. */
export async function listOwnTrends(q: Queryable, studentId: string, classOf: ClassSource): Promise<TrendPoint[]> {
  const points = await selectPoints(q, studentId, null, classOf);
  const gates = await resultGates(q, points.flatMap(({ sessionIds }) => sessionIds));
  return points.flatMap(({ point, sessionIds }) => {
    const own = sessionIds.map((id) => gates.get(id));
    if (!own.every((gate) => gate?.open === true && gate.visibility.score)) return [];
    // while only some results are out, a mean would tell about the others
    const showsClass = own.every((gate) => gate!.visibility.distribution && gate!.allOut) && point.classN >= SMALLEST_CLASS;
    return [showsClass ? point : { ...point, classMean: null, classN: 0 }];
  });
}

async function selectPoints(q: Queryable, studentId: string, ownerId: string | null, classOf: ClassSource): Promise<{ point: TrendPoint; sessionIds: string[] }[]> {
  const { rows: exams } = await q.query<{ exam_id: string; title: string; at: Date }>(
    `select e.id as exam_id, e.title, max(coalesce(s.ended_at, s.closed_at)) as at
       from exam_sessions s join exams e on e.id = s.exam_id
      where s.student_id = $1 and s.closed_at is not null and s.state <> 'withdrawn' and e.deleted_at is null and ($2::uuid is null or e.owner_id = $2)
      group by e.id order by at, e.id`,
    [studentId, ownerId],
  );
  const points = [];
  for (const { exam_id: examId, title, at } of exams) {
    const { items } = await listResultRows(q, { examId, studentId, counted: true, after: undefined, limit: ALL });
    const percent = percentOf(items);
    if (percent === undefined) continue;
    const figures = await classOf(examId);
    points.push({
      point: { examId, title, atMs: at.getTime(), percent, passed: items.length === 1 ? items[0]!.passed : null, classMean: figures.mean, classN: figures.n },
      sessionIds: items.map((row) => row.sessionId),
    });
  }
  return points;
}

/** The mean of the attempts that count; undefined while one is not completely marked. */
function percentOf(rows: readonly { readonly state: string; readonly percent: number | null }[]): number | undefined {
  let sum = 0;
  for (const { state, percent } of rows) {
    if (state !== 'graded' || percent === null) return undefined;
    sum += percent;
  }
  return rows.length === 0 ? undefined : sum / rows.length;
}
