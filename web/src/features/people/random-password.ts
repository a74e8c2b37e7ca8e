// without letters and digits that are taken for one another
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password of four groups of four signs, to be read out or written down. Bits: 4 x 4 x log2(31) = 79. */
export function randomPassword(): string {
  const signs: string[] = [];
  const bytes = new Uint8Array(1);
  while (signs.length < 16) {
    const value = crypto.getRandomValues(bytes)[0]!;
    // a remainder of the last, incomplete round would make some signs likelier
    if (value < LETTERS.length * Math.floor(256 / LETTERS.length)) signs.push(LETTERS[value % LETTERS.length]!);
  }
  return [0, 4, 8, 12].map((at) => signs.slice(at, at + 4).join('')).join('-');
}
