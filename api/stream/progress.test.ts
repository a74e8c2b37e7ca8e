import { expect, test } from 'vitest';

import { createProgressBoard, PROGRESS_EVERY_MS } from '#api/stream/progress.ts';

const save = (answered: number, sessionId = 's1') => ({ sessionId, examId: 'e1', answered, total: 20 });

test('the first save of a session is told at the next look, and only its newest figure', () => {
  const board = createProgressBoard();
  board.note(save(1));
  board.note(save(2));
  expect(board.takeDue(1000)).toEqual([save(2)]);
  expect(board.takeDue(1000)).toEqual([]);
});

test('a session is told at most every 5 s, and its last save is told then', () => {
  const board = createProgressBoard();
  board.note(save(1));
  board.takeDue(1000);
  board.note(save(2));
  board.note(save(3));
  expect(board.takeDue(1000 + PROGRESS_EVERY_MS - 1)).toEqual([]);
  expect(board.takeDue(1000 + PROGRESS_EVERY_MS)).toEqual([save(3)]);
});

test('one busy session does not hold back another', () => {
  const board = createProgressBoard();
  board.note(save(1));
  board.takeDue(1000);
  board.note(save(2));
  board.note(save(7, 's2'));
  expect(board.takeDue(1500)).toEqual([save(7, 's2')]);
});
