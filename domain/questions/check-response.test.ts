import { describe, expect, it } from 'vitest';
import { checkResponse } from './check-response.ts';
import type { PaperItem, RichText, VisibleOption } from './types.ts';

const plain = (value: string): RichText => ({ format: 'plain', value });
const option = (id: string): VisibleOption => ({ id, text: plain(id) });
const base = { id: 'i1', text: plain('?'), points: '1' };
const abc = [option('a'), option('b'), option('c')];

const ITEMS = {
  single: { ...base, type: 'single-choice', options: abc },
  multiple: { ...base, type: 'multiple-choice', options: abc },
  trueFalse: { ...base, type: 'true-false' },
  short: { ...base, type: 'short-text' },
  numeric: { ...base, type: 'numeric' },
  numericUnits: { ...base, type: 'numeric', options: { units: ['m', 'cm'] } },
  essay: { ...base, type: 'essay' },
  matching: { ...base, type: 'matching', options: { left: [option('l1'), option('l2')], right: [option('r1'), option('r2')] } },
  ordering: { ...base, type: 'ordering', options: abc },
  cloze: {
    ...base,
    type: 'cloze',
    options: { gaps: { g1: { kind: 'text' }, g2: { kind: 'choice', options: abc }, g3: { kind: 'numeric', units: ['m'] } } },
  },
  hotSpot: { ...base, type: 'hot-spot', options: { maxPoints: 2 } },
  hotSpotOne: { ...base, type: 'hot-spot' },
  files: { ...base, type: 'file-upload', options: { maxFiles: 2 } },
  file: { ...base, type: 'file-upload' },
  code: { ...base, type: 'code', options: { languages: ['c', 'python'] } },
  codeAny: { ...base, type: 'code' },
} as const satisfies Record<string, PaperItem>;

type Name = keyof typeof ITEMS;

const GOOD: [Name, unknown][] = [
  ['single', { optionId: 'b' }],
  ['multiple', { optionIds: [] }],
  ['multiple', { optionIds: ['c', 'a'] }],
  ['trueFalse', { value: false }],
  ['short', { text: '' }],
  ['short', { text: 'Größe 😀' }],
  ['numeric', { value: '3.14' }],
  ['numeric', { value: '3,' }],
  ['numeric', { value: '1', unit: 'kg' }],
  ['numeric', { value: '1'.repeat(100) }],
  ['numericUnits', { value: '1', unit: 'cm' }],
  ['essay', { text: 'x' }],
  ['essay', { text: '<p>x</p>', format: 'html' }],
  ['matching', { pairs: {} }],
  ['matching', { pairs: { l1: 'r2', l2: 'r2' } }],
  ['ordering', { order: ['c', 'b', 'a'] }],
  ['ordering', { order: ['c'] }],
  ['cloze', { gaps: {} }],
  ['cloze', { gaps: { g1: { text: 'x' }, g2: { optionId: 'a' }, g3: { value: '1', unit: 'm' } } }],
  ['cloze', { gaps: { g1: null } }],
  ['hotSpot', { points: [[0, 1], [0.5, 0.25]] }],
  ['files', { fileIds: ['f1', 'f2'] }],
  ['code', { text: 'int main;', language: 'c' }],
  ['codeAny', { text: '', language: 'cobol' }],
];

const BAD: [Name, unknown, string[]][] = [
  ['single', 'b', ['']],
  ['single', ['b'], ['']],
  ['single', 5, ['']],
  ['single', undefined, ['']],
  ['single', {}, ['/optionId']],
  ['single', { optionId: 'z' }, ['/optionId']],
  ['single', { optionId: 'A' }, ['/optionId']],
  ['single', { optionId: null }, ['/optionId']],
  ['single', { optionId: ['a'] }, ['/optionId']],
  ['single', { optionId: 'a', extra: 1 }, ['/extra']],
  ['single', { optionIds: ['a'] }, ['/optionIds', '/optionId']],
  ['single', { optionId: 'a', 'x/y~z': 1 }, ['/x~1y~0z']],
  ['multiple', { optionIds: 'a' }, ['/optionIds']],
  ['multiple', { optionIds: ['a', 'z', 7] }, ['/optionIds/1', '/optionIds/2']],
  ['multiple', { optionIds: ['a', 'b', 'a'] }, ['/optionIds/2']],
  ['trueFalse', { value: 'true' }, ['/value']],
  ['trueFalse', { value: 1 }, ['/value']],
  ['short', { text: 1 }, ['/text']],
  ['short', { text: 'a\u0000' }, ['/text']],
  ['short', { text: '\ud83d' }, ['/text']],
  ['numeric', { value: 3.14 }, ['/value']],
  ['numeric', { value: '1'.repeat(101) }, ['/value']],
  ['numeric', { value: '1', unit: 3 }, ['/unit']],
  ['numeric', { value: '1', unit: '\u0000' }, ['/unit']],
  ['numericUnits', { value: '1', unit: 'km' }, ['/unit']],
  ['essay', { text: null }, ['/text']],
  ['essay', { text: 'x', format: 'markdown' }, ['/format']],
  ['essay', { text: 'x', format: 1 }, ['/format']],
  ['matching', { pairs: [] }, ['/pairs']],
  ['matching', { pairs: { l1: 'l2', x: 'r1' } }, ['/pairs/l1', '/pairs/x']],
  ['matching', { pairs: { l1: null } }, ['/pairs/l1']],
  ['matching', JSON.parse('{"pairs":{"__proto__":"r1"}}'), ['/pairs/__proto__']],
  ['ordering', { order: ['a', 'a'] }, ['/order/1']],
  ['ordering', { order: { 0: 'a' } }, ['/order']],
  ['cloze', { gaps: null }, ['/gaps']],
  ['cloze', { gaps: { nope: { text: 'x' } } }, ['/gaps/nope']],
  ['cloze', { gaps: { toString: { text: 'x' } } }, ['/gaps/toString']],
  ['cloze', { gaps: { g1: 'x', g2: { optionId: 'z' }, g3: { value: 1 } } }, ['/gaps/g1', '/gaps/g2/optionId', '/gaps/g3/value']],
  ['cloze', { gaps: { g1: { text: 'x', more: 1 } } }, ['/gaps/g1/more']],
  ['hotSpot', { points: [[0, 1.0001]] }, ['/points/0']],
  ['hotSpot', { points: [[0, 0], [-0.1, 0], [0]] }, ['/points', '/points/1', '/points/2']],
  ['hotSpot', { points: [['0', 0]] }, ['/points/0']],
  ['hotSpotOne', { points: [[0, 0], [1, 1]] }, ['/points']],
  ['hotSpotOne', { points: 'x' }, ['/points']],
  ['files', { fileIds: ['f', 'f', 'g'] }, ['/fileIds', '/fileIds/1']],
  ['file', { fileIds: [1] }, ['/fileIds/0']],
  ['file', { fileIds: {} }, ['/fileIds']],
  ['code', { text: 'x', language: 'java' }, ['/language']],
  ['codeAny', { text: 'x', language: 1 }, ['/language']],
];

describe('checkResponse', () => {
  it.each(Object.keys(ITEMS) as Name[])('takes null as a cleared answer of %s', (name) => {
    expect(checkResponse(ITEMS[name], null)).toEqual({ ok: true });
  });

  it.each(GOOD)('accepts a good response of %s: %j', (name, response) => {
    expect(checkResponse(ITEMS[name], response)).toEqual({ ok: true });
  });

  it.each(BAD)('refuses a bad response of %s and points at each fault: %j', (name, response, pointers) => {
    const result = checkResponse(ITEMS[name], response);
    expect(result.ok ? [] : result.errors.map((error) => error.pointer)).toEqual(pointers);
  });

  it('gives the same object for every good response, so the save path allocates nothing', () => {
    expect(checkResponse(ITEMS.single, { optionId: 'a' })).toBe(checkResponse(ITEMS.short, { text: 'x' }));
  });
});
