import { GRADING_RUN_WORKFLOW, gradingRunWorkflowId } from '../grading/messages.ts';
import { PLAGIARISM_SCAN_WORKFLOW, plagiarismScanWorkflowId } from '../plagiarism/messages.ts';
import { REPORT_RUN_WORKFLOW, reportRunWorkflowId } from '../report/messages.ts';

/** The workflow of each kind of run: its type, and its id made of the id of the row. */
export const RUN_WORKFLOWS = {
  grading: { type: GRADING_RUN_WORKFLOW, idOf: gradingRunWorkflowId, name: 'grading run' },
  'plagiarism-scan': { type: PLAGIARISM_SCAN_WORKFLOW, idOf: plagiarismScanWorkflowId, name: 'plagiarism scan' },
  report: { type: REPORT_RUN_WORKFLOW, idOf: reportRunWorkflowId, name: 'report run' },
} as const;
