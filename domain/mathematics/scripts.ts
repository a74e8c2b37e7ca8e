const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹', '+': '⁺', '−': '⁻', '-': '⁻', '=': '⁼', '(': '⁽', ')': '⁾',
  a: 'ᵃ', b: 'ᵇ', c: 'ᶜ', d: 'ᵈ', e: 'ᵉ', i: 'ⁱ', j: 'ʲ', k: 'ᵏ', m: 'ᵐ', n: 'ⁿ', r: 'ʳ', s: 'ˢ', t: 'ᵗ', x: 'ˣ', y: 'ʸ', z: 'ᶻ', T: 'ᵀ', '′': '′', '∘': '°',
};
const SUBSCRIPTS: Readonly<Record<string, string>> = {
  0: '₀', 1: '₁', 2: '₂', 3: '₃', 4: '₄', 5: '₅', 6: '₆', 7: '₇', 8: '₈', 9: '₉', '+': '₊', '−': '₋', '-': '₋', '=': '₌', '(': '₍', ')': '₎',
  a: 'ₐ', e: 'ₑ', i: 'ᵢ', j: 'ⱼ', k: 'ₖ', m: 'ₘ', n: 'ₙ', o: 'ₒ', p: 'ₚ', r: 'ᵣ', s: 'ₛ', t: 'ₜ', x: 'ₓ',
};

/** A text as raised letters where there are such letters, else after `^`. */
export function raised(text: string): string {
  return inLetters(text, SUPERSCRIPTS, '^');
}

/** A text as lowered letters where there are such letters, else after `_`. */
export function lowered(text: string): string {
  return inLetters(text, SUBSCRIPTS, '_');
}

function inLetters(text: string, letters: Readonly<Record<string, string>>, mark: string): string {
  const signs = [...text.replaceAll(' ', '')];
  if (signs.every((sign) => Object.hasOwn(letters, sign))) return signs.map((sign) => letters[sign]).join('');
  return signs.length === 1 ? `${mark}${text}` : `${mark}(${text})`;
}
