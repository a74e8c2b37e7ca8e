import { ActivityFailure, ApplicationFailure, CancelledFailure, TimeoutFailure } from '@temporalio/workflow';

import type { ProblemCode } from '#domain/problem.ts';

/**
 * An expected "no" of a workflow or an update handler: ends the update (or the workflow) with the problem code as its type.
 * Any other throw stalls the workflow task until the code is repaired; that is for bugs only.
 * @param code becomes the failure type that the API answers with
 */
export function refuse(code: ProblemCode, detail: string): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: detail, nonRetryable: true });
}

/**
 * Whether an activity gave up because its short retries ran out, as opposed to a refusal that no retry can change
 * and to a cancellation.
 */
export function ranOutOfRetries(error: unknown): boolean {
  if (!(error instanceof ActivityFailure)) return false;
  const { cause } = error;
  if (cause instanceof CancelledFailure) return false;
  if (cause instanceof ApplicationFailure) return cause.nonRetryable !== true;
  return cause instanceof TimeoutFailure;
}
