import { generateKeyPairSync } from 'node:crypto';

import { SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';

import { createTokens, type Tokens } from './tokens.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const signingKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const ISSUED = 1_800_000_000_000;
const LIFE = 900_000;
const grant = { userId: 'u', roles: ['teacher', 'student'], accessVersion: 3, authSessionId: 's', issuedAtMs: ISSUED + 400 } as const;

let nowMs = ISSUED;
let tokens: Tokens;
let token: string;

beforeEach(async () => {
  nowMs = ISSUED;
  tokens = createTokens({ signingKey, secret: 'secret', nowMs: () => nowMs });
  token = await tokens.issue(grant);
});

const ACTOR = { id: 'u', roles: ['student', 'teacher'], authSessionId: 's' };

describe('an access token', () => {
  it('tells who acts, and the second time without being checked again', async () => {
    expect(tokens.verifyCached(token)).toBeUndefined();
    expect(await tokens.verify(token)).toEqual(ACTOR);
    expect(tokens.verifyCached(token)).toEqual(ACTOR);
  });

  it('is the same for the same grant, from any process with the same key', async () => {
    const other = createTokens({ signingKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'), secret: 'secret' });
    expect(await other.issue({ ...grant, roles: ['student', 'teacher'] })).toBe(token);
  });

  it('is good to its last millisecond, whether it was seen before or not', async () => {
    nowMs = ISSUED + LIFE - 1;
    expect(await tokens.verify(token)).toEqual(ACTOR);
    nowMs = ISSUED + LIFE;
    expect(await tokens.verify(token)).toBeNull();
    expect(tokens.verifyCached(token)).toBeUndefined();
    expect(await createTokens({ signingKey, secret: 'secret', nowMs: () => nowMs }).verify(token)).toBeNull();
  });

  it('tells when it ends', async () => {
    expect(tokens.expiresAtMs(token)).toBeUndefined();
    await tokens.verify(token);
    expect(tokens.expiresAtMs(token)).toBe(ISSUED + LIFE);
  });

  it.each<[string, () => Promise<string>]>([
    ['altered', () => Promise.resolve(`${token.slice(0, -4)}AAAA`)],
    ['signed by another key', () => createTokens({ signingKey: pem(), secret: 'secret' }).issue(grant)],
    ['of another kind under our key', () => new SignJWT({ roles: ['admin'], sid: 's', ver: 3 }).setProtectedHeader({ alg: 'EdDSA', typ: 'feed' }).setIssuer('holdfast').setSubject('u').setExpirationTime(ISSUED / 1000 + 900).sign(privateKey)],
    ['not signed at all', () => Promise.resolve(`${btoa('{"alg":"none","typ":"at+jwt"}')}.${token.split('.')[1]}.`)],
    ['no token', () => Promise.resolve('x')],
  ])('is refused when it is %s', async (_what, make) => {
    expect(await tokens.verify(await make())).toBeNull();
  });

  it('ends with its log-in, seen before or not', async () => {
    await tokens.verify(token);
    tokens.revokeSession('s');
    expect(tokens.verifyCached(token)).toBeUndefined();
    expect(await tokens.verify(token)).toBeNull();
    expect(await tokens.verify(await tokens.issue({ ...grant, issuedAtMs: ISSUED + 1_000 }))).toBeNull();
  });

  it('ends when the rights change, and newer ones are good', async () => {
    await tokens.verify(token);
    tokens.revokeUser('u', 3);
    expect(tokens.verifyCached(token)).toEqual(ACTOR);
    tokens.revokeUser('u', 4);
    expect(tokens.verifyCached(token)).toBeUndefined();
    const newer = await tokens.issue({ ...grant, accessVersion: 4 });
    expect(await tokens.verify(newer)).toEqual(ACTOR);
    tokens.revokeUser('u', Infinity);
    expect(await tokens.verify(newer)).toBeNull();
    tokens.revokeUser('u', 5);
    expect(await tokens.verify(await tokens.issue({ ...grant, accessVersion: 5 }))).toEqual(ACTOR);
  });

  it('stays ended for as long as it could have lived', async () => {
    tokens.revokeSession('s');
    nowMs = ISSUED + LIFE - 1;
    tokens.revokeSession('other');
    expect(await tokens.verify(token)).toBeNull();
  });
});

describe('a refresh token', () => {
  it('is random at first, and each has exactly one that follows', () => {
    const first = tokens.firstRefresh();
    expect(first).not.toBe(tokens.firstRefresh());
    expect(tokens.nextRefresh(first)).toBe(tokens.nextRefresh(first));
    expect(tokens.nextRefresh(first)).not.toBe(first);
  });

  it('can not be followed without the secret', () => {
    expect(createTokens({ signingKey, secret: 'other' }).nextRefresh('t')).not.toBe(tokens.nextRefresh('t'));
  });
});

it('a key of another kind is refused at start', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(() => createTokens({ signingKey: rsa, secret: 's' })).toThrow('Ed25519');
});

function pem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
