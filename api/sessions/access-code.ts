import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import { verify } from '@node-rs/argon2';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { Refusal } from '#domain/problem.ts';

/** Tries of one student at the code of one exam, a minute. */
export const TRIES_PER_MINUTE = 5;

const tries = new RateLimiterMemory({ keyPrefix: 'access-code', points: TRIES_PER_MINUTE, duration: 60 });
// a whole room types the same code within seconds: it is hashed slowly once, not for each of them
const known = new LRUCache<string, Buffer>({ max: 1_000 });
const pepper = randomBytes(32);

/**
 * Judges an access code; wrong ones are throttled per student and exam.
 * @returns the question that `startSession` asks once it knows the hash
 * @throws rate-limited, before the code is looked at
 */
export function accessCodeCheck(examId: string, studentId: string, code: string | undefined): (hash: string) => Promise<boolean> {
  return async (hash) => {
    if (code === undefined) return false;
    const key = `${examId}:${studentId}`;
    // taken before the answer is known: many guesses at once count like many guesses
    await takeTry(key);
    const right = await isRight(hash, code);
    if (right) await tries.reward(key, 1);
    return right;
  };
}

async function takeTry(key: string): Promise<void> {
  try {
    await tries.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new Refusal('rate-limited', `Too many wrong access codes. Try again in ${seconds} s.`, { extra: { retryAfterSeconds: seconds } });
  }
}

async function isRight(hash: string, code: string): Promise<boolean> {
  const mark = createHmac('sha256', pepper).update(code).digest();
  const right = known.get(hash);
  if (right !== undefined) return timingSafeEqual(right, mark);
  if (!(await verify(hash, code))) return false;
  known.set(hash, mark);
  return true;
}
