import { expect, it } from 'vitest';

import { hashPassword, verifyPassword } from './passwords.ts';

it('a password is checked against its hash, whichever way its letters were typed', async () => {
  const hash = await hashPassword('pass\u00e9 compos\u00e9', 'login');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(hash, 'passe\u0301 compose\u0301')).toBe(true);
  expect(await verifyPassword(hash, 'passe compose')).toBe(false);
});

it('nobody logs in to an account without a password', async () => {
  expect(await verifyPassword(null, 'nobody has this password')).toBe(false);
});
