import knexFactory, { type Knex } from 'knex';
import pg from 'pg';

/** Anything that runs SQL with `$1` parameters: a pool, a client, a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>>;
}

/** One open transaction: plain SQL by `query`, objection models by `trx`. */
export interface Tx extends Queryable {
  readonly trx: Knex.Transaction;
}

/** The database as a process sees it. */
export interface Db extends Queryable {
  /** Plain connections for named prepared statements. */
  readonly pool: pg.Pool;
  /** Transactions and models. */
  readonly knex: Knex;
  close(): Promise<void>;
}

/** Sizes and limits of the connections of one process. */
export interface DbOptions {
  /** Connections for plain SQL. */
  poolSize: number;
  /** Connections for transactions. */
  transactionPoolSize: number;
  statementTimeoutMs: number;
  applicationName: string;
}

const RETRIED = new Set(['40P01', '40001', '55P03']);
const ATTEMPTS = 3;

// counts and bigint columns stay far below 2^53 here
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
// instants as epoch milliseconds would lose `infinity`; the few callers that need text ask for it
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value) => new Date(value));

/**
 * Opens the connections of one process.
 * @param url `postgres://…`
 * @param options sizes; a statement may take `statementTimeoutMs`, a transaction twice that, an idle one in between 5 s
 */
export function openDb(url: string, options: DbOptions): Db {
  const connection = {
    connectionString: url,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs,
    idle_in_transaction_session_timeout: 5_000,
    keepAlive: true,
    options: `-c TimeZone=UTC -c transaction_timeout=${options.statementTimeoutMs * 2}`,
  };
  const pool = new pg.Pool({ ...connection, max: options.poolSize, connectionTimeoutMillis: 5_000 });
  // a dropped idle connection is replaced by the next query; without a listener it would end the process
  pool.on('error', () => undefined);
  const knex = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: options.transactionPoolSize },
    acquireConnectionTimeout: 5_000,
  });
  return {
    pool,
    knex,
    query: (text, values) => pool.query(text, values as unknown[] | undefined),
    close: async () => {
      await Promise.all([pool.end(), knex.destroy()]);
    },
  };
}

/**
 * Runs `work` in one transaction; a deadlock, a serialisation failure or a lock time-out is tried again, three times in all.
 * `work` must have no effect outside the transaction.
 */
export async function inTransaction<T>(db: Pick<Db, 'knex'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.knex.transaction(async (trx) => work(await asTx(trx)));
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRIED.has(sqlState(error) ?? '')) throw error;
    }
  }
}

/** The SQLSTATE of a database error, or undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) return error.code;
  return 'nativeError' in error ? sqlState(error.nativeError) : undefined;
}

async function asTx(trx: Knex.Transaction): Promise<Tx> {
  // the client of a transaction always answers with the transaction's own connection
  const connection = (await trx.client.acquireConnection()) as pg.ClientBase;
  return {
    trx,
    query: (text, values) => connection.query(text, values as unknown[] | undefined),
  };
}
