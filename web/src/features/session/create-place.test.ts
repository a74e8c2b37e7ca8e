import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Offline } from '#web/lib/problem.ts';

import { createPlace } from './create-place.ts';
import { problem } from './testing.ts';
import type { Paper, Place, PlaceReply } from './types.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const START: Place = { currentItemId: null, seen: [], flagged: [], notes: {}, clientSeq: 0 };
const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

function buildPlace({ mayWrite = true } = {}) {
  const kept: Place[] = [];
  const savePlace = vi.fn<(id: string, place: Place) => Promise<PlaceReply>>(async (_id, place) => place);
  const onPaper = vi.fn();
  return createRoot(() => ({
    kept, savePlace, onPaper,
    place: createPlace({ sessionId: 's', api: { savePlace }, journal: { writePlace: async (place) => void kept.push(place) }, mayWrite: () => mayWrite, onPaper }),
  }));
}

describe('createPlace', () => {
  it('keeps each step on the device and tells the platform a second later, once', async () => {
    const { place, kept, savePlace } = buildPlace();
    place.goTo('a');
    place.goTo('b');
    place.toggleFlag('b');
    place.note('a', 'look again');
    expect(kept.at(-1)).toEqual({ currentItemId: 'b', seen: ['a', 'b'], flagged: ['b'], notes: { a: 'look again' }, clientSeq: 4 });
    await wait(1_100);
    expect(savePlace).toHaveBeenCalledTimes(1);
    expect(savePlace.mock.calls[0]![1]).toEqual(kept.at(-1));
  });

  it('tries again later when the platform can not be reached', async () => {
    const { place, savePlace } = buildPlace();
    savePlace.mockRejectedValueOnce(new Offline('no'));
    place.goTo('a');
    await wait(12_000);
    expect(savePlace).toHaveBeenCalledTimes(2);
  });

  it('does not insist when the session is closed', async () => {
    const { place, savePlace } = buildPlace();
    savePlace.mockRejectedValue(problem('session-closed', 409));
    place.goTo('a');
    await wait(60_000);
    expect(savePlace).toHaveBeenCalledTimes(1);
  });

  it('goes on with what the device kept where it is newer', () => {
    const { place } = buildPlace();
    place.restore({ ...START, currentItemId: 'a', clientSeq: 3 }, { ...START, currentItemId: 'c', flagged: ['c'], clientSeq: 5 }, false);
    expect([place.currentItemId(), [...place.flagged()]]).toEqual(['c', ['c']]);
    place.restore({ ...START, currentItemId: 'd', clientSeq: 6 }, { ...START, currentItemId: 'c', clientSeq: 5 }, false);
    expect(place.currentItemId()).toBe('d');
  });

  it('never goes back behind the platform where the way leads forwards only', () => {
    const { place } = buildPlace();
    place.restore({ ...START, currentItemId: 'b', clientSeq: 3 }, { ...START, currentItemId: 'a', clientSeq: 5 }, true);
    expect(place.currentItemId()).toBe('b');
  });

  it('says its place again when another device had a higher number', async () => {
    const { place, savePlace } = buildPlace();
    savePlace.mockResolvedValueOnce({ ...START, currentItemId: 'z', clientSeq: 40 });
    place.goTo('a');
    await wait(2_100);
    expect(savePlace.mock.calls[1]![1]).toMatchObject({ currentItemId: 'a', clientSeq: 41 });
  });

  it('takes what comes with an item that was reached', async () => {
    const { place, savePlace, onPaper } = buildPlace();
    const paper = { sections: [] } as unknown as Paper;
    savePlace.mockImplementationOnce(async (_id, sent) => ({ ...sent, paper }));
    await place.advance('b');
    expect(onPaper).toHaveBeenCalledWith(paper);
    expect([place.currentItemId(), [...place.seen()]]).toEqual(['b', ['b']]);
  });

  it('stays where it is when an item can not be left', async () => {
    const { place, savePlace } = buildPlace();
    place.restore({ ...START, currentItemId: 'a' }, null, true);
    savePlace.mockRejectedValueOnce(new Offline('no'));
    await expect(place.advance('b')).rejects.toThrow(Offline);
    expect(place.currentItemId()).toBe('a');
  });

  it('only looks around in a window that may not write', async () => {
    const { place, savePlace, kept } = buildPlace({ mayWrite: false });
    place.goTo('a');
    await wait(5_000);
    expect(place.currentItemId()).toBe('a');
    expect([kept, savePlace.mock.calls]).toEqual([[], []]);
  });
});
