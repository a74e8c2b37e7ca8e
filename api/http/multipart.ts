import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';

import busboy from 'busboy';

import { invalid } from '#api/http/problem.ts';
import { type FieldError, Refusal } from '#domain/problem.ts';

/** What came with a multipart request. */
export interface Upload<T> {
  /** What `receive` made of the file. */
  readonly file: T;
  /** The name that the client gave it, without folders. */
  readonly fileName: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a multipart request may hold. */
export interface UploadOptions<T> {
  readonly maxBytes: number;
  /** Names of the fields besides `file`. */
  readonly fields: readonly string[];
  /** Takes the file in; it has to read the stream to its end. */
  receive(stream: Readable): Promise<T>;
  /** Undoes `receive` for an upload that is refused afterwards. */
  discard?(received: T): Promise<void>;
}

const MAX_FIELD_BYTES = 1_000;

/**
 * Reads a multipart request with one file in the field `file`.
 * @throws unsupported-media-type, payload-too-large, validation-failed with pointers
 */
export async function readUpload<T>(request: IncomingMessage, options: UploadOptions<T>): Promise<Upload<T>> {
  const parser = openParser(request, options.maxBytes);
  const errors: FieldError[] = [];
  const fields: Record<string, string> = {};
  let file: { received: Promise<T>; name: string; stream: Readable & { truncated?: boolean } } | undefined;

  parser.on('file', (name, stream, info) => {
    if (name !== 'file' || file !== undefined) {
      errors.push({ pointer: `/${name}`, message: name === 'file' ? 'must be one file' : 'unknown field' });
      stream.resume();
      return;
    }
    const received = options.receive(stream);
    // it is awaited below; until then a failure must not count as unhandled
    received.catch(() => stream.resume());
    file = { received, stream, name: plainName(info.filename) };
  });
  parser.on('field', (name, value, info) => {
    if (!options.fields.includes(name) || Object.hasOwn(fields, name)) errors.push({ pointer: `/${name}`, message: 'unknown field' });
    else if (info.valueTruncated || value.includes('\u0000')) errors.push({ pointer: `/${name}`, message: 'is too long, or no text' });
    else fields[name] = value;
  });
  parser.on('partsLimit', () => errors.push({ pointer: '', message: 'has too many parts' }));
  parser.on('filesLimit', () => errors.push({ pointer: '/file', message: 'must be one file' }));

  const complete = await pipeline(request, parser).then(() => true, () => false);
  const outcome = file === undefined ? undefined : await settled(file.received);
  const refusal = refusalOf(complete, errors, file?.stream.truncated === true, outcome, options.maxBytes);
  if (refusal === undefined) return { file: (outcome as { value: T }).value, fileName: file!.name, fields };
  if (outcome !== undefined && 'value' in outcome) await options.discard?.(outcome.value);
  throw refusal;
}

type Outcome<T> = { readonly value: T } | { readonly error: Error };

function settled<T>(promise: Promise<T>): Promise<Outcome<T>> {
  return promise.then((value) => ({ value }), (error: unknown) => ({ error: error instanceof Error ? error : new Error('the file could not be received', { cause: error }) }));
}

function refusalOf(complete: boolean, errors: readonly FieldError[], truncated: boolean, outcome: Outcome<unknown> | undefined, maxBytes: number): Error | undefined {
  if (truncated) return new Refusal('payload-too-large', `The file may have at most ${Math.floor(maxBytes / 1024 / 1024)} MB.`);
  if (!complete) return invalid([{ pointer: '', message: 'must be a complete multipart body' }], 'The upload broke off, or is not multipart/form-data.');
  if (errors.length > 0) return invalid(errors);
  if (outcome === undefined) return invalid([{ pointer: '/file', message: 'is missing' }], 'Send the file in the field "file".');
  return 'error' in outcome ? outcome.error : undefined;
}

function openParser(request: IncomingMessage, maxBytes: number): busboy.Busboy {
  if (!/^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal('unsupported-media-type', 'Send the file as multipart/form-data in the field "file".');
  }
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 2, fileSize: maxBytes, fields: 10, fieldSize: MAX_FIELD_BYTES, fieldNameSize: 100, parts: 12 },
    });
  } catch {
    throw invalid([{ pointer: '', message: 'must be multipart/form-data with a boundary' }]);
  }
}

function plainName(name: string | undefined): string {
  const last = (name ?? '').split(/[\\/]/u).at(-1) ?? '';
  return last.replace(/[\u0000-\u001f\u007f]/gu, '').toWellFormed().slice(0, 200);
}
