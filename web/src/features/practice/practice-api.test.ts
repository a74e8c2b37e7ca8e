import { beforeEach, describe, expect, it } from 'vitest';

import { messages } from './messages.ts';
import { practicePaper } from './paper.ts';
import { createPracticeApi, PRACTICE_MINUTES } from './practice-api.ts';

const START = Date.parse('2026-06-16T10:00:00.000Z');
let nowMs = START;
const build = () => createPracticeApi({ paper: () => practicePaper((key) => messages.en[key]), title: () => 'Practice', nowMs: () => nowMs, storage: sessionStorage });
const answer = (itemId: string, response: unknown, clientSeq = 1) => ({ itemId, response, clientSeq, baseRevision: 0 });

beforeEach(() => {
  sessionStorage.clear();
  nowMs = START;
});

describe('createPracticeApi', () => {
  it('saves answers with growing revisions and keeps them over a reload', async () => {
    const first = build();
    await first.api.saveAnswer(first.sessionId, 'w', answer('p-4', { text: 'blue' }));
    const saved = await first.api.saveAnswer(first.sessionId, 'w', answer('p-4', { text: 'grey' }, 2));
    expect(saved).toMatchObject({ itemId: 'p-4', revision: 2, deadlineAt: '2026-06-16T10:20:00.000Z' });
    nowMs += 60_000;
    const second = build();
    expect(second.sessionId).toBe(first.sessionId);
    const sitting = await second.api.readSitting(second.sessionId);
    expect(sitting.answers).toMatchObject([{ itemId: 'p-4', revision: 2, response: { text: 'grey' } }]);
    expect(sitting.session).toMatchObject({ state: 'active', remainingMs: 19 * 60_000 });
  });

  it('ends by a hand-in', async () => {
    const { api, sessionId } = build();
    const { session, counts } = await api.submit(sessionId, 'k', { answers: [answer('p-3', { value: true })] });
    expect(session).toMatchObject({ state: 'submitted', closeReason: 'submitted', version: 2 });
    expect(counts).toEqual({ total: 9, answered: 1, flagged: 0 });
  });

  it('ends by the clock', async () => {
    const { api, sessionId } = build();
    nowMs += PRACTICE_MINUTES * 60_000;
    expect((await api.readSitting(sessionId)).session).toMatchObject({ state: 'expired', endedAt: '2026-06-16T10:20:00.000Z' });
  });

  it('begins anew when it is forgotten, and when what was kept can not be read', () => {
    const first = build();
    first.forget();
    expect(build().sessionId).not.toBe(first.sessionId);
    sessionStorage.setItem('holdfast.practice', '{');
    expect(build().sessionId).toMatch(/^practice-/);
  });
});
