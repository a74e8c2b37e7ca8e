import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type Koa from 'koa';

import { Refusal } from '#domain/problem.ts';

interface File {
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly cacheControl: string;
  readonly plain: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  webmanifest: 'application/manifest+json; charset=utf-8',
  woff2: 'font/woff2',
};

const PAGE = '/index.html';
/** File names below this carry a hash of their content. */
const HASHED = '/_build/assets/';

/** What pages may do: nothing inline, nothing from elsewhere. */
const CONTENT_SECURITY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'", "connect-src 'self'",
  "media-src 'self' blob:", "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

/** Keeps pages on the device: it may fetch them, and nothing else. */
const WORKER = '/sw.js';
const WORKER_SECURITY = "default-src 'none'; connect-src 'self'";

/** What pages may ask the browser for. */
const PERMISSIONS = 'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), geolocation=(), payment=(), usb=(), serial=(), midi=()';

/**
 * Serves the built web app from memory: a class that opens an exam in the same second reads no file. Every address that is
 * no file and not the API's is a page of the app.
 * @param dir the folder that the build wrote; without one there is nothing to serve
 */
export function createSite(dir: string): Koa.Middleware | undefined {
  if (!existsSync(join(dir, PAGE))) return undefined;
  const files = readFiles(dir);
  const page = files.get(PAGE)!;
  return (ctx, next) => {
    if (/^\/(api|docs)\//.test(ctx.path)) return next();
    const file = files.get(ctx.path) ?? (isPage(ctx.path) ? page : undefined);
    if (file === undefined) return next();
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw new Refusal('method-not-allowed', 'This address does not know that method; see /api/docs.');
    send(ctx, file);
  };
}

function send(ctx: Koa.Context, file: File): void {
  ctx.set({ 'Cache-Control': file.cacheControl, ETag: file.etag, Vary: 'Accept-Encoding', ...file.headers });
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.type = file.type;
  if (file.br !== undefined && ctx.acceptsEncodings('br') !== false) {
    ctx.set('Content-Encoding', 'br');
    ctx.body = file.br;
  } else if (file.gzip !== undefined && ctx.acceptsEncodings('gzip') !== false) {
    ctx.set('Content-Encoding', 'gzip');
    ctx.body = file.gzip;
  } else {
    ctx.body = file.plain;
  }
}

// a name with a dot is a file, and this one is not there
function isPage(path: string): boolean {
  return !/\.[a-z0-9]+$/i.test(path);
}

function readFiles(dir: string): Map<string, File> {
  const files = new Map<string, File>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name);
    const type = TYPES[entry.name.split('.').at(-1) ?? ''];
    if (!entry.isFile() || type === undefined || full.includes('/.vite/')) continue;
    const path = full.slice(dir.length).replaceAll('\\', '/');
    const plain = readFileSync(full);
    files.set(path, {
      type,
      headers: headersOf(path),
      plain,
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      cacheControl: path.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache',
      br: readOptional(`${full}.br`),
      gzip: readOptional(`${full}.gz`),
    });
  }
  return files;
}

function headersOf(path: string): Record<string, string> {
  if (path === PAGE) return { 'Content-Security-Policy': CONTENT_SECURITY, 'Permissions-Policy': PERMISSIONS };
  return path === WORKER ? { 'Content-Security-Policy': WORKER_SECURITY } : {};
}

function readOptional(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined;
}
