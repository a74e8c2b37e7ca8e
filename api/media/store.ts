import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

import { SNIFFED_BYTES, sniffMediaType } from '#api/media/sniff.ts';

/** A file that was received but is not in its place yet. */
export interface ReceivedFile {
  readonly path: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  /** Null when it is none of the media types that are taken. */
  readonly mediaType: string | null;
}

/** Media on disk, each under its hash: the same bytes lie there once. */
export interface MediaStore {
  /** Writes a stream into a temporary file. */
  receive(stream: Readable): Promise<ReceivedFile>;
  /** Puts a received file into its place, complete and flushed or not at all. */
  keep(file: ReceivedFile): Promise<void>;
  /** Takes a received file away. */
  discard(file: ReceivedFile): Promise<void>;
  /** Opens the bytes with this hash. @throws Error when they are gone */
  read(sha256: string): Promise<ReadStream>;
}

/** Keeps media below a folder that all API processes share. */
export function createMediaStore(folder: string): MediaStore {
  const incoming = join(folder, 'incoming');
  const placeOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);

  return {
    async receive(stream) {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      const path = join(incoming, randomUUID());
      const file = await open(path, 'wx', 0o600);
      try {
        const hash = createHash('sha256');
        let head = Buffer.alloc(0);
        let size = 0;
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          if (head.length < SNIFFED_BYTES) head = Buffer.concat([head, chunk]).subarray(0, SNIFFED_BYTES);
          hash.update(chunk);
          size += chunk.length;
          await file.writeFile(chunk);
        }
        await file.sync();
        return { path, size, sha256: hash.digest('hex'), mediaType: sniffMediaType(head) };
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      } finally {
        await file.close();
      }
    },
    async keep(file) {
      const place = placeOf(file.sha256);
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      await rename(file.path, place);
    },
    discard: (file) => rm(file.path, { force: true }),
    async read(sha256) {
      const stream = createReadStream(placeOf(sha256));
      await new Promise<void>((resolve, reject) => {
        stream.once('open', () => resolve());
        stream.once('error', (error) => reject(new Error(`the bytes of medium ${sha256} are not on disk`, { cause: error })));
      });
      return stream;
    },
  };
}
