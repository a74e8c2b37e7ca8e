import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';

import { makeAnswer } from '../workspace/testing.ts';
import { createRubric, type RubricDraft } from './create-rubric.ts';

function begin(): RubricDraft {
  let count = 0;
  const rubric = createRoot(() => createRubric(() => `new${(count += 1)}`));
  rubric.begin(makeAnswer().rubric);
  return rubric;
}

test('a rubric that was only read is not changed; ids stay when lines are renamed and moved', () => {
  const rubric = begin();
  expect(rubric.isChanged()).toBe(false);
  rubric.changeLine('a', { label: ' Names it well ' });
  rubric.moveLine('a', 1);
  rubric.moveLine('a', 1);
  expect(rubric.isChanged()).toBe(true);
  expect(rubric.input()).toEqual({ kind: 'additive', criteria: [{ id: 'b', label: 'Explains it', description: '', points: '2' }, { id: 'a', label: 'Names it well', description: '', points: '1' }] });
});

test('lines below 0 do not raise what it can give; a new line is not complete', () => {
  const rubric = begin();
  rubric.addLine();
  expect([rubric.isComplete(), rubric.highest()]).toEqual([false, undefined]);
  rubric.changeLine('new1', { label: 'Wrong statement', points: '−0,5' });
  expect([rubric.isComplete(), rubric.highest()]).toEqual([true, '3']);
  expect(rubric.input().criteria[2]).toMatchObject({ id: 'new1', points: '-0.5' });
});

test('as levels every criterion gets some, and gives its best one', () => {
  const rubric = begin();
  rubric.setKind('level');
  const [line] = rubric.lines();
  expect(line!.levels).toHaveLength(2);
  for (const { id, levels } of rubric.lines()) levels.forEach((level, index) => rubric.changeLevel(id, level.id, { label: `L${index}`, points: String(index * 1.5) }));
  expect([rubric.isComplete(), rubric.highest()]).toEqual([true, '3']);
  rubric.removeLevel('a', line!.levels[1]!.id);
  rubric.removeLevel('a', line!.levels[0]!.id);
  expect(rubric.isComplete()).toBe(false);
});

test('before a rubric has come there is nothing to save', () => {
  expect(createRoot(() => createRubric(() => 'x').isChanged())).toBe(false);
});
