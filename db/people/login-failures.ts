import type { Queryable, Tx } from '#db/connection.ts';
import { afterFailure, type FailureState, lockOf, type LockScope } from '#domain/people/lockout.ts';

/** Why an attempt is stopped. */
export interface Stop {
  readonly code: 'rate-limited' | 'account-locked';
  readonly retryAfterMs: number;
}

interface Row {
  scope: string;
  key: string;
  failures: number;
  locked_until: Date | null;
  failed_at: Date;
  now: Date;
}

/** The longest stop that one of the counters asks for; undefined when the attempt may go on. */
export async function selectOptionalStop(db: Queryable, scopes: readonly LockScope[]): Promise<Stop | undefined> {
  const { rows } = await db.query<Row>(
    `select scope, key, failures, locked_until, failed_at, holdfast_now() as now from login_failures
     where (scope, key) in (select * from unnest($1::text[], $2::text[]))`,
    [scopes.map(({ scope }) => scope), scopes.map(({ key }) => key)],
  );
  return longest(rows.map((row) => lockOf(stateOf(row), row.now.getTime(), scopes.find(({ scope }) => scope === row.scope)!.rule)));
}

/**
 * Counts one wrong password under every scope.
 * @returns the stop that begins with this failure, if one does
 */
export async function insertLoginFailure(tx: Tx, scopes: readonly LockScope[]): Promise<Stop | undefined> {
  const stops: (Stop | null)[] = [];
  // always in the same order, so that two failures never wait for each other
  for (const { scope, key, rule } of scopes) {
    await tx.query('insert into login_failures (scope, key) values ($1, $2) on conflict do nothing', [scope, key]);
    const locked = await tx.query<Row>('select * from login_failures where scope = $1 and key = $2 for update', [scope, key]);
    const clock = await tx.query<{ now: Date }>('select holdfast_now() as now');
    const nowMs = clock.rows[0]!.now.getTime();
    const row = locked.rows[0]!;
    const next = afterFailure(row.failures === 0 ? undefined : stateOf(row), nowMs, rule);
    await tx.query('update login_failures set failures = $3, failed_at = $4, locked_until = $5 where scope = $1 and key = $2', [
      scope, key, next.failures, new Date(next.failedAtMs), next.lockedUntilMs === null ? null : new Date(next.lockedUntilMs),
    ]);
    stops.push(lockOf(next, nowMs, rule));
  }
  return longest(stops);
}

/** Forgets the failures that a successful log-in makes good: those of the same account from the same place. */
export async function deleteLoginFailures(tx: Queryable, scopes: readonly LockScope[]): Promise<void> {
  const own = scopes.filter(({ scope }) => scope === 'account-address' || scope === 'device');
  await tx.query('delete from login_failures where (scope, key) in (select * from unnest($1::text[], $2::text[]))', [
    own.map(({ scope }) => scope), own.map(({ key }) => key),
  ]);
}

function longest(stops: readonly (Stop | null)[]): Stop | undefined {
  return stops.filter((stop) => stop !== null).sort((a, b) => b.retryAfterMs - a.retryAfterMs)[0];
}

function stateOf(row: Row): FailureState {
  return { failures: row.failures, failedAtMs: row.failed_at.getTime(), lockedUntilMs: row.locked_until?.getTime() ?? null };
}
