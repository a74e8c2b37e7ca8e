import type { Queryable } from '#db/connection.ts';
import { readCloseOut, storeCloseOut } from '#db/schedule/close-out.ts';
import { gradeSession, totalsOf } from '#domain/grading/grade-session.ts';
import { DEFAULT_REMINDER_MINUTES, milestonesOf } from '#domain/schedule/milestones.ts';

import { insertRows, instant, type PastEntry, type Trail } from '../rows.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../times.ts';
import type { PastExam } from './exam.ts';
import type { PastSession } from './sessions.ts';

/** Stands where a workflow would name its Temporal store and run. */
const NO_WORKFLOW = { namespaceId: 'demo-data', runId: 'demo-data' } as const;

const MARKING_SECONDS = 95;

interface GradedSession {
  readonly session: PastSession;
  readonly marks: readonly { readonly itemId: string; readonly points: string; readonly maxPoints: string; readonly comment: string | null; readonly byHand: boolean }[];
  readonly machine: { readonly gradedCount: number; readonly pendingCount: number };
  /** When the machine graded it, and when the teacher marked the essay. */
  readonly gradedAtMs: number;
  readonly markedAtMs: number | null;
}

/** Grades every session by the rules of the product, the essays by what the teacher gives; the sitting that was given up has no grade. */
export async function insertGrades(q: Queryable, exam: PastExam, sessions: readonly PastSession[], trail: Trail): Promise<void> {
  let essays = 0;
  const graded = sessions.filter(({ row }) => row.state !== 'withdrawn').map((session): GradedSession => {
    const { essays: handedIn } = session.sitting;
    if (handedIn.length > 0) essays += 1;
    return gradeOne(session, handedIn.length > 0 ? exam.closesAtMs + DAY + 3 * HOUR + essays * MARKING_SECONDS * SECOND : null);
  });
  await insertRows(q, 'marks', graded.flatMap(({ session: { row }, marks, gradedAtMs, markedAtMs }) => marks.map((mark) => ({
    sessionId: row.id, closedVersion: row.closedVersion, itemId: mark.itemId, points: mark.points, maxPoints: mark.maxPoints, state: 'graded',
    source: mark.byHand ? 'manual' : 'auto', comment: mark.comment, markedBy: mark.byHand ? exam.teacherId : null, version: mark.byHand ? 2 : 1,
    markedAt: instant(mark.byHand ? markedAtMs! : gradedAtMs),
  }))));
  await insertRows(q, 'grades', graded.map(({ session: { row }, marks, gradedAtMs, markedAtMs }) => {
    const { points, maxPoints, gradedCount, pendingCount, state } = totalsOf(marks);
    return {
      sessionId: row.id, closedVersion: row.closedVersion, examId: exam.id, points, maxPoints, gradedCount, pendingCount, state,
      version: markedAtMs === null ? 1 : 2, gradedAt: instant(markedAtMs ?? gradedAtMs),
    };
  }));
  trail.push(...graded.flatMap((grade) => auditOf(exam, grade)));
}

function gradeOne(session: PastSession, markedAtMs: number | null): GradedSession {
  const { row, items, sitting } = session;
  const { items: machine, gradedCount, pendingCount } = gradeSession(items, new Map(sitting.saves.map((save) => [save.itemId, save.response])));
  const marks = machine.map(({ itemId, points, maxPoints }) => {
    const essay = sitting.essays.find((entry) => entry.itemId === itemId);
    if (essay === undefined) return { itemId, points: points ?? '0', maxPoints, comment: null, byHand: false };
    return { itemId, points: essay.points, maxPoints, comment: essay.comment, byHand: true };
  });
  return { session, marks, machine: { gradedCount, pendingCount }, gradedAtMs: row.closedAtMs! + 2 * SECOND, markedAtMs };
}

function auditOf(exam: PastExam, { session: { row }, marks, machine, gradedAtMs, markedAtMs }: GradedSession): PastEntry[] {
  const about = { examId: exam.id, sessionId: row.id };
  const state = machine.pendingCount > 0 ? 'pending' : 'graded';
  return [
    {
      ...about, atMs: gradedAtMs, actorId: null, action: 'session.grade', resourceType: 'session', resourceId: row.id,
      after: { closedVersion: row.closedVersion, state, ...machine, version: 1 },
    },
    ...marks.filter((mark) => mark.byHand).map((mark): PastEntry => ({
      ...about, atMs: markedAtMs!, actorId: exam.teacherId, action: 'mark.set', resourceType: 'mark', resourceId: `${row.id}/${mark.itemId}`,
      before: { points: null, source: 'auto', comment: null, rubric: null, version: 1 },
      after: { points: mark.points, source: 'manual', comment: mark.comment, rubric: null, version: 2 },
    })),
  ];
}

/** Closes the exam: its workflows are over, its milestones reached, the certificate is stored, the results are out but for the one that is in question. */
export async function closePastExam(q: Queryable, exam: PastExam, sessions: readonly PastSession[], trail: Trail): Promise<void> {
  await insertRows(q, 'session_workflows', sessions.map(({ row }) => {
    const at = instant(row.closedAtMs! + 3 * SECOND);
    return { sessionId: row.id, ...NO_WORKFLOW, seenVersion: row.version, seenAt: at, completedAt: at };
  }));
  const milestones = milestonesOf({
    opensAtMs: exam.opensAtMs, closesAtMs: exam.closesAtMs, lateEntryMinutes: null, reminderMinutes: DEFAULT_REMINDER_MINUTES,
    lastCutoffMs: Math.max(...sessions.map(({ row }) => row.cutoffAtMs)), release: 'manual', releaseAtMs: null,
  });
  await insertRows(q, 'exam_milestones', milestones.map(({ key, atMs }) => ({
    examId: exam.id, key, scheduleVersion: 1, dueAt: instant(atMs), outcome: 'done', doneAt: instant(atMs + 140),
  })));
  const closedOutAtMs = milestones.find(({ key }) => key === 'close-out')!.atMs + 160;
  await insertRows(q, 'window_workflows', [{ examId: exam.id, ...NO_WORKFLOW, seenVersion: 1, seenAt: instant(closedOutAtMs), completedAt: instant(closedOutAtMs) }]);
  await storeCloseOut(q, exam.id, await readCloseOut(q, exam.id));
  await q.query('update close_outs set closed_at = $2 where exam_id = $1', [exam.id, instant(closedOutAtMs)]);
  await holdResults(q, exam, sessions, trail);
  trail.push({
    atMs: exam.resultsPublishedAtMs, actorId: exam.teacherId, action: 'exam.results-publish', resourceType: 'exam', resourceId: exam.id, examId: exam.id,
    after: { resultsPublishedAt: instant(exam.resultsPublishedAtMs), sessions: sessions.length },
  });
}

async function holdResults(q: Queryable, exam: PastExam, sessions: readonly PastSession[], trail: Trail): Promise<void> {
  const held = sessions.filter(({ row }) => row.state === 'terminated');
  const atMs = exam.resultsPublishedAtMs - 20 * MINUTE;
  const reason = 'The examination board decides about this sitting';
  await insertRows(q, 'result_holds', held.map(({ row }) => ({ sessionId: row.id, reason, heldBy: exam.teacherId, heldAt: instant(atMs) })));
  trail.push(...held.map(({ row }): PastEntry => ({
    atMs, actorId: exam.teacherId, action: 'session.result-withhold', resourceType: 'session', resourceId: row.id, examId: exam.id, sessionId: row.id, reason,
  })));
}
