import { ACCESS_SECONDS, REFRESH_MS } from '#api/auth/tokens.ts';
import { ACCESS_COOKIE } from '#api/http/authenticate.ts';
import { API_BASE } from '#api/http/router.ts';

/** Cookie with the refresh token of the web app. */
export const REFRESH_COOKIE = 'hf_refresh';
/** Cookie that marks a device. */
export const DEVICE_COOKIE = 'hf_device';

const AUTH_PATH = `${API_BASE}/auth`;
/** As long as browsers keep a cookie. @source RFC 6265bis section 5.5 (limit of 400 days) */
const DEVICE_SECONDS = 400 * 24 * 60 * 60;

/** Cookies of an open log-in. */
export function logInCookies(publicUrl: string, pair: { accessToken: string; refreshToken: string }): string[] {
  return [
    cookie(publicUrl, ACCESS_COOKIE, pair.accessToken, '/', ACCESS_SECONDS),
    cookie(publicUrl, REFRESH_COOKIE, pair.refreshToken, AUTH_PATH, REFRESH_MS / 1000),
  ];
}

/** Cookies that take the log-in out of the browser; the mark of the device stays. */
export function logOutCookies(publicUrl: string): string[] {
  return [cookie(publicUrl, ACCESS_COOKIE, '', '/', 0), cookie(publicUrl, REFRESH_COOKIE, '', AUTH_PATH, 0)];
}

/** Cookie that marks a device as one that logged in here. */
export function deviceCookie(publicUrl: string, mark: string): string {
  return cookie(publicUrl, DEVICE_COOKIE, mark, AUTH_PATH, DEVICE_SECONDS);
}

function cookie(publicUrl: string, name: string, value: string, path: string, maxAgeSeconds: number): string {
  return `${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${isLoopbackHttp(publicUrl) ? '' : '; Secure'}`;
}

function isLoopbackHttp(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname));
}
