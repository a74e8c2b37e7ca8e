// Entry of the workflow bundle; nothing else imports it.
export { gradingRunWorkflow } from './grading/workflow.ts';
export { plagiarismScanWorkflow } from './plagiarism/workflow.ts';
export { reportRunWorkflow } from './report/workflow.ts';
export { examWindowWorkflow } from './schedule/workflow.ts';
export { examSessionWorkflow } from './session/workflow.ts';
