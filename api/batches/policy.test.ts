import { expect, it } from 'vitest';

import type { Role } from '#domain/people/roles.ts';

import { type BatchAction, can } from './policy.ts';

const ACTIONS: readonly BatchAction[] = ['read', 'create', 'change', 'give'];

it.each<[Role[], readonly BatchAction[], readonly BatchAction[]]>([
  [['student'], [], []],
  [['proctor'], ['read'], ['read']],
  [['teacher'], ['read', 'create', 'change'], ['read', 'create']],
  [['student', 'proctor'], ['read'], ['read']],
  [['admin'], [...ACTIONS], [...ACTIONS]],
])('%j: rights over a batch of their own and over a foreign one', (roles, own, foreign) => {
  const actor = { id: 'me', roles, authSessionId: 's' };
  expect(ACTIONS.filter((action) => can(actor, action, { ownerId: 'me' }))).toEqual(own);
  expect(ACTIONS.filter((action) => can(actor, action, { ownerId: 'other' }))).toEqual(foreign);
});
