import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Koa from 'koa';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createSite } from '#api/site/site.ts';

const dir = mkdtempSync(join(tmpdir(), 'holdfast-site-'));
let server: Server;
let url: string;

beforeAll(async () => {
  mkdirSync(join(dir, '_build/assets'), { recursive: true });
  mkdirSync(join(dir, '.vite'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(dir, 'mark.svg'), '<svg/>');
  writeFileSync(join(dir, 'sw.js'), 'worker');
  writeFileSync(join(dir, '_build/assets/app-1.js'), 'plain');
  writeFileSync(join(dir, '_build/assets/app-1.js.br'), 'brotli');
  writeFileSync(join(dir, '_build/assets/app-1.js.gz'), 'gzip');
  writeFileSync(join(dir, '.vite/manifest.json'), '{}');
  const app = new Koa();
  app.silent = true;
  app.use(createSite(dir)!);
  app.use((ctx) => {
    ctx.body = 'passed on';
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true });
});

test('a page of the app comes at every address that is no file, with a policy that lets nothing inline run', async () => {
  for (const path of ['/', '/login', '/staff/exams/0190']) {
    const reply = await fetch(url + path);
    expect(await reply.text()).toContain('<title>page</title>');
    expect(reply.headers.get('Cache-Control')).toBe('no-cache');
    const policy = reply.headers.get('Content-Security-Policy')!;
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
  }
});

test('the worker that keeps pages on the device may fetch them, and nothing from elsewhere', async () => {
  const { headers } = await head('/sw.js', {});
  expect(headers['content-security-policy']).toBe("default-src 'none'; connect-src 'self'");
  expect(headers['cache-control']).toBe('no-cache');
});

test('a file whose name carries its hash is kept for a year, and comes as small as the browser takes it', async () => {
  const ask = async (encoding: string): Promise<unknown[]> => {
    const { headers } = await head('/_build/assets/app-1.js', { 'Accept-Encoding': encoding });
    return [headers['content-encoding'], headers['cache-control']];
  };
  const year = 'public, max-age=31536000, immutable';
  expect(await ask('gzip, deflate, br')).toEqual(['br', year]);
  expect(await ask('gzip')).toEqual(['gzip', year]);
  expect(await ask('identity')).toEqual([undefined, year]);
});

test('what a browser has already is not sent again', async () => {
  const { headers } = await head('/', {});
  expect((await head('/', { 'If-None-Match': headers.etag! })).statusCode).toBe(304);
});

test('addresses of the API, files that are not there and what the bundler keeps for itself are passed on', async () => {
  for (const path of ['/api/v1/time', '/docs/problems', '/missing.js', '/.vite/manifest.json', '/../package.json']) {
    expect(await (await fetch(url + path)).text()).toBe('passed on');
  }
});

test('nothing but reading is possible', async () => {
  expect((await fetch(`${url}/login`, { method: 'POST' })).status).toBe(500);
});

test('without a build there is nothing to serve', () => {
  expect(createSite(join(dir, 'nothing'))).toBeUndefined();
});

// fetch would add headers of its own and unpack
function head(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url + path, { method: 'HEAD', headers }, resolve).once('error', reject).end();
  });
}
