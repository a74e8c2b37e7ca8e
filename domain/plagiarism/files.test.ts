import { createHash } from 'node:crypto';

import type { DrawnItem } from '#domain/paper/types.ts';
import { describe, expect, test } from 'vitest';

import { containmentOf } from './containment.ts';
import { type AnswerFile, compareFiles, fileIdsOf, fileNeighbours, filePrints, kindOfFile, textOfFile } from './files.ts';

const QUESTION = 'Write a program that reads all lines of a file and prints each word with the number of times that it stands there.';
const PROGRAM = `
def count(path):
    counts = {}
    for line in open(path):
        for word in line.split():
            if word in counts: counts[word] = counts[word] + 1
            else: counts[word] = 1
    return counts
for word, number in sorted(count("words.txt").items()): print(word, number)
`;
const item: DrawnItem = {
  id: 'i', questionId: 'q', points: '4', number: 1,
  question: { type: 'file-upload', text: { format: 'plain', value: QUESTION }, points: '4' },
} as unknown as DrawnItem;

const file = (fileName: string, text: string | null, bytes = text ?? fileName): AnswerFile =>
  ({ fileName, text, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
const shared = (a: readonly number[], b: readonly number[]): number => a.filter((print) => b.includes(print)).length;

describe('the bytes of a file', () => {
  test.each([
    ['UTF-8', Buffer.from('Größe µ'), 'Größe µ'],
    ['UTF-16 of old Windows programs', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Größe', 'utf16le')]), 'Größe'],
    ['Latin-1', Buffer.from('Größe', 'latin1'), 'Größe'],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]), null],
    ['text with a zero byte', Buffer.from('a\0b'), null],
    ['an archive', Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0, 0xff, 0xe0]), null],
  ])('%s are read or left', (_, bytes, wanted) => expect(textOfFile('answer', bytes)).toBe(wanted));

  test.each([['main.PY', 'code'], ['page.html', 'html'], ['essay.txt', 'prose'], ['README', 'prose'], ['a.b.java', 'code']] as const)('%s is %s', (name, kind) => expect(kindOfFile(name)).toBe(kind));
});

describe('fingerprints of handed-in files', () => {
  test('of a program stay the same under other names of variables, other comments and another file name', () => {
    const renamed = PROGRAM.replaceAll('counts', 'total').replaceAll('word', 'w').replace('def count', '# my own work\ndef tally');
    const [a, b] = [filePrints(item, [file('a.py', PROGRAM)]), filePrints(item, [file('homework.py', renamed)])];
    expect(shared(a, b)).toBeGreaterThan(a.length * 0.7);
  });
  test('of what is no text are shared by the same bytes, and by nothing else', () => {
    const scan = filePrints(item, [file('scan.png', null, 'pixels')]);
    expect(scan).toHaveLength(16);
    expect(filePrints(item, [file('other name.png', null, 'pixels')])).toEqual(scan);
    expect(shared(filePrints(item, [file('scan.png', null, 'pixelz')]), scan)).toBe(0);
  });
  test('leave out what the question gave, and empty files', () => {
    expect(filePrints(item, [file('answer.txt', QUESTION), file('empty.bin', null, '')])).toEqual([]);
  });
});

describe('words near each other in handed-in files', () => {
  test('are taken from prose, without those of the question, and neither from code nor from bytes', () => {
    const prose = 'green leaves gather light from above';
    expect(fileNeighbours(item, [file('a.txt', prose), file('b.py', PROGRAM), file('c.png', null)])).toEqual(fileNeighbours(item, [file('d.txt', prose)]));
    expect(fileNeighbours(item, [file('a.txt', prose)])).toHaveLength(12);
    expect(fileNeighbours(item, [file('a.txt', QUESTION)])).toEqual([]);
    expect(fileNeighbours(item, [file('b.py', PROGRAM), file('c.png', null)])).toBeUndefined();
  });
});

describe('the files of two answers', () => {
  test('lie side by side with what both say and the files that are the same', () => {
    const found = compareFiles(item, [file('a.py', PROGRAM), file('x.png', null, 'pixels')], [file('b.py', `import os\n${PROGRAM}`), file('y.png', null, 'pixels')], 10_000);
    expect(found.same).toHaveLength(1);
    const [range] = found.ranges;
    expect(found.a!.slice(range!.aFrom, range!.aTo)).toContain('counts[word] + 1');
    expect(found.b!.slice(range!.bFrom, range!.bTo)).toContain('counts[word] + 1');
  });
  test('are cut where a page could not show them, and two empty files are no match', () => {
    const found = compareFiles(item, [file('a.txt', 'x'.repeat(50)), file('e', null, '')], [file('f', null, '')], 20);
    expect([found.a?.length, found.b, found.same, found.ranges]).toEqual([20, null, [], []]);
  });
  test('are known for questions of files only', () => {
    expect(fileIdsOf(item, { fileIds: ['f1', 'f2'] })).toEqual(['f1', 'f2']);
    expect(fileIdsOf({ ...item, question: { ...item.question, type: 'essay' } } as DrawnItem, { fileIds: ['f1'] })).toEqual([]);
    expect(fileIdsOf({ ...item, rule: 'drop' } as DrawnItem, { fileIds: ['f1'] })).toEqual([]);
  });
});

test.each([
  ['all of the shorter text', 'a river runs', 'once a river runs here', [{ aFrom: 0, aTo: 12, bFrom: 5, bTo: 17 }], 1],
  ['half of it, counted once where it stands twice in the other one', 'abcd efgh', 'abcd and abcd again', [{ aFrom: 0, aTo: 4, bFrom: 0, bTo: 4 }, { aFrom: 0, aTo: 4, bFrom: 9, bTo: 13 }], 4 / 9],
  ['nothing', 'abc', 'xyz', [], null],
  ['a side without a text', null, 'xyz', [{ aFrom: 0, aTo: 1, bFrom: 0, bTo: 1 }], null],
])('%s is contained', (_, a, b, ranges, wanted) => expect(containmentOf(a, b, ranges)).toBe(wanted));
