import type { WorkflowClient } from '@temporalio/client';

import { examWindowWorkflowId, windowRowChangedSignal } from './schedule/messages.ts';
import { examSessionWorkflowId, sessionRowChangedSignal } from './session/messages.ts';

/**
 * Tells the running workflow of a session or a window that its row changed. Fails when there is none: the relay, which
 * can start one, follows up from the outbox.
 * @param version version of the row after the change
 */
export async function signalRowChanged(client: WorkflowClient, topic: 'session' | 'window', id: string, version: number): Promise<void> {
  const change = { version, kind: 'changed', commandId: null };
  if (topic === 'session') await client.getHandle(examSessionWorkflowId(id)).signal(sessionRowChangedSignal, change);
  else await client.getHandle(examWindowWorkflowId(id)).signal(windowRowChangedSignal, change);
}
