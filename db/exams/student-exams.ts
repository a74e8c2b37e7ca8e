import type { Queryable } from '#db/connection.ts';
import { cutPage, type Page, pageBy, type PageRequest } from '#db/keyset.ts';
import { ExamModel } from '#db/models/exam.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { sessionColumns, type SessionRow, toSessionRow } from '#db/session/rows.ts';
import { Refusal } from '#domain/problem.ts';

import { EXAM_SORTS, type ExamFilter, type ExamSort, narrowExams } from './exams.ts';
import { toStoredExam } from './rows.ts';
import type { StoredExam } from './types.ts';

/** An exam with what is known about one of its students. */
export interface StudentExam {
  readonly exam: StoredExam;
  /** The latest attempt. */
  readonly session: SessionRow | null;
  readonly attemptsUsed: number;
  /** Decimal string, "1" without an accommodation. */
  readonly timeMultiplier: string;
  readonly extraMinutes: number;
  /** What time changes have given or taken so far; it counts at the start. */
  readonly addedMs: number;
  /** How far extensions of the whole exam have moved its close. */
  readonly closeMovedMs: number;
  /** A pause that covers the student also before the start. */
  readonly held: boolean;
}

type Row = ExamModel & { sortValue: string | number };

/** Named so that no column of a session has the same name. */
interface RawFacts {
  of_exam: string;
  attempts_used: number;
  own_multiplier: string;
  own_extra_minutes: number;
  added_ms: number;
  close_moved_ms: number;
  held: boolean;
  id: string | null;
}

/** One page of the published exams that a student is assigned to. */
export async function listStudentExams(runner: Runner, studentId: string, filter: ExamFilter, page: PageRequest<ExamSort>): Promise<Page<StudentExam>> {
  const query = narrowExams(assignedQuery(runner, studentId), { ...filter, changedSinceMs: undefined });
  if (filter.changedSinceMs !== undefined) {
    void query.whereRaw('greatest(exams.updated_at, assignment.assigned_at) > ?', [new Date(filter.changedSinceMs)]);
  }
  const rows = (await pageBy(query, EXAM_SORTS[page.sort], 'exams.id', page)) as Row[];
  const facts = await selectFacts(runner, studentId, rows.map((row) => row.id));
  return cutPage(rows, page.limit, (row) => row.id, (row) => ({ exam: toStoredExam(row), ...factsOf(facts, row.id) }));
}

/** One exam of a student. @throws not-found unless it is published and the student assigned */
export async function selectStudentExam(runner: Runner, studentId: string, examId: string): Promise<StudentExam> {
  const [row] = await assignedQuery(runner, studentId).where('exams.id', examId);
  if (row === undefined) throw new Refusal('not-found', 'There is no such exam of yours.');
  return { exam: toStoredExam(row), ...factsOf(await selectFacts(runner, studentId, [row.id]), row.id) };
}

/** The last time that a window was moved. */
export interface WindowMove {
  readonly atMs: number;
  readonly opensAtBeforeMs: number | null;
  readonly closesAtBeforeMs: number | null;
  readonly reason: string | null;
}

/** Reads the last move of the window of a published exam; undefined when it stands where it stood, or was only cancelled. */
export async function selectOptionalMove(q: Queryable, exam: Pick<StoredExam, 'id' | 'scheduleVersion'>): Promise<WindowMove | undefined> {
  // the publication is the first version; most exams have no other
  if (exam.scheduleVersion <= 1) return undefined;
  const { rows } = await q.query<{ at: Date; reason: string | null; opens_at: Date | null; closes_at: Date | null }>(
    `select at, reason, (before ->> 'opensAt')::timestamptz as opens_at, (before ->> 'closesAt')::timestamptz as closes_at
       from audit_log where exam_id = $1 and action = 'exam.window'
        and (before -> 'opensAt' is distinct from after -> 'opensAt' or before -> 'closesAt' is distinct from after -> 'closesAt')
      order by id desc limit 1`,
    [exam.id],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return { atMs: row.at.getTime(), opensAtBeforeMs: row.opens_at?.getTime() ?? null, closesAtBeforeMs: row.closes_at?.getTime() ?? null, reason: row.reason };
}

function assignedQuery(runner: Runner, studentId: string) {
  return ExamModel.query(runnerOf(runner))
    .join('exam_assignments as assignment', 'assignment.exam_id', 'exams.id')
    .where('assignment.student_id', studentId)
    .whereNull('exams.deleted_at')
    .where('exams.lifecycle', '<>', 'draft')
    .select('exams.*');
}

async function selectFacts(q: Queryable, studentId: string, examIds: readonly string[]): Promise<ReadonlyMap<string, Omit<StudentExam, 'exam'>>> {
  const { rows } = await q.query<RawFacts>(
    `select e.id as of_exam, standing_pause(e.id, $1) as held,
            coalesce(acc.time_multiplier, 1)::text as own_multiplier, coalesce(acc.extra_minutes, 0) as own_extra_minutes,
            (case when e.change_no = 0 then 0 else standing_extra_ms(e.id, $1, coalesce(acc.time_multiplier, 1)) end)::float8 as added_ms, e.extended_ms::float8 as close_moved_ms,
            (select count(*) from exam_sessions u where u.exam_id = e.id and u.student_id = $1) as attempts_used,
            ${sessionColumns('s')}
       from exams e
       left join user_accommodations acc on acc.user_id = $1
       left join lateral (
         select * from exam_sessions l where l.exam_id = e.id and l.student_id = $1 order by l.attempt desc limit 1
       ) s on true
      where e.id = any($2::uuid[])`,
    [studentId, examIds],
  );
  return new Map(
    rows.map((row) => [
      row.of_exam,
      {
        session: row.id === null ? null : toSessionRow(row),
        attemptsUsed: row.attempts_used,
        timeMultiplier: row.own_multiplier,
        extraMinutes: row.own_extra_minutes,
        addedMs: row.added_ms,
        closeMovedMs: row.close_moved_ms,
        held: row.held,
      },
    ]),
  );
}

function factsOf(facts: ReadonlyMap<string, Omit<StudentExam, 'exam'>>, examId: string): Omit<StudentExam, 'exam'> {
  const found = facts.get(examId);
  if (found === undefined) throw new Error(`exam ${examId} went away while it was read`);
  return found;
}
