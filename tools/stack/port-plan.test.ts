import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';

import { freePorts } from '#tools/servers/ports.ts';

import { choosePorts, derivePorts, innerPorts } from './port-plan.ts';

describe('the ports of a stack', () => {
  it('follow from the port of the API, all different and below 32768, which is all that Temporal can store', () => {
    for (const api of [80, 8080, 8081, 30_000, 65_535]) {
      const ports = innerPorts(derivePorts(api));
      expect(new Set(ports).size).toBe(12);
      expect(Math.min(...ports)).toBeGreaterThan(1_024);
      expect(Math.max(...ports)).toBeLessThan(32_768);
    }
  });

  it('do not overlap those of a stack on the next port', () => {
    const own = new Set(innerPorts(derivePorts(8_080)));
    expect(innerPorts(derivePorts(8_081)).filter((port) => own.has(port))).toEqual([]);
  });

  it('give way when another program holds one of them', async () => {
    const [api = 0] = await freePorts(1);
    const planned = derivePorts(api);
    const blocker = createServer().listen(planned.postgres, '127.0.0.1');
    await once(blocker, 'listening');
    try {
      expect((await choosePorts(api, '127.0.0.1', undefined)).postgres).not.toBe(planned.postgres);
      expect((await choosePorts(api, '127.0.0.1', planned, new Set([planned.postgres]))).postgres).toBe(planned.postgres);
    } finally {
      blocker.close();
    }
  });
});
