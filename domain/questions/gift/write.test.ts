import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkQuestion } from '../check-question.ts';
import type { QuestionContent, RichText } from '../types.ts';
import { parseGift } from './parse.ts';
import { type GiftEntry, writeGift } from './write.ts';

const plain = (value: string): RichText => ({ format: 'plain', value });
const base = { text: plain('What?'), points: '1' };
const meta = { tags: [], subject: null, topic: null, difficulty: 'medium' } as const;
const option = (id: string, value = id, feedback?: RichText) => ({ id, text: plain(value), ...(feedback === undefined ? {} : { feedback }) });

function readBack(entry: GiftEntry): unknown {
  const { text } = writeGift([entry]);
  const blocks = parseGift(text);
  expect(blocks.length, text).toBe(1);
  const [block] = blocks;
  if (block?.status !== 'ready') throw new Error(`${block?.reason}\n${text}`);
  return block.question;
}

const CARRIED: [string, QuestionContent][] = [
  ['single choice with feedback', { ...base, type: 'single-choice', options: [option('a', 'A', plain('yes: #1')), option('b', 'B = {b}')], key: { optionId: 'a' } }],
  ['single choice with weights', { ...base, type: 'single-choice', options: [option('a'), option('b'), option('c')], key: { optionId: 'b', weights: { a: '0.3333333333', c: '-0.25' } } }],
  ['options that begin like weights', { ...base, type: 'single-choice', options: [option('a', '%50% of all'), option('b', '%')], key: { optionId: 'a' } }],
  ['options that begin like formats', { ...base, type: 'single-choice', options: [option('a', '[html] is a marker'), option('b', '[x]')], key: { optionId: 'b' } }],
  ['weights', { ...base, type: 'multiple-choice', options: [option('a'), option('b'), option('c')], key: { optionIds: ['a', 'b'], scoring: 'weights', weights: { a: '0.3333333333', b: '0.6666666667', c: '-0.5' } } }],
  ['true', { ...base, type: 'true-false', key: { value: true }, explanation: plain('because\nof this') }],
  ['false', { ...base, type: 'true-false', key: { value: false } }],
  ['short text', { ...base, type: 'short-text', key: { accepted: [{ text: 'a ~ b' }, { text: '%5', ratio: '0.125' }, { text: 'T' }], matchCase: false, collapseSpaces: true } }],
  ['a short text that begins like a weight', { ...base, type: 'short-text', key: { accepted: [{ text: '%50%' }], matchCase: false, collapseSpaces: true } }],
  ['a short text that looks like HTML', { ...base, type: 'short-text', key: { accepted: [{ text: '<br>' }], matchCase: false, collapseSpaces: true } }],
  ['numbers', { ...base, type: 'numeric', key: { accepted: [{ value: '-3.14', tolerance: '0.01' }, { min: '-4', max: '6.02e23', ratio: '0.5' }] } }],
  ['essay', { ...base, type: 'essay', key: {}, explanation: { format: 'html', value: '<p class="x">a</p>' } }],
  [
    'matching with a spare partner',
    {
      ...base,
      type: 'matching',
      options: { left: [option('l1', 'x'), option('l2', 'y')], right: [option('r1', 'ant'), option('r2', 'bee'), option('r3', 'cat')] },
      key: { pairs: { l1: 'r3', l2: 'r1' } },
    },
  ],
  ['HTML', { ...base, text: { format: 'html', value: 'no tag' }, type: 'true-false', key: { value: true } }],
  ['HTML with attributes', { ...base, text: { format: 'html', value: '<a href="x:y#z">a~b</a>' }, type: 'true-false', key: { value: true } }],
  ['Markdown with lines', { ...base, text: { format: 'markdown', value: '# T\n\n* a\n* `{b}`' }, type: 'true-false', key: { value: true } }],
  ['plain text with tags and lines', { ...base, text: plain('a <b>\nc \\ d \\n e $CATEGORY: f'), type: 'true-false', key: { value: true } }],
  ['a text like a comment', { ...base, text: plain('// really'), type: 'true-false', key: { value: true } }],
  ['a text like a title', { ...base, text: plain('::x:: y'), type: 'true-false', key: { value: true } }],
];

describe('writeGift', () => {
  it.each(CARRIED)('writes %s so that it is read back the same', (_name, question) => {
    expect(checkQuestion(question)).toEqual({ ok: true });
    expect(readBack({ question })).toEqual({ ...question, ...meta });
    expect(writeGift([{ question }]).notes).toEqual([]);
  });

  it('carries title, category and tags', () => {
    const question = CARRIED[5]?.[1] as QuestionContent;
    const entries = [
      { question, title: 'A :: B', category: ['Bio: one', 'Cells/Tissues'], tags: ['x', 'y]'] },
      { question, category: ['Bio: one', 'Cells/Tissues'] },
      { question, category: ['Other'] },
      { question },
    ];
    const { text } = writeGift(entries);
    expect(text.match(/\$CATEGORY/g)?.length).toBe(2);
    const [first, second, third, fourth] = parseGift(text);
    expect(first).toMatchObject({ title: 'A :: B', category: ['Bio: one', 'Cells/Tissues'], question: { tags: ['x', 'y'] } });
    expect(second).toMatchObject({ title: '', category: ['Bio: one', 'Cells/Tissues'], question: { tags: [] } });
    expect(third?.category).toEqual(['Other']);
    expect(fourth?.category).toEqual(['Other']);
  });

  it('writes partial scoring as weights that give the same marks', () => {
    const options = ['a', 'b', 'c', 'd'].map((id) => option(id));
    const question: QuestionContent = { ...base, type: 'multiple-choice', options, key: { optionIds: ['a', 'c', 'd'], scoring: 'partial' } };
    expect(readBack({ question })).toMatchObject({
      key: { optionIds: ['a', 'c', 'd'], scoring: 'weights', weights: { a: '0.3333333333', b: '-0.3333333333', c: '0.3333333333', d: '0.3333333333' } },
    });
  });

  it.each<[string, QuestionContent, boolean, string]>([
    ['an ordering', { ...base, type: 'ordering', options: [option('a'), option('b')], key: { order: ['a', 'b'] } }, false, 'ordering'],
    ['a cloze', { ...base, type: 'cloze', options: { gaps: {} }, key: { gaps: {} } }, false, 'cloze'],
    ['a code question', { ...base, type: 'code' }, false, 'code'],
    ['a short text by pattern alone', { ...base, type: 'short-text', key: { accepted: [], matchCase: false, collapseSpaces: true, pattern: 'x' } }, false, 'short-text'],
    [
      'a matching with an arrow in a row',
      { ...base, type: 'matching', options: { left: [option('l', 'A -> B'), option('m')], right: [option('r'), option('s')] }, key: { pairs: { l: 'r', m: 's' } } },
      false,
      'matching',
    ],
    ['a pattern and case', { ...base, type: 'short-text', key: { accepted: [{ text: 'x' }], matchCase: true, collapseSpaces: true, pattern: 'x' } }, true, 'pattern, upper and lower case'],
    ['units', { ...base, type: 'numeric', key: { accepted: [{ value: '1' }], units: [{ name: 'm', factor: '1' }] } }, true, 'units'],
    ['word limits', { ...base, type: 'essay', key: { maxWords: 10 } }, true, 'word limits'],
    ['points and media', { ...base, type: 'essay', key: {}, points: '2', media: [{ id: 'm' }] }, true, 'media, points'],
    ['all or nothing', { ...base, type: 'multiple-choice', options: [option('a'), option('b')], key: { optionIds: ['a'], scoring: 'all-or-nothing' } }, true, 'all or nothing'],
    ['a floor', { ...base, type: 'multiple-choice', options: [option('a'), option('b')], key: { optionIds: ['a'], scoring: 'weights', weights: { a: '1' }, minRatio: '-1' } }, true, 'negative marks'],
  ])('says that %s can not be carried', (_name, question, written, message) => {
    const file = writeGift([{ question }]);
    expect(file.notes).toEqual([{ index: 0, written, message: expect.stringContaining(message) as string }]);
    expect(parseGift(file.text).length).toBe(written ? 1 : 0);
  });

  it('reads back what it wrote of a real file', () => {
    const blocks = parseGift(readFileSync(new URL('../../../tests/fixtures/gift/biology-20.gift', import.meta.url), 'utf8'));
    const entries = blocks.flatMap((block) => (block.status === 'ready' ? [{ question: block.question, title: block.title, category: block.category, tags: block.question.tags }] : []));
    const again = parseGift(writeGift(entries).text);
    expect(again.map((block) => (block.status === 'ready' ? block.question : block.reason))).toEqual(entries.map((entry) => entry.question));
    expect(again.map((block) => block.title)).toEqual(blocks.map((block) => block.title));
  });

  it('reads back any text in any place', () => {
    const text = fc
      .array(fc.constantFrom('\\', '~', '=', '#', '{', '}', ':', '%', '->', '[html]', '//', '::', '\n', 'n', ' ', 'a', 'é', '<b>', '1', 'T', '$CATEGORY:', '####', '..'), { minLength: 1, maxLength: 12 })
      .map((parts) => parts.join('').replace(/[^\S\n]*\n\s*/g, '\n').trim())
      .filter((value) => value !== '');
    const rich = fc.record({ format: fc.constantFrom('plain', 'html', 'markdown'), value: text }) as fc.Arbitrary<RichText>;
    fc.assert(
      fc.property(rich, rich, rich, rich, text, (stem, first, second, explanation, title) => {
        const options = [{ id: 'a', text: first, feedback: second }, { id: 'b', text: second }];
        const question: QuestionContent = { type: 'single-choice', text: stem, points: '1', options, key: { optionId: 'b' }, explanation };
        expect(readBack({ question, title })).toEqual({ ...question, ...meta });
        expect(readBack({ question })).toEqual({ ...question, ...meta });
      }),
      { numRuns: 1000 },
    );
  });
});
