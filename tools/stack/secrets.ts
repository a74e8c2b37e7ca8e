import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

import { StartFailure } from '#tools/servers/failure.ts';

import { writeAtomically } from './files.ts';

/** What nobody but this stack may know; made once for a data folder. */
export interface Secrets {
  postgres: string;
  owner: string;
  api: string;
  worker: string;
  temporal: string;
  nats: string;
  /** Ed25519 private key, base64 of PKCS 8. */
  signingKey: string;
  /** 32 random bytes in base64. */
  secret: string;
}

/** Reads the secrets of a data folder or makes them. */
export function readSecrets(file: string): Secrets {
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
    } catch {
      throw new StartFailure(`${file} is damaged: restore it from a backup; without it the database can not be opened.`);
    }
  }
  const secrets = makeSecrets();
  writeAtomically(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return secrets;
}

function makeSecrets(): Secrets {
  const password = (): string => randomBytes(24).toString('base64url');
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    postgres: password(),
    owner: password(),
    api: password(),
    worker: password(),
    temporal: password(),
    nats: password(),
    signingKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    secret: randomBytes(32).toString('base64'),
  };
}
