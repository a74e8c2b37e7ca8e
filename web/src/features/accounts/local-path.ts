/**
 * Where to go after a log-in: a path of this site and nothing else, so that no link can send somebody who logs in elsewhere.
 * @param next what stood in the address
 * @returns undefined when it is no path of ours, or leads back to the log-in
 */
export function localPath(next: string | undefined, origin: string = location.origin): string | undefined {
  if (next === undefined || !next.startsWith('/')) return undefined;
  // read as the browser will: it drops tabs and line ends, and takes "\" for "/"
  const url = URL.canParse(next, origin) ? new URL(next, origin) : undefined;
  if (url === undefined || url.origin !== new URL(origin).origin || url.pathname.startsWith('//')) return undefined;
  if (/^\/(login|register)(\/|$)/.test(url.pathname)) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Address of a page with a place to go on to afterwards. */
export function withNext(path: string, next: string | undefined): string {
  return next === undefined ? path : `${path}?next=${encodeURIComponent(next)}`;
}
