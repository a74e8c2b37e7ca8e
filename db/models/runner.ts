import type { Knex } from 'knex';

import type { Db, Tx } from '#db/connection.ts';

/** The database, or the open transaction: whatever a query of this process runs on. */
export type Runner = Db | Tx;

/** What objection models run on. */
export function runnerOf(runner: Pick<Db, 'knex'> | Tx): Knex {
  return 'trx' in runner ? runner.trx : runner.knex;
}
