import { describe, expect, it } from 'vitest';

import { countChanges, countStudents, NO_FILTERS, rankByName, selectKeys, type Filters } from './roster-view.ts';
import { fold } from './student.ts';
import { buildStudent } from './test-student.ts';

const named = (key: string, name: string, more = {}): ReturnType<typeof buildStudent> => buildStudent({ key, name, searchText: fold(`${name} ${key}`), ...more });
const CLASS = [
  named('1', 'Zofia Dąbrowska', { online: false, offlineSinceMs: 5, answered: 9 }),
  named('2', 'Álvaro Núñez', { state: 'paused', incidents: 2, multiplier: '1.5', version: 2 }),
  named('3', 'Bo Larsen', { state: 'submitted', answered: 20 }),
  named('4', 'ada byron', { state: 'absent', batchId: 'b2' }),
];
const keys = (filters: Partial<Filters>, by: 'name' | 'answered' | 'connection' = 'name', descending = false): string[] =>
  selectKeys(CLASS, { ...NO_FILTERS, ...filters }, { by, descending }, rankByName(CLASS));

describe('selectKeys', () => {
  it('sorts names as people read them, without regard to case and accents', () => {
    expect(keys({})).toEqual(['4', '2', '3', '1']);
    expect(keys({}, 'name', true)).toEqual(['1', '3', '2', '4']);
  });

  it('finds by parts of name and number in any order, accents or not', () => {
    expect(keys({ text: 'nunez alv' })).toEqual(['2']);
    expect(keys({ text: 'Dabrowska' })).toEqual(['1']);
    expect(keys({ text: 'nobody' })).toEqual([]);
  });

  it.each<[string, Partial<Filters>, string[]]>([
    ['a state', { state: 'submitted' }, ['3']],
    ['no connection', { state: 'offline' }, ['1']],
    ['extra time', { extraTime: true }, ['2']],
    ['incidents', { incidents: true }, ['2']],
    ['a change that was not seen', { behind: true }, ['2']],
    ['a batch', { batchId: 'b2' }, ['4']],
    ['a choice of the queue', { keys: new Set(['1', '3']) }, ['3', '1']],
  ])('filters by %s', (_name, filters, expected) => {
    expect(keys(filters)).toEqual(expected);
  });

  it('puts who is without a connection longest first', () => {
    expect(keys({}, 'connection')[0]).toBe('1');
    expect(keys({}, 'connection', true)[0]).toBe('1');
  });
});

describe('countStudents', () => {
  it('counts states, and what is to look at', () => {
    expect(countStudents(CLASS)).toMatchObject({ all: 4, active: 1, paused: 1, submitted: 1, absent: 1, offline: 1, behind: 1, incidents: 1, extraTime: 1 });
  });
});

describe('countChanges', () => {
  it.each<[string, string, number]>([['abc', 'abc', 0], ['abc', 'abcd', 1], ['abc', 'bc', 1], ['abcde', 'bcdea', 1], ['abc', 'cba', 2], ['abc', 'dab', 2], ['', 'ab', 2]])('from %s to %s: %i', (shown, next, expected) => {
    expect(countChanges([...shown], [...next])).toBe(expected);
  });
});
