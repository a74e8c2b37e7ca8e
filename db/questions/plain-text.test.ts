import { describe, expect, it } from 'vitest';

import { fingerprint, plainText, searchText } from '#db/questions/plain-text.ts';
import type { QuestionContent, RichText } from '#domain/questions/types.ts';

const plain = (value: string): RichText => ({ format: 'plain', value });
const html = (value: string): RichText => ({ format: 'html', value });

function choice(text: RichText, options: readonly string[], more: Partial<QuestionContent> = {}): QuestionContent {
  return { type: 'single-choice', text, points: '1', options: options.map((value, index) => ({ id: `o${index}`, text: plain(value) })), key: { optionId: 'o0' }, ...more } as QuestionContent;
}

describe('plainText', () => {
  it.each<[string, RichText, string]>([
    ['markup is left out', html('<p>2 <b>x</b><br>= y</p>'), '2 x = y'],
    ['entities are letters', html('a &lt;&nbsp;b &amp; &#233; &#xe9; &constructor; &#0; &#xd800;'), 'a < b & é é &constructor;'],
    ['images keep their address', html('<img alt="x" src="/api/v1/media/1"> here'), '[/api/v1/media/1] here'],
    ['other formats stay', plain('a <b>\n c'), 'a <b> c'],
  ])('%s', (_title, text, words) => {
    expect(plainText(text)).toBe(words);
  });
});

describe('fingerprint', () => {
  const base = fingerprint(choice(plain('Who was it?'), ['Grant', 'Lee']));

  it.each<[string, QuestionContent]>([
    ['case and spaces', choice(plain(' who  WAS it? '), ['grant', 'LEE '])],
    ['markup', choice(html('<p>Who <em>was</em> it?</p>'), ['Grant', 'Lee'])],
    ['the order of options', choice(plain('Who was it?'), ['Lee', 'Grant'])],
    ['key and points', choice(plain('Who was it?'), ['Grant', 'Lee'], { points: '9', key: { optionId: 'o1' } })],
  ])('does not mind %s', (_title, content) => {
    expect(fingerprint(content)).toBe(base);
  });

  it.each<[string, QuestionContent]>([
    ['another text', choice(plain('Who is it?'), ['Grant', 'Lee'])],
    ['another option', choice(plain('Who was it?'), ['Grant', 'Lincoln'])],
    ['another type', choice(plain('Who was it?'), ['Grant', 'Lee'], { type: 'multiple-choice' } as Partial<QuestionContent>)],
    ['another picture', choice(plain('Who was it?'), ['Grant', 'Lee'], { media: [{ id: 'm' }] })],
  ])('minds %s', (_title, content) => {
    expect(fingerprint(content)).not.toBe(base);
  });
});

describe('searchText', () => {
  it('holds text and options in lower case, of all types that have any', () => {
    expect(searchText(choice(html('<b>Who?</b>'), ['Grant', 'Lee']))).toBe('who?\ngrant\nlee');
    const row = (id: string, value: string) => ({ id, text: plain(value) });
    expect(searchText({ type: 'matching', text: plain('Join'), points: '1', options: { left: [row('l', 'One')], right: [row('r', 'I')] }, key: { pairs: { l: 'r' } } })).toBe('join\none\ni');
    expect(searchText({ type: 'cloze', text: plain('[[g]]'), points: '1', options: { gaps: { g: { kind: 'choice', options: [row('a', 'Cat')] } } }, key: { gaps: { g: { optionId: 'a' } } } })).toBe('[[g]]\ncat');
    expect(searchText({ type: 'essay', text: plain('Discuss'), points: '1', key: {} })).toBe('discuss');
  });
});
