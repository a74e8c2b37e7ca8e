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
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch {
    throw new Refusal('validation-failed', 'The body is not JSON in UTF-8.', { errors: [{ pointer: '', message: 'must be JSON in UTF-8' }] });
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

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
