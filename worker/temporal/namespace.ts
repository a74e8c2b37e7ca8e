import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Logger } from 'pino';

import { SEARCH_ATTRIBUTES } from '#workflows/search-attributes.ts';

/** What is asked of the server here, with a deadline on each question. */
type Services = Pick<Connection, 'workflowService' | 'operatorService' | 'withDeadline'>;

/** Longest wait for an answer of the server, ms. */
const CALL_MS = 5_000;

/** Knows which Temporal store the configured namespace lives in. */
export interface NamespaceWatch {
  /** Id that the server gave the namespace; another one than before means that the store was rebuilt. Undefined until it answered once. */
  current(): string | undefined;
  /** Asks the server, registers the namespace and its search attributes when they are missing. */
  refresh(): Promise<string>;
}

// gRPC status codes
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;

// temporal.api.enums.v1.IndexedValueType
const INDEXED_TYPES: Readonly<Record<string, number>> = { KEYWORD: 2, INT: 3 };

/** @param options `services` a connection; `retentionDays` is used only if the namespace has to be registered */
export function createNamespaceWatch(options: { services: Services; namespace: string; retentionDays: number; log: Logger }): NamespaceWatch {
  const { services, namespace, retentionDays, log } = options;
  let id: string | undefined;
  return {
    current: () => id,
    async refresh() {
      const found = await services.withDeadline(
        Date.now() + CALL_MS,
        async () => await describe(services, namespace) ?? await register(services, namespace, retentionDays),
      );
      if (found !== id) {
        await services.withDeadline(Date.now() + CALL_MS, () => addSearchAttributes(services, namespace, log));
        // two questions may have been asked at once
        if (id !== undefined && id !== found) log.warn({ namespace, before: id, now: found }, 'the Temporal store was rebuilt; it is filled from the database');
        id = found;
      }
      return id;
    },
  };
}

async function describe(services: Services, namespace: string): Promise<string | undefined> {
  try {
    const { namespaceInfo } = await services.workflowService.describeNamespace({ namespace });
    if (namespaceInfo?.id == null) throw new Error(`the Temporal server does not tell the id of namespace ${namespace}`);
    return namespaceInfo.id;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return undefined;
    throw error;
  }
}

/** Only a single-box installation lets the worker do this; a cluster has its namespace made beforehand. */
async function register(services: Services, namespace: string, retentionDays: number): Promise<string> {
  try {
    await services.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(retentionDays * 86_400_000) });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== ALREADY_EXISTS) throw error;
  }
  const id = await describe(services, namespace);
  // other parts of the server see a new namespace some seconds later; the callers try again
  if (id === undefined) throw new Error(`namespace ${namespace} is not there yet`);
  return id;
}

async function addSearchAttributes(services: Services, namespace: string, log: Logger): Promise<void> {
  try {
    const { customAttributes } = await services.operatorService.listSearchAttributes({ namespace });
    const missing = SEARCH_ATTRIBUTES.filter(({ name }) => !(name in (customAttributes ?? {})));
    if (missing.length === 0) return;
    const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, INDEXED_TYPES[type] ?? 0]));
    await services.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    if (!isGrpcServiceError(error) || (error.code !== ALREADY_EXISTS && error.code !== PERMISSION_DENIED)) throw error;
    log.info({ namespace, code: error.code }, 'search attributes were left as they are');
  }
}
