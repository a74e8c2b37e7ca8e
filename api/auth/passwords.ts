import { hash, verify } from '@node-rs/argon2';

import { Refusal } from '#domain/problem.ts';

/**
 * argon2id, the default algorithm of the library.
 * @source OWASP Password Storage Cheat Sheet: m=19456 KiB, t=2, p=1
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashes computed at once: a class that logs in must leave processor time for those who save answers. */
const LANES = 2;
/** Log-ins that may wait; at 12 ms each that is some seconds. */
const MAX_WAITING = 1_000;

type Job = () => Promise<void>;

/** Who goes first: `staff` sets one password inside a transaction, `login` waits its turn, `bulk` waits behind everybody. */
export type HashPriority = 'staff' | 'login' | 'bulk';

const urgent: Job[] = [];
const patient: Job[] = [];
let running = 0;
let patientRunning = 0;

/** Hashes a new password. Bulk never takes more than one lane. @throws unavailable when too many log-ins wait */
export function hashPassword(password: string, priority: HashPriority): Promise<string> {
  return inLane(() => hash(normal(password), COST), priority);
}

/**
 * Checks a password. Without a hash to check against the work is the same, so that the time tells nothing about the account.
 * @param passwordHash null for an account that does not exist or has no password
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hash('nobody has this password', COST);
  const against = passwordHash ?? (await nobody);
  const right = await inLane(() => verify(against, normal(password)), 'login');
  return right && passwordHash !== null;
}

let nobody: Promise<string> | undefined;

/** The same letters typed on different keyboards give the same password. @source NIST SP 800-63B-4 section 3.1.1.2 */
function normal(password: string): string {
  return password.normalize('NFKC');
}

async function inLane<T>(work: () => Promise<T>, priority: HashPriority): Promise<T> {
  if (priority === 'login' && urgent.length >= MAX_WAITING) {
    throw new Refusal('unavailable', 'Too many people log in at once. Try again in a few seconds.', { extra: { retryAfterSeconds: 5 } });
  }
  return new Promise<T>((resolve, reject) => {
    const job = (): Promise<void> => work().then(resolve, reject);
    if (priority === 'staff') urgent.unshift(job);
    else (priority === 'bulk' ? patient : urgent).push(job);
    startNext();
  });
}

function startNext(): void {
  while (running < LANES) {
    const isPatient = urgent.length === 0;
    if (isPatient && (patientRunning > 0 || patient.length === 0)) return;
    const job = (isPatient ? patient : urgent).shift()!;
    running += 1;
    if (isPatient) patientRunning += 1;
    void job().finally(() => {
      running -= 1;
      if (isPatient) patientRunning -= 1;
      startNext();
    });
  }
}
