import { readFileSync } from 'node:fs';

import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';

import { mayHaveText, textOfFile } from './files.ts';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../tests/fixtures/documents/${name}`, import.meta.url));
const docx = (xml: string): Uint8Array => zipSync({ 'word/document.xml': Buffer.from(`<w:document><w:body>${xml}</w:body></w:document>`) });

describe('a document of a word processor', () => {
  // written by LibreOffice 7.4 from one page of HTML
  test.each(['essay.docx', 'essay.odt'])('%s is read as the words in it', (name) => {
    expect(textOfFile(name, fixture(name))?.split(/\n\s*/u)).toEqual(['Essay', 'First & foremost, cells divide.', 'Second paragraph with a break.', 'an item']);
  });
  test('has neither what was deleted nor the copy for old programs in its text', () => {
    const xml = '<w:p><w:r><w:t>kept</w:t><w:delText xml:space="preserve"> gone</w:delText></w:r><mc:AlternateContent><mc:Choice><w:t> box</w:t></mc:Choice><mc:Fallback><w:t> box</w:t></mc:Fallback></mc:AlternateContent></w:p>';
    expect(textOfFile('A.DOCX', docx(xml))).toBe('kept box');
  });
  test.each([
    ['is no archive', Buffer.from('plain words')],
    ['has no text part', zipSync({ 'other.xml': Buffer.from('<a/>') })],
    ['is cut off', docx('<w:p><w:t>words</w:t></w:p>').subarray(0, 60)],
    ['unpacks to more than a text can be', docx(`<w:p>${' '.repeat(17 * 1024 * 1024)}</w:p>`)],
    ['has more words than are compared', docx(`<w:p>${'word '.repeat(200_000)}</w:p>`)],
  ])('that %s has no text', (_, bytes) => expect(textOfFile('essay.docx', bytes)).toBeNull());
  test('may be large, because of its images; a plain text may not', () => {
    expect([mayHaveText('essay.docx', 5e6), mayHaveText('essay.txt', 5e6), mayHaveText('essay.docx', 5e8)]).toEqual([true, false, false]);
  });
});

describe('a notebook', () => {
  test('is read as its cells, without what they printed', () => {
    const cells = [{ cell_type: 'code', source: ['a = 1\n', 'a'], outputs: [{ text: ['1'] }] }, { cell_type: 'markdown', source: '# Result' }];
    expect(textOfFile('work.ipynb', Buffer.from(JSON.stringify({ cells, nbformat: 4 })))).toBe('a = 1\na\n\n# Result');
  });
  test('that is none is the text that it is', () => expect(textOfFile('work.ipynb', Buffer.from('a = 1'))).toBe('a = 1'));
});
