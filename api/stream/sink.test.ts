import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

import { afterEach, expect, test } from 'vitest';

import { openSink, type StreamSink } from '#api/stream/sink.ts';

let server: Server | undefined;
let client: Socket | undefined;

afterEach(() => {
  client?.destroy();
  server?.closeAllConnections();
  server?.close();
});

/** Opens a stream to a reader that has stopped reading. */
async function openToSleeper(): Promise<StreamSink> {
  const opened = new Promise<StreamSink>((resolve) => {
    server = createServer((_request, response) => resolve(openSink(response, {})));
  });
  server!.listen(0, '127.0.0.1');
  await once(server!, 'listening');
  client = connect((server!.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
  client.pause();
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  return opened;
}

test('a reader that falls more than a mebibyte behind is dropped, the others never wait for it', async () => {
  const sink = await openToSleeper();
  const over = new Promise<void>((resolve) => sink.onClose(resolve));
  const frame = Buffer.alloc(64 * 1024, 'x');
  let sent = 0;
  while (!sink.closed && sent < 1_000) {
    sink.write(frame);
    sent += 1;
    if (sent % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await over;
  expect(sent * frame.length).toBeGreaterThan(1024 * 1024);
  expect(sent).toBeLessThan(1_000);
  expect(await sink.drained()).toBe(false);
});

test('a long replay waits for its reader instead of dropping it', async () => {
  const sink = await openToSleeper();
  const frame = Buffer.alloc(32 * 1024, 'x');
  let sent = 0;
  let waiting: Promise<boolean> | undefined;
  while (waiting === undefined && sent < 1_000) {
    sink.write(frame);
    sent += 1;
    const state = sink.drained();
    if ((await Promise.race([state, new Promise((resolve) => setTimeout(resolve, 50, 'waits'))])) === 'waits') waiting = state;
  }
  client!.resume();
  expect(await waiting).toBe(true);
  expect(sink.closed).toBe(false);
});
