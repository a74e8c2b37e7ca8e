/** Small Cyrillic, Greek and special letters that look like Latin ones, each with its Latin letter. */
const PAIRS = 'аa вb еe гr ԁd һh іi јj кk ӏl мm нh оo рp ԛq сc ѕs тt уy ԝw хx зz αa βb εe γy ηn ιi κk νv οo ρp σo τt υu χx ωw ıi ɑa ɡg ſs ßss æae œoe øo łl đd ðd þth';
const LATIN: ReadonlyMap<string, string> = new Map(PAIRS.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)]));
const FOREIGN = /[^\x00-\x7f]/;

/**
 * Writes a word in Latin letters as far as it looks like that, so that swapped letters hide nothing. Words of other scripts change as well, all in the same way.
 * @source Unicode Technical Standard 39, Unicode Security Mechanisms, section 4 (skeletons), for the letters that keyboards have
 */
export function lookOf(word: string): string {
  return FOREIGN.test(word) ? word.replace(/[^\x00-\x7f]/gu, (letter) => LATIN.get(letter) ?? letter) : word;
}
