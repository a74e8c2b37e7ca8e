import { describe, expect, test } from 'vitest';

import { parseMath } from '#domain/mathematics/latex.ts';

import { blocksOf, breakable, inlines } from './blocks.ts';

const sym = (v: string) => ({ k: 'sym', v });

describe('mathematics in a text', () => {
  test.each([
    ['x^2', { k: 'script', x: sym('x'), sub: null, sup: { k: 'num', v: '2' } }],
    ['\\frac{1}{2}', { k: 'frac', a: { k: 'num', v: '1' }, b: { k: 'num', v: '2' } }],
    ['\\frac12', { k: 'frac', a: { k: 'num', v: '1' }, b: { k: 'num', v: '2' } }],
    ['\\sqrt[3]{x}', { k: 'root', x: sym('x'), n: { k: 'num', v: '3' } }],
    ['\\alpha_i', { k: 'script', x: sym('α'), sub: sym('i'), sup: null }],
    ['\\lim_{x}', { k: 'script', x: { k: 'op', v: 'lim', limits: true }, sub: sym('x'), sup: null }],
    ['\\left(a\\right]', { k: 'lr', o: '(', c: ']', x: sym('a') }],
    ['3.14', { k: 'num', v: '3.14' }],
    ['\\overset{!}{=}', { k: 'stack', x: sym('='), over: sym('!'), under: null }],
    ['\\underset{x}{y}', { k: 'stack', x: sym('y'), over: null, under: sym('x') }],
    ['\\not\\in', sym('∉')],
    ['\\begin{align*}a&b\\\\c&d\\end{align*}', { k: 'matrix', o: 'aligned', rows: [[sym('a'), sym('b')], [sym('c'), sym('d')]] }],
    ['\\begin{array}{cc}a&b\\end{array}', { k: 'matrix', o: '', rows: [[sym('a'), sym('b')]] }],
    ['\\begin{pmatrix}a&b\\\\c&d\\\\\\end{pmatrix}', { k: 'matrix', o: '(', rows: [[sym('a'), sym('b')], [sym('c'), sym('d')]] }],
  ])('reads %s', (latex, node) => {
    expect(parseMath(latex)).toEqual(node);
  });

  test.each(['\\unknown{x}', '\\frac{1}', '{a', 'a}', '\\begin{tikz}x\\end{tikz}', '\\constructor', '\\not x', '\\overset{a}', '{'.repeat(100), 'x '.repeat(2_000)])('gives %j back as it was typed', (latex) => {
    expect(parseMath(latex)).toBeUndefined();
    expect(inlines(`\\(${latex}\\)`, {})).toEqual([{ t: 'text', v: breakable(`\\(${latex}\\)`) }]);
  });

  test('stands between its delimiters, with its LaTeX as the text alternative', () => {
    expect(inlines('If \\(x\\) then \\[y\\].', {})).toEqual([
      { t: 'text', v: 'If ' }, { t: 'math', x: sym('x'), alt: 'x', block: false }, { t: 'text', v: ' then ' }, { t: 'math', x: sym('y'), alt: 'y', block: true }, { t: 'text', v: '.' },
    ]);
  });
});

describe('texts', () => {
  test('can be broken in words that are wider than a column, and nowhere else', () => {
    expect(breakable(`short ${'N'.repeat(35)}`).split('\u200b').map((part) => part.length)).toEqual([16, 10, 10, 5]);
  });


  test('of HTML keep their paragraphs, emphasis, lists and tables', () => {
    expect(blocksOf({ format: 'html', value: '<p>A &lt; <b>B</b></p><ol><li>one</li><li>two</li></ol><table><tr><th>h</th><td>c</td></tr></table><pre>x\n  y</pre>' })).toEqual([
      { b: 'p', r: [{ t: 'text', v: 'A < ' }, { t: 'text', v: 'B', bold: true }] },
      { b: 'item', mark: '1.', depth: 0, r: [{ t: 'text', v: 'one' }] },
      { b: 'item', mark: '2.', depth: 0, r: [{ t: 'text', v: 'two' }] },
      { b: 'table', columns: 2, rows: [[[{ t: 'text', v: 'h', bold: true }], [{ t: 'text', v: 'c' }]]] },
      { b: 'pre', v: 'x\n  y' },
    ]);
  });

  test('of Markdown keep emphasis and code, and plain ones are taken literally', () => {
    expect(blocksOf({ format: 'markdown', value: 'a **b** `c`' })[0]).toEqual({ b: 'p', r: [{ t: 'text', v: 'a ' }, { t: 'text', v: 'b', bold: true }, { t: 'text', v: ' ' }, { t: 'text', v: 'c', code: true }] });
    expect(blocksOf({ format: 'plain', value: '#eval <b> **x**\n$y$' })[0]).toEqual({ b: 'p', r: [{ t: 'text', v: '#eval <b> **x**' }, { t: 'break' }, { t: 'text', v: '$y$' }] });
  });
});
