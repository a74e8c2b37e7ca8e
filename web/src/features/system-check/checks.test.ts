import { describe, expect, it } from 'vitest';

import { connectionFinding, runCheck, worstOf } from './checks.ts';

describe('connectionFinding', () => {
  it.each([
    ['quick and whole', [20, 25, 900], 3, 'good', 25, 0],
    ['slow', [900, 950, 1_000], 3, 'look', 950, 0],
    ['with a loss', [20, 25], 3, 'look', 25, 1],
    ['dead', [], 3, 'bad', undefined, 3],
  ])('%s', (_name, times, tried, verdict, medianMs, lost) => {
    expect(connectionFinding(times, tried)).toEqual({ verdict, detail: { medianMs, lost, tried } });
  });
});

describe('worstOf', () => {
  it('names the worst, and is good while nothing was found', () => {
    expect(worstOf({})).toBe('good');
    const { detail } = connectionFinding([], 1);
    expect(worstOf({ clock: { verdict: 'info', detail: { aheadMs: 9_000 } }, connection: { verdict: 'bad', detail } })).toBe('bad');
  });
});

describe('runCheck', () => {
  it('writes to the storage of answers and reads it again', async () => {
    expect(await runCheck('storage', undefined)).toMatchObject({ verdict: 'good', detail: { works: true } });
  });

  it('says when there is nothing to listen to', async () => {
    expect(await runCheck('live', undefined)).toMatchObject({ verdict: 'info', detail: { state: 'nothing-to-hear' } });
  });
});
