import type { Icon } from './icon.ts';

/** Something to do or a place to go to. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly icon?: Icon;
  /** Small print at the right. */
  readonly hint?: string;
  readonly keys?: string;
  /** Other words that find it. */
  readonly words?: string;
  readonly onRun: () => void;
}

/** The commands that have every word of a text, those whose label begins with it first; at most 50. */
export function findCommands(commands: readonly Command[], text: string): readonly Command[] {
  const words = plain(text).split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) return commands.slice(0, 50);
  return commands
    .map((command, index) => ({ command, index, rank: rankOf(command, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || a.index - b.index)
    .slice(0, 50)
    .map(({ command }) => command);
}

function rankOf(command: Command, words: readonly string[]): number {
  const label = plain(command.label);
  const all = `${label} ${plain(command.hint ?? '')} ${plain(command.words ?? '')}`;
  if (!words.every((word) => all.includes(word))) return 0;
  const first = words[0]!;
  if (label.startsWith(first)) return 4;
  if (new RegExp(`(^|\\s)${escape(first)}`, 'u').test(label)) return 3;
  return label.includes(first) ? 2 : 1;
}

/** Parts of a label, those that were searched for marked. */
export function splitMatches(label: string, text: string): readonly { text: string; isMatch: boolean }[] {
  const words = plain(text).split(/\s+/u).filter((word) => word !== '');
  // marks only where plain and shown text have the same length, as with most letters
  if (words.length === 0 || plain(label).length !== label.length) return [{ text: label, isMatch: false }];
  const parts: { text: string; isMatch: boolean }[] = [];
  let at = 0;
  for (const match of plain(label).matchAll(new RegExp(words.map(escape).join('|'), 'gu'))) {
    if (match.index > at) parts.push({ text: label.slice(at, match.index), isMatch: false });
    parts.push({ text: label.slice(match.index, match.index + match[0].length), isMatch: true });
    at = match.index + match[0].length;
  }
  if (at < label.length) parts.push({ text: label.slice(at), isMatch: false });
  return parts;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

function escape(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
