import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Bus, createBus } from '#db/bus.ts';
import { natsServer, type TestServer } from '#tests/support/servers.ts';

let nats: TestServer & { url: string };
const buses: Bus[] = [];

beforeAll(async () => {
  nats = await natsServer();
});
afterAll(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  await nats.stop();
});

async function connected(name: string): Promise<{ bus: Bus; told: string[]; woken: () => number }> {
  const bus = createBus(nats.url, name);
  buses.push(bus);
  const told: string[] = [];
  let woken = 0;
  bus.onTell((message) => told.push(message));
  bus.onWake(() => (woken += 1));
  await expect.poll(() => bus.pingMs(), { timeout: 10_000 }).not.toBeNull();
  return { bus, told, woken: () => woken };
}

test('what one process tells reaches every process once, the teller included', async () => {
  const [first, second] = [await connected('first'), await connected('second')];
  first.bus.tell('progress');
  expect(first.told).toEqual(['progress']);
  await expect.poll(() => second.told).toEqual(['progress']);
  // the ping has passed the same connection after the message
  await first.bus.pingMs();
  expect(first.told).toEqual(['progress']);
});

test('a wake-up reaches every process', async () => {
  const [first, second] = [await connected('third'), await connected('fourth')];
  first.bus.wake();
  await expect.poll(() => [first.woken(), second.woken()]).toEqual([1, 1]);
});

test('that a process is busy reaches every process', async () => {
  const buses = await Promise.all(['fifth', 'sixth'].map(async (name) => (await connected(name)).bus));
  let asked = 0;
  for (const bus of buses) bus.onBusy(() => (asked += 1));
  buses[0]!.sayBusy();
  await expect.poll(() => asked).toBe(2);
});

test('a process without a server tells itself', () => {
  const bus = createBus(undefined, 'alone');
  const told: string[] = [];
  bus.onTell((message) => told.push(message));
  bus.onBusy(() => told.push('busy'));
  bus.tell('x');
  bus.sayBusy();
  expect(told).toEqual(['x', 'busy']);
});
