import type { FieldError } from '../problem.ts';
import { removesAdmin } from './access.ts';
import type { NewUser, User, UserChange } from './types.ts';

/** One row of a bulk request that has the right shape. */
export interface BulkRow {
  /** Place in the request, from 0. */
  readonly index: number;
  readonly values: UserChange;
}

/** What is to be done with one row. */
export type BulkStep =
  | { readonly index: number; readonly verdict: 'create'; readonly user: NewUser }
  | { readonly index: number; readonly verdict: 'update'; readonly before: User; readonly change: UserChange }
  | { readonly index: number; readonly verdict: 'refuse'; readonly code: 'validation-failed' | 'already-exists' | 'state-conflict'; readonly errors: readonly FieldError[] };

/**
 * Decides each row against the accounts as they are before the request: found by external id, else by e-mail address.
 * A row that collides with an account, or with an earlier row, is refused and harms no other row.
 * @param rows rows of the right shape; each has an e-mail address or an external id
 * @param existing every account that one of the rows names by e-mail address or external id
 * @param actorId the admin who asks, who can not take their own rights away here
 */
export function planBulk(rows: readonly BulkRow[], existing: readonly User[], actorId: string): readonly BulkStep[] {
  const byEmail = new Map(existing.map((user) => [user.email, user]));
  const byExternalId = new Map(existing.filter((user) => user.externalId !== null).map((user) => [user.externalId!, user]));
  const taken = new Map<string, number>();
  return rows.map((row) => {
    const { email, externalId } = row.values;
    const keys = [email === undefined ? [] : [`e ${email}`], externalId == null ? [] : [`x ${externalId}`]].flat();
    const owner = (externalId == null ? undefined : byExternalId.get(externalId)) ?? (email === undefined ? undefined : byEmail.get(email));
    if (owner !== undefined) keys.push(`u ${owner.id}`);
    const earlier = keys.map((key) => taken.get(key)).find((index) => index !== undefined);
    for (const key of keys) if (!taken.has(key)) taken.set(key, row.index);
    if (earlier !== undefined) return refuse(row, 'already-exists', email === undefined ? 'externalId' : 'email', `is the same person as row ${earlier}`);
    return owner === undefined ? planNew(row) : planChange(row, owner, byEmail, actorId);
  });
}

function planNew(row: BulkRow): BulkStep {
  const { email, name, roles } = row.values;
  const missing: FieldError[] = [];
  if (email === undefined) missing.push({ pointer: `/rows/${row.index}/email`, message: 'is needed for a new account' });
  if (name === undefined) missing.push({ pointer: `/rows/${row.index}/name`, message: 'is needed for a new account' });
  if (email === undefined || name === undefined) return { index: row.index, verdict: 'refuse', code: 'validation-failed', errors: missing };
  return { index: row.index, verdict: 'create', user: { ...row.values, email, name, roles: roles ?? ['student'] } };
}

function planChange(row: BulkRow, before: User, byEmail: ReadonlyMap<string, User>, actorId: string): BulkStep {
  const { email, externalId } = row.values;
  if (email !== undefined && email !== before.email && byEmail.has(email)) {
    return refuse(row, 'already-exists', 'email', 'belongs to another account than the external id');
  }
  if (externalId != null && before.externalId !== null && externalId !== before.externalId) {
    return refuse(row, 'already-exists', 'externalId', 'the account with this e-mail address has another external id');
  }
  if (before.id === actorId && removesAdmin(before, row.values)) {
    return refuse(row, 'state-conflict', row.values.disabled === true ? 'disabled' : 'roles', 'you can not take your own rights away');
  }
  return { index: row.index, verdict: 'update', before, change: row.values };
}

function refuse(row: BulkRow, code: 'already-exists' | 'state-conflict', field: string, message: string): BulkStep {
  return { index: row.index, verdict: 'refuse', code, errors: [{ pointer: `/rows/${row.index}/${field}`, message }] };
}
