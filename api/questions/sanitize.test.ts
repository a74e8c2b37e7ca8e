import { describe, expect, it } from 'vitest';

import { sanitize, sanitizeTexts } from '#api/questions/sanitize.ts';

const MEDIUM = '/api/v1/media/0196e5a0-0000-7000-8000-000000000000';

describe('sanitize', () => {
  it.each<[string, string, string]>([
    ['keeps text marks, lists and tables', '<p>a<sub>1</sub></p><ul><li>b</li></ul><table><tr><td colspan="2">c</td></tr></table>', '<p>a<sub>1</sub></p><ul><li>b</li></ul><table><tr><td colspan="2">c</td></tr></table>'],
    ['keeps language and direction', '<p dir="rtl" lang="ar">x</p>', '<p dir="rtl" lang="ar">x</p>'],
    ['keeps stored images', `<img src="${MEDIUM}" alt="A">`, `<img src="${MEDIUM}" alt="A" />`],
    ['keeps stored films with their sources', `<video controls><source src="${MEDIUM}" type="video/mp4"></video>`, `<video controls><source src="${MEDIUM}" type="video/mp4" /></video>`],
    ['drops scripts with what is in them', 'a<script>alert(1)</script>b<style>p{}</style>', 'ab'],
    ['drops handlers, styles, classes and ids', '<p onclick="x" style="color:red" class="c" id="i">a</p>', '<p>a</p>'],
    ['drops frames, forms and objects', '<iframe src="https://a"></iframe><form><input name="q"></form><object data="x"></object><embed src="x">', ''],
    ['drops images of others', '<img src="https://spy.example/x.png"><img src="//spy.example/x"><img src="data:image/png;base64,AA"><img>', ''],
    ['drops images that only look stored', `<img src="${MEDIUM}/../../x"><img src="https://a${MEDIUM}">`, ''],
    ['drops links that run', '<a href="javascript:alert(1)">a</a><a href="data:text/html,x">b</a>', '<a rel="noopener noreferrer" target="_blank">a</a><a rel="noopener noreferrer" target="_blank">b</a>'],
    ['opens links apart', '<a href="https://a.example/" target="_self">a</a>', '<a href="https://a.example/" target="_blank" rel="noopener noreferrer">a</a>'],
    ['drops comments and unknown elements but keeps their text', 'a<!-- b --><blink>c</blink>', 'ac'],
    ['drops SVG and MathML', '<svg><a xlink:href="javascript:x"><text>t</text></a></svg><math><mtext></mtext></math>', '<a rel="noopener noreferrer" target="_blank">t</a>'],
    ['escapes what only looks like markup', '1 < 2 & 3 > 2', '1 &lt; 2 &amp; 3 &gt; 2'],
  ])('%s', (_title, given, kept) => {
    expect(sanitize(given)).toBe(kept);
  });

  it('changes nothing when done twice', () => {
    const once = sanitize(`<p>1 &lt; 2 <a href="https://a">b</a><img src="${MEDIUM}"></p>`);
    expect(sanitize(once)).toBe(once);
  });
});

describe('sanitizeTexts', () => {
  it('sanitises HTML wherever it stands, and nothing else', () => {
    const bad = '<b onclick="x">a</b>';
    expect(sanitizeTexts({ text: { format: 'html', value: bad }, options: [{ id: 'a', text: { format: 'plain', value: bad } }, { id: 'b', feedback: { format: 'html', value: bad } }], points: '1', n: null })).toEqual({
      text: { format: 'html', value: '<b>a</b>' }, options: [{ id: 'a', text: { format: 'plain', value: bad } }, { id: 'b', feedback: { format: 'html', value: '<b>a</b>' } }], points: '1', n: null,
    });
  });
});
