import { createHash } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { StartFailure } from '#tools/servers/failure.ts';

import type { StoredFile } from './manifest.ts';

const CHUNK_BYTES = 256 * 1024;
/** Files under way at a time: waits for the disk overlap. */
const LANES = 8;

/** One file to copy. */
export interface SourceFile {
  readonly from: string;
  /** Where it goes: below the root, with slashes. */
  readonly path: string;
  /** A file that is gone is no error. */
  readonly mayBeGone?: boolean;
}

/** Writes files into one folder, flushed to the disk, and remembers what it wrote. */
export class Copier {
  /** Where the files go. */
  readonly root: string;
  readonly #signal: AbortSignal;
  readonly #folders = new Set<string>();
  readonly files: StoredFile[] = [];
  bytes = 0;

  /**
   * @param root folder that is there
   * @param signal ends a copy under way
   */
  constructor(root: string, signal: AbortSignal) {
    this.root = root;
    this.#signal = signal;
  }

  /** Folders that were made, parents first. */
  get folders(): readonly string[] {
    return [...this.#folders];
  }

  /** Makes a folder that only its owner can enter. @param path below the root, with slashes */
  async folder(path: string): Promise<void> {
    if (path === '.' || this.#folders.has(path)) return;
    await this.folder(dirname(path));
    await mkdir(join(this.root, path), { recursive: true, mode: 0o700 });
    this.#folders.add(path);
  }

  /**
   * Copies what files hold now, some at a time: each is waited for until it is on the disk.
   * @returns what was stored, in no order
   */
  async copy(files: readonly SourceFile[]): Promise<StoredFile[]> {
    const stored: StoredFile[] = [];
    let next = 0;
    let failed = false;
    const lane = async (): Promise<void> => {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      while (!failed && next < files.length) {
        const file = files[next++]!;
        try {
          const one = await this.#copyOne(file, buffer);
          if (one) stored.push(one);
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    };
    // all lanes are waited for: nothing may be written once this has failed
    const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
    const failure = ended.find((lane) => lane.status === 'rejected');
    if (failure) throw failure.reason;
    return stored;
  }

  /** Our own loop: the one of Node.js never ends when a file gets shorter meanwhile. */
  async #copyOne({ from, path, mayBeGone }: SourceFile, buffer: Buffer): Promise<StoredFile | undefined> {
    let source: FileHandle;
    try {
      source = await open(from, 'r');
    } catch (error) {
      if (mayBeGone && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return await this.#write(path, async () => buffer.subarray(0, (await source.read(buffer, 0, buffer.length, null)).bytesRead));
    } finally {
      await source.close();
    }
  }

  /** Writes a file that is held in memory. @param path below the root, with slashes */
  text(path: string, content: string | Buffer): Promise<StoredFile> {
    const parts = [Buffer.from(content), Buffer.alloc(0)];
    return this.#write(path, () => Promise.resolve(parts.shift()!));
  }

  /** @param next the next piece, an empty one at the end */
  async #write(path: string, next: () => Promise<Buffer>): Promise<StoredFile> {
    await this.folder(dirname(path));
    const hash = createHash('sha256');
    let size = 0;
    const target = await open(join(this.root, path), 'wx', 0o600);
    try {
      for (;;) {
        this.#signal.throwIfAborted();
        const piece = await next();
        if (piece.length === 0) break;
        hash.update(piece);
        await target.writeFile(piece);
        size += piece.length;
        this.bytes += piece.length;
      }
      await target.sync();
    } finally {
      await target.close();
    }
    const stored = { path, size, sha256: hash.digest('hex') };
    this.files.push(stored);
    return stored;
  }
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** @throws StartFailure when the disk that holds a folder has not this much room */
export function demandRoom(folder: string, neededBytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= neededBytes) return;
  throw new StartFailure(`The disk that holds ${dirname(folder)} is full: ${inMegabytes(bavail * bsize)} MB are free, ${inMegabytes(neededBytes)} MB are needed.`);
}

/** Whole megabytes (1,048,576 bytes), rounded up. */
export function inMegabytes(bytes: number): number {
  return Math.ceil(bytes / 1_048_576);
}
