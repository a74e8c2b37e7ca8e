import type { z } from 'zod';

import type { workflowActionReplySchema, workflowDetailSchema, workflowPageSchema, workflowRowSchema } from '#contracts/operations.ts';
import { request } from '#web/lib/http.ts';
import { isProblem } from '#web/lib/problem.ts';

/** A workflow in the list. */
export type WorkflowRow = z.output<typeof workflowRowSchema>;
/** What a workflow follows. */
export type WorkflowKind = WorkflowRow['kind'];
/** A page of workflows. */
export type WorkflowPage = z.output<typeof workflowPageSchema>;
/** A workflow with its story. */
export type WorkflowDetail = z.output<typeof workflowDetailSchema>;
/** One step of the story. */
export type WorkflowStep = WorkflowDetail['steps'][number];

/** Which workflows. */
export interface WorkflowQuery {
  readonly kind?: WorkflowKind | undefined;
  readonly examId?: string | undefined;
  readonly open?: boolean | undefined;
  readonly behind?: boolean | undefined;
}

/** Lists workflows, newest first. */
export function listWorkflows(query: WorkflowQuery, cursor: string | undefined, signal: AbortSignal): Promise<WorkflowPage> {
  return request('GET', '/admin/workflows', { query: { ...query, limit: 50, cursor }, signal });
}

/** Reads the story of a workflow. */
export function loadWorkflow(workflowId: string, signal: AbortSignal): Promise<WorkflowDetail> {
  return request('GET', `/admin/workflows/${encodeURIComponent(workflowId)}`, { signal });
}

/** The history as Temporal keeps it; undefined where it can not be read. */
export async function loadRawHistory(workflowId: string, signal: AbortSignal): Promise<{ events: readonly unknown[] } | undefined> {
  try {
    return await request('GET', `/admin/workflows/${encodeURIComponent(workflowId)}/history`, { signal });
  } catch (error) {
    if (isProblem(error, 'not-found')) return undefined;
    throw error;
  }
}

/** Asks a workflow for a fresh look at its row, or cancels that of a run. */
export function actOnWorkflow(workflowId: string, act: 'nudge' | 'cancel', reason: string, key: string): Promise<z.output<typeof workflowActionReplySchema>> {
  return request('POST', `/admin/workflows/${encodeURIComponent(workflowId)}/${act}`, { body: { reason }, key });
}
