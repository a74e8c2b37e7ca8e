import type { ProblemCode } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';
import type { AnswerInput } from './answer-types.ts';

/** A response that was refused and kept. */
export interface RefusedAnswer {
  readonly id: number;
  readonly itemId: string;
  readonly response: unknown;
  readonly code: string;
  readonly clientId: string | null;
  readonly clientSeq: number | null;
  readonly baseRevision: number | null;
  readonly atMs: number;
}

/** Keeps responses apart that were refused before they came to the answer path. */
export async function keepRefused(tx: Queryable, answers: readonly AnswerInput[], code: ProblemCode): Promise<void> {
  for (const answer of answers) {
    await tx.query(
      'insert into refused_answers (session_id, item_id, client_id, client_seq, base_revision, response, code) values ($1, $2, $3, $4, $5, $6, $7)',
      [
        answer.sessionId, answer.itemId, answer.clientId, answer.clientSeq, answer.baseRevision,
        answer.responseJson ?? JSON.stringify(answer.response), code,
      ],
    );
  }
}

/** One page of the refused responses of a session, oldest first; `after` is the id of the last one known. */
export async function pageRefusedAnswers(q: Queryable, sessionId: string, after: number, limit: number): Promise<RefusedAnswer[]> {
  const { rows } = await q.query<{
    id: number; item_id: string; response: unknown; code: string; client_id: string | null; client_seq: number | null; base_revision: number | null; at: Date;
  }>(
    `select id, item_id, response, code, client_id, client_seq, base_revision, at
       from refused_answers where session_id = $1 and id > $2 order by id limit $3`,
    [sessionId, after, limit],
  );
  return rows.map((row) => ({
    id: row.id, itemId: row.item_id, response: row.response, code: row.code, clientId: row.client_id, clientSeq: row.client_seq,
    baseRevision: row.base_revision, atMs: row.at.getTime(),
  }));
}
