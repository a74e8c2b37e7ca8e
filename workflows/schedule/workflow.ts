/**
 * Follows the window of one exam from its publication to its close-out: opens, ends, sees every session closed, stores
 * the certificate, publishes results where the exam says so. It holds a list of instants and never a list of students;
 * whether an exam is open is decided by the clock of the database, so a workflow that is late delays nobody.
 *
 * Events: 8 at the start, 6 for a milestone that is only noted, 11 for one that works on all sessions, 11 for each look
 * at sessions that end later than the window. Every milestone that was reached stands in SQL, so the run can continue as
 * new with nothing but the id.
 */
import {
  allHandlersFinished, condition, continueAsNew, proxyActivities, setHandler, workflowInfo,
} from '@temporalio/workflow';

import type { WindowActivities, WindowView } from '#activities/schedule/window-activities.ts';

import { setBasedSql, sqlActivities } from '../activity-options.ts';
import { RowWatch } from '../row-watch.ts';
import { heardWithin } from '../waiting.ts';
import { type ExamWindowInput, type ExamWindowResult, getPlanQuery, windowRowChangedSignal } from './messages.ts';


/** Follows one exam window until every milestone was reached and nothing new was heard of it. */
export async function examWindowWorkflow({ examId }: ExamWindowInput): Promise<ExamWindowResult> {
  const { runId } = workflowInfo();
  const activities = windowActivities();
  const watch = new RowWatch();
  const exam = { examId, runId };
  let view: WindowView | undefined;
  let reached = 0;

  setHandler(windowRowChangedSignal, (change) => {
    watch.hear(change);
  });
  setHandler(getPlanQuery, () => ({ version: view?.version ?? 0, milestones: view?.milestones ?? [] }));

  let row = view = await watch.read(() => activities.load(exam));
  for (;;) {
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) await continueAsNew<typeof examWindowWorkflow>({ examId });
    const next = row.milestones.find((milestone) => !milestone.reached);
    if (next !== undefined) {
      const heard = await heardWithin(watch, next.dueAtMs - row.nowMs, next.key);
      const milestone = { ...exam, version: row.version, key: next.key };
      const work = next.overSessions ? activities.reachOverSessions : activities.reach;
      row = view = await watch.read(() => (heard ? activities.load(exam) : work(milestone)));
      if (row.milestones.some(({ key, reached: isReached }) => key === next.key && isReached)) reached += 1;
      continue;
    }
    if (watch.behind) {
      row = view = await watch.read(() => activities.load(exam));
      continue;
    }
    const done = row;
    row = view = await watch.read(() => activities.complete({ ...exam, version: done.version }));
    await condition(allHandlersFinished);
    // nothing is awaited from here to the return: a change heard until now is followed, a later one makes the server
    // refuse the completion
    if (row.version === done.version && row.milestones.every((milestone) => milestone.reached) && !watch.behind) break;
  }
  return { version: row.version, reached };
}

function windowActivities() {
  const sql = sqlActivities<WindowActivities>();
  return {
    load: sql('loadWindow', 'read the window'),
    reach: sql('reachMilestone', 'note the milestone'),
    reachOverSessions: proxyActivities<WindowActivities>(setBasedSql('work on all sessions')).reachMilestone,
    complete: sql('completeWindow', 'note that the workflow is complete'),
  };
}
