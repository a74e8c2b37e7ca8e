import { expect, it } from 'vitest';

import type { Actor } from '#api/http/actor.ts';
import type { Role } from '#domain/people/roles.ts';

import { can, seesAll, type UserAction } from './policy.ts';

const ACTIONS: readonly UserAction[] = ['read', 'manage', 'disable', 'read-accommodations', 'change-accommodations'];

function actor(...roles: Role[]): Actor {
  return { id: 'me', roles, authSessionId: 's' };
}

function allowed(who: Actor, id: string): readonly UserAction[] {
  return ACTIONS.filter((action) => can(who, action, { id }));
}

it.each<[Role[], readonly UserAction[], readonly UserAction[]]>([
  [['student'], [], []],
  [['proctor'], ['read'], ['read']],
  [['teacher'], ['read', 'read-accommodations', 'change-accommodations'], ['read', 'read-accommodations']],
  [['teacher', 'student'], ['read', 'read-accommodations', 'change-accommodations'], ['read', 'read-accommodations']],
  [['admin'], [...ACTIONS], ['read', 'manage', 'read-accommodations', 'change-accommodations']],
])('%j: rights over others and over the own account', (roles, others, own) => {
  expect(allowed(actor(...roles), 'other')).toEqual(others);
  expect(allowed(actor(...roles), 'me')).toEqual(own);
});

it.each<[Role[], boolean]>([[['student'], false], [['proctor'], false], [['proctor', 'teacher'], true], [['admin'], true]])('%j: sees e-mail addresses or not', (roles, sees) => {
  expect(seesAll(actor(...roles))).toBe(sees);
});
