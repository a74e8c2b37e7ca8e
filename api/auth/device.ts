import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { DEVICE_COOKIE } from '#api/auth/cookies.ts';
import { hashSecret } from '#api/auth/tokens.ts';
import { readCookie } from '#api/http/authenticate.ts';
import { invalid } from '#api/http/problem.ts';

const MARK = /^[A-Za-z0-9_-]{43}$/;
const DEVICE_ID = /^[\x21-\x7e]{16,200}$/;

/** The device that a request comes from. */
export interface Device {
  /** How the device is stored. */
  readonly hash: string;
  /** Value for the cookie; null for a client that names itself by header. */
  readonly mark: string | null;
}

/**
 * Recognises a device by the header `X-Device-Id` (a secret of 16 to 200 characters that an API client keeps) or by our cookie;
 * any other gets a fresh mark.
 * @throws validation-failed for a header that could be guessed
 */
export function deviceOf(headers: IncomingHttpHeaders): Device {
  const id = headers['x-device-id'];
  if (id !== undefined) {
    if (typeof id !== 'string' || !DEVICE_ID.test(id)) {
      throw invalid([{ pointer: '/X-Device-Id', message: 'must be 16 to 200 characters that nobody can guess' }], 'The X-Device-Id header is wrong.');
    }
    return { hash: hashSecret(`id ${id}`), mark: null };
  }
  const known = readCookie(headers.cookie ?? '', DEVICE_COOKIE);
  const mark = known !== undefined && MARK.test(known) ? known : randomBytes(32).toString('base64url');
  return { hash: hashSecret(`mark ${mark}`), mark };
}
