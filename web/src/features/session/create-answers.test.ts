import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { KEEPALIVE_BYTES } from './batches.ts';
import { buildAnswers, problem } from './testing.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const text = (value: string): { text: string } => ({ text: value });
const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('saving', () => {
  it('sends a choice at once and calls it saved only after the platform said so', async () => {
    const { answers, platform } = buildAnswers();
    platform.failNext('hang');
    answers.change('a', { optionId: 'x' }, 'choice');
    await wait(1);
    expect(platform.requests).toHaveLength(1);
    expect(answers.view('a').status).toBe('unsent');
    expect(answers.summary()).toMatchObject({ unsent: 1, lastSavedAt: null });
  });

  it('is saved once the answer is there, with the revision and the time of the platform', async () => {
    const { answers } = buildAnswers();
    answers.change('a', { optionId: 'x' }, 'choice');
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'saved', revision: 1, response: { optionId: 'x' } });
    expect(answers.summary()).toEqual({ unsent: 0, conflicts: 0, refused: 0, lastSavedAt: '2026-12-01T09:00:00.001Z' });
  });

  it('writes the journal before the network', async () => {
    const { answers, platform, journal } = buildAnswers();
    const letThrough = journal.hold();
    answers.change('a', text('one'), 'choice');
    await wait(500);
    expect(journal.latest('a')).toMatchObject({ response: text('one'), state: 'unsent', clientSeq: 1, baseRevision: 0 });
    expect(platform.requests).toHaveLength(0);
    letThrough();
    await wait(1);
    expect(platform.requests).toHaveLength(1);
    expect(journal.latest('a')).toMatchObject({ state: 'sent', baseRevision: 1 });
  });

  it('sends at most once a second while somebody types without a pause', async () => {
    const { answers, platform } = buildAnswers();
    for (let key = 1; key <= 30; key += 1) {
      answers.change('a', text('x'.repeat(key)), 'typing');
      await wait(100);
    }
    await wait(1_000);
    expect(platform.requests.length).toBeGreaterThanOrEqual(3);
    expect(platform.requests.length).toBeLessThanOrEqual(4);
    expect(platform.stored.get('a')?.response).toEqual(text('x'.repeat(30)));
    expect(answers.view('a').status).toBe('saved');
  });

  it('has every key stroke on the way to the disk, not only what is sent', () => {
    const { answers, journal } = buildAnswers();
    for (const typed of ['a', 'ab', 'abc']) answers.change('a', text(typed), 'typing');
    expect(journal.answers.map(({ response }) => response)).toEqual([text('a'), text('ab'), text('abc')]);
  });

  it('has one request per item on its way, and sends what was typed meanwhile after it', async () => {
    const { answers, platform } = buildAnswers();
    let answer = (): void => undefined;
    const save = platform.api.saveAnswer;
    vi.spyOn(platform.api, 'saveAnswer').mockImplementationOnce(async (...call) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return save(...call);
    });
    answers.change('a', text('one'), 'choice');
    await wait(1);
    answers.change('a', text('two'), 'choice');
    await wait(3_000);
    expect(platform.api.saveAnswer).toHaveBeenCalledTimes(1);
    answer();
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'unsent', response: text('two') });
    await wait(1_000);
    expect(answers.view('a')).toMatchObject({ status: 'saved', response: text('two'), revision: 2 });
  });

  it('changes nothing while the session takes nothing', () => {
    const { answers, journal } = buildAnswers();
    for (const hold of ['paused', 'over', 'closed', 'elsewhere'] as const) {
      answers.setHold(hold);
      expect(answers.change('a', text('late'), 'typing')).toBe(false);
    }
    expect(journal.answers).toEqual([]);
    expect(answers.view('a').response).toBeNull();
  });
});

describe('trouble on the line', () => {
  it('tries again after 1, 2, 5, 10, 30 and 30 seconds', async () => {
    const { answers, platform } = buildAnswers();
    platform.setDown(true);
    answers.change('a', text('one'), 'choice');
    await wait(1);
    const counts: number[] = [];
    for (const seconds of [1, 2, 5, 10, 30, 30]) {
      const before = platform.requests.length;
      await wait(seconds * 1_000 - 50);
      expect(platform.requests).toHaveLength(before);
      await wait(50);
      counts.push(platform.requests.length - before);
    }
    expect(counts).toEqual([1, 1, 1, 1, 1, 1]);
    expect(answers.link().trouble).toBe('offline');
    expect(answers.view('a').status).toBe('unsent');
  });

  it('brings everything in one request after a drop', async () => {
    const { answers, platform } = buildAnswers();
    platform.setDown(true);
    for (const item of ['a', 'b', 'c']) answers.change(item, text(item), 'choice');
    await wait(5);
    answers.change('d', text('d'), 'typing');
    await wait(500);
    expect(answers.summary().unsent).toBe(4);
    platform.setDown(false);
    const before = platform.requests.length;
    await wait(1_000);
    expect(platform.requests.slice(before).map(({ answers: sent }) => sent.length)).toEqual([4]);
    expect(answers.summary()).toMatchObject({ unsent: 0 });
    expect(answers.link().trouble).toBeNull();
  });

  it('waits as long as the platform asks for', async () => {
    const { answers, platform } = buildAnswers();
    platform.failNext(problem('rate-limited', 429, {}, 7_000));
    answers.change('a', text('one'), 'choice');
    await wait(6_900);
    expect(platform.requests).toHaveLength(1);
    await wait(200);
    expect(answers.view('a').status).toBe('saved');
  });

  it('sends the same save again under the same number when no answer came', async () => {
    const { answers, platform } = buildAnswers();
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new DOMException('late', 'TimeoutError')), ms);
      return controller.signal;
    });
    platform.failNext('hang');
    answers.change('a', text('one'), 'choice');
    await wait(12_000);
    expect(platform.requests).toHaveLength(2);
    expect(platform.requests[1]!.answers).toEqual(platform.requests[0]!.answers);
    expect(answers.view('a').status).toBe('saved');
  });

  it('says so at once when the device loses its network, and goes on at once when it is back', async () => {
    const { answers, platform } = buildAnswers();
    platform.setDown(true);
    dispatchEvent(new Event('offline'));
    expect(answers.link().trouble).toBe('offline');
    answers.change('a', text('one'), 'choice');
    await wait(20_000);
    platform.setDown(false);
    dispatchEvent(new Event('online'));
    await wait(1);
    expect(answers.view('a').status).toBe('saved');
  });

  it('finds the platform again also when nothing waits', async () => {
    const { answers, platform } = buildAnswers();
    platform.setDown(true);
    answers.noteLink('offline');
    await wait(1_100);
    expect(answers.link().trouble).toBe('offline');
    platform.setDown(false);
    await wait(2_100);
    expect(answers.link().trouble).toBeNull();
  });

  it('keeps the text and says that the log-in has ended', async () => {
    const { answers, platform } = buildAnswers();
    platform.failNext(problem('unauthenticated', 401));
    answers.change('a', text('one'), 'choice');
    await wait(1);
    expect(answers.link().trouble).toBe('signed-out');
    await wait(1_100);
    expect(answers.view('a').status).toBe('saved');
  });

  it('asks before the page is left only while something is unsent', async () => {
    const { answers, platform } = buildAnswers();
    const leave = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leave()).toBe(false);
    platform.setDown(true);
    answers.change('a', text('one'), 'choice');
    expect(leave()).toBe(true);
    platform.setDown(false);
    await wait(2_000);
    expect(leave()).toBe(false);
  });
});

describe('refusals', () => {
  it('keeps both texts when another window was first', async () => {
    const { answers, platform, journal } = buildAnswers();
    platform.write('a', text('theirs'));
    answers.change('a', text('mine'), 'choice');
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'conflict', response: text('mine'), theirs: { revision: 1, response: text('theirs') } });
    expect(answers.conflicts()).toEqual(['a']);
    expect(journal.latest('a')).toMatchObject({ state: 'unsent', response: text('mine') });
    await wait(60_000);
    expect(platform.requests).toHaveLength(1);
  });

  it.each([
    ['mine', text('mine'), 2],
    ['theirs', text('theirs'), 1],
    ['both', text('theirs and mine'), 2],
  ] as const)('lets the student keep %s', async (choice, response, revision) => {
    const { answers, platform } = buildAnswers();
    platform.write('a', text('theirs'));
    answers.change('a', text('mine'), 'choice');
    await wait(1);
    answers.resolve('a', choice, text('theirs and mine'));
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'saved', response, revision, theirs: null });
    expect(platform.stored.get('a')).toMatchObject({ response, revision });
    answers.change('a', text('afterwards'), 'choice');
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'saved', response: text('afterwards'), revision: revision + 1 });
  });

  it('goes on typing on a text of which there are two versions, and sends nothing', async () => {
    const { answers, platform } = buildAnswers();
    platform.write('a', text('theirs'));
    answers.change('a', text('mine'), 'choice');
    await wait(1);
    answers.change('a', text('mine, longer'), 'typing');
    await wait(5_000);
    expect(platform.requests).toHaveLength(1);
    expect(answers.view('a')).toMatchObject({ status: 'conflict', response: text('mine, longer') });
  });

  it('takes its own text for saved when only the confirmation was lost', async () => {
    const { answers, platform } = buildAnswers();
    platform.write('a', text('same'));
    answers.change('a', text('same'), 'choice');
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'saved', revision: 1 });
  });

  it('shows what is wrong with a text and tries again with the next change', async () => {
    const { answers, platform, journal } = buildAnswers();
    platform.failNext(problem('validation-failed', 422, { errors: [{ pointer: '/response/value', message: 'is too long' }] }));
    answers.change('a', text('bad'), 'choice');
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'refused', response: text('bad'), problem: { code: 'validation-failed', errors: [{ message: 'is too long' }] } });
    expect(journal.refused).toMatchObject([{ itemId: 'a', response: text('bad') }]);
    answers.change('a', text('good'), 'choice');
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'saved', problem: null });
  });

  it('sets one bad text of a batch apart and saves the others', async () => {
    const { answers, platform } = buildAnswers();
    platform.setDown(true);
    for (const item of ['a', 'b', 'c']) answers.change(item, text(item), 'choice');
    await wait(5);
    platform.setDown(false);
    platform.failNext(problem('validation-failed', 422, { errors: [{ pointer: '/answers/1/response/text', message: 'is too long' }] }));
    await wait(1_500);
    expect(['a', 'b', 'c'].map((item) => answers.view(item).status)).toEqual(['saved', 'refused', 'saved']);
    expect(answers.view('b').problem?.errors).toEqual([{ pointer: '/response/text', message: 'is too long' }]);
  });

  it('gives a text another number when its number was used', async () => {
    const { answers, platform } = buildAnswers();
    platform.failNext(problem('validation-failed', 422, { errors: [{ pointer: '/clientSeq', message: 'was used with another response' }] }));
    answers.change('a', text('one'), 'choice');
    await wait(1_000);
    expect(answers.view('a').status).toBe('saved');
    expect(platform.requests.map(({ answers: sent }) => sent[0]!.clientSeq)).toEqual([1, 2]);
  });

  it('keeps the text while the session is paused and sends it when it goes on', async () => {
    const refused = vi.fn();
    const { answers, platform } = buildAnswers({ onSessionRefused: refused });
    platform.failNext(problem('session-paused', 409));
    answers.change('a', text('one'), 'choice');
    await wait(1);
    expect(refused).toHaveBeenCalledWith('session-paused');
    expect(answers.hold()).toBe('paused');
    expect(answers.view('a')).toMatchObject({ status: 'unsent', response: text('one') });
    await wait(60_000);
    expect(platform.requests).toHaveLength(1);
    answers.setHold(null);
    await wait(1);
    expect(answers.view('a').status).toBe('saved');
  });

  it.each(['deadline-passed', 'session-closed'] as const)('keeps a text that came too late (%s), and saves it when the session is opened again', async (code) => {
    const { answers, platform, journal } = buildAnswers();
    platform.failNext(problem(code, 409));
    answers.change('a', text('late'), 'choice');
    await wait(1);
    expect(answers.hold()).toBe('closed');
    expect(answers.view('a')).toMatchObject({ status: 'refused', response: text('late'), problem: { code } });
    expect(journal.refused).toMatchObject([{ itemId: 'a', response: text('late'), code }]);
    answers.setHold(null);
    await wait(1);
    expect(answers.view('a').status).toBe('saved');
  });
});

describe('the end of a page', () => {
  it('sends what fits into 64 KiB in a way that outlives the page, small texts first, and the rest as usual', async () => {
    const { answers, platform } = buildAnswers();
    platform.failNext('hang', 'hang', 'hang');
    answers.change('big', text('b'.repeat(50_000)), 'typing');
    answers.change('bigger', text('c'.repeat(30_000)), 'typing');
    answers.change('small', text('s'), 'typing');
    answers.sayGoodbye();
    await wait(1);
    expect(platform.requests.map(({ keepalive, answers: sent }) => ({ keepalive: keepalive === true, items: sent.map(({ itemId }) => itemId) }))).toEqual([
      { keepalive: true, items: ['small', 'bigger'] },
      { keepalive: false, items: ['big'] },
    ]);
    expect(JSON.stringify(platform.requests[0]!.answers).length).toBeLessThan(KEEPALIVE_BYTES);
  });

  it('sends nothing twice when a page is hidden and then goes', async () => {
    const { answers, platform } = buildAnswers();
    platform.failNext('hang');
    answers.change('a', text('one'), 'typing');
    answers.sayGoodbye();
    answers.sayGoodbye();
    await wait(1);
    expect(platform.requests).toHaveLength(1);
  });

  it('takes no harm when an older save arrives after a newer one', async () => {
    const { answers, platform } = buildAnswers();
    const save = platform.api.saveAnswer;
    let arrive = (): void => undefined;
    vi.spyOn(platform.api, 'saveAnswer').mockImplementationOnce(async (...call) => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return save(...call);
    });
    answers.change('a', text('one'), 'choice');
    await wait(1);
    answers.change('a', text('two'), 'typing');
    answers.sayGoodbye();
    await wait(1);
    arrive();
    await wait(1);
    expect(answers.view('a')).toMatchObject({ status: 'saved', response: text('two') });
    expect(answers.conflicts()).toEqual([]);
  });
});
