import { PLATFORM } from '#db/audit.ts';
import { type Db, inTransaction } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import { type NewItemMark, saveGrade } from '#db/grading/grades.ts';
import { selectGradingInput } from '#db/grading/input.ts';
import { finishItem } from '#db/runs/items.ts';
import { gradeSession } from '#domain/grading/grade-session.ts';
import { Refusal } from '#domain/problem.ts';

import type { ClosedSession } from './grading-activities.ts';

/** How much of a session is marked; numbers only, they stand in workflow histories. */
export interface GradeCounts {
  readonly gradedCount: number;
  readonly pendingCount: number;
}

/** Marks sessions one at a time. */
export interface Marker {
  /** Marks one closed session in one transaction. Marking the same close again changes nothing; a later close wins. */
  mark(closed: ClosedSession): Promise<GradeCounts>;
  /** Records that a person has to mark the whole session. */
  leaveToPerson(closed: ClosedSession, detail: string): Promise<void>;
  /** Marks one item of a run with its outcome, in one transaction; a session that can not be marked is an outcome too. */
  markForRun(runId: string, sessionId: string): Promise<void>;
}

/** What the machine makes of a session: marks, or the reason why a person has to do it. */
interface Judgement {
  readonly items: readonly NewItemMark[];
  readonly needsManual?: string;
}

/** @param deps `contents` the frozen content that papers are drawn from */
export function createMarker(deps: { db: Db; contents: ContentCache }): Marker {
  const { db, contents } = deps;

  async function judge(sessionId: string): Promise<{ closedVersion: number; judgement: Judgement }> {
    const { session, answers } = await selectGradingInput(db, sessionId);
    const paper = await contents.drawnPaperOf(session.examId, session.seed);
    const items = paper.sections.flatMap((section) => section.items);
    try {
      const { items: marks } = gradeSession(items, answers);
      return { closedVersion: session.closedVersion, judgement: { items: marks.map(({ itemId, points, maxPoints }) => ({ itemId, points, maxPoints })) } };
    } catch (error) {
      // a key or a stored response that does not have the shape of its type: nothing that a second try would change
      if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
      return { closedVersion: session.closedVersion, judgement: { items: [], needsManual: 'a key or a response does not fit its question type' } };
    }
  }

  return {
    async mark({ sessionId, closedVersion }) {
      const judged = await judge(sessionId);
      // re-opened and closed again: the workflow hears of it and asks again
      if (judged.closedVersion !== closedVersion) return { gradedCount: 0, pendingCount: 0 };
      const { gradedCount, pendingCount } = await inTransaction(db, (tx) => saveGrade(tx, { sessionId, closedVersion, ...judged.judgement, origin: PLATFORM }));
      return { gradedCount, pendingCount };
    },
    async leaveToPerson({ sessionId, closedVersion }, detail) {
      await inTransaction(db, (tx) => saveGrade(tx, { sessionId, closedVersion, items: [], needsManual: detail, origin: PLATFORM }));
    },
    async markForRun(runId, sessionId) {
      const outcome = await judge(sessionId).catch(refusalAsOutcome);
      await inTransaction(db, async (tx) => {
        if ('error' in outcome) return await finishItem(tx, runId, sessionId, outcome.error);
        const { closedVersion, judgement } = outcome;
        const { saved } = await saveGrade(tx, { sessionId, closedVersion, ...judgement, origin: PLATFORM });
        await finishItem(tx, runId, sessionId, judgement.needsManual ?? (saved ? null : 'the session was re-opened meanwhile'));
      });
    },
  };
}

/** A session that is gone or open again is an outcome of its item; anything else is tried again. */
function refusalAsOutcome(error: unknown): { error: string } {
  if (error instanceof Refusal) return { error: error.message };
  throw error;
}
