import { type ResultRules, resultOf } from '#domain/grading/result.ts';

import type { Queryable } from '../connection.ts';
import { resolveRules, RULE_COLUMNS, type StoredRules } from '../scales/rules.ts';

/** What of a released result a student may see, as the exam sets it. */
export interface ResultVisibility {
  readonly score: boolean;
  readonly items: boolean;
  readonly key: boolean;
  readonly feedback: boolean;
  /** How the results of the class are spread. */
  readonly distribution: boolean;
}

/** The grade behind the gate, of the hand-in that counts now. */
export interface GatedGrade {
  readonly closedVersion: number;
  readonly state: 'graded' | 'pending' | 'needs-manual';
  /** Decimal strings; points after moderation. */
  readonly points: string;
  readonly maxPoints: string;
  /** The sum of the marks where moderation changed it; null where it did not. */
  readonly rawPoints: string | null;
  readonly percent: string | null;
  /** Null while marks are missing, and without a pass mark. */
  readonly passed: boolean | null;
  /** By the scale of the exam; null while marks are missing. */
  readonly gradeLabel: string | null;
}

/** The verdict of the gate. */
export interface ResultGate {
  /** Whether the student may see anything of the result now. */
  readonly open: boolean;
  readonly visibility: ResultVisibility;
  /** The results of the whole exam are out, not only this one of an exam that answers at once. */
  readonly allOut: boolean;
  /** Days in which students may appeal; 0: none. */
  readonly appealDays: number;
  readonly examTitle: string;
  /** Decimal string; null without a pass mark. */
  readonly passPercent: string | null;
  readonly publishedAtMs: number | null;
  /** Null while the session is not closed, or its last hand-in is not graded. */
  readonly grade: GatedGrade | null;
}

interface RawGate {
  id: string;
  exam_id: string;
  all_out: boolean;
  out: boolean;
  withheld: boolean;
  title: string;
  results: Partial<ResultVisibility> & { release?: string; appealDays?: number };
  pass_percent: string | null;
  published_at: Date | null;
  closed_version: number | null;
  state: GatedGrade['state'] | null;
  points: string | null;
  max_points: string | null;
  scale: StoredRules['scale'];
  letters: StoredRules['letters'];
  steps: StoredRules['steps'];
}

/** Days for appeals where an exam does not say. */
export const APPEAL_DAYS = 14;

/** SQL of the instant at which the results of an exam `e` came out; null while they are not. */
export const PUBLISHED_AT = `coalesce(e.results_published_at, case when results_are_out(e.id) then greatest((e.results ->> 'releaseAt')::timestamptz, e.closes_at) end)`;

/** SQL of whether the scores of an exam `e` are out for all its students; single results can still be withheld by `result_holds`. */
export const SCORES_ARE_OUT = `(results_are_out(e.id) and coalesce((e.results ->> 'score')::boolean, true))`;

/**
 * The one gate between results and students; every channel asks it. Open when the results of the exam are out (published,
 * their hour has come, or the exam answers at once), the result is not withheld, and the grade is of the version that the
 * session was closed with: a grade of an earlier hand-in never shows.
 * @returns by session; those that do not exist are missing
 */
export async function resultGates(q: Queryable, sessionIds: readonly string[]): Promise<ReadonlyMap<string, ResultGate>> {
  const { rows } = await q.query<RawGate>(
    `select s.id, s.exam_id, results_are_out(e.id) as all_out, results_are_out(e.id) or e.results ->> 'release' = 'immediate' as out,
            h.session_id is not null as withheld, e.title, e.results, e.pass_percent::text,
            ${PUBLISHED_AT} as published_at,
            g.closed_version, g.state, g.points::text, g.max_points::text, ${RULE_COLUMNS}
       from exam_sessions s join exams e on e.id = s.exam_id
       left join result_holds h on h.session_id = s.id
       left join grades g on g.session_id = s.id and g.closed_version = s.closed_version and s.closed_at is not null
      where s.id = any($1::uuid[])`,
    [sessionIds],
  );
  const rules = new Map<string, Promise<ResultRules>>();
  const rulesOf = (row: RawGate): Promise<ResultRules> => {
    const known = rules.get(row.exam_id);
    if (known !== undefined) return known;
    const made = resolveRules(q, { examId: row.exam_id, passPercent: row.pass_percent, scale: row.scale, letters: row.letters, steps: row.steps });
    rules.set(row.exam_id, made);
    return made;
  };
  return new Map(await Promise.all(rows.map(async (row): Promise<[string, ResultGate]> => [row.id, toGate(row, await rulesOf(row))])));
}

/** The gate of one session; undefined when there is no such session. */
export async function resultGate(q: Queryable, sessionId: string): Promise<ResultGate | undefined> {
  return (await resultGates(q, [sessionId])).get(sessionId);
}

function toGate(row: RawGate, rules: ResultRules): ResultGate {
  const grade = row.closed_version === null
    ? null
    : gatedGrade({ closedVersion: row.closed_version, state: row.state!, points: row.points!, maxPoints: row.max_points! }, rules);
  return {
    open: row.out && !row.withheld && grade !== null,
    visibility: {
      score: row.results.score ?? true, items: row.results.items ?? false, key: row.results.key ?? false, feedback: row.results.feedback ?? false,
      distribution: row.results.distribution ?? false,
    },
    allOut: row.all_out,
    appealDays: row.results.appealDays ?? APPEAL_DAYS,
    examTitle: row.title,
    passPercent: row.pass_percent,
    publishedAtMs: row.published_at?.getTime() ?? null,
    grade,
  };
}

function gatedGrade(raw: Pick<GatedGrade, 'closedVersion' | 'state' | 'points' | 'maxPoints'>, rules: ResultRules): GatedGrade {
  const { points, percent, passed, gradeLabel } = resultOf({ points: raw.points, maxPoints: raw.maxPoints, isFinal: raw.state === 'graded' }, rules);
  return { ...raw, points, rawPoints: rules.steps.length === 0 ? null : raw.points, percent, passed, gradeLabel };
}
