import { describe, expect, test } from 'vitest';

import { bestReading, middleReading, readSntpReply, sntpQuestion } from './sntp.ts';

const COOKIE = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const NOW = Date.parse('2026-12-01T09:00:00.000Z');

/** A reply of a server whose clock is `aheadMs` ahead, with `wayMs` each way and `thinkingMs` in between. */
function reply(given: { aheadMs?: number; wayMs?: number; thinkingMs?: number; first?: number; stratum?: number; cookie?: Uint8Array; nowMs?: number } = {}): Uint8Array {
  const { aheadMs = 0, wayMs = 10, thinkingMs = 5, nowMs = NOW } = given;
  const bytes = new Uint8Array(48);
  const view = new DataView(bytes.buffer);
  bytes[0] = given.first ?? 0x24;
  bytes[1] = given.stratum ?? 2;
  bytes.set(new TextEncoder().encode('RATE'), 12);
  bytes.set(given.cookie ?? COOKIE, 24);
  const write = (at: number, ms: number): void => {
    const seconds = Math.floor(ms / 1000);
    view.setUint32(at, (seconds + 2_208_988_800) % 2 ** 32);
    view.setUint32(at + 4, Math.round(((ms - seconds * 1000) / 1000) * 2 ** 32));
  };
  write(32, nowMs + wayMs + aheadMs);
  write(40, nowMs + wayMs + thinkingMs + aheadMs);
  return bytes;
}

test('a question is a client message with the cookie where the own time would stand', () => {
  const question = sntpQuestion(COOKIE);
  expect([question.length, question[0]]).toEqual([48, 0b00_100_011]);
  expect([...question.subarray(1, 40)].every((byte) => byte === 0)).toBe(true);
  expect([...question.subarray(40)]).toEqual([...COOKIE]);
});

describe('a reply', () => {
  test.each([0, 1, -1, 250.5, -86_400_000])('of a clock that is %d ms ahead shows it, and the way without the thinking', (aheadMs) => {
    const verdict = readSntpReply(reply({ aheadMs }), COOKIE, NOW, NOW + 25);
    expect(verdict).toEqual({ ok: true, reading: { offsetMs: aheadMs, delayMs: 20, stratum: 2 } });
  });

  test('of a way that is longer in one direction is off by half of the difference at most', () => {
    const verdict = readSntpReply(reply({ wayMs: 90 }), COOKIE, NOW, NOW + 105);
    expect(verdict).toMatchObject({ ok: true, reading: { offsetMs: 40, delayMs: 100 } });
  });

  test('is read across the end of the first era, in 2036', () => {
    const nowMs = Date.parse('2036-02-07T06:28:15.990Z');
    expect(readSntpReply(reply({ nowMs, aheadMs: 100 }), COOKIE, nowMs, nowMs + 25)).toMatchObject({ ok: true, reading: { offsetMs: 100 } });
    expect(readSntpReply(reply({ nowMs: Date.parse('2040-01-01T00:00:00Z') }), COOKIE, Date.parse('2040-01-01T00:00:00Z'), Date.parse('2040-01-01T00:00:00.025Z'))).toMatchObject({ reading: { offsetMs: 0 } });
  });

  test.each<[string, Uint8Array, string]>([
    ['half a message', reply().subarray(0, 47), 'is too short'],
    ['a question', reply({ first: 0x23 }), 'is not from a server'],
    ['somebody who did not see the question', reply({ cookie: COOKIE.toReversed() }), 'answers another question'],
    ['a server that wants to be left alone', reply({ stratum: 0 }), 'asks to stay away (RATE)'],
    ['a server without the time', reply({ first: 0xe4 }), 'is from a server that does not know the time itself'],
    ['a server of stratum 16', reply({ stratum: 16 }), 'is from a server that does not know the time itself'],
    ['a server that sends nothing', Uint8Array.from([0x24, 2, ...new Uint8Array(22), ...COOKIE, ...new Uint8Array(16)]), 'holds no time'],
  ])('of %s is none', (_title, bytes, why) => {
    expect(readSntpReply(bytes, COOKIE, NOW, NOW + 25)).toEqual({ ok: false, why });
  });
});

test('of several readings of a server the one with the shortest way counts, of several servers the one in the middle', () => {
  const reading = (offsetMs: number, delayMs: number) => ({ offsetMs, delayMs, stratum: 2 });
  expect(bestReading([reading(5, 30), reading(1, 3), reading(9, 12)])).toEqual(reading(1, 3));
  expect(middleReading([reading(90_000, 1), reading(2, 1), reading(3, 1)])).toEqual(reading(3, 1));
  expect(middleReading([reading(90_000, 1), reading(2, 1)])).toEqual(reading(2, 1));
  expect([bestReading([]), middleReading([])]).toEqual([undefined, undefined]);
});
