import { PLATFORM } from '#db/audit.ts';
import { type Db, inTransaction } from '#db/connection.ts';
import type { ContentCache } from '#db/exams/content.ts';
import { type NewGrade, saveGrades } from '#db/grading/grades.ts';
import { type GradingInput, selectGradingInputs } from '#db/grading/input.ts';
import { finishItems } from '#db/runs/items.ts';
import { gradeSession } from '#domain/grading/grade-session.ts';
import { Refusal } from '#domain/problem.ts';

import type { ClosedSession } from './grading-activities.ts';

/** How much of a session is marked; numbers only, they stand in workflow histories. */
export interface GradeCounts {
  readonly gradedCount: number;
  readonly pendingCount: number;
}

/** Marks closed sessions. */
export interface Marker {
  /** Marks one closed session in one transaction. Marking the same close again changes nothing; a later close wins. */
  mark(closed: ClosedSession): Promise<GradeCounts>;
  /** Records that a person has to mark the whole session. */
  leaveToPerson(closed: ClosedSession, detail: string): Promise<void>;
  /** Marks some items of a run with their outcomes, in one transaction; a session that can not be marked is an outcome too. */
  markForRun(runId: string, sessionIds: readonly string[]): Promise<void>;
}

/** @param deps `contents` the frozen content that papers are drawn from */
export function createMarker(deps: { db: Db; contents: ContentCache }): Marker {
  const { db, contents } = deps;

  /** What the machine makes of a session: marks, or the reason why a person has to do it. */
  async function judge({ session, answers }: GradingInput): Promise<NewGrade> {
    const closed = { sessionId: session.id, closedVersion: session.closedVersion };
    const paper = await contents.drawnPaperOf(session.examId, session.seed);
    try {
      const { items } = gradeSession(paper.sections.flatMap((section) => section.items), answers);
      return { ...closed, items: items.map(({ itemId, points, maxPoints, corrected, decided }) => ({ itemId, points, maxPoints, corrected: corrected === true, decided: decided === true })) };
    } catch {
      // a key or a stored response that does not have the shape of its type: nothing that a second try would change
      return { ...closed, items: [], needsManual: 'a key or a response does not fit its question type' };
    }
  }

  return {
    async mark({ sessionId, closedVersion }) {
      const input = (await selectGradingInputs(db, [sessionId])).get(sessionId)!;
      if (input instanceof Refusal) throw input;
      const judged = await judge(input);
      // re-opened and closed again: the workflow hears of it and asks again
      if (judged.closedVersion !== closedVersion) return { gradedCount: 0, pendingCount: 0 };
      const [stored] = await inTransaction(db, (tx) => saveGrades(tx, [judged], PLATFORM));
      return { gradedCount: stored!.gradedCount, pendingCount: stored!.pendingCount };
    },
    async leaveToPerson({ sessionId, closedVersion }, detail) {
      await inTransaction(db, (tx) => saveGrades(tx, [{ sessionId, closedVersion, items: [], needsManual: detail }], PLATFORM));
    },
    async markForRun(runId, sessionIds) {
      const inputs = [...(await selectGradingInputs(db, sessionIds))];
      // a session that is gone or open again is an outcome of its item
      const refused = inputs.flatMap(([itemId, input]) => (input instanceof Refusal ? [{ itemId, error: input.message }] : []));
      const judged = await Promise.all(inputs.flatMap(([, input]) => (input instanceof Refusal ? [] : [judge(input)])));
      await inTransaction(db, async (tx) => {
        const stored = await saveGrades(tx, judged, PLATFORM);
        await finishItems(tx, runId, [...refused, ...judged.map(({ sessionId, needsManual }, index) => ({
          itemId: sessionId, error: needsManual ?? (stored[index]!.saved ? null : 'the session was re-opened meanwhile'),
        }))]);
      });
    },
  };
}
