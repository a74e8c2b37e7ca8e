/** Type name of the workflow that compares the sessions of an exam with each other. */
export const PLAGIARISM_SCAN_WORKFLOW = 'plagiarismScanWorkflow';

/** The id of the workflow of a plagiarism scan. */
export function plagiarismScanWorkflowId(runId: string): string {
  return `plagiarism-scan-${runId}`;
}
