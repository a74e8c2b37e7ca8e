import { expect, test } from 'vitest';

import { bandsOf, scaleInOf } from './scale.ts';

const bands = [{ label: 'A', at: ' 50 ' }, { label: 'B', at: '0' }];

test('each kind is asked for in its own shape', () => {
  expect(scaleInOf('percent', 'percent', 2, bands)).toEqual({ kind: 'percent', places: 2 });
  expect(scaleInOf('bands', 'points', 1, bands)).toEqual({ kind: 'bands', places: 1, unit: 'points', bands: [{ label: 'A', from: '50' }, { label: 'B', from: '0' }] });
  expect(scaleInOf('letters', 'percent', 2, [])).toEqual({ kind: 'letters', places: 2 });
  expect(scaleInOf('percentile', 'percent', 2, bands)).toEqual({ kind: 'percentile', places: 2, bands: [{ label: 'A', topPercent: '50' }, { label: 'B', topPercent: '0' }] });
});

test('a percentile band shows its share, not the cut-off that was computed', () => {
  expect(bandsOf({ kind: 'percentile', bands: [{ label: 'A', from: '81.2', topPercent: '20', count: 3 }] })).toEqual([{ label: 'A', at: '20' }]);
});
