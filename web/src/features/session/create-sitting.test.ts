import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Offline } from '#web/lib/problem.ts';
import type { StreamState } from '#web/lib/stream.ts';

import { createSitting } from './create-sitting.ts';
import type { Journal, JournalContents, Snapshot } from './journal.ts';
import type { SittingOptions } from './sitting-types.ts';
import { buildPlatform, problem, T0 } from './testing.ts';
import type { Session, Sitting, SittingApi } from './types.ts';

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

const MINUTE = 60_000;
const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const at = (ms: number): string => new Date(T0 + ms).toISOString();
const text = (value: string): { text: string } => ({ text: value });

const SESSION: Session = {
  id: 's', examId: 'e', studentId: 'me', attempt: 1, state: 'active', startedAt: at(-MINUTE), deadlineAt: at(60 * MINUTE), remainingMs: 60 * MINUTE,
  pausedAt: null, endedAt: null, closedAt: null, closeReason: null, version: 1,
};
const SITTING: Sitting = {
  session: SESSION,
  paper: { instructions: '', navigation: 'free', display: 'one', itemCount: 1, nextItemId: null, sections: [{ title: '', items: [{ id: 'a', type: 'short-text', text: { format: 'plain', value: 'Why?' }, points: '1' }] }] },
  answers: [], place: { currentItemId: null, seen: [], flagged: [], notes: {}, clientSeq: 0 }, serverTime: at(0), streamPosition: '7',
};

async function buildSitting({ kept = {}, accountId = 'me' as string | null, failRead = undefined as Error | undefined, sitting: first = SITTING } = {}) {
  const platform = buildPlatform();
  let sitting = first;
  const startMs = performance.now();
  const journal: JournalContents & { snapshots: Snapshot[]; purged: number } = { answers: [], refused: [], place: null, snapshot: null, snapshots: [], purged: 0, ...kept };
  const api = {
    ...platform.api,
    readSitting: vi.fn(async () => sitting),
    readExam: vi.fn(async () => ({ title: 'Biology I', rules: { warnMinutes: [10, 5, 1], proctoring: 'none' } })),
    savePlace: vi.fn(async (_id: string, place: unknown) => place),
    submit: vi.fn(async () => ({ session: { ...SESSION, state: 'submitted', version: 2, closedAt: at(0), remainingMs: 0 }, counts: { total: 1, answered: 1, flagged: 0 } })),
    acknowledge: vi.fn(async () => undefined),
    askForHelp: vi.fn(), observe: vi.fn(), listRefused: vi.fn(),
  };
  if (failRead !== undefined) api.readSitting.mockRejectedValueOnce(failRead);
  const events: { on: Record<string, (data: unknown) => void>; after: string } = { on: {}, after: '' };
  const [streamState, setStreamState] = createSignal<StreamState>('live');
  const keeper = createRoot((dispose) => ({
    dispose,
    ...createSitting({
      sessionId: 's', api: api as unknown as SittingApi, loadAccountId: async () => accountId, keptAccountOf: async () => (journal.snapshot === null ? null : journal.snapshot.sitting.session.studentId), random: () => 0,
      openJournal: async () => ({
        isDurable: () => true, read: async () => journal, writeAnswer: async () => undefined, writePlace: async () => undefined,
        writeSnapshot: async (snapshot) => void journal.snapshots.push(snapshot), refuse: async () => undefined, forgetRefused: async () => undefined,
        purge: async () => void (journal.purged += 1), idle: async () => undefined,
      } satisfies Journal),
      openStream: ((options: { on: never; after: string }) => {
        Object.assign(events, options);
        return { state: streamState, restart: (after: string) => void (events.after = after), close: () => undefined };
      }) as unknown as SittingOptions['openStream'],
      serverNowMs: () => T0 + performance.now() - startMs, onServerClock: () => () => undefined, windows: { locks: undefined, openChannel: undefined },
    }),
  }));
  await wait(1);
  return { keeper, platform, api, journal, events, setStreamState, set: (change: Partial<Session>, more: Partial<Sitting> = {}) => void (sitting = { ...sitting, ...more, session: { ...sitting.session, ...change } }) };
}

const running = (more: Record<string, unknown>) => ({ at: at(1_000), sessionId: 's', examId: 'e', deadlineAt: at(70 * MINUTE), remainingMs: 70 * MINUTE, sessionVersion: 2, reason: 'fire alarm', ...more });

describe('reading again', () => {
  it('keeps the very questions that are on the screen, so that whoever writes keeps the caret', async () => {
    const { keeper, api } = await buildSitting();
    const before = keeper.paper()!.sections[0]!.items[0];
    api.readSitting.mockImplementation(async () => structuredClone(SITTING));
    await keeper.reload();
    expect(keeper.paper()!.sections[0]!.items[0]).toBe(before);
    keeper.dispose();
  });
});

describe('opening', () => {
  it('shows the paper, listens from the position of the reply, and keeps what is needed to go on without a connection', async () => {
    const { keeper, events, journal } = await buildSitting();
    expect(keeper.phase()).toBe('open');
    expect(keeper.mayWrite()).toBe(true);
    expect(keeper.exam()?.title).toBe('Biology I');
    expect(events.after).toBe('7');
    expect(journal.snapshots).toHaveLength(1);
  });

  it('sends what the last window could not send', async () => {
    const { platform, keeper } = await buildSitting({ kept: { answers: [{ itemId: 'a', response: text('typed in the train'), clientId: 'gone', clientSeq: 4, baseRevision: 0, state: 'unsent', atMs: T0 }] } });
    expect(platform.stored.get('a')).toMatchObject({ response: text('typed in the train'), clientId: 'gone', clientSeq: 4 });
    expect(keeper.answers.view('a').status).toBe('saved');
  });

  it('goes on from what the platform confirmed after the paper was kept, so that a later text is no second version', async () => {
    const { keeper, platform } = await buildSitting({
      failRead: new Offline('no'),
      kept: { snapshot: { sitting: SITTING, exam: null }, answers: [{ itemId: 'a', response: text('saved before the crash'), clientId: 'c', clientSeq: 1, baseRevision: 3, state: 'sent', atMs: T0 }] },
    });
    expect(keeper.answers.view('a').status).toBe('saved');
    platform.stored.set('a', { revision: 3, response: text('saved before the crash'), clientId: 'c', clientSeq: 1 } as never);
    keeper.answers.change('a', text('and after it'), 'choice');
    await wait(20_000);
    expect(keeper.answers.view('a').status).toBe('saved');
    expect(platform.stored.get('a')?.response).toEqual(text('and after it'));
  });

  it('goes on from this device when nobody answers, and catches up when somebody does', async () => {
    const { keeper, api, platform } = await buildSitting({
      failRead: new Offline('no'),
      kept: { snapshot: { sitting: SITTING, exam: null }, answers: [{ itemId: 'a', response: text('mine'), clientId: 'c', clientSeq: 1, baseRevision: 1, state: 'sent', atMs: T0 }] },
    });
    expect(keeper.phase()).toBe('open');
    expect(keeper.answers.view('a').response).toEqual(text('mine'));
    keeper.answers.change('a', text('mine, offline'), 'choice');
    await wait(20_000);
    expect(api.readSitting.mock.calls.length).toBeGreaterThan(1);
    expect(platform.stored.get('a')?.response).toEqual(text('mine, offline'));
  });

  it.each([
    ['there is no such session', { failRead: problem('not-found', 404) }, 'missing'],
    ['the session is somebody else\'s', { accountId: 'you' }, 'missing'],
    ['nobody is logged in', { accountId: null, failRead: problem('unauthenticated', 401) }, 'signed-out'],
    ['nobody answers and nothing was kept', { failRead: new Offline('no') }, 'failed'],
    ['the session is over', { sitting: { ...SITTING, session: { ...SESSION, state: 'expired' as const } } }, 'ended'],
  ] as const)('says so when %s', async (_name, options, phase) => {
    expect((await buildSitting(options as never)).keeper.phase()).toBe(phase);
  });
});

describe('what others do', () => {
  it('moves the clock, says why, and acknowledges', async () => {
    const { keeper, events, api } = await buildSitting();
    events.on['time-changed']!(running({ kind: 'extend' }));
    await wait(1);
    expect(keeper.clock.remainingMs() / MINUTE).toBeCloseTo(70, 1);
    expect(keeper.notices()).toMatchObject([{ kind: 'time', deltaMs: 10 * MINUTE, reason: 'fire alarm' }]);
    expect(api.acknowledge).toHaveBeenCalledWith('s', 2);
    keeper.dismiss(keeper.notices()[0]!.id);
    expect(keeper.notices()).toEqual([]);
  });

  it('says why although a reply told of the change before the event did', async () => {
    const { keeper, events, set } = await buildSitting();
    const readAgain = async (): Promise<void> => {
      events.on['window-changed']!({ cancelledAt: null });
      await wait(1);
    };
    set({ version: 2, deadlineAt: at(70 * MINUTE), remainingMs: 70 * MINUTE });
    await readAgain();
    expect(keeper.notices()).toMatchObject([{ kind: 'time', deltaMs: 10 * MINUTE, reason: null }]);
    events.on['time-changed']!(running({ kind: 'extend' }));
    expect(keeper.notices()).toMatchObject([{ kind: 'time', deltaMs: 10 * MINUTE, reason: 'fire alarm' }]);
    set({ version: 3, state: 'paused', pausedAt: at(2_000), deadlineAt: null });
    await readAgain();
    events.on['paused']!(running({ sessionVersion: 3, deadlineAt: null, reason: 'power cut' }));
    expect(keeper.pauseReason()).toBe('power cut');
    set({ version: 4, state: 'active', pausedAt: null, deadlineAt: at(71 * MINUTE) });
    await readAgain();
    events.on['resumed']!(running({ at: at(62_000), sessionVersion: 4, deadlineAt: at(71 * MINUTE) }));
    expect(keeper.notices().at(-1)).toMatchObject({ kind: 'resumed', pausedMs: MINUTE });
    keeper.dispose();
  });

  it('does nothing twice, and nothing old', async () => {
    const { keeper, events } = await buildSitting();
    events.on['time-changed']!(running({ kind: 'extend' }));
    events.on['time-changed']!(running({ kind: 'extend' }));
    events.on['paused']!(running({ sessionVersion: 1 }));
    expect(keeper.notices()).toHaveLength(1);
    expect(keeper.session()?.state).toBe('active');
  });

  it('covers the paper during a pause, keeps what was typed, and sends it afterwards', async () => {
    const { keeper, events, platform } = await buildSitting();
    keeper.answers.change('a', text('half a sen'), 'typing');
    events.on['paused']!(running({ deadlineAt: null, remainingMs: 50 * MINUTE }));
    expect(keeper.mayWrite()).toBe(false);
    expect(keeper.pauseReason()).toBe('fire alarm');
    expect(keeper.answers.change('a', text('more'), 'typing')).toBe(false);
    await wait(5 * MINUTE);
    expect(platform.requests).toHaveLength(0);
    expect(keeper.clock.remainingMs()).toBe(50 * MINUTE);
    events.on['resumed']!(running({ at: at(5 * MINUTE), deadlineAt: at(55 * MINUTE), sessionVersion: 3 }));
    await wait(1);
    expect(platform.stored.get('a')?.response).toEqual(text('half a sen'));
    expect(keeper.notices()).toMatchObject([{ kind: 'resumed' }]);
  });

  it('reads the session each 15 s while no events come in', async () => {
    const { keeper, api, setStreamState, set } = await buildSitting();
    setStreamState('offline');
    set({ deadlineAt: at(30 * MINUTE), version: 2 });
    await wait(16_000);
    expect(api.readSitting).toHaveBeenCalledTimes(2);
    expect(keeper.session()?.version).toBe(2);
    expect(keeper.notices()).toMatchObject([{ kind: 'time', deltaMs: -30 * MINUTE }]);
  });

  it('asks how the session stands when a save tells of a change that no event told', async () => {
    const { keeper, api, platform, set } = await buildSitting();
    const save = platform.api.saveAnswer;
    api.saveAnswer = async (...call) => ({ ...(await save(...call)), sessionVersion: 5 });
    set({ version: 5, deadlineAt: at(70 * MINUTE) });
    keeper.answers.change('a', text('x'), 'choice');
    await wait(1_100);
    expect(keeper.session()?.version).toBe(5);
  });
});

describe('the end', () => {
  it('sends everything in the moment the time is over, and takes nothing more', async () => {
    const { keeper, platform } = await buildSitting({ sitting: { ...SITTING, session: { ...SESSION, deadlineAt: at(5_000), remainingMs: 5_000 } } });
    await wait(4_900);
    keeper.answers.change('a', text('last words'), 'typing');
    await wait(150);
    expect(keeper.isTimeUp()).toBe(true);
    expect(platform.stored.get('a')?.response).toEqual(text('last words'));
    expect(keeper.answers.change('a', text('too late'), 'typing')).toBe(false);
  });

  it('opens again when more time comes in the last moment', async () => {
    const { keeper, events } = await buildSitting({ sitting: { ...SITTING, session: { ...SESSION, deadlineAt: at(1_000), remainingMs: 1_000 } } });
    await wait(1_100);
    expect(keeper.mayWrite()).toBe(false);
    events.on['time-changed']!(running({ kind: 'extend' }));
    expect(keeper.mayWrite()).toBe(true);
  });

  it('asks by itself when nobody says that the session is closed', async () => {
    const { keeper, api, set } = await buildSitting({ sitting: { ...SITTING, session: { ...SESSION, deadlineAt: at(1_000), remainingMs: 1_000 } } });
    await wait(2_000);
    set({ state: 'expired', version: 2, closedAt: at(11_000) });
    await wait(12_000);
    expect(api.readSitting).toHaveBeenCalledTimes(2);
    expect(keeper.phase()).toBe('ended');
  });

  it('hands in once, with what was not saved yet, and forgets everything on this device', async () => {
    const { keeper, api, platform, journal, set } = await buildSitting();
    platform.setDown(true);
    keeper.answers.change('a', text('unsent'), 'choice');
    await wait(1);
    set({ state: 'submitted', version: 2 });
    api.submit.mockImplementationOnce((async (_id: string, _key: string, body: { answers: { itemId: string }[] }) => ({
      session: { ...SESSION, state: 'submitted', version: 2 }, counts: { total: 1, answered: 1, flagged: 0 },
      results: body.answers.map(({ itemId }) => ({ itemId, ok: true, revision: 1, savedAt: at(0) })),
    })) as never);
    await keeper.handIn('key');
    expect((api.submit.mock.calls as unknown[][])[0]).toMatchObject(['s', 'key', { answers: [{ itemId: 'a', response: text('unsent') }] }]);
    expect(keeper.phase()).toBe('ended');
    expect(keeper.answers.view('a').status).toBe('saved');
    expect(journal.purged).toBeGreaterThan(0);
  });

  it('keeps a text that came too late, and saves it when the session is opened again', async () => {
    const { keeper, events, platform, set } = await buildSitting();
    keeper.answers.change('a', text('late'), 'typing');
    platform.failNext(problem('session-closed', 409), problem('session-closed', 409));
    set({ state: 'expired', version: 2 }, { paper: { ...SITTING.paper, sections: [] } });
    events.on['closed']!({ at: at(0), sessionId: 's', examId: 'e', state: 'expired', closeReason: 'deadline', closedAt: at(0), sessionVersion: 2, reason: null });
    await wait(500);
    expect(keeper.phase()).toBe('ended');
    expect(keeper.refused()).toMatchObject([{ itemId: 'a', response: text('late'), code: 'session-closed' }]);
    expect(keeper.paper()?.sections).toHaveLength(1);
    platform.failNext();
    set({ state: 'active', version: 3 }, { paper: SITTING.paper });
    events.on['reopened']!(running({ sessionVersion: 3 }));
    await wait(500);
    expect(keeper.phase()).toBe('open');
    expect(platform.stored.get('a')?.response).toEqual(text('late'));
  });
});
