import { describe, expect, it } from 'vitest';

import type { Hold, Link, SaveSummary } from './answer-types.ts';
import { saveKindOf } from './save-state.ts';

const WORKS: Link = { trouble: null, retryAtMs: 0 };
const summary = (more: Partial<SaveSummary>): SaveSummary => ({ unsent: 0, conflicts: 0, refused: 0, lastSavedAt: '2026-12-01T09:00:00.000Z', ...more });

describe('saveKindOf', () => {
  it.each<[string, Partial<SaveSummary>, Link, Hold | null, string]>([
    ['nothing was written yet', { lastSavedAt: null }, WORKS, null, 'ready'],
    ['everything is confirmed', {}, WORKS, null, 'saved'],
    ['one answer is not confirmed', { unsent: 1 }, WORKS, null, 'saving'],
    ['one answer waits for the end of a pause', { unsent: 1 }, WORKS, 'paused', 'waiting'],
    ['the network is gone', { unsent: 1 }, { ...WORKS, trouble: 'offline' }, null, 'offline'],
    ['the network is gone and nothing waits', {}, { ...WORKS, trouble: 'offline' }, null, 'offline'],
    ['the server does not answer', { unsent: 1 }, { ...WORKS, trouble: 'server' }, null, 'no-answer'],
    ['the log-in has ended', { unsent: 1 }, { ...WORKS, trouble: 'signed-out' }, null, 'signed-out'],
    ['there are two versions, also offline', { unsent: 1, conflicts: 1 }, { ...WORKS, trouble: 'offline' }, null, 'conflict'],
    ['an answer was not taken', { refused: 1 }, WORKS, null, 'refused'],
    ['an answer was not taken and another is on its way', { refused: 1, unsent: 1 }, WORKS, null, 'saving'],
    ['another window writes', { unsent: 1 }, WORKS, 'elsewhere', 'elsewhere'],
  ])('says when %s', (_name, counts, link, hold, kind) => {
    expect(saveKindOf(summary(counts), link, hold)).toBe(kind);
  });
});
