import { ApplicationFailure } from '@temporalio/common';

import { Refusal } from '#domain/problem.ts';

/**
 * Turns a refusal into a failure that no retry is spent on, with the problem code as its type. Everything else is left
 * alone: it is tried again.
 */
export async function withRefusals<Output>(work: () => Promise<Output>): Promise<Output> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw ApplicationFailure.create({ type: error.code, message: error.message, nonRetryable: true });
  }
}
