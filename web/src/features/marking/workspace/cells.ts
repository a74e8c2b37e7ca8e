import type { AnswerRow } from '../api.ts';

/** How an answer looks among the others. */
export type CellState = 'done' | 'flag' | 'held' | 'waits';

/** What matters most about an answer for somebody who marks. */
export function cellState(row: Pick<AnswerRow, 'flagged' | 'state' | 'mine' | 'lease'>): CellState {
  if (row.flagged) return 'flag';
  if (row.state === 'done' || row.mine) return 'done';
  return row.lease !== null && !row.lease.mine ? 'held' : 'waits';
}

/** The answer before or after one, in the order of the list. */
export function neighbour(rows: readonly AnswerRow[], sessionId: string | undefined, step: 1 | -1): AnswerRow | undefined {
  const at = rows.findIndex((row) => row.sessionId === sessionId);
  return at < 0 ? rows[0] : rows[at + step];
}
