import { expect, test } from 'vitest';

import { errorWord, troubleOf } from './states.ts';

const NOW = Date.parse('2026-11-29T10:00:00.000Z');
const server = (given: object) => ({ kind: 'smtp', host: 'mail.example.edu', seenAt: '2026-11-29T09:59:50.000Z', sentAt: null, error: null, errorAt: null, ...given }) as never;

test.each([
  ['a sender that was seen a moment ago', {}, undefined],
  ['a server that refuses', { error: 'EAUTH AUTH PLAIN 535' }, 'error'],
  ['no server', { kind: 'none' }, 'none'],
  ['a sender that was never there', { seenAt: null, kind: 'none' }, 'silent'],
  ['a sender that was seen a minute ago', { seenAt: '2026-11-29T09:59:00.000Z' }, undefined],
  ['a sender that was seen a minute and a millisecond ago', { seenAt: '2026-11-29T09:58:59.999Z', error: 'ESOCKET CONN' }, 'silent'],
])('%s', (_what, given, trouble) => {
  expect(troubleOf(server(given), NOW)).toBe(trouble);
});

test('what the server said has a word', () => {
  expect(['EAUTH AUTH PLAIN 535', 'EENVELOPE MAIL FROM 550', 'ETLS STARTTLS', 'ESOCKET CONN', 'EPROTOCOL RSET 451'].map(errorWord)).toEqual(['AUTH', 'FROM', 'TLS', 'CONN', 'other']);
});
