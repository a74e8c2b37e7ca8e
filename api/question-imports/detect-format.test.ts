import { describe, expect, it } from 'vitest';

import { decodeText } from '#api/question-imports/decode.ts';
import { detectFormat, type FileFormat } from '#api/question-imports/detect-format.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');
const detect = (content: string | Buffer, name = 'file.txt'): FileFormat => {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  return detectFormat(bytes, decodeText(bytes).text, name);
};

describe('detectFormat', () => {
  it.each<[string, string | Buffer, string, FileFormat]>([
    ['a question with an answer block is GIFT', 'Who?{=Grant ~no one}', 'quiz.txt', 'gift'],
    ['a category line is GIFT', '$CATEGORY: a/b\n\nA description.', 'quiz.txt', 'gift'],
    ['the file name tells GIFT where the content does not', 'Only a description.', 'quiz.gift', 'gift'],
    ['lettered options with ANSWER are Aiken', 'Who?\nA. Grant\nB) Lee\nANSWER: A\n', 'quiz.txt', 'aiken'],
    ['a quiz element is Moodle XML', '\ufeff<?xml version="1.0"?>\n<quiz>', 'quiz.xml', 'moodle-xml'],
    ['a questestinterop element is QTI 1.2', '<questestinterop xmlns="x">', 'a.xml', 'qti12'],
    ['an assessmentItem element is QTI 2', '<assessmentItem identifier="a">', 'a.xml', 'qti21'],
    ['a qti-assessment-item element is QTI 3', '<qti-assessment-item identifier="a">', 'a.xml', 'qti30'],
    ['other XML is XML', '<a/>', 'a.xml', 'xml'],
    ['a zip with the name of a workbook is Excel', Buffer.from('PK\u0003\u0004rest', 'latin1'), 'a.xlsx', 'xlsx'],
    ['a zip with the name of a cartridge is Common Cartridge', Buffer.from('PK\u0003\u0004rest', 'latin1'), 'a.imscc', 'common-cartridge'],
    ['any other zip is zip', Buffer.from('PK\u0003\u0004rest', 'latin1'), 'a.bin', 'zip'],
    ['a table by its name is CSV', 'a;b\n1;2\n', 'a.csv', 'csv'],
    ['a PDF is PDF', '%PDF-1.7', 'a.gift', 'pdf'],
    ['prose is unknown', 'Dear students, good luck.', 'a.txt', 'unknown'],
    ['escaped braces are no answer block', 'A set \\{1, 2\\} is finite.', 'a.txt', 'unknown'],
  ])('%s', (_title, content, name, format) => {
    expect(detect(content, name)).toBe(format);
  });
});

describe('decodeText', () => {
  it.each<[string, Buffer, string, string]>([
    ['UTF-8 is read as it is', bytesOf('é ≤'), 'é ≤', 'utf-8'],
    ['a byte order mark is taken off', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytesOf('é')]), 'é', 'utf-8'],
    ['bytes that are no UTF-8 are Windows-1252', Buffer.from([0x47, 0xfc, 0x6e, 0x80]), 'Gün€', 'windows-1252'],
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Gün', 'utf16le')]), 'Gün', 'utf-16le'],
    ['big-endian UTF-16 with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('Gün', 'utf16le').swap16()]), 'Gün', 'utf-16be'],
    ['UTF-16 without a mark', Buffer.from('Who was it?', 'utf16le'), 'Who was it?', 'utf-16le'],
    ['all line ends become one', bytesOf('a\r\nb\rc\n'), 'a\nb\nc\n', 'utf-8'],
    ['NUL is replaced, since no database holds it', bytesOf('ab\u0000cdefghijklmnop'), 'ab\ufffdcdefghijklmnop', 'utf-8'],
  ])('%s', (_title, bytes, text, encoding) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });
});
