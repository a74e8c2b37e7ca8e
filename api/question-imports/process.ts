import type { Deps } from '#api/deps.ts';
import { MAX_ITEMS } from '#api/question-imports/read-file.ts';
import { readInThread, UnreadableFileError } from '#api/question-imports/read-in-thread.ts';
import { inTransaction, type Queryable } from '#db/connection.ts';
import { claimImport, failImport, finishImport, type ImportItem, selectKnownFingerprints } from '#db/questions/imports.ts';

/**
 * Reads a waiting file and stores its items for review. Safe to call again and from several processes: one takes it on, and
 * after a crash the next call does.
 */
export async function processImport(deps: Pick<Deps, 'db' | 'log'>, id: string): Promise<void> {
  const claimed = await claimImport(deps.db, id);
  if (claimed === undefined) return;
  try {
    const { encoding, items } = await readInThread(claimed.source);
    if (items.length > MAX_ITEMS) throw new UnreadableFileError(`The file holds ${items.length} questions; at most ${MAX_ITEMS} can come in one file.`);
    const owner = await bankOf(deps.db, claimed.createdBy);
    const known = await selectKnownFingerprints(deps.db, items.flatMap((read) => (read.fingerprint === null ? [] : [read.fingerprint])), owner);
    const marked = items.map(({ item, fingerprint }): ImportItem => {
      const inBank = fingerprint !== null && item.status === 'ready' && known.has(fingerprint);
      return inBank ? { ...item, status: 'duplicate', reason: 'the same question is in the question bank' } : item;
    });
    await inTransaction(deps.db, (tx) => finishImport(tx, id, encoding, marked));
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) deps.log.error({ err: error, importId: id }, 'an import failed');
    await failImport(deps.db, id, error instanceof UnreadableFileError ? error.message : 'Something broke on our side while the file was read.');
  }
}

/** Whose questions count as "already there": an admin works with the whole bank. */
async function bankOf(q: Queryable, userId: string): Promise<string | null> {
  const { rows } = await q.query<{ is_admin: boolean }>(`select 'admin' = any(roles) as is_admin from users where id = $1`, [userId]);
  return rows[0]?.is_admin === true ? null : userId;
}
