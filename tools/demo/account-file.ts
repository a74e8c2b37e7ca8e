import { existsSync, readFileSync } from 'node:fs';

import { StartFailure } from '#tools/servers/failure.ts';
import type { Account } from '#tools/stack/demo.ts';
import { writeAtomically } from '#tools/stack/files.ts';

/** The accounts of a data folder. */
export interface AccountFile {
  /** False for an installation that began with an admin only: its folder has nothing that must stay on this machine. */
  readonly demo: boolean;
  readonly accounts: readonly Account[];
  /** Accounts of a load that may not have been committed: they are true when the database has this admin. */
  readonly pending?: { readonly adminId: string; readonly accounts: readonly Account[] };
}

/**
 * Reads the accounts; undefined when there is no file.
 * @throws StartFailure when it is damaged
 */
export function readAccountFile(file: string): AccountFile | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as AccountFile;
  } catch {
    throw new StartFailure(`${file} is damaged: restore it from a backup, or remove it to go on without the passwords in it.`);
  }
}

/** Writes the accounts for their owner's eyes only: they are passwords. */
export function writeAccountFile(file: string, content: AccountFile): void {
  writeAtomically(file, `${JSON.stringify(content, null, 2)}\n`, 0o600);
}
