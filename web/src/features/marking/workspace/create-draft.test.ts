import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';

import type { Answer } from '../api.ts';
import { createDraft, type Draft } from './create-draft.ts';
import { makeAnswer } from './testing.ts';

function begin(change: Partial<Answer> = {}): Draft {
  const draft = createRoot(() => createDraft());
  draft.begin(makeAnswer(change));
  return draft;
}

const written = { points: '2', rubricVersion: 3, selection: [{ criterionId: 'b', levelId: null, comment: null }], parts: null, comment: 'Good.', annotations: [], role: 'first' as const, closedVersion: 1, savedAt: '2026-12-01T09:00:00.000Z', refused: false };

test('points follow the rubric, and a choice can be taken back', () => {
  const draft = begin();
  expect([draft.points(), draft.fault(), draft.isChanged()]).toEqual(['', 'missing', false]);
  draft.pick('a');
  draft.pick('b');
  expect([draft.points(), draft.fault(), draft.isByHand()]).toEqual(['3', undefined, false]);
  draft.pick('a');
  expect(draft.points()).toBe('2');
  expect(draft.content()).toMatchObject({ points: null, rubricVersion: 3, selection: [{ criterionId: 'b', levelId: null }] });
});

test('points by hand win until the rubric is used again', () => {
  const draft = begin();
  draft.pick('a');
  draft.setPoints('2,5');
  expect([draft.points(), draft.byRubric(), draft.isByHand()]).toEqual(['2,5', '1', true]);
  expect(draft.content().points).toBe('2.5');
  draft.pick('b');
  expect([draft.points(), draft.isByHand()]).toEqual(['3', false]);
});

test('a mark without a rubric carries none', () => {
  const draft = begin();
  draft.setPoints('0');
  expect(draft.content()).toMatchObject({ points: '0', rubricVersion: null, selection: null, comment: null });
});

test('what was written before comes back, and is no change', () => {
  const draft = begin({ draft: { ...written, annotations: [{ kind: 'text', start: 12, end: 16, quote: 'code', note: 'Which?', tone: 'bad' }] } });
  expect([draft.picks(), draft.points(), draft.comment(), draft.isChanged()]).toEqual([{ b: true }, '2', 'Good.', false]);
  expect(draft.notes()).toMatchObject([{ start: 12, end: 16, note: 'Which?', tone: 'bad' }]);
  draft.setComment('Good!');
  expect(draft.isChanged()).toBe(true);
});

test('stored points that the rubric does not give were set by hand; a criterion that is gone is dropped', () => {
  const draft = begin({ draft: { ...written, points: '4', selection: [{ criterionId: 'gone', levelId: null, comment: null }] } });
  expect([draft.picks(), draft.points(), draft.isByHand()]).toEqual([{}, '4', true]);
});

test('notes on images come back, can be moved and removed', () => {
  const draft = begin({ draft: { ...written, annotations: [{ kind: 'image', fileId: null, x: 0.5, y: 0.25, width: 0, height: 0, note: 'Here', criterionId: null }] } });
  expect(draft.content().annotations).toEqual([{ kind: 'image', fileId: null, x: 0.5, y: 0.25, width: 0, height: 0, note: 'Here', tone: 'neutral' }]);
  const id = draft.addImageNote({ fileId: 'f', x: 0, y: 0, width: 0.1, height: 0.1, note: 'There', tone: 'bad', criterionId: 'a' });
  draft.moveImageNote(id, { x: 0.2, y: 0.3, width: 0.1, height: 0.1 });
  draft.removeNote(draft.imageNotes()[0]!.id);
  expect(draft.content().annotations).toEqual([{ kind: 'image', fileId: 'f', x: 0.2, y: 0.3, width: 0.1, height: 0.1, note: 'There', tone: 'bad', criterionId: 'a' }]);
});

test('what is said about a criterion goes with its choice', () => {
  const draft = begin({ draft: { ...written, selection: [{ criterionId: 'b', levelId: null, comment: 'Well put.' }] } });
  draft.setRemark('a', 'Nearly.');
  expect(draft.content().selection).toEqual([{ criterionId: 'b', levelId: null, comment: 'Well put.' }]);
  draft.pick('a');
  expect(draft.content().selection).toEqual([{ criterionId: 'b', levelId: null, comment: 'Well put.' }, { criterionId: 'a', levelId: null, comment: 'Nearly.' }]);
});

test('parts add up to the points, up to what the question is worth', () => {
  const draft = begin({ rubric: { ...makeAnswer().rubric, criteria: [] } });
  draft.setParts([{ label: 'a', points: '1,5', comment: '' }, { label: 'b', points: '', comment: 'Why?' }]);
  expect([draft.points(), draft.fault()]).toEqual(['', 'missing']);
  draft.changePart(draft.parts()[1]!.id, { points: '7' });
  expect([draft.points(), draft.fault(), draft.isByHand()]).toEqual(['6', undefined, false]);
  draft.changePart(draft.parts()[1]!.id, { points: '2' });
  expect(draft.content()).toMatchObject({ points: null, parts: [{ label: 'a', points: '1.5', comment: null }, { label: 'b', points: '2', comment: 'Why?' }] });
});

test('a reusable comment that was put in is counted once', () => {
  const draft = begin();
  draft.setComment('See the key.', 'c1');
  draft.setComment('See the key. See the key.', 'c1');
  expect(draft.content()).toMatchObject({ comment: 'See the key. See the key.', commentIds: ['c1'] });
});
