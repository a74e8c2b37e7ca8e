import { containing, cutPage, instantKey, type Page, pageBy, type PageRequest, type SortKey } from '#db/keyset.ts';
import { type Runner, runnerOf } from '#db/models/runner.ts';
import { UserModel } from '#db/models/user.ts';
import type { Role } from '#domain/people/roles.ts';
import type { User } from '#domain/people/types.ts';

import { userOf } from './rows.ts';

/** What a list of accounts can be narrowed by. */
export interface UserFilter {
  /** Part of the name or external id, and of the e-mail address unless `hideEmail`. */
  readonly q?: string | undefined;
  /** The reader may not learn e-mail addresses, not even by searching for them. */
  readonly hideEmail: boolean;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  /** Students of this batch. */
  readonly batchId?: string | undefined;
  /** Epoch ms. */
  readonly changedSince?: number | undefined;
}

/** Orders of the list of accounts. */
export type UserSort = 'name' | 'email' | 'createdAt';

/** How each order is computed. */
export const USER_SORTS: Readonly<Record<UserSort, SortKey>> = {
  name: { expression: 'users.name', kind: 'text' },
  email: { expression: 'users.email', kind: 'text' },
  createdAt: instantKey('users.created_at'),
};

/** One page of accounts; the first page also tells how many there are. */
export async function listUsers(runner: Runner, filter: UserFilter, page: PageRequest<UserSort>): Promise<Page<User> & { readonly total: number | undefined }> {
  const found = filtered(runner, filter);
  const total = page.after === undefined ? await found.clone().resultSize() : undefined;
  const rows = await pageBy(found.select('users.*'), USER_SORTS[page.sort], 'users.id', page);
  return { ...cutPage(rows as (UserModel & { sortValue: string | number })[], page.limit, (row) => row.id, userOf), total };
}

function filtered(runner: Runner, filter: UserFilter) {
  const { q, role, disabled, batchId, changedSince } = filter;
  return UserModel.query(runnerOf(runner)).modify((query) => {
    if (q !== undefined) {
      void query.where((any) => {
        void any.where('users.name', 'ilike', containing(q)).orWhere('users.external_id', 'ilike', containing(q));
        if (!filter.hideEmail) void any.orWhere('users.email', 'ilike', containing(q));
      });
    }
    if (role !== undefined) void query.whereRaw('? = any(users.roles)', [role]);
    if (disabled !== undefined) void query.where('users.disabled', disabled);
    if (batchId !== undefined) void query.whereRaw('exists (select from batch_students s where s.batch_id = ? and s.student_id = users.id)', [batchId]);
    if (changedSince !== undefined) void query.whereRaw('users.updated_at > to_timestamp(?::float8 / 1000)', [changedSince]);
  });
}
