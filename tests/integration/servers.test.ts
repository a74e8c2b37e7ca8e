import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';

import { natsServer, temporalDevServer, timeSkippingServerPath } from '#tests/support/servers.ts';

describe('the servers that tests run against', () => {
  it('include a Temporal server that knows the search attributes', async () => {
    const server = await temporalDevServer();
    try {
      const connection = await Connection.connect({ address: server.address });
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: server.namespace });
      await connection.close();
      expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(['ExamId', 'StudentId', 'RunKind', 'ItemCount']));
    } finally {
      await server.stop();
    }
  });

  it('include a Temporal server that skips time', async () => {
    const environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: await timeSkippingServerPath() } },
    });
    try {
      const before = await environment.currentTimeMs();
      await environment.sleep('3 hours');
      expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(3 * 3_600_000);
    } finally {
      await environment.teardown();
    }
  });

  it('include a NATS server that stores streams', async () => {
    const server = await natsServer();
    try {
      const connection = await connect({ servers: server.url });
      const manager = await jetstreamManager(connection);
      await manager.streams.add({ name: 'probe', subjects: ['probe.>'] });
      expect((await manager.streams.info('probe')).state.messages).toBe(0);
      await connection.close();
    } finally {
      await server.stop();
    }
  });
});
