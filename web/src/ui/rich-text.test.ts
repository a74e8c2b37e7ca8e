import { describe, expect, it } from 'vitest';

import { renderHtml, renderMarkdown } from './rich-text.ts';

const html = (text: string, links = true): string => shown(renderHtml(text, { links }));
const markdown = (text: string, links = true): string => shown(renderMarkdown(text, { links }));

function shown(fragment: DocumentFragment): string {
  const place = document.createElement('div');
  place.append(fragment);
  return place.innerHTML;
}

describe('HTML of a question', () => {
  it('keeps what formats a text', () => {
    expect(html('<p>H<sub>2</sub>O is <b>wet</b></p><ol start="3"><li>x</li></ol>')).toBe('<p>H<sub>2</sub>O is <b>wet</b></p><ol start="3"><li>x</li></ol>');
  });

  it.each([
    ['a script', '<script>alert(1)</script>after', 'after'],
    ['a handler', '<p onclick="x()">text</p>', '<p>text</p>'],
    ['a style', '<p style="position:fixed">text</p><style>p{}</style>', '<p>text</p>'],
    ['an image from elsewhere', '<img src="https://elsewhere.example/x.png">', ''],
    ['an image path that climbs out', '<img src="/api/v1/media/../auth/logout">', ''],
    ['a frame', '<iframe src="/"></iframe>text', 'text'],
    ['an SVG', '<svg><a href="javascript:x()">t</a></svg>text', 'text'],
    ['a link that runs code', '<a href="javascript:x()">text</a>', 'text'],
    ['an unknown element, but not its text', '<blink>text</blink>', 'text'],
  ])('takes out %s', (_, given, expected) => expect(html(given)).toBe(expected));

  it('shows an image of our own, with an empty text when it has none', () => {
    expect(html('<img src="/api/v1/media/0198-ab">')).toBe('<img src="/api/v1/media/0198-ab" alt="" decoding="async">');
  });

  it('lowers headings below those of the page', () => expect(html('<h1>x</h1>')).toBe('<h4>x</h4>'));

  it('leaves only the text of a link in an exam', () => expect(html('<a href="https://example.org">text</a>', false)).toBe('text'));
});

describe('Markdown', () => {
  it.each([
    ['**bold** and *italic* and _this_', '<p><strong>bold</strong> and <em>italic</em> and <em>this</em></p>'],
    ['snake_case_name and 2 * 3 * 4', '<p>snake_case_name and 2 * 3 * 4</p>'],
    ['`a < b`', '<p><code>a &lt; b</code></p>'],
    ['one\ntwo\n\nthree', '<p>one two</p><p>three</p>'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['# Title\ntext', '<h4>Title</h4><p>text</p>'],
    ['```ts\nif (a) {\n\n}\n```\nafter', '<pre><code>if (a) {\n\n}</code></pre><p>after</p>'],
    ['> quote', '<blockquote><p>quote</p></blockquote>'],
    ['<b>not bold</b>', '<p>&lt;b&gt;not bold&lt;/b&gt;</p>'],
    ['\\(a_1 * b_1\\) and $$x*y*z$$', '<p>\\(a_1 * b_1\\) and $$x*y*z$$</p>'],
    ['[x](javascript:alert)', '<p>x</p>'],
    ['\\*plain\\*', '<p>*plain*</p>'],
  ])('%j', (given, expected) => expect(markdown(given)).toBe(expected));

  it('ends a fence that is never closed at the end of the text', () => expect(markdown('```\ncode')).toBe('<pre><code>code</code></pre>'));

  it('leaves only the text of a link in an exam', () => expect(markdown('[text](https://example.org)', false)).toBe('<p>text</p>'));
});
