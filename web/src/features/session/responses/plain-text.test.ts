import { describe, expect, it } from 'vitest';

import { countWords, htmlOf, htmlText, plainText } from './plain-text.ts';

describe('countWords', () => {
  it.each([['', 0], ['  \n ', 0], ['one', 1], ['One, two; three.', 3], ['don’t stop', 2], ['3.14 is π', 3], ['naïve café', 2], ['a – b', 2], ['<b>', 1]])('of %j', (text, count) => {
    expect(countWords(text)).toBe(count);
  });
});

describe('htmlText', () => {
  it('keeps paragraphs and lines apart and decodes signs', () => {
    expect(htmlText('<p>One &amp; <b>two</b></p><p>three<br>four</p><ul><li>five</li></ul>')).toBe('One & two\nthree\nfour\nfive');
  });
});

describe('htmlOf', () => {
  it('escapes and makes paragraphs', () => {
    expect(htmlOf('a < b\nc\n\nd & e')).toBe('<p>a &lt; b<br>c</p><p>d &amp; e</p>');
  });
});

describe('plainText', () => {
  it('takes the marks of Markdown out', () => {
    expect(plainText({ format: 'markdown', value: '**Bold** and `code`' })).toBe('Bold and code');
  });
});
