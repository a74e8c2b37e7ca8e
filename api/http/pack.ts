import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type Koa from 'koa';

const pack = promisify(gzip);

/** Shorter replies fit into the first packets of a connection anyway. */
const MIN_LENGTH = 12_000;

/**
 * The text of a reply, gzipped where it is long and the client takes that: a paper of 200 questions is 160 kB, which is most
 * of a second on a slow line. The lowest level does nearly all of it.
 */
export async function packed(ctx: Koa.Context, text: string): Promise<string | Buffer> {
  if (text.length < MIN_LENGTH) return text;
  ctx.vary('Accept-Encoding');
  if (ctx.acceptsEncodings('gzip', 'identity') !== 'gzip') return text;
  ctx.set('Content-Encoding', 'gzip');
  return pack(text, { level: 1 });
}
