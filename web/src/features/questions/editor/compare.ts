import type { Question } from '../api.ts';
import { plainLine } from '../plain-line.ts';

const FIELDS = ['type', 'text', 'options', 'key', 'points', 'tags', 'subject', 'topic', 'difficulty', 'explanation', 'media'] as const;

/** What members of a key mean to an author. */
const WORDS: Readonly<Record<string, string>> = {
  optionId: 'right', optionIds: 'right', minRatio: 'lowest sum', weights: 'credit', matchCase: 'capital letters matter', collapseSpaces: 'several spaces count as one', ratio: 'credit',
  minWords: 'words at least', maxWords: 'words at most', maxFiles: 'files at most', maxBytes: 'bytes of a file at most', extensions: 'kinds of files', maxPoints: 'marks at most',
};

/** Part of a question that can differ between versions. */
export type ComparedField = (typeof FIELDS)[number];

/** A part in which two versions differ. */
export interface Difference {
  readonly field: ComparedField;
  readonly before: string;
  readonly after: string;
}

type Content = Pick<Question, ComparedField>;

/** Where two versions of a question differ, each side as text of a few lines. */
export function compareVersions(before: Content, after: Content): readonly Difference[] {
  return FIELDS.map((field) => ({ field, before: print(before, field), after: print(after, field) })).filter((pair) => pair.before !== pair.after);
}

interface Named {
  readonly id: string;
  readonly text: { format: 'html' | 'markdown' | 'plain'; value: string };
}

function print(question: Content, field: ComparedField): string {
  const value: unknown = question[field];
  if (value === null || value === undefined) return '';
  if (field === 'text' || field === 'explanation') return question[field]?.value ?? '';
  if (field === 'tags') return question.tags.join(', ');
  if (field === 'media') return question.media.map(({ id, alt }) => `${alt ?? ''} (${id.slice(-6)})`).join('\n');
  if (field === 'options') return Array.isArray(value) ? (value as Named[]).map((option) => `${option.id}: ${plainLine(option.text)}`).join('\n') : printTree(value);
  if (field === 'key') return printKey(question);
  if (field === 'type') return question.type.replace('-', ' ');
  return String(value as string);
}

/** The key with the texts of its options in the place of their ids. */
function printKey(question: Content): string {
  const names = new Map<string, string>();
  const options: unknown = question.options;
  const lists = Array.isArray(options) ? [options] : typeof options === 'object' && options !== null ? Object.values(options).filter(Array.isArray) : [];
  for (const option of lists.flat() as Named[]) if (typeof option === 'object' && 'text' in option) names.set(option.id, plainLine(option.text));
  return printTree(question.key, (text) => names.get(text) ?? text);
}

function printTree(value: unknown, name: (text: string) => string = (text) => text, indent = ''): string {
  if (typeof value !== 'object' || value === null) return name(String(value));
  if (Array.isArray(value)) return value.every((entry) => typeof entry !== 'object') ? value.map((entry) => name(String(entry))).join(', ') : value.map((entry) => printTree(entry, name, indent)).join('\n');
  if ('format' in value && 'value' in value) return plainLine(value as Named['text']);
  return Object.entries(value).map(([key, member]) => {
    const text = printTree(member, name, `${indent}  `);
    const word = WORDS[key] ?? name(key);
    return text.includes('\n') ? `${indent}${word}:\n${text}` : `${indent}${word}: ${text}`;
  }).join('\n');
}
