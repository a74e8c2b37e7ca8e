import type { MarkerRole } from '#domain/marking/types.ts';

import { canonical } from '../results/rows.ts';

/** An answer that needs, or needed, a person. */
export interface MarkingAnswer {
  readonly examId: string;
  readonly sessionId: string;
  readonly itemId: string;
  readonly closedVersion: number;
  readonly code: string;
  readonly number: number;
  readonly seed: string;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string };
  readonly state: 'first' | 'second' | 'reconcile' | 'done';
  readonly firstGrader: string | null;
  readonly secondGrader: string | null;
  readonly firstBy: string | null;
  readonly secondBy: string | null;
  readonly lease: AnswerLease | null;
  readonly flagged: boolean;
  /** The asking grader has a draft. */
  readonly drafted: boolean;
  readonly maxPoints: string;
  readonly response: unknown;
  readonly revisions: number;
  readonly savedAtMs: number | null;
}

/** Who has an answer for a while. */
export interface AnswerLease {
  readonly id: string;
  readonly role: MarkerRole;
  readonly holderId: string;
  readonly holderName: string;
  readonly untilMs: number;
}

/** An answer as the database gives it. */
export interface RawAnswer {
  exam_id: string;
  session_id: string;
  item_id: string;
  closed_version: number;
  code: string;
  number: number;
  seed: string;
  student_id: string;
  external_id: string | null;
  name: string;
  state: MarkingAnswer['state'];
  first_grader: string | null;
  second_grader: string | null;
  first_by: string | null;
  second_by: string | null;
  leased: boolean;
  lease_id: string;
  lease_role: MarkerRole;
  lease_holder: string;
  lease_until: Date;
  holder_name: string;
  flagged: boolean;
  drafted: boolean;
  max_points: string;
  response: unknown;
  revisions: number;
  saved_at: Date | null;
}

/** Answers of the exam `$1` as the grader `$2` finds them: of hand-ins that count now. */
export const ANSWER_SQL = `
  select a.exam_id, a.session_id, a.item_id, a.closed_version, a.code, dense_rank() over (order by a.code, a.session_id)::int as number,
         s.seed::text, s.student_id, u.external_id, u.name, a.state, a.first_grader, a.second_grader, a.first_by, a.second_by,
         coalesce(a.lease_until > holdfast_now(), false) as leased, a.lease_id, a.lease_role, a.lease_holder, a.lease_until, h.name as holder_name,
         exists (select from marking_flags f where f.session_id = a.session_id and f.closed_version = a.closed_version and f.item_id = a.item_id
                    and (f.grader_id = $2 or a.state <> 'second')) as flagged,
         exists (select from marker_drafts d where d.session_id = a.session_id and d.closed_version = a.closed_version and d.item_id = a.item_id and d.grader_id = $2) as drafted,
         m.max_points, w.response, coalesce(w.revision, 0) as revisions, w.saved_at
    from marking_answers a
    join exam_sessions s on s.id = a.session_id and s.closed_version = a.closed_version and s.closed_at is not null and s.state <> 'withdrawn'
    join users u on u.id = s.student_id
    join marks m on m.session_id = a.session_id and m.closed_version = a.closed_version and m.item_id = a.item_id
    left join users h on h.id = a.lease_holder
    left join answers w on w.session_id = a.session_id and w.item_id = a.item_id
   where a.exam_id = $1::uuid`;

/** The answer of a row. */
export function toAnswer(row: RawAnswer): MarkingAnswer {
  return {
    examId: row.exam_id, sessionId: row.session_id, itemId: row.item_id, closedVersion: row.closed_version, code: row.code, number: row.number, seed: row.seed,
    student: { id: row.student_id, externalId: row.external_id, name: row.name },
    state: row.state, firstGrader: row.first_grader, secondGrader: row.second_grader, firstBy: row.first_by, secondBy: row.second_by,
    lease: row.leased ? { id: row.lease_id, role: row.lease_role, holderId: row.lease_holder, holderName: row.holder_name, untilMs: row.lease_until.getTime() } : null,
    flagged: row.flagged, drafted: row.drafted, maxPoints: canonical(row.max_points), response: row.response ?? null, revisions: row.revisions, savedAtMs: row.saved_at?.getTime() ?? null,
  };
}
