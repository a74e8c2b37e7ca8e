import { createHash, createHmac, createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';

import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';

import type { Actor } from '#api/http/actor.ts';
import type { TokenVerifier } from '#api/http/authenticate.ts';
import type { Grant } from '#db/people/auth-sessions.ts';
import { canonicalRoles, type Role } from '#domain/people/roles.ts';

/** Life of an access token, seconds. */
export const ACCESS_SECONDS = 15 * 60;
/** Life of a refresh token, ms. */
export const REFRESH_MS = 7 * 24 * 60 * 60 * 1000;

const ISSUER = 'holdfast';
const TYPE = 'at+jwt';
/** Verified tokens that one process remembers. */
const REMEMBERED = 20_000;

/** Issues and checks tokens, and knows which ones ended before their time. */
export interface Tokens extends TokenVerifier {
  /** An access token; equal for equal grants, so that a repeated refresh needs no stored token. */
  issue(grant: Grant): Promise<string>;
  /** The first refresh token of a log-in. */
  firstRefresh(): string;
  /** The one refresh token that follows another. */
  nextRefresh(token: string): string;
  /** When an access token that was verified here ends, epoch ms; undefined for any other. */
  expiresAtMs(token: string): number | undefined;
  /** Ends the access tokens of a log-in, from now on, in this process. */
  revokeSession(authSessionId: string): void;
  /** Ends the access tokens of an account that were issued under an older access version. */
  revokeUser(userId: string, oldestValidVersion: number): void;
}

interface Verified {
  readonly actor: Actor;
  readonly accessVersion: number;
  readonly expiresAtMs: number;
}

/**
 * Makes the token service of one process.
 * @param options `signingKey`: Ed25519 private key, PEM or base64 of PKCS 8; `secret`: behind refresh tokens; `nowMs`: clock
 * @throws Error for a key of another kind
 */
export function createTokens(options: { signingKey: string; secret: string; nowMs?: () => number }): Tokens {
  const { secret, nowMs = Date.now } = options;
  const privateKey = readSigningKey(options.signingKey);
  const publicKey = createPublicKey(privateKey);
  const verified = new LRUCache<string, Verified>({ max: REMEMBERED });
  const ended = createEnded(nowMs);

  const stillValid = (entry: Verified): Actor | null =>
    entry.expiresAtMs > nowMs() && !ended.has(entry) ? entry.actor : null;

  return {
    async issue(grant) {
      const issuedAt = Math.floor(grant.issuedAtMs / 1000);
      return new SignJWT({ roles: canonicalRoles(grant.roles), sid: grant.authSessionId, ver: grant.accessVersion })
        .setProtectedHeader({ alg: 'EdDSA', typ: TYPE })
        .setIssuer(ISSUER)
        .setSubject(grant.userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ACCESS_SECONDS)
        .sign(privateKey);
    },
    async verify(token) {
      const known = verified.get(token);
      if (known !== undefined) return stillValid(known);
      const entry = await verifySignature(token, publicKey, nowMs());
      if (entry === null) return null;
      verified.set(token, entry);
      return stillValid(entry);
    },
    verifyCached(token) {
      const known = verified.get(token);
      return known === undefined ? undefined : (stillValid(known) ?? undefined);
    },
    firstRefresh: () => randomBytes(32).toString('base64url'),
    nextRefresh: (token) => createHmac('sha256', secret).update('refresh\n').update(token).digest('base64url'),
    expiresAtMs: (token) => verified.get(token)?.expiresAtMs,
    revokeSession: (id) => ended.addSession(id),
    revokeUser: (userId, oldestValidVersion) => ended.addUser(userId, oldestValidVersion),
  };
}

/** How a secret that we handed out is stored: the secrets are random, so a plain hash can not be searched. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

async function verifySignature(token: string, key: KeyObject, nowMs: number): Promise<Verified | null> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['EdDSA'], issuer: ISSUER, typ: TYPE, currentDate: new Date(nowMs) });
    // signed by us, so the members are what `issue` put in
    const { sub, roles, sid, ver, exp } = payload as { sub: string; roles: Role[]; sid: string; ver: number; exp: number };
    return { actor: { id: sub, roles, authSessionId: sid }, accessVersion: ver, expiresAtMs: exp * 1000 };
  } catch {
    return null;
  }
}

function readSigningKey(text: string): KeyObject {
  const key = text.includes('-----BEGIN')
    ? createPrivateKey(text)
    : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('HOLDFAST_SIGNING_KEY must be an Ed25519 private key (PEM, or base64 of PKCS 8)');
  return key;
}

/** What ended early, remembered as long as a token from before can live. */
function createEnded(nowMs: () => number) {
  const sessions = new Map<string, number>();
  const users = new Map<string, { oldestValidVersion: number; untilMs: number }>();
  const keepMs = (ACCESS_SECONDS + 60) * 1000;

  return {
    has: ({ actor, accessVersion }: Verified): boolean =>
      sessions.has(actor.authSessionId) || accessVersion < (users.get(actor.id)?.oldestValidVersion ?? 0),
    addSession(id: string): void {
      // both maps are in order of time: what is over stands first
      for (const [old, untilMs] of sessions) {
        if (untilMs > nowMs()) break;
        sessions.delete(old);
      }
      if (!sessions.has(id)) sessions.set(id, nowMs() + keepMs);
    },
    addUser(userId: string, oldestValidVersion: number): void {
      for (const [old, { untilMs }] of users) {
        if (untilMs > nowMs()) break;
        users.delete(old);
      }
      users.delete(userId);
      users.set(userId, { oldestValidVersion, untilMs: nowMs() + keepMs });
    },
  };
}
