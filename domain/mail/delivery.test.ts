import { expect, test } from 'vitest';

import { judgeFailure, retryDelayMs } from './delivery.ts';

test('a mail waits 15 s after its first attempt, twice as long after each further one, and never more than an hour', () => {
  expect([1, 2, 3, 8, 9, 10, 1_000].map(retryDelayMs)).toEqual([15_000, 30_000, 60_000, 1_920_000, 3_600_000, 3_600_000, 3_600_000]);
});

test.each([
  ['a mailbox that is full for now', 'EENVELOPE', 'RCPT TO', 452, 'retry'],
  ['grey-listing', 'EENVELOPE', 'RCPT TO', 451, 'retry'],
  ['an address that nobody has', 'EENVELOPE', 'RCPT TO', 550, 'bounced'],
  ['a message that is refused for good', 'EMESSAGE', 'DATA', 554, 'failed'],
  ['a message that is put off', 'EMESSAGE', 'DATA', 450, 'retry'],
  ['an address that can not be written in SMTP', 'EENVELOPE', 'API', undefined, 'failed'],
  ['a sender that the server refuses', 'EENVELOPE', 'MAIL FROM', 550, 'away'],
  ['a server that closes in the middle', 'EENVELOPE', 'RCPT TO', 421, 'away'],
  ['a refused log-in', 'EAUTH', 'AUTH PLAIN', 535, 'away'],
  ['a refused connection', 'ESOCKET', 'CONN', undefined, 'away'],
  ['a greeting that says no', 'EPROTOCOL', 'CONN', 554, 'away'],
  ['something unheard of', undefined, undefined, undefined, 'away'],
])('%s (%s after %s, %s) is judged as it should be', (_what, code, command, replyCode, verdict) => {
  expect(judgeFailure({ code, command, replyCode })).toBe(verdict);
});
