import { describe, expect, test } from 'vitest';

import { readableText } from './readable-text.ts';
import type { RichText } from './types.ts';

describe('a text in one line', () => {
  test.each<[RichText['format'], string, string]>([
    ['plain', '  a <b> **c**\n d ', 'a <b> **c** d'],
    ['html', '<p>Which <b>or</b>gan&nbsp;is <em>this</em>?</p><p>A &lt; B</p>', 'Which organ is this? A < B'],
    ['html', 'H<sub>2</sub>O, 10<sup>−3</sup>, x<sub>max</sub>, x<sup>q</sup>', 'H₂O, 10⁻³, xₘₐₓ, x^q'],
    ['html', '<img src="/api/v1/media/1" alt="A cell"><img src="/api/v1/media/2">', '[A cell] [image]'],
    ['html', '<script>alert(1)</script>safe', 'safe'],
    ['markdown', '## Find **all** `x` in [the book](https://a.b)\n- _one_\n- snake_case_name, 2 * 3 * 4', 'Find all x in the book one snake_case_name, 2 * 3 * 4'],
    ['markdown', 'Let \\(a*b*c\\) **be** $$x_1$$', 'Let a*b*c be x₁'],
    ['plain', 'Solve \\(x^2 + 3x - 4 = 0\\).', 'Solve x² + 3x − 4 = 0.'],
    ['plain', '\\[\\frac{a+b}{2} \\le \\sqrt{ab}\\]', '(a + b)/2 ≤ √ab'],
    ['plain', '\\(\\frac{1}{2}\\), \\(\\sqrt[3]{x+1}\\), \\(-\\frac{\\pi}{4}\\)', '1/2, ³√(x + 1), −π/4'],
    ['plain', '\\(\\sin x + \\log_2 8\\)', 'sin x + log₂ 8'],
    ['plain', '\\(\\int_0^\\infty e^{-x^2}\\,dx\\)', '∫₀^∞e^(−x²) dx'],
    ['plain', '\\(\\vec{v} \\in \\mathbb{R}^n\\)', 'v⃗ ∈ ℝⁿ'],
    ['plain', '\\(\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}\\)', '(1, 0; 0, 1)'],
    ['plain', '\\(\\unknown{x}\\) costs $5', '\\(\\unknown{x}\\) costs $5'],
  ])('%s: %s', (format, value, expected) => {
    expect(readableText({ format, value })).toBe(expected);
  });
});
