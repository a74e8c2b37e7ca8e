import { describe, expect, it } from 'vitest';

import { containing, cutPage, isPosition } from '#db/keyset.ts';

const ID = '0196e5a0-0000-7000-8000-000000000000';

describe('isPosition', () => {
  it.each<[string, 'number' | 'text', unknown, unknown, boolean]>([
    ['a number and an id', 'number', 1, ID, true],
    ['a text and an id', 'text', 'a', ID, true],
    ['a number where a text is ordered', 'text', 1, ID, false],
    ['a text where a number is ordered', 'number', '1', ID, false],
    ['a number that no bigint holds', 'number', 1e300, ID, false],
    ['a fraction', 'number', 1.5, ID, false],
    ['null', 'number', null, ID, false],
    ['no id', 'number', 1, 'x', false],
    ['SQL as an id', 'number', 1, `${ID}'; --`, false],
  ])('%s', (_title, kind, value, id, fine) => {
    expect(isPosition(kind, value, id)).toBe(fine);
  });
});

describe('cutPage', () => {
  const rows = [1, 2, 3].map((value) => ({ id: `id${value}`, sortValue: value }));

  it('cuts the extra row off and tells where the page ended', () => {
    expect(cutPage(rows, 2, (row) => row.id, (row) => row.id)).toEqual({ items: ['id1', 'id2'], next: { value: 2, id: 'id2' } });
  });

  it('has no next page when the extra row is missing', () => {
    expect(cutPage(rows, 3, (row) => row.id, (row) => row.id).next).toBeNull();
    expect(cutPage([] as typeof rows, 3, (row) => row.id, (row) => row.id)).toEqual({ items: [], next: null });
  });
});

describe('containing', () => {
  it('takes signs of patterns as letters', () => {
    expect(containing('50%_\\')).toBe('%50\\%\\_\\\\%');
  });
});
