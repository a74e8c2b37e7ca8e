/**
 * Follows the row of one exam session: sees to its close at the deadline, to its grade, and ends. The row decides, so a
 * workflow that is early, late, started twice or gone for an hour changes nothing about what was in time: every step is
 * a fenced SQL statement that finds nothing to do when somebody else was faster.
 *
 * Events: 14 for a session that runs to its deadline and is marked by a run, 6 more for its own marking, 1 more for a
 * hand-in, 7 for each change in between; never one for an answer.
 */
import { allHandlersFinished, condition, isCancellation, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';

import type { GradingActivities } from '#activities/grading/grading-activities.ts';
import type { SessionActivities, SessionView } from '#activities/session/session-activities.ts';

import { gradeOne, patientSql, sqlActivities } from '../activity-options.ts';
import { RowWatch } from '../row-watch.ts';
import { heardWithin } from '../waiting.ts';
import { type ExamSessionInput, type ExamSessionResult, getSessionStatusQuery, type SessionStatus, sessionRowChangedSignal } from './messages.ts';
import { isOpen, LOOK_AGAIN_MS, nextWake } from './plan.ts';


/** Follows one exam session until it is closed, graded, and nothing new was heard of it. */
export async function examSessionWorkflow({ sessionId }: ExamSessionInput): Promise<ExamSessionResult> {
  const { runId } = workflowInfo();
  const activities = sessionActivities();
  const watch = new RowWatch();
  const session = { sessionId, runId };
  let view: SessionView | undefined;
  let waitingFor: SessionStatus['waitingFor'] = 'row';

  setHandler(sessionRowChangedSignal, (change) => {
    watch.hear(change);
  });
  setHandler(getSessionStatusQuery, () => ({ state: view?.state ?? 'unknown', version: view?.version ?? 0, waitingFor }));

  const load = async (): Promise<SessionView> => (view = await watch.read(() => activities.load(session)));

  async function untilClosed(from: SessionView): Promise<SessionView> {
    let row = from;
    let alertedPauseAtMs: number | null = null;
    let notBeforeMs = 0;
    while (isOpen(row)) {
      const wake = nextWake(row, alertedPauseAtMs, notBeforeMs);
      waitingFor = wake.purpose;
      if (await heardWithin(watch, wake.inMs, wake.purpose)) {
        row = await load();
        notBeforeMs = 0;
      } else if (wake.purpose === 'pause-alert') {
        alertedPauseAtMs = row.pausedAtMs;
        row = view = await watch.read(() => activities.alertPause(session));
      } else {
        row = view = await watch.read(() => activities.close(session));
        // extended in the meantime: the new time stands in the row; still due: somebody holds it, look again
        notBeforeMs = LOOK_AGAIN_MS;
      }
    }
    return row;
  }

  let gradedVersion: number | null = null;
  let row = await load();
  for (;;) {
    row = await untilClosed(row);
    if (row.gradeInline && row.closedVersion !== gradedVersion) {
      waitingFor = 'grading';
      gradedVersion = row.closedVersion;
      await activities.grade(sessionId, row.closedVersion);
    }
    if (watch.behind) {
      row = await load();
      continue;
    }
    const closed = row;
    row = view = await watch.read(() => activities.complete({ ...session, version: closed.version }));
    await condition(allHandlersFinished);
    // from here to the return nothing is awaited: a re-open that was heard during the grading or the completion is seen,
    // and one that the server receives later makes it refuse the completion
    if (row.version === closed.version && !watch.behind) break;
  }
  waitingFor = 'nothing';
  return { state: row.state, version: row.version };
}

function sessionActivities() {
  const sql = sqlActivities<SessionActivities>();
  const grader = proxyActivities<GradingActivities>(gradeOne('mark the answers'));
  const toPerson = proxyActivities<GradingActivities>(patientSql('hand the session to a person'));
  return {
    load: sql('loadSession', 'read the session'),
    close: sql('closeSession', 'close the session if it is due'),
    alertPause: sql('alertPause', 'tell staff about the hold'),
    complete: sql('completeSession', 'note that the workflow is complete'),
    /** A session that can not be marked by the machine, for whatever reason, waits for a person; it is never lost. */
    async grade(sessionId: string, closedVersion: number | null): Promise<void> {
      if (closedVersion === null) return;
      try {
        await grader.gradeSession({ sessionId, closedVersion });
      } catch (error) {
        if (isCancellation(error)) throw error;
        await toPerson.leaveToPerson({ sessionId, closedVersion });
      }
    },
  };
}
