import { expect, it } from 'vitest';

import { deviceCookie, logInCookies, logOutCookies } from './cookies.ts';

const pair = { accessToken: 'a.b.c', refreshToken: 'r' };

it('the tokens go into cookies that no script reads and no foreign page sends, the refresh token only to /auth', () => {
  expect(logInCookies('https://exams.example.org', pair)).toEqual([
    'hf_access=a.b.c; Path=/; Max-Age=900; HttpOnly; SameSite=Strict; Secure',
    'hf_refresh=r; Path=/api/v1/auth; Max-Age=604800; HttpOnly; SameSite=Strict; Secure',
  ]);
});

it('a log-out empties both and leaves the mark of the device', () => {
  expect(logOutCookies('http://localhost:8080')).toEqual([
    'hf_access=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    'hf_refresh=; Path=/api/v1/auth; Max-Age=0; HttpOnly; SameSite=Strict',
  ]);
});

it.each([
  ['http://127.0.0.1:8080', false], ['http://localhost', false], ['http://[::1]:8080', false],
  ['https://localhost', true], ['http://exams.example.org', true], ['http://127.example.org', true],
])('a device that talks to %s gets a cookie with or without Secure', (url, secure) => {
  expect(deviceCookie(url, 'm').endsWith('; Secure')).toBe(secure);
});
