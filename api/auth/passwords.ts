import { hash, verify } from '@node-rs/argon2';

import { createLanes, type Priority } from '#api/auth/lanes.ts';

/**
 * argon2id, the default algorithm of the library.
 * @source OWASP Password Storage Cheat Sheet: m=19456 KiB, t=2, p=1
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A class that logs in must leave processor time for those who save answers; a thousand who wait take some seconds. */
const lanes = createLanes(2, 1_000);

let nobody: Promise<string> | undefined;

/** Hashes a new password. @throws unavailable when too many log-ins wait */
export function hashPassword(password: string, priority: Priority): Promise<string> {
  return lanes.run(() => hash(normal(password), COST), priority);
}

/**
 * Checks a password. Without a hash to check against the work is the same, so that the time tells nothing about the account.
 * @param passwordHash null for an account that does not exist or has no password
 * @throws unavailable when too many log-ins wait
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hash('nobody has this password', COST);
  const against = passwordHash ?? (await nobody);
  const right = await lanes.run(() => verify(against, normal(password)), 'login');
  return right && passwordHash !== null;
}

/** The same letters typed on different keyboards give the same password. @source NIST SP 800-63B-4 section 3.1.1.2 */
function normal(password: string): string {
  return password.normalize('NFKC');
}
