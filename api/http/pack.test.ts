import { once } from 'node:events';
import { type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

import Koa from 'koa';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { packed } from '#api/http/pack.ts';

const LONG = JSON.stringify(Array.from({ length: 500 }, (_, index) => ({ id: index, text: 'Which organelle makes most of the ATP?' })));
let server: Server;

beforeAll(async () => {
  const app = new Koa();
  app.use(async (ctx) => {
    ctx.type = 'application/json; charset=utf-8';
    ctx.body = await packed(ctx, ctx.path === '/long' ? LONG : '{"short":true}');
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => void server.close());

test('a long reply comes packed to whoever takes that, as the same JSON', async () => {
  const { headers, bytes } = await ask('/long', 'gzip, deflate, br');
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json; charset=utf-8', vary: 'Accept-Encoding' });
  expect(gunzipSync(bytes).toString()).toBe(LONG);
  expect(bytes.length).toBeLessThan(LONG.length / 5);
});

test('a client that says nothing, or that does not want it, gets it as it is, and the length is right', async () => {
  for (const encoding of [undefined, 'identity', 'gzip;q=0, identity']) {
    const { headers, bytes } = await ask('/long', encoding);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-length']).toBe(String(bytes.length));
    expect(bytes.toString()).toBe(LONG);
  }
});

test('a short reply is not worth it', async () => {
  const { headers, bytes } = await ask('/short', 'gzip');
  expect(headers['content-encoding']).toBeUndefined();
  expect(bytes.toString()).toBe('{"short":true}');
});

// fetch would unpack
async function ask(path: string, encoding: string | undefined): Promise<{ headers: IncomingMessage['headers']; bytes: Buffer }> {
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, host: '127.0.0.1', path, headers: encoding === undefined ? {} : { 'Accept-Encoding': encoding } }).end();
  const [reply] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  return { headers: reply.headers, bytes: Buffer.concat(chunks) };
}
