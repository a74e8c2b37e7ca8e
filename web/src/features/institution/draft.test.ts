import { describe, expect, it } from 'vitest';

import { changeOf, type Draft, letterFor, problemsOf } from './draft.ts';

const LETTERS = [{ label: 'A', at: '85' }, { label: 'B', at: '55,5' }, { label: 'F', at: '0' }];
const draft = (change: Partial<Draft> = {}): Draft => ({ name: '', colour: '#1f4fd8', logoMediaId: null, address: '', footer: '', reportDays: 365, letters: LETTERS, ...change });

describe('a draft of the institution', () => {
  it.each<[string, Partial<Draft>, object]>([
    ['is right as it comes', {}, {}],
    ['needs a colour', { colour: 'red' }, { colour: true }],
    ['needs a colour that can be read on paper', { colour: '#ffcc00' }, { contrast: true }],
    ['keeps reports for a day at least', { reportDays: 0 }, { reportDays: true }],
    ['keeps reports for so many days', { reportDays: undefined }, { reportDays: true }],
    ['keeps reports for ten years at most', { reportDays: 3_651 }, { reportDays: true }],
    ['needs letters', { letters: [] }, { letters: true }],
    ['needs a name of each letter', { letters: [{ label: ' ', at: '0' }] }, { letters: true }],
    ['has each letter once', { letters: [{ label: 'A', at: '50' }, { label: 'A ', at: '0' }] }, { letters: true }],
    ['has a number for each letter', { letters: [{ label: 'A', at: 'x' }, { label: 'B', at: '0' }] }, { letters: true }],
    ['has letters from the best to the worst', { letters: [{ label: 'A', at: '50' }, { label: 'B', at: '50' }, { label: 'C', at: '0' }] }, { letters: true }],
    ['has a letter for everybody', { letters: [{ label: 'A', at: '50' }] }, { letters: true }],
  ])('%s', (_title, change, problems) => {
    expect(problemsOf(draft(change))).toEqual(problems);
  });

  it('becomes a change in the words of the API', () => {
    expect(changeOf(draft({ letters: [{ label: ' A ', at: ' 55,5 ' }, { label: 'F', at: '0' }] })).letters).toEqual([{ label: 'A', from: '55.5' }, { label: 'F', from: '0' }]);
  });

  it.each([[100, 'A'], [85, 'A'], [84.9, 'B'], [55.5, 'B'], [55, 'F'], [0, 'F']])('gives %d percent the letter %s', (percent, letter) => {
    expect(letterFor(percent, LETTERS)).toBe(letter);
  });
});
