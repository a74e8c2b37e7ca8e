import { describe, expect, it } from 'vitest';

import { planBulk, type BulkStep } from './bulk.ts';
import type { User, UserChange } from './types.ts';

function user(id: string, more: Partial<User> = {}): User {
  return {
    id, externalId: null, email: `${id}@uni.test`, name: id, roles: ['student'], disabled: false, timeZone: 'UTC', locale: 'en', createdAtMs: 0, version: 1, ...more,
  };
}

const ada = user('ada', { externalId: 'A-1' });
const ben = user('ben');
const admin = user('admin', { roles: ['admin'] });

function plan(...values: UserChange[]): readonly BulkStep[] {
  return planBulk(values.map((row, index) => ({ index, values: row })), [ada, ben, admin], 'admin');
}

function refusal(step: BulkStep | undefined): unknown {
  return step?.verdict === 'refuse' ? [step.code, step.errors[0]?.pointer] : step?.verdict;
}

describe('a bulk request', () => {
  it('creates who is new, as a student unless the row says otherwise', () => {
    expect(plan({ email: 'c@uni.test', name: 'C' })).toEqual([{ index: 0, verdict: 'create', user: { email: 'c@uni.test', name: 'C', roles: ['student'] } }]);
  });

  it('finds an account by external id before the e-mail address, so that an address can change', () => {
    const change = { externalId: 'A-1', email: 'new@uni.test' };
    expect(plan(change)).toEqual([{ index: 0, verdict: 'update', before: ada, change }]);
  });

  it('gives an external id to an account found by e-mail address that has none', () => {
    expect(plan({ externalId: 'B-1', email: ben.email })[0]).toMatchObject({ verdict: 'update', before: ben });
  });

  it.each<[string, UserChange, unknown]>([
    ['a new account without a name', { email: 'c@uni.test' }, ['validation-failed', '/rows/0/name']],
    ['a new account without an address', { externalId: 'C-1', name: 'C' }, ['validation-failed', '/rows/0/email']],
    ['an address of somebody else', { externalId: 'A-1', email: ben.email }, ['already-exists', '/rows/0/email']],
    ['a second external id for one account', { externalId: 'A-2', email: ada.email }, ['already-exists', '/rows/0/externalId']],
    ['the admin disabling themselves', { email: admin.email, disabled: true }, ['state-conflict', '/rows/0/disabled']],
    ['the admin giving up the role', { email: admin.email, roles: ['teacher'] }, ['state-conflict', '/rows/0/roles']],
  ])('refuses %s', (_what, row, expected) => {
    expect(refusal(plan(row)[0])).toEqual(expected);
  });

  it('refuses only the second of two rows about one person, however each names them', () => {
    const steps = plan({ email: ada.email, name: 'Ada L.' }, { externalId: 'A-1', name: 'Ada K.' }, { email: 'd@uni.test', name: 'D' }, { email: 'd@uni.test', name: 'D' });
    expect(steps.map(refusal)).toEqual(['update', ['already-exists', '/rows/1/externalId'], 'create', ['already-exists', '/rows/3/email']]);
  });
});
