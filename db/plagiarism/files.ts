import { type AnswerFile, mayHaveText, textOfFile } from '#domain/plagiarism/files.ts';

import type { Queryable } from '../connection.ts';
import { listSessionFiles, type SessionFile } from '../session/files.ts';

/** Reads the bytes with a hash; undefined when this process can not. */
export type ReadBytes = (sha256: string) => Promise<Uint8Array | undefined>;

/** Files that are read at once. */
const AT_ONCE = 8;

/**
 * Reads the files that answers name, by id. A file of somebody else is left out, one that can not be read has no text.
 * @param wanted ids of files by session
 */
export async function readAnswerFiles(q: Queryable, wanted: ReadonlyMap<string, readonly string[]>, read: ReadBytes): Promise<ReadonlyMap<string, AnswerFile>> {
  const owners = new Map([...wanted].flatMap(([sessionId, ids]) => ids.map((id) => [id, sessionId])));
  const files = (await listSessionFiles(q, [...owners.keys()])).filter(({ id, sessionId }) => owners.get(id) === sessionId);
  const found = new Map<string, AnswerFile>();
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const texts = await Promise.all(files.slice(from, from + AT_ONCE).map((file) => textOf(file, read)));
    texts.forEach((text, at) => {
      const { id, fileName, sha256, sizeBytes } = files[from + at]!;
      found.set(id, { fileName, sha256, sizeBytes: Number(sizeBytes), text });
    });
  }
  return found;
}

async function textOf({ fileName, sha256, sizeBytes }: SessionFile, read: ReadBytes): Promise<string | null> {
  if (!mayHaveText(fileName, Number(sizeBytes))) return null;
  const bytes = await read(sha256);
  return bytes === undefined ? null : textOfFile(fileName, bytes);
}
