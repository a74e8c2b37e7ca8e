/**
 * Patterns for short texts in RE2 syntax: matching takes linear time, so no pattern can hang grading.
 * @source RE2 syntax, github.com/google/re2/wiki/Syntax; Cox, "Regular Expression Matching in the Wild", 2010.
 */
import { RE2JS } from 're2js';

/** Most characters of a pattern. */
export const MAX_PATTERN_LENGTH = 1000;

const MEMO_SIZE = 500;
const memo = new Map<string, RE2JS | null>();

/**
 * Compiles a pattern; bulk grading asks for the same one again and again, so the last 500 are remembered.
 * @returns null when it is no RE2 pattern or too long.
 */
function compilePattern(pattern: string, matchCase: boolean): RE2JS | null {
  const key = (matchCase ? 'c' : 'i') + pattern;
  const known = memo.get(key);
  if (known !== undefined) return known;
  const compiled = compileAnew(pattern, matchCase);
  if (memo.size >= MEMO_SIZE) memo.clear();
  memo.set(key, compiled);
  return compiled;
}

function compileAnew(pattern: string, matchCase: boolean): RE2JS | null {
  if (pattern.length > MAX_PATTERN_LENGTH) return null;
  try {
    return RE2JS.compile(pattern, matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch {
    return null;
  }
}

/** Tells whether a text is a pattern in RE2 syntax of at most {@link MAX_PATTERN_LENGTH} characters. */
export function isPattern(pattern: string): boolean {
  return compilePattern(pattern, true) !== null;
}

/** Tells whether the pattern matches the whole text; a pattern that does not compile matches nothing. */
export function matchesWhole(pattern: string, text: string, matchCase: boolean): boolean {
  return compilePattern(pattern, matchCase)?.matches(text) ?? false;
}
