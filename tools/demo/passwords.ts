import { randomInt } from 'node:crypto';

/** Letters and digits that are not taken for one another, also on the telephone. */
const SYMBOLS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A password of 79 random bits that can be typed from a screen. */
export function newPassword(): string {
  const group = (): string => Array.from({ length: GROUP_LENGTH }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
