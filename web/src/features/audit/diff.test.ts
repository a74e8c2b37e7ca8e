import { expect, test } from 'vitest';

import { actionText } from './actions.ts';
import { changesOf } from './diff.ts';

test('only what differs is shown, new and gone fields included', () => {
  expect(changesOf({ title: 'A', minutes: 60, gone: true }, { title: 'A', minutes: 90, added: ['x'] })).toEqual([
    { field: 'minutes', before: '60', after: '90' },
    { field: 'gone', before: 'true', after: '' },
    { field: 'added', before: '', after: '["x"]' },
  ]);
  expect(changesOf(null, { title: 'A' })).toEqual([{ field: 'title', before: '', after: 'A' }]);
  expect(changesOf(null, null)).toEqual([]);
});

test('an act is said in words, a new one by its name', () => {
  expect(actionText('user.change-password')).toBe('Changed a password');
  expect(actionText('new-thing.turn-round')).toBe('New thing: turn round');
});
