import { Worker } from 'node:worker_threads';

import type { ReadFile } from '#api/question-imports/read-file.ts';

/** Bounds of the thread that reads one file. */
export interface ReadLimits {
  readonly timeMs: number;
  readonly memoryMb: number;
}

/** A file that could not be read within its bounds. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

const LIMITS: ReadLimits = { timeMs: 20_000, memoryMb: 256 };

/** One file after the other: a process has other work than imports. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Reads a question file in a thread of its own, within bounds of time and memory.
 * @throws UnreadableFileError with a sentence for the author
 */
export function readInThread(bytes: Uint8Array, limits: ReadLimits = LIMITS): Promise<ReadFile> {
  const reading = last.then(() => run(bytes, limits));
  last = reading.catch(() => undefined);
  return reading;
}

function run(bytes: Uint8Array, limits: ReadLimits): Promise<ReadFile> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
      workerData: bytes,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 32 },
    });
    const timer = setTimeout(() => {
      reject(new UnreadableFileError(`Reading the file took longer than ${limits.timeMs / 1000} s. Split it into smaller ones.`));
      void worker.terminate();
    }, limits.timeMs);
    worker.once('message', resolve);
    worker.once('error', (error) => reject(failureOf(error)));
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new UnreadableFileError('Reading the file was broken off.'));
    });
  });
}

function failureOf(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new UnreadableFileError('Reading the file took too much memory. Split it into smaller ones.');
  return error;
}
