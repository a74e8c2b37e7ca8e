import { correctItems, type ItemCorrection, itemsOfContent } from '#domain/grading/corrections.ts';
import { compareResults, regradeSession, type RegradeSummary, type SessionChange, type StandingMark, type StandingSession } from '#domain/grading/regrade.ts';
import type { ExamContent } from '#domain/paper/types.ts';

import type { Queryable } from '../connection.ts';
import { listCorrections } from '../exams/content.ts';
import { canonical } from '../results/rows.ts';
import { RANKED } from '../scales/cohort.ts';
import { resolveRules, rulesFor, selectStoredRules } from '../scales/rules.ts';

/** What corrections would change, as of one moment. */
export interface Preview {
  /** By the name of the student. */
  readonly changes: readonly SessionChange[];
  readonly summary: RegradeSummary & { readonly skipped: number };
  /** Changes with every mark, scale, moderation and correction that the preview was computed from. */
  readonly fingerprint: string;
}

interface RawSession {
  id: string;
  counted: boolean;
  points: string;
  max_points: string;
  pending_count: number;
}

interface RawMark {
  session_id: string;
  item_id: string;
  points: string | null;
  max_points: string;
  source: StandingMark['source'];
  response: unknown;
}

/** Works out what corrections would change, without changing anything. Only marks of the corrected items are given anew. */
export async function computePreview(q: Queryable, content: ExamContent, corrections: readonly ItemCorrection[]): Promise<Preview> {
  const { examId } = content;
  const fingerprint = await selectFingerprint(q, examId);
  const targets = new Set(corrections.map(({ itemId }) => itemId));
  const all = [...(await listCorrections(q, examId)), ...corrections];
  const items = new Map(correctItems(itemsOfContent(content).filter(({ id }) => targets.has(id)), all).map((item) => [item.id, item]));
  const [sessions, skipped] = await selectStanding(q, examId, [...targets]);
  const regraded = sessions.map((session) => regradeSession(session, items));
  const stored = await selectStoredRules(q, examId);
  const before = await resolveRules(q, stored);
  const after = rulesFor(stored, regraded.filter(({ counted, isFinal }) => counted && isFinal));
  const { changes, summary } = compareResults(sessions, regraded, { before, after });
  return { changes, summary: { ...summary, skipped }, fingerprint };
}

/** @returns the graded sessions by name, and how many others there are */
async function selectStanding(q: Queryable, examId: string, itemIds: readonly string[]): Promise<[StandingSession[], number]> {
  const { rows } = await q.query<RawSession>(
    `with r as (${RANKED})
     select r.id, r.attempt_rule = 'mean' or r.place = 1 as counted, r.points::text, r.max_points::text, r.pending_count
       from r join users u on u.id = r.student_id where r.eligible and r.grade_state in ('graded', 'pending') order by u.name, r.id`,
    [examId, null],
  );
  const { rows: marks } = await q.query<RawMark>(
    `select m.session_id, m.item_id, m.points::text, m.max_points::text, m.source, a.response
       from exam_sessions s join marks m on m.session_id = s.id and m.closed_version = s.closed_version and m.item_id = any($2::uuid[])
       left join answers a on a.session_id = m.session_id and a.item_id = m.item_id
      where s.exam_id = $1 order by m.session_id, m.item_id`,
    [examId, itemIds],
  );
  const bySession = Map.groupBy(marks, (mark) => mark.session_id);
  const { rows: others } = await q.query<{ count: number }>(
    `select count(*)::int as count from exam_sessions s left join grades g on g.session_id = s.id and g.closed_version = s.closed_version and s.closed_at is not null
      where s.exam_id = $1 and s.state <> 'withdrawn' and (g.state is null or g.state = 'needs-manual')`,
    [examId],
  );
  const sessions = rows.map((row): StandingSession => ({
    sessionId: row.id, counted: row.counted, points: canonical(row.points), maxPoints: canonical(row.max_points), pendingCount: row.pending_count,
    marks: (bySession.get(row.id) ?? []).map((mark) => ({
      itemId: mark.item_id, points: mark.points === null ? null : canonical(mark.points), maxPoints: canonical(mark.max_points), source: mark.source, response: mark.response ?? null,
    })),
  }));
  return [sessions, others[0]!.count];
}

/** What a preview depends on, as one text. */
export async function selectFingerprint(q: Queryable, examId: string): Promise<string> {
  const { rows } = await q.query<{ print: string }>(
    `select concat_ws('/', e.pass_percent, e.attempt_rule,
              (select concat_ws('-', count(*), sum(version)) from grades where exam_id = e.id),
              (select concat_ws('-', count(*), sum(closed_version)) from exam_sessions where exam_id = e.id and closed_at is not null),
              (select version from grade_scales where exam_id = e.id),
              (select concat_ws('-', count(*), count(undone_at)) from exam_moderations where exam_id = e.id),
              (select count(*) from exam_corrections where exam_id = e.id)) as print
       from exams e where e.id = $1`,
    [examId],
  );
  return rows[0]!.print;
}
