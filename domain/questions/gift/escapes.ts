/**
 * Escapes of GIFT. An escaped sign must not be taken for structure, so it is replaced by a noncharacter while a file is cut
 * into parts and put back at the end.
 * @source Moodle documentation, "GIFT format", section "Special characters"; Unicode 16.0 section 23.7 (noncharacters).
 */

const SIGNS = '\\~=#{}:';
const FIRST = 0xfdd0;
const NEWLINE = String.fromCharCode(FIRST + SIGNS.length);
const ESCAPE = /\\([\\~=#{}:n])/g;
const PLACEHOLDER = /[\uFDD0-\uFDD7]/g;
const NONCHARACTERS = /[\uFDD0-\uFDEF]/g;

/** Replaces each escape by a placeholder; other backslashes stay, as in LaTeX `\alpha`. */
export function protect(text: string): string {
  return text
    .replace(NONCHARACTERS, '\uFFFD')
    .replace(ESCAPE, (_, sign: string) => (sign === 'n' ? NEWLINE : String.fromCharCode(FIRST + SIGNS.indexOf(sign))));
}

/** Puts the signs back that {@link protect} took out. */
export function restore(text: string): string {
  return text.replace(PLACEHOLDER, (placeholder) => (placeholder === NEWLINE ? '\n' : (SIGNS[placeholder.charCodeAt(0) - FIRST] ?? '')));
}

/** Escapes a text so that no sign of it is structure; line breaks become `\n`. */
export function escape(text: string): string {
  return text
    .replace(/[\\~=#{}:]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n');
}
