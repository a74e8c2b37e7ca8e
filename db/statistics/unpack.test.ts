import { expect, test } from 'vitest';

import { unpack } from './unpack.ts';

test('what the database has packed comes out as it went in', () => {
  const session = {
    studentId: 's', points: '2.5', maxPoints: '5', percent: 50, passed: null,
    cells: '0:1.0000:1.0000;1:0.5:2;2:1:1;3:0:1;4:0:1', answered: '1 2 3', single: '0:a:1', choices: '{"1": {"optionIds": ["x", "y"]}, "2": {"value": false}, "4": {"optionIds": []}}',
  };
  const completion = { assigned: 1, started: 1, submitted: 1, expired: 0, terminated: 0, withdrawn: 0, minutes: [] };
  const { sessions: [first, second] } = unpack({
    items: [], facts: { passPercent: null, closed: 2, counted: 2, pending: 0, completion, batches: [], times: [], sessions: [session, { ...session, cells: '', answered: '', single: '', choices: null }] },
  });
  expect(first).toMatchObject({ points: 2.5, maxPoints: 5 });
  expect(first!.cells).toEqual([
    { item: 0, points: 1, maxPoints: 1, answered: true, chosen: ['a:1'] },
    { item: 1, points: 0.5, maxPoints: 2, answered: true, chosen: ['x', 'y'] },
    { item: 2, points: 1, maxPoints: 1, answered: true, chosen: ['false'] },
    { item: 3, points: 0, maxPoints: 1, answered: true, chosen: [] },
    { item: 4, points: 0, maxPoints: 1, answered: false, chosen: [] },
  ]);
  expect(second!.cells).toEqual([]);
});
