import { v7 as uuidv7 } from 'uuid';

import type { Origin } from '#db/audit.ts';
import type { Queryable, Tx } from '#db/connection.ts';
import { UserModel } from '#db/models/user.ts';
import { accessConsequence } from '#domain/people/access.ts';
import { type BulkRow, type BulkStep, planBulk } from '#domain/people/bulk.ts';
import { canonicalRoles } from '#domain/people/roles.ts';
import type { User, UserChange } from '#domain/people/types.ts';
import { Refusal } from '#domain/problem.ts';

import { auditOf, userOf } from './rows.ts';

/** A row of the request, with the hash of its password when it sets one. */
export interface HashedRow extends BulkRow {
  readonly passwordHash: string | undefined;
}

/** What became of one row. */
export type BulkOutcome =
  | { readonly index: number; readonly verdict: 'created' | 'updated'; readonly id: string }
  | Extract<BulkStep, { verdict: 'refuse' }>;

interface Write {
  id: string;
  index: number;
  before: UserChange | null;
  after: UserChange;
  passwordHash: string | null;
  endTokens: boolean;
  endSessions: boolean;
}

/**
 * Creates and changes many accounts in one transaction, a handful of statements whatever the number of rows. No other change of
 * accounts runs meanwhile; log-ins and exams go on.
 * @throws forbidden when the actor is no admin any more
 */
export async function upsertUsers(tx: Tx, origin: Origin, actorId: string, rows: readonly HashedRow[]): Promise<readonly BulkOutcome[]> {
  await tx.query('lock table users in share row exclusive mode');
  const actor = await tx.query(`select from users where id = $1 and 'admin' = any(roles) and not disabled`, [actorId]);
  if (actor.rows.length === 0) throw new Refusal('forbidden', 'Your role does not allow this.');
  const steps = planBulk(rows, await listNamed(tx, rows), actorId);
  const hashes = new Map(rows.map((row) => [row.index, row.passwordHash]));
  const inserts = steps.filter((step) => step.verdict === 'create').map((step) => insertOf(step, hashes.get(step.index)));
  const updates = steps.filter((step) => step.verdict === 'update').map((step) => updateOf(step, hashes.get(step.index)));
  // a row that says what is so already changes nothing
  const changes = updates.filter((write) => write.passwordHash !== null || JSON.stringify(write.before) !== JSON.stringify(write.after));
  await insertAll(tx, inserts);
  await updateAll(tx, changes);
  await auditAll(tx, origin, [...inserts, ...changes]);
  const written = new Map([...inserts, ...updates].map((write) => [write.index, write]));
  return steps.map((step) =>
    step.verdict === 'refuse' ? step : { index: step.index, verdict: step.verdict === 'create' ? 'created' : 'updated', id: written.get(step.index)!.id });
}

async function listNamed(tx: Tx, rows: readonly BulkRow[]): Promise<readonly User[]> {
  const emails = rows.flatMap((row) => row.values.email ?? []);
  const externalIds = rows.flatMap((row) => row.values.externalId ?? []);
  const found = await UserModel.query(tx.trx).whereRaw('lower(email) = any(?::text[]) or external_id = any(?::text[])', [emails, externalIds]);
  return found.map(userOf);
}

function insertOf(step: Extract<BulkStep, { verdict: 'create' }>, passwordHash: string | undefined): Write {
  const { externalId = null, email, name, roles, disabled = false, timeZone = 'UTC', locale = 'en' } = step.user;
  const after = { externalId, email, name, roles: canonicalRoles(roles), disabled, timeZone, locale };
  return { id: uuidv7(), index: step.index, before: null, after, passwordHash: passwordHash ?? null, endTokens: false, endSessions: false };
}

function updateOf(step: Extract<BulkStep, { verdict: 'update' }>, passwordHash: string | undefined): Write {
  const before = auditOf(step.before);
  const { roles } = step.change;
  const given = Object.fromEntries(Object.entries(step.change).filter(([, value]) => value !== undefined)) as UserChange;
  const after = { ...before, ...given, ...(roles === undefined ? {} : { roles: canonicalRoles(roles) }) };
  return { id: step.before.id, index: step.index, before, after, passwordHash: passwordHash ?? null, ...accessConsequence(step.before, step.change, passwordHash !== undefined) };
}

const RECORD = `jsonb_to_recordset($1) as c(id uuid, after jsonb, "passwordHash" text, "endTokens" boolean, "endSessions" boolean)`;
const ROLES_OF = `array(select jsonb_array_elements_text(c.after -> 'roles'))`;

async function insertAll(tx: Queryable, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  await tx.query(
    `insert into users (id, external_id, email, name, roles, disabled, time_zone, locale, password_hash)
     select c.id, c.after ->> 'externalId', c.after ->> 'email', c.after ->> 'name', ${ROLES_OF}, (c.after -> 'disabled')::boolean,
       c.after ->> 'timeZone', c.after ->> 'locale', c."passwordHash"
     from ${RECORD}`,
    [JSON.stringify(writes)],
  );
}

async function updateAll(tx: Queryable, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  const values = [JSON.stringify(writes)];
  await tx.query(
    `update users u set external_id = c.after ->> 'externalId', email = c.after ->> 'email', name = c.after ->> 'name', roles = ${ROLES_OF},
       disabled = (c.after -> 'disabled')::boolean, time_zone = c.after ->> 'timeZone', locale = c.after ->> 'locale',
       password_hash = coalesce(c."passwordHash", u.password_hash), version = u.version + 1, updated_at = holdfast_now(),
       access_version = u.access_version + c."endTokens"::int,
       access_changed_at = case when c."endTokens" then holdfast_now() else u.access_changed_at end
     from ${RECORD} where u.id = c.id`,
    values,
  );
  await tx.query(
    `update auth_sessions s set revoked_at = holdfast_now(), revoke_reason = 'changed by bulk import'
     from ${RECORD} where s.user_id = c.id and c."endSessions" and s.revoked_at is null`,
    values,
  );
}

async function auditAll(tx: Queryable, origin: Origin, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  const entries = writes.map(({ id, before, after, passwordHash }) => ({
    id, before, action: before === null ? 'user.create' : 'user.change', after: passwordHash === null ? after : { ...after, passwordSet: true },
  }));
  await tx.query(
    `insert into audit_log (actor_id, address, request_id, action, resource_type, resource_id, before, after)
     select $2, $3, $4, c.action, 'user', c.id, nullif(c.before, 'null'), c.after
     from jsonb_to_recordset($1) as c(id text, action text, before jsonb, after jsonb)`,
    [JSON.stringify(entries), origin.actorId, origin.address, origin.requestId],
  );
}
