import { afterEach, expect, test } from 'vitest';

import { type FakeNtp, startNtpServer } from '#tests/support/ntp-server.ts';

import { readNetworkTime } from './sntp-client.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function server(given: Partial<FakeNtp> = {}) {
  const started = await startNtpServer(given);
  open.push(started.close);
  return { ...started, address: { host: '127.0.0.1', port: started.port } };
}

test('the offset of a server is measured over the network', async () => {
  const { address, port, state } = await server({ aheadMs: 250 });
  const time = await readNetworkTime([address]);
  expect(Math.abs(time.offsetMs - 250)).toBeLessThanOrEqual(5 + time.delayMs / 2);
  expect(time).toMatchObject({ server: `127.0.0.1:${port}`, stratum: 2 });
  expect(state.questions).toBe(4);
});

test('one server that is wrong by a day does not count among three', async () => {
  const [wrong, one, two] = [await server({ aheadMs: 86_400_000 }), await server({ aheadMs: 20 }), await server({ aheadMs: 20 })];
  expect(Math.abs((await readNetworkTime([wrong.address, one.address, two.address])).offsetMs)).toBeLessThan(1_000);
});

test('servers that are silent, refuse or forge are passed over', async () => {
  const [silent, tired, forger, good] = [await server({ silent: true }), await server({ stratum: 0 }), await server({ forged: true }), await server({ aheadMs: -40 })];
  const servers = [silent, tired, forger, good].map(({ address }) => address);
  expect(await readNetworkTime(servers, 100)).toMatchObject({ server: `127.0.0.1:${good.port}` });
  expect(tired.state.questions).toBe(1);
});

test('when none can be used, what each said is told', async () => {
  const [silent, tired, forger] = [await server({ silent: true }), await server({ stratum: 0 }), await server({ forged: true })];
  await expect(readNetworkTime([silent, tired, forger].map(({ address }) => address), 100)).rejects.toThrow(
    /does not answer; .* asks to stay away \(RATE\); .* answers another question$/,
  );
  await expect(readNetworkTime([{ host: 'no-such-host.invalid', port: 123 }], 2_000)).rejects.toThrow(/no-such-host\.invalid can not be reached|does not answer/);
});
