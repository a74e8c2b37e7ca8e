import { describe, expect, it } from 'vitest';
import { checkQuestion } from './check-question.ts';
import type { QuestionContent, RichText, VisibleOption } from './types.ts';

const plain = (value: string): RichText => ({ format: 'plain', value });
const option = (id: string, text = `text ${id}`): VisibleOption => ({ id, text: plain(text) });
const base = { text: plain('What?'), points: '1' };
const abc = [option('a'), option('b'), option('c')];
const media = [{ id: 'm1' }];
const short = { accepted: [{ text: 'x' }], matchCase: false, collapseSpaces: true };

const single = { ...base, type: 'single-choice', options: abc, key: { optionId: 'a' } } as const;
const multiple = { ...base, type: 'multiple-choice', options: abc, key: { optionIds: ['a', 'b'], scoring: 'partial' } } as const;
const weighted = (key: object): QuestionContent => ({ ...multiple, key: { optionIds: [], scoring: 'weights', ...key } });
const shortText = (key: object): QuestionContent => ({ ...base, type: 'short-text', key: { ...short, ...key } });
const numeric = (accepted: object, rest: object = {}): QuestionContent =>
  ({ ...base, type: 'numeric', key: { accepted: [accepted], ...rest } }) as QuestionContent;
const essay = (key: object): QuestionContent => ({ ...base, type: 'essay', key });
const matching = (pairs: Record<string, string>): QuestionContent => ({
  ...base,
  type: 'matching',
  options: { left: [option('l1'), option('l2')], right: [option('r1'), option('r2')] },
  key: { pairs },
});
const ordering = (order: string[]): QuestionContent => ({ ...base, type: 'ordering', options: abc, key: { order } });
const cloze = (text: string, gaps: object, keys: object): QuestionContent =>
  ({ ...base, type: 'cloze', text: plain(text), options: { gaps }, key: { gaps: keys } }) as QuestionContent;
const hotSpot = (area: object, rest: object = {}): QuestionContent =>
  ({ ...base, type: 'hot-spot', media, key: { areas: [{ shape: 'rect', points: [[0, 0], [1, 1]], ...area }] }, ...rest }) as QuestionContent;

const GOOD: [string, QuestionContent][] = [
  ['single choice', single],
  ['single choice with part credit', { ...single, key: { optionId: 'a', weights: { b: '0.5', c: '-1' } } }],
  ['zero points', { ...single, points: '0' }],
  ['no text but an image', { ...single, text: plain(''), media }],
  ['multiple choice', multiple],
  ['weights with a floor', weighted({ weights: { a: '0.5', b: '0.5', c: '-0.3333333333' }, minRatio: '-1' })],
  ['true or false', { ...base, type: 'true-false', key: { value: false } }],
  ['short text', shortText({})],
  ['short text by pattern alone', shortText({ accepted: [], pattern: 'colou?r' })],
  ['number with tolerance 0', numeric({ value: '3.14', tolerance: '0' })],
  ['number in a range of one point', numeric({ min: '2', max: '2', ratio: '0.5' })],
  ['number with units', { ...numeric({ value: '1' }, { units: [{ name: 'm', factor: '1' }, { name: 'cm', factor: '0.01' }] }) }],
  ['essay', essay({})],
  ['essay with limits', essay({ minWords: 100, maxWords: 100, sample: 's' })],
  ['matching with a shared partner', matching({ l1: 'r1', l2: 'r1' })],
  ['ordering', ordering(['c', 'a', 'b'])],
  [
    'cloze of every kind',
    cloze(
      'A [[g1]] and [[g2]] and [[g3]].',
      { g1: { kind: 'text' }, g2: { kind: 'choice', options: abc }, g3: { kind: 'numeric' } },
      { g1: { ...short, points: '2' }, g2: { optionId: 'b' }, g3: { accepted: [{ value: '4' }] } },
    ),
  ],
  ['hot-spot', hotSpot({})],
  ['hot-spot with a polygon', hotSpot({ shape: 'polygon', points: [[0, 0], [1, 0], [1, 1]], ratio: '0.5' })],
  ['file upload', { ...base, type: 'file-upload' }],
  ['code', { ...base, type: 'code', options: { languages: ['c'] } }],
];

const BAD: [string, QuestionContent, string[]][] = [
  ['an empty text', { ...single, text: plain('  ') }, ['/text']],
  ['a character no database holds', { ...single, text: plain('a\u0000') }, ['']],
  ['negative points', { ...single, points: '-1' }, ['/points']],
  ['points with five places', { ...single, points: '0.00001' }, ['/points']],
  ['one option', { ...single, options: [option('a')] }, ['/options']],
  ['the same option id twice', { ...single, options: [option('a'), option('a')] }, ['/options/1/id']],
  ['an empty option', { ...single, options: [option('a'), option('b', ' ')] }, ['/options/1/text']],
  ['a key that is no option', { ...single, key: { optionId: 'z' } }, ['/key/optionId']],
  ['a weight of no option', { ...single, key: { optionId: 'a', weights: { z: '0.5' } } }, ['/key/weights/z']],
  ['a weight above 1', { ...single, key: { optionId: 'a', weights: { b: '1.0001' } } }, ['/key/weights/b']],
  ['a weight below -1', weighted({ weights: { a: '1', b: '-1.1' } }), ['/key/weights/b']],
  ['no right option', { ...multiple, key: { optionIds: [], scoring: 'partial' } }, ['/key/optionIds']],
  ['a right option named twice', { ...multiple, key: { optionIds: ['a', 'a'], scoring: 'partial' } }, ['/key/optionIds/1']],
  ['weights without a positive one', weighted({ weights: { a: '0', b: '-1' } }), ['/key/weights']],
  ['weights absent', weighted({}), ['/key/weights']],
  ['a floor above 0', weighted({ weights: { a: '1' }, minRatio: '0.1' }), ['/key/minRatio']],
  ['nothing accepted', shortText({ accepted: [] }), ['/key/accepted']],
  ['an empty accepted text', shortText({ accepted: [{ text: ' ' }] }), ['/key/accepted/0/text']],
  ['a negative ratio', shortText({ accepted: [{ text: 'x', ratio: '-0.1' }] }), ['/key/accepted/0/ratio']],
  ['a broken pattern', shortText({ pattern: '(' }), ['/key/pattern']],
  ['an empty pattern', shortText({ pattern: '' }), ['/key/pattern']],
  ['a number that is none', numeric({ value: '3,14' }), ['/key/accepted/0/value']],
  ['a negative tolerance', numeric({ value: '1', tolerance: '-0.1' }), ['/key/accepted/0/tolerance']],
  ['a range upside down', numeric({ min: '2', max: '1' }), ['/key/accepted/0/max']],
  ['a range without numbers', numeric({ min: 'a', max: '' }), ['/key/accepted/0/min', '/key/accepted/0/max']],
  ['no accepted number', { ...base, type: 'numeric', key: { accepted: [] } }, ['/key/accepted']],
  ['a unit twice', numeric({ value: '1' }, { units: [{ name: 'm', factor: '1' }, { name: 'm', factor: '2' }] }), ['/key/units/1/name']],
  ['a unit of factor 0', numeric({ value: '1' }, { units: [{ name: 'm', factor: '0' }] }), ['/key/units/0/factor']],
  ['an offered unit without factor', { ...base, type: 'numeric', options: { units: ['m'] }, key: { accepted: [{ value: '1' }] } }, ['/options/units/0']],
  ['word limits upside down', essay({ minWords: 10, maxWords: 9 }), ['/key/maxWords']],
  ['half a word', essay({ minWords: 0.5 }), ['/key/minWords']],
  ['a limit of no words', essay({ maxWords: 0 }), ['/key/maxWords']],
  ['a row without partner', matching({ l1: 'r1' }), ['/key/pairs/l2']],
  ['a pair of unknown rows', matching({ l1: 'r1', l2: 'z', x: 'r2' }), ['/key/pairs/l2', '/key/pairs/x']],
  ['an order that leaves one out', ordering(['a', 'b']), ['/key/order']],
  ['an order that names one twice', ordering(['a', 'b', 'b']), ['/key/order']],
  ['a cloze without marks', cloze('No gap', {}, {}), ['/text']],
  ['a mark without gap', cloze('[[g1]] [[g2]]', { g1: { kind: 'text' } }, { g1: short }), ['/options/gaps/g2']],
  ['a gap without mark', cloze('[[g1]]', { g1: { kind: 'text' }, g2: { kind: 'text' } }, { g1: short, g2: short }), ['/options/gaps/g2']],
  ['a gap marked twice', cloze('[[g1]] [[g1]]', { g1: { kind: 'text' } }, { g1: short }), ['/text']],
  ['a gap without key', cloze('[[g1]]', { g1: { kind: 'text' } }, {}), ['/key/gaps/g1']],
  ['a key without gap', cloze('[[g1]]', { g1: { kind: 'text' } }, { g1: short, g9: short }), ['/key/gaps/g9']],
  ['a text gap with a choice key', cloze('[[g1]]', { g1: { kind: 'text' } }, { g1: { optionId: 'a' } }), ['/key/gaps/g1']],
  ['a number gap with a text key', cloze('[[g1]]', { g1: { kind: 'numeric' } }, { g1: short }), ['/key/gaps/g1']],
  ['a choice gap with a wrong key', cloze('[[g1]]', { g1: { kind: 'choice', options: abc } }, { g1: { optionId: 'z' } }), ['/key/gaps/g1/optionId']],
  ['a hot-spot without image', hotSpot({}, { media: [] }), ['/media']],
  ['a rectangle of one corner', hotSpot({ points: [[0, 0]] }), ['/key/areas/0/points']],
  ['an area off the image', hotSpot({ points: [[0, 0], [1, 1.1]] }), ['/key/areas/0/points']],
  ['areas that earn nothing', hotSpot({ ratio: '-0.5' }), ['/key/areas']],
  ['a hot-spot for no points', hotSpot({}, { options: { maxPoints: 0 } }), ['/options/maxPoints']],
];

describe('checkQuestion', () => {
  it.each(GOOD)('accepts %s', (_name, question) => {
    expect(checkQuestion(question)).toEqual({ ok: true });
  });

  it.each(BAD)('refuses %s and points at it', (_name, question, pointers) => {
    const result = checkQuestion(question);
    expect(result.ok ? [] : result.errors.map((error) => error.pointer)).toEqual(pointers);
  });
});
