import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';

import { StartFailure } from './failure.ts';

const RETENTION_MS = 30 * 24 * 3_600_000;
// the numbers of these types in Temporal's wire format (`temporal.api.enums.v1.IndexedValueType`)
const TYPES: Readonly<Record<string, number>> = { KEYWORD: 2, INT: 3 };
const ALREADY_EXISTS = 6;
const SEEN_WITHIN_MS = 60_000;

/**
 * Makes sure that a namespace is there with 30 days of retention and the product's search attributes, and settles when
 * every service of the Temporal server has seen it (a new one takes seconds).
 * @throws StartFailure when it is not seen within a minute
 */
export async function ensureNamespace(address: string, namespace: string): Promise<void> {
  const deadline = performance.now() + SEEN_WITHIN_MS;
  const connection = await connect(address, deadline);
  try {
    await register(connection, namespace);
    await addMissingAttributes(connection, namespace, deadline);
    await retry(deadline, `The namespace ${namespace} is not seen by Temporal at ${address}`, async () => {
      await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1, query: "ExamId = 'none' and StudentId = 'none' and RunKind = 'none' and ItemCount = 0" });
      await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'core' } });
    });
  } finally {
    await connection.close();
  }
}

function connect(address: string, deadline: number): Promise<Connection> {
  return retry(deadline, `Temporal does not answer at ${address}`, () => Connection.connect({ address, connectTimeout: 5_000 }));
}

async function register(connection: Connection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      description: 'Holdfast',
      workflowExecutionRetentionPeriod: msToTs(RETENTION_MS),
    });
  } catch (error) {
    if (codeOf(error) !== ALREADY_EXISTS) throw error;
  }
}

async function addMissingAttributes(connection: Connection, namespace: string, deadline: number): Promise<void> {
  await retry(deadline, `The search attributes can not be added to the namespace ${namespace}`, async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = SEARCH_ATTRIBUTES.filter(({ name }) => !(name in (customAttributes ?? {})));
    if (missing.length === 0) return;
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, TYPES[type] ?? 0])),
    });
  });
}

async function retry<T>(deadline: number, what: string, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw new StartFailure(`${what}: ${(error as Error).message}`);
      await sleep(100);
    }
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
