import { type Db, inTransaction, type Tx } from '#db/connection.ts';
import { StartFailure } from '#tools/servers/failure.ts';
import type { Account } from '#tools/stack/demo.ts';

import { readAccountFile, writeAccountFile } from './account-file.ts';
import { insertFirstAdmin } from './first-admin.ts';
import { loadDemoData } from './load.ts';

/** What to see to. */
export interface DemoRequest {
  /** Path of the file that keeps the accounts. */
  readonly file: string;
  /** Only an account to begin with, for an installation that is meant. */
  readonly onlyAdmin: boolean;
}

/** Two loaders on one database come one after the other. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('demo-data', 7))`;

/**
 * Sees to it that a database has its demo data, or its first admin, and tells the accounts; what is there is left alone. One
 * transaction. The passwords are written down before its commit, marked as pending: whenever it is interrupted, the next call
 * finds either both or neither.
 * @throws StartFailure when there are people in the database who are not of this data folder
 */
export async function provideAccounts(db: Db, { file, onlyAdmin }: DemoRequest): Promise<readonly Account[]> {
  const accounts = await inTransaction(db, async (tx) => {
    await tx.query(LOCK);
    const { accounts: known = [], pending } = readAccountFile(file) ?? {};
    const admins = await listAdmins(tx);
    if (pending !== undefined && admins.includes(pending.adminId)) return pending.accounts;
    if (onlyAdmin ? admins.length > 0 : await hasPeople(tx)) {
      if (!onlyAdmin && known.length === 0) throw notOurs();
      return known;
    }
    const loaded = onlyAdmin ? await insertFirstAdmin(tx) : await loadDemoData(tx);
    writeAccountFile(file, { demo: !onlyAdmin, accounts: [], pending: loaded });
    return loaded.accounts;
  });
  const written = readAccountFile(file);
  if (written?.pending !== undefined) writeAccountFile(file, { demo: written.demo, accounts });
  return accounts;
}

async function listAdmins(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(`select id from users where 'admin' = any(roles) and not disabled and password_hash is not null`);
  return rows.map(({ id }) => id);
}

async function hasPeople(tx: Tx): Promise<boolean> {
  return (await tx.query('select from users limit 1')).rowCount === 1;
}

function notOurs(): StartFailure {
  return new StartFailure('There are people in this database already, and this data folder does not hold their passwords: start with --no-demo.');
}
