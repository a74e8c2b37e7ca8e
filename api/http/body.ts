import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

import { Refusal } from '#domain/problem.ts';

/**
 * Reads a JSON body.
 * @param limitBytes longest body that is read
 * @returns the parsed value; undefined when there is no body
 * @throws unsupported-media-type, payload-too-large, validation-failed
 */
export async function readJson(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const length = Number(request.headers['content-length'] ?? NaN);
  if (length === 0 || (Number.isNaN(length) && request.headers['transfer-encoding'] === undefined)) return undefined;
  const type = request.headers['content-type'];
  if (type === undefined || !/^application\/(json|merge-patch\+json)\s*(;|$)/i.test(type)) {
    throw new Refusal('unsupported-media-type', 'Send the body as application/json.');
  }
  const bytes = await readBytes(request, limitBytes, length);
  if (isTooDeep(bytes)) throw new Refusal('validation-failed', 'The body is nested too deeply.', { errors: [{ pointer: '', message: `may be nested ${MAX_DEPTH} levels deep` }] });
  try {
    // `toString` would put a replacement character for what is no UTF-8, and so store what nobody wrote
    if (isUtf8(bytes)) return JSON.parse(bytes.toString()) as unknown;
  } catch {
    // said below
  }
  throw new Refusal('validation-failed', 'The body is not JSON in UTF-8.', { errors: [{ pointer: '', message: 'must be JSON in UTF-8' }] });
}

/** Levels of lists and objects in a body; what walks through a value would overflow the stack long after this. */
const MAX_DEPTH = 64;
const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

function isTooDeep(bytes: Buffer): boolean {
  if (bytes.length <= 2 * MAX_DEPTH) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}

function readBytes(request: IncomingMessage, limitBytes: number, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): void => {
      request.resume();
      reject(new Refusal('payload-too-large', `The body may have at most ${Math.floor(limitBytes / 1024)} KiB.`));
    };
    if (length > limitBytes) {
      tooLarge();
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) {
        request.removeAllListeners('data');
        tooLarge();
        return;
      }
      chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('aborted', () => reject(new Refusal('validation-failed', 'The connection ended before the body did.')));
  });
}
