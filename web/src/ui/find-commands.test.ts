import { describe, expect, it } from 'vitest';

import { findCommands, splitMatches, type Command } from './find-commands.ts';

const command = (label: string, more: Partial<Command> = {}): Command => ({ id: label, label, group: 'Do', onRun: () => undefined, ...more });
const labels = (commands: readonly Command[], text: string): string[] => findCommands(commands, text).map(({ label }) => label);

describe('commands', () => {
  it('are all there when nothing is typed', () => expect(labels([command('B'), command('A')], ' ')).toEqual(['B', 'A']));

  it('have every word, in any order, whatever the case and accents', () => {
    expect(labels([command('Extend time for Väinö'), command('Extend time for Karin')], 'vaino EXT')).toEqual(['Extend time for Väinö']);
  });

  it('come first when their label begins with the text', () => {
    expect(labels([command('Open the exams'), command('Session example'), command('Exams')], 'exam')).toEqual(['Exams', 'Open the exams', 'Session example']);
  });

  it('are found by their hint and other words', () => {
    expect(labels([command('Jonas', { hint: 'room 102' }), command('Health', { words: 'status' })], 'status')).toEqual(['Health']);
  });
});

describe('matches', () => {
  it('are marked in the label', () => {
    expect(splitMatches('Extend (Lind)', 'ext (lind')).toEqual([
      { text: 'Ext', isMatch: true },
      { text: 'end ', isMatch: false },
      { text: '(Lind', isMatch: true },
      { text: ')', isMatch: false },
    ]);
  });
});
