import { describe, expect, it } from 'vitest';

import { endAfter, previewChange, reaches, type PlannedChange } from './time-preview.ts';
import { buildStudent } from './test-student.ts';

const MIN = 60_000;
const change = (act: PlannedChange['act'], seconds = 0, scaled = false): PlannedChange => ({ act, seconds, scaled });

describe('endAfter', () => {
  it('adds plain seconds, and scaled ones by the multiplier of the student, rounded up', () => {
    expect(endAfter(buildStudent(), change('extend', 600), 0).thenMs).toBe(70 * MIN);
    expect(endAfter(buildStudent({ multiplier: '1.25' }), change('extend', 10, true), 0).thenMs).toBe(60 * MIN + 13_000);
    expect(endAfter(buildStudent({ multiplier: undefined }), change('extend', 10, true), 0).thenMs).toBe(60 * MIN + 10_000);
  });

  it('never takes away more than what is left', () => {
    expect(endAfter(buildStudent(), change('shorten', 600), 0).thenMs).toBe(50 * MIN);
    expect(endAfter(buildStudent(), change('shorten', 3_600), 55 * MIN).thenMs).toBe(55 * MIN);
  });

  it('tells what stands on a clock that does not run', () => {
    expect(endAfter(buildStudent(), change('pause'), 10 * MIN)).toMatchObject({ nowMs: 60 * MIN, thenMs: null, leftMs: 50 * MIN });
    const paused = buildStudent({ state: 'paused', deadlineAtMs: null, remainingMs: 20 * MIN });
    expect(endAfter(paused, change('extend', 60), 30 * MIN)).toMatchObject({ nowMs: null, thenMs: null, leftMs: 21 * MIN });
    expect(endAfter(paused, change('resume'), 30 * MIN).thenMs).toBe(50 * MIN);
  });
});

describe('reaches', () => {
  it.each([
    ['extend', 'active', true], ['extend', 'paused', true], ['extend', 'submitted', false], ['pause', 'active', true], ['pause', 'paused', false],
    ['resume', 'active', false], ['reopen', 'submitted', true], ['reopen', 'active', false], ['extend', 'absent', false],
  ] as const)('%s of a session that is %s: %s', (act, state, expected) => {
    expect(reaches(buildStudent({ state }), act, 0)).toBe(expected);
  });

  it('leaves out whose time is over although nobody closed the session yet', () => {
    expect(reaches(buildStudent(), 'extend', 60 * MIN + 10_000)).toBe(false);
    expect(reaches(buildStudent(), 'extend', 60 * MIN + 9_999)).toBe(true);
  });
});

describe('previewChange', () => {
  it('puts students who are treated alike into one line and counts who is left out', () => {
    const students = [
      buildStudent({ key: 'a' }), buildStudent({ key: 'b', online: false }), buildStudent({ key: 'c', multiplier: '1.25', deadlineAtMs: 75 * MIN }),
      buildStudent({ key: 'd', state: 'paused', deadlineAtMs: null, remainingMs: 5 * MIN }), buildStudent({ key: 'e', state: 'submitted' }), buildStudent({ key: 'f', state: 'absent' }),
    ];
    const preview = previewChange(students, change('extend', 300), 0);
    expect(preview.rows.map(({ count, multiplier, state }) => [count, multiplier, state])).toEqual([[2, '1', 'active'], [1, '1.25', 'active'], [1, '1', 'paused'], [1, undefined, 'absent']]);
    expect(preview).toMatchObject({ affected: 4, offline: 1, skipped: 2, absent: 1, lastEndMs: 80 * MIN });
  });

  it('folds ends that are all different into one line with the first and the last', () => {
    const students = Array.from({ length: 30 }, (_, index) => buildStudent({ key: `s${index}`, deadlineAtMs: (60 + index) * MIN }));
    const { rows } = previewChange(students, change('extend', 60), 0);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ count: 30, now: { from: 60 * MIN, to: 89 * MIN }, then: { from: 61 * MIN, to: 90 * MIN }, moves: { from: MIN, to: MIN } });
  });
});
