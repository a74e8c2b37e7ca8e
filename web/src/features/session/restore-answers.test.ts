import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { JournalAnswer } from './journal.ts';
import { buildAnswers, T0 } from './testing.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const text = (value: string): { text: string } => ({ text: value });
const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('coming back', () => {
  const entry = (more: Partial<JournalAnswer>): JournalAnswer => ({ itemId: 'a', response: text('mine'), clientId: 'gone', clientSeq: 7, baseRevision: 0, state: 'unsent', atMs: T0, ...more });
  const stored = (response: unknown, revision: number) => ({ itemId: 'a', response: response as never, revision, savedAt: '2026-12-01T08:59:00.000Z' });

  it('shows what was not sent and sends it under the name of the window that wrote it', async () => {
    const { answers, platform } = buildAnswers();
    answers.restore([], [entry({})]);
    expect(answers.view('a')).toMatchObject({ response: text('mine'), status: 'unsent' });
    await wait(1);
    expect(platform.requests[0]).toMatchObject({ clientId: 'gone', answers: [{ clientSeq: 7, baseRevision: 0 }] });
    expect(answers.view('a').status).toBe('saved');
    answers.change('a', text('more'), 'choice');
    await wait(1);
    expect(platform.requests[1]!.clientId).not.toBe('gone');
    expect(answers.view('a')).toMatchObject({ status: 'saved', revision: 2 });
  });

  it('goes on where only the confirmation was lost, also when somebody types before it is cleared up', async () => {
    const { answers, platform } = buildAnswers();
    platform.stored.set('a', { response: text('mine'), revision: 3, clientId: 'gone', clientSeq: 7 });
    platform.setDown(true);
    answers.restore([stored(text('before'), 2)], [entry({ baseRevision: 2 })]);
    await wait(1);
    answers.change('a', text('mine and more'), 'typing');
    platform.setDown(false);
    await wait(3_000);
    expect(answers.view('a')).toMatchObject({ status: 'saved', response: text('mine and more'), revision: 4 });
  });

  it('takes what the platform has where everything was sent', () => {
    const { answers } = buildAnswers();
    answers.restore([stored(text('newer, from elsewhere'), 5)], [entry({ state: 'sent', baseRevision: 4 })]);
    expect(answers.view('a')).toMatchObject({ status: 'saved', response: text('newer, from elsewhere'), revision: 5 });
  });

  it('gives an answer back to a platform that lost it after confirming it', async () => {
    const { answers, platform } = buildAnswers();
    answers.restore([], [entry({ state: 'sent', baseRevision: 4 })]);
    await wait(1);
    expect(platform.stored.get('a')?.response).toEqual(text('mine'));
    expect(answers.view('a').status).toBe('saved');
  });

  it('shows two versions where another device wrote meanwhile', async () => {
    const { answers, platform } = buildAnswers();
    platform.write('a', text('theirs'));
    platform.write('a', text('theirs, longer'));
    answers.restore([stored(text('theirs, longer'), 2)], [entry({ baseRevision: 1 })]);
    expect(answers.view('a').response).toEqual(text('mine'));
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'conflict', theirs: { response: text('theirs, longer') } });
  });

  it('takes in what another device saved where nothing was written here', async () => {
    const { answers, platform } = buildAnswers();
    platform.setDown(true);
    answers.change('a', text('mine'), 'choice');
    answers.adopt([stored(text('theirs'), 2), { ...stored(text('b'), 1), itemId: 'b' }]);
    expect(answers.view('a').response).toEqual(text('mine'));
    expect(answers.view('b')).toMatchObject({ response: text('b'), status: 'saved' });
  });
});
