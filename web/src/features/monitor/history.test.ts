import { describe, expect, it } from 'vitest';

import { shortHistory } from './history.ts';
import type { TimelineEntry } from './types.ts';

const entry = (seconds: number, kind: string, detail: Record<string, unknown> = {}): TimelineEntry => ({ at: new Date(seconds * 1_000).toISOString(), kind, actor: null, reason: null, detail });

describe('shortHistory', () => {
  it('is newest first, with runs of saves in one line', () => {
    const rows = shortHistory([entry(0, 'start'), entry(1, 'connected'), entry(60, 'answers-saved', { saves: 4, items: 2 }), entry(120, 'answers-saved', { saves: 3, items: 3 }), entry(200, 'submit')]);
    expect(rows.map((row) => (row.type === 'saves' ? `${row.saves} saves of ${row.items}` : row.entry.kind))).toEqual(['submit', '7 saves of 3', 'connected', 'start']);
  });

  it('leaves out a page that was loaded again and keeps a real loss, with its band', () => {
    const rows = shortHistory([entry(0, 'start'), entry(1, 'connected'), entry(50, 'disconnected'), entry(52, 'connected'), entry(90, 'disconnected'), entry(200, 'connected')]);
    expect(rows.map((row) => (row.type === 'entry' ? row.entry.kind : ''))).toEqual(['connected', 'disconnected', 'connected', 'start']);
    expect(rows.map(({ band }) => band)).toEqual(['on', 'gap', 'on', 'on']);
  });

  it('marks a pause until it is lifted', () => {
    expect(shortHistory([entry(0, 'start'), entry(5, 'pause'), entry(9, 'message'), entry(20, 'resume')]).map(({ band }) => band)).toEqual(['on', 'hold', 'hold', 'on']);
  });
});
