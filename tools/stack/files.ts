import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Writes a file so that a crash leaves either the old content or the new one, never half of it. */
export function writeAtomically(file: string, content: string, mode: number): void {
  const half = `${file}.${process.pid}`;
  try {
    const descriptor = openSync(half, 'w', mode);
    try {
      writeSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(half, file);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}
