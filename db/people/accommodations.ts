import { type Origin, insertAudit } from '#db/audit.ts';
import type { Tx } from '#db/connection.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { UserAccommodationsModel } from '#db/models/user-accommodations.ts';
import { decimal, formatDecimal } from '#domain/decimal.ts';
import type { Accommodations } from '#domain/people/types.ts';

/** What a person has who has no arrangements. */
const NONE: Accommodations & { version: number } = { timeMultiplier: '1', extraMinutes: 0, breakMinutes: 0, note: '', version: 0 };

/** The arrangements of a person and their version; version 0: there are none. */
export async function selectAccommodations(runner: Runner, userId: string): Promise<Accommodations & { readonly version: number }> {
  const row = await UserAccommodationsModel.query(runnerOf(runner)).findById(userId);
  return row === undefined ? NONE : accommodationsOf(row);
}

/**
 * Replaces the arrangements of a person whose row in `users` the transaction holds. Sessions that run keep the time they were
 * started with; an extension gives them more.
 */
export async function updateAccommodations(tx: Tx, origin: Origin, userId: string, next: Accommodations): Promise<Accommodations & { readonly version: number }> {
  const before = await selectAccommodations(tx, userId);
  const row = await UserAccommodationsModel.query(tx.trx)
    .insert({ ...next, userId, version: before.version + 1, updatedBy: origin.actorId, updatedAt: UserAccommodationsModel.raw('holdfast_now()') })
    .onConflict('user_id')
    .merge()
    .returning('*');
  await insertAudit(tx, origin, {
    action: 'user.change-accommodations', resourceType: 'user', resourceId: userId, before: withoutVersion(before), after: next,
  });
  return accommodationsOf(row);
}

function accommodationsOf(row: UserAccommodationsModel): Accommodations & { version: number } {
  const { timeMultiplier, extraMinutes, breakMinutes, note, version } = row;
  return { timeMultiplier: formatDecimal(decimal(timeMultiplier)), extraMinutes, breakMinutes, note, version };
}

function withoutVersion({ version: _version, ...rest }: Accommodations & { version: number }): Accommodations {
  return rest;
}
