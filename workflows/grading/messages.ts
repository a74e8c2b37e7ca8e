/** Type name of the workflow that marks the closed sessions of an exam. */
export const GRADING_RUN_WORKFLOW = 'gradingRunWorkflow';

/** The id of the workflow of a grading run. */
export function gradingRunWorkflowId(runId: string): string {
  return `grading-run-${runId}`;
}
