import { describe, expect, it } from 'vitest';

import { attentionQueue, LONG_OFFLINE_MS, LONG_PAUSE_MS, summarize, type Scene } from './attention.ts';
import { buildStudent } from './test-student.ts';
import type { HelpRequest, Student } from './types.ts';

const NOW = 1_000_000_000;
const student = (key: string, more: Partial<Student> = {}): Student => buildStudent({ key, name: key, deadlineAtMs: NOW + 3_600_000, ...more });
const offline = (key: string, sinceMs: number): Student => student(key, { online: false, offlineSinceMs: NOW - sinceMs });
const help = (id: string, claimedBy: HelpRequest['claimedBy'] = null): HelpRequest => ({
  id, sessionId: 'a', examId: 'e', student: { id: 'u', externalId: null, name: 'a' }, reason: 'why', at: new Date(NOW - 60_000).toISOString(), state: claimedBy === null ? 'open' : 'claimed',
  claimedBy, claimedAt: null, resolvedBy: null, resolvedAt: null, note: null,
});
const queue = (students: Student[], more: Partial<Scene> = {}): ReturnType<typeof attentionQueue> =>
  attentionQueue({ students, help: [], incidents: [], find: (key) => students.find((one) => one.key === key), me: 'me', nowMs: NOW, ...more });

describe('attentionQueue', () => {
  it('calls for a disconnect only when it lasts longer than two minutes', () => {
    expect(queue([offline('a', LONG_OFFLINE_MS)])).toEqual([]);
    expect(queue([offline('a', LONG_OFFLINE_MS + 1)])).toMatchObject([{ kind: 'offline', urgency: 'act' }]);
  });

  it('does not call for somebody whose time is over or who has handed in', () => {
    expect(queue([{ ...offline('a', 1e6), deadlineAtMs: NOW }, { ...offline('b', 1e6), state: 'submitted' }])).toEqual([]);
  });

  it('makes one item of many who lost contact in the same minute, and keeps few apart', () => {
    const room = [0, 1, 2, 3].map((index) => offline(`r${index}`, 300_000 + index * 1_000));
    expect(queue([...room, offline('x', 900_000), offline('y', 905_000)]).map((item) => ('students' in item ? item.students.length : 0))).toEqual([1, 1, 4]);
  });

  it('puts what I have taken on first, then help that nobody has, and what somebody else has last', () => {
    const paused = student('p', { state: 'paused', deadlineAtMs: null, pausedAtMs: NOW - LONG_PAUSE_MS - 1 });
    const items = queue([student('a'), paused], { help: [help('theirs', { id: 'you', name: 'Jo' }), help('mine', { id: 'me', name: 'Me' }), help('open')] });
    expect(items.map(({ id }) => id)).toEqual(['help mine', 'help open', 'paused p', 'help theirs']);
    expect(summarize(items)).toEqual({ act: 1, more: 2, theirs: 1 });
  });

  it('folds what pages notice by kind, forgets what is old, and never makes it urgent', () => {
    const students = [student('a'), student('b'), student('c', { state: 'submitted' })];
    const seen = (sessionId: string, kind: string, agoMs: number): Scene['incidents'][number] => ({ id: `${sessionId}${kind}${agoMs}`, sessionId, kind, count: 2, lastAt: new Date(NOW - agoMs).toISOString() });
    const items = queue(students, { incidents: [seen('a', 'focus-lost', 1_000), seen('b', 'focus-lost', 2_000), seen('c', 'focus-lost', 3_000), seen('a', 'clipboard-paste', 3_600_000)] });
    expect(items).toMatchObject([{ kind: 'incident', urgency: 'attention', name: 'focus-lost', count: 4 }]);
    expect(items[0]).toHaveProperty('students.length', 2);
  });
});
