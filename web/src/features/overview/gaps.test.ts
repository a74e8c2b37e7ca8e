import { describe, expect, it } from 'vitest';

import { draftGaps } from './gaps.ts';

const window = { localStart: '', localEnd: '', timeZone: 'UTC', opensAt: '2026-01-01T09:00:00.000Z', closesAt: '2026-01-01T11:00:00.000Z' };
const before = Date.parse('2025-12-31T00:00:00.000Z');
const draft = { title: 'Biology', sections: [{ title: '', items: [{ id: 'i', questionId: 'q', points: '1' }] }], window, assignedCount: 3 };

describe('draftGaps', () => {
  it('finds nothing in a draft that can be published', () => {
    expect(draftGaps(draft, before)).toEqual([]);
    expect(draftGaps({ ...draft, sections: [{ title: '', items: [], draw: { tag: 't', count: 2, points: '1' } }] }, before)).toEqual([]);
  });

  it('names everything that lacks, in the order of the builder', () => {
    expect(draftGaps({ title: ' ', sections: [{ title: '', items: [] }], window: null, assignedCount: 0 }, before)).toEqual(['title', 'questions', 'window', 'people']);
  });

  it('calls for a new window when the old one is over, at its last millisecond', () => {
    expect(draftGaps(draft, Date.parse(window.closesAt) - 1)).toEqual([]);
    expect(draftGaps(draft, Date.parse(window.closesAt))).toEqual(['past']);
  });
});
