/** Type name of the workflow that writes the PDF reports of an exam. */
export const REPORT_RUN_WORKFLOW = 'reportRunWorkflow';

/** The id of the workflow of a report run. */
export function reportRunWorkflowId(runId: string): string {
  return `report-run-${runId}`;
}
