import type { StudentExam } from './api.ts';

/** A move of the window that a student should read about. */
export interface Move {
  readonly atMs: number;
  readonly opensFromMs: number | null;
  readonly closesFromMs: number | null;
  readonly opensToMs: number;
  readonly closesToMs: number;
  readonly reason: string | null;
}

/** The last move of an exam, as it was read with the exam. */
export function moveOf({ moved, window }: Pick<StudentExam, 'moved' | 'window'>): Move | undefined {
  if (moved == null || window === null) return undefined;
  return {
    atMs: Date.parse(moved.at),
    opensFromMs: moved.opensAtBefore === null ? null : Date.parse(moved.opensAtBefore),
    closesFromMs: moved.closesAtBefore === null ? null : Date.parse(moved.closesAtBefore),
    opensToMs: Date.parse(window.opensAt),
    closesToMs: Date.parse(window.closesAt),
    reason: moved.reason,
  };
}

/** What of a move is worth telling: a moved start, only a moved end, or nothing. */
export function kindOfMove(move: Move): 'start' | 'end' | undefined {
  if (move.opensFromMs !== null && move.opensFromMs !== move.opensToMs) return 'start';
  return move.closesFromMs !== null && move.closesFromMs !== move.closesToMs ? 'end' : undefined;
}
