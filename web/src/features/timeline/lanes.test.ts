import { describe, expect, test } from 'vitest';

import type { TimelineEntry } from './api.ts';
import { buildRows, LANES, mergeHappenings, readStretches, type Row } from './lanes.ts';
import { accountForEnd } from './why-ended.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 30, 9, 0, 0) + seconds * 1_000).toISOString();
const ms = (seconds: number): number => Date.parse(at(seconds));
const entry = (seconds: number, kind: string, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  at: at(seconds), kind, actor: { role: 'student', id: 'p', name: 'Ada' }, reason: null, detail: {}, ...more,
});
const staff = { role: 'proctor', id: 'q', name: 'Marta' };
const rows = (entries: TimelineEntry[], all = false): Row[] =>
  buildRows(mergeHappenings(entries), { lanes: new Set(LANES), all, range: undefined, open: new Set(), matches: () => true });
const shape = (list: readonly Row[]): string[] => list.map((row) => (row.type === 'event' ? row.what.kind : row.type === 'fold' ? `fold ${row.parts.length}` : row.type === 'stretch' ? `${row.kind} ${((row.toMs ?? 0) - row.fromMs) / 1_000}` : row.part));

describe('the rows of a timeline', () => {
  test('runs of saves fold into one row, and what mattered stays', () => {
    const saves = [60, 120, 180].map((seconds) => entry(seconds, 'answers-saved', { detail: { saves: 2, items: 1 } }));
    const list = [entry(0, 'start'), entry(1, 'connected'), ...saves, entry(200, 'pause', { actor: staff }), entry(260, 'resume', { actor: staff }), entry(300, 'submit')];
    expect(shape(rows(list))).toEqual(['writing', 'start', 'fold 4', 'pause', 'hold 60', 'resume', 'end', 'submit']);
    expect(shape(rows(list, true))).toEqual(['writing', 'start', 'connected', 'answers-saved', 'answers-saved', 'answers-saved', 'pause', 'hold 60', 'resume', 'end', 'submit']);
  });

  test('a page that is loaded again is no gap, a minute without a connection is one, with the saves that came after it', () => {
    const list = rows([
      entry(0, 'start'), entry(1, 'connected'), entry(50, 'disconnected'), entry(52, 'connected'), entry(100, 'disconnected'), entry(160, 'connected'),
      entry(161, 'answers-saved', { detail: { saves: 3 } }),
    ]);
    expect(list.filter(({ type }) => type === 'stretch')).toEqual([expect.objectContaining({ kind: 'gap', fromMs: ms(100), toMs: ms(160), saves: 3 })]);
  });

  test('the band shows a gap from the lost connection on, not before it', () => {
    const list = rows([entry(0, 'start'), entry(1, 'connected'), entry(5, 'answers-saved'), entry(9, 'disconnected'), entry(60, 'connected')]);
    expect(list.filter((row) => row.type === 'fold').map(({ band }) => band)).toEqual(['on']);
    expect(list.filter((row) => row.type === 'event').map(({ what, before, after }) => [what.kind, before, after])).toEqual([
      ['start', 'off', 'off'], ['disconnected', 'on', 'gap'], ['connected', 'gap', 'on'],
    ]);
  });

  test('the connection ends with the session, and a pause ends with it too', () => {
    const { connection, holds } = readStretches(mergeHappenings([entry(0, 'start'), entry(1, 'connected'), entry(5, 'pause'), entry(9, 'terminate'), entry(10, 'disconnected')]), ms(20));
    expect(connection).toEqual([{ kind: 'on', fromMs: ms(1), toMs: ms(9) }]);
    expect(holds).toEqual([{ kind: 'hold', fromMs: ms(5), toMs: ms(9) }]);
  });
});

describe('the account of an end', () => {
  const change = (seconds: number, kind: string, from: number, to: number): TimelineEntry => entry(seconds, kind, { actor: staff, reason: 'Fire alarm', detail: { oldDeadlineAt: at(from), newDeadlineAt: at(to) } });

  test('start, own time, extensions and pauses add up to the deadline', () => {
    const account = accountForEnd([entry(0, 'start', { detail: { deadlineAt: at(3_600), entitledMs: 3_600_000, extraMs: 0 } }), change(100, 'extend', 3_600, 4_200), change(200, 'resume', 4_200, 4_287)], at(4_287));
    expect(account?.parts.map(({ kind, ms: length }) => [kind, length])).toEqual([['own', 3_600_000], ['extend', 600_000], ['pause', 87_000]]);
    expect(account).toMatchObject({ deadlineMs: ms(4_287), addsUp: true });
  });

  test('a session that started late is cut by the end of the window', () => {
    const account = accountForEnd([entry(0, 'start', { detail: { deadlineAt: at(1_800), entitledMs: 3_600_000, extraMs: 0 } })], at(1_800));
    expect(account?.parts).toEqual([expect.objectContaining({ kind: 'own', ms: 3_600_000 }), expect.objectContaining({ kind: 'window-cap', ms: -1_800_000 })]);
  });

  test('a deadline that the parts do not explain is told', () => {
    expect(accountForEnd([entry(0, 'start', { detail: { deadlineAt: at(60), entitledMs: 60_000 } })], at(61))?.addsUp).toBe(false);
  });
});

test('a page that never was connected was not lost, and a part that filters left empty has no heading', () => {
  const entries = [entry(0, 'start'), entry(0, 'disconnected'), entry(9, 'submit')];
  const happenings = mergeHappenings(entries);
  expect(happenings.map(({ kind }) => kind)).toEqual(['start', 'submit']);
  expect(shape(buildRows(happenings, { lanes: new Set(LANES), all: false, range: [ms(0), ms(1)], open: new Set(), matches: () => true }))).toEqual(['writing', 'start']);
});
