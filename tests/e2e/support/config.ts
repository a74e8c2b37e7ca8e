import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of the tests: `HOLDFAST_CHROMIUM`, else the system's. @throws Error where there is none: a test that does not run proves nothing */
export function chromiumPath(): string {
  const given = process.env['HOLDFAST_CHROMIUM'];
  const found = given ?? PLACES.find((place) => existsSync(place));
  if (found === undefined) throw new Error('No Chromium: install it (Debian: apt-get install chromium), or name one in HOLDFAST_CHROMIUM.');
  return found;
}

/** What the set-up tells the tests, which run in processes of their own. */
export interface StackInfo {
  readonly url: string;
  readonly data: string;
  readonly admin: { readonly email: string; readonly password: string };
}

/** Hands the running stack to the test processes. */
export function publishStack(info: StackInfo): void {
  process.env['HOLDFAST_E2E'] = JSON.stringify(info);
}

/** The running stack. */
export function runningStack(): StackInfo {
  return JSON.parse(process.env['HOLDFAST_E2E'] ?? '{}') as StackInfo;
}
