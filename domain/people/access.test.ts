import { describe, expect, it } from 'vitest';

import { accessConsequence, removesAdmin } from './access.ts';
import type { UserChange } from './types.ts';

const teacher = { roles: ['teacher', 'proctor'], disabled: false } as const;
const NOTHING = { endTokens: false, endSessions: false };
const TOKENS = { endTokens: true, endSessions: false };
const SESSIONS = { endTokens: true, endSessions: true };

describe('a change of an account', () => {
  it.each<[string, UserChange, boolean, typeof NOTHING]>([
    ['of the name ends nothing', { name: 'New' }, false, NOTHING],
    ['to the same roles in another order ends nothing', { roles: ['proctor', 'teacher'] }, false, NOTHING],
    ['of the roles ends the tokens, not the log-ins', { roles: ['teacher'] }, false, TOKENS],
    ['that disables it ends the log-ins', { disabled: true }, false, SESSIONS],
    ['that leaves it enabled ends nothing', { disabled: false }, false, NOTHING],
    ['that sets a password ends the log-ins', {}, true, SESSIONS],
  ])('%s', (_what, change, passwordSet, consequence) => {
    expect(accessConsequence(teacher, change, passwordSet)).toEqual(consequence);
  });

  it('that enables an account again makes older tokens stay invalid', () => {
    expect(accessConsequence({ ...teacher, disabled: true }, { disabled: false }, false)).toEqual(TOKENS);
  });
});

it.each<[string, { roles: ('admin' | 'teacher')[]; disabled: boolean }, UserChange, boolean]>([
  ['a teacher who is disabled', { roles: ['teacher'], disabled: false }, { disabled: true }, false],
  ['an admin who is disabled', { roles: ['admin'], disabled: false }, { disabled: true }, true],
  ['an admin who becomes a teacher', { roles: ['admin'], disabled: false }, { roles: ['teacher'] }, true],
  ['an admin who becomes a teacher too', { roles: ['admin'], disabled: false }, { roles: ['admin', 'teacher'] }, false],
  ['a disabled admin who becomes a teacher', { roles: ['admin'], disabled: true }, { roles: ['teacher'] }, false],
])('%s: counts as taking an admin away or not', (_who, before, change, taken) => {
  expect(removesAdmin(before, change)).toBe(taken);
});
