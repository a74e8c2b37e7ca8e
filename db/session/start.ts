import { randomBytes } from 'node:crypto';

import { type ProblemCode, Refusal } from '#domain/problem.ts';
import { v7 as uuidv7 } from 'uuid';

import type { Origin } from '../audit.ts';
import { type Db, sqlState } from '../connection.ts';
import { sessionColumns, type SessionRow, toSessionRow } from './rows.ts';

/** What `startSession` needs. */
export interface StartRequest {
  readonly examId: string;
  readonly studentId: string;
  /** Checks what the student typed against the stored hash; called only for an exam with an access code, outside any transaction. */
  readonly accessCodeOk: (hash: string) => Promise<boolean>;
  readonly origin: Origin;
}

/** A started or resumed session. */
export interface Started {
  readonly session: SessionRow;
  readonly created: boolean;
}

const DETAILS: Partial<Record<ProblemCode, string>> = {
  'not-found': 'There is no such exam.',
  'not-assigned': 'You are not assigned to this exam.',
  'exam-not-open': 'The exam has not opened yet.',
  'exam-closed': 'The exam is closed.',
  'late-entry-closed': 'It is too late to enter this exam.',
  'attempts-used': 'All attempts are used.',
  'session-closed': 'Your session was closed by staff; ask them to re-open it.',
  'session-paused': 'The exam is paused; wait until it is resumed.',
};

const START = {
  name: 'start-session',
  text: `select t.refusal, t.needed_hash, t.created, ${sessionColumns('(t.session)')}
    from start_session($1, $2, $3, $4, $5, $6, $7, $8) t`,
};

const TWINS_SETTLED = new Set(['40001', '40P01']);
const ATTEMPTS = 3;

/**
 * Starts the session of a student, or answers the open one: however often and from however many devices it is called, there is
 * one. Decided in one database call under the shared lock of the exam, so that no exam-wide change misses it.
 * Emits `started`, audit, outbox and presence in the same transaction.
 * @throws Refusal `not-found`, `not-assigned`, `exam-not-open`, `exam-closed`, `late-entry-closed`, `attempts-used`,
 * `session-closed` (the last one was ended by staff), `session-paused` (everybody is paused), `wrong-access-code`
 */
export async function startSession(db: Pick<Db, 'pool'>, request: StartRequest): Promise<Started> {
  const id = uuidv7();
  const seed = (randomBytes(8).readBigUInt64BE() >> 1n).toString();
  let codeHash: string | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const row = await callStart(db, request, id, seed, codeHash, attempt < ATTEMPTS);
    if (row === undefined) continue;
    if (row.refusal === null) return { session: toSessionRow(row), created: row.created };
    if (row.refusal !== 'access-code') throw new Refusal(row.refusal, DETAILS[row.refusal] ?? 'The exam can not be started.');
    // asked again with another hash: staff changed the code in between
    if (attempt >= ATTEMPTS || !(await request.accessCodeOk(row.needed_hash))) {
      throw new Refusal('wrong-access-code', 'The access code is wrong.');
    }
    codeHash = row.needed_hash;
  }
}

type StartAnswer = { created: boolean } & ({ refusal: null } | { refusal: ProblemCode } | { refusal: 'access-code'; needed_hash: string });

async function callStart(
  db: Pick<Db, 'pool'>, request: StartRequest, id: string, seed: string, codeHash: string | null, mayRetry: boolean,
): Promise<StartAnswer | undefined> {
  const { origin } = request;
  try {
    const { rows } = await db.pool.query<StartAnswer>({
      ...START,
      values: [request.examId, request.studentId, id, seed, codeHash, origin.actorId, origin.address, origin.requestId],
    });
    return rows[0] as StartAnswer;
  } catch (error) {
    if (mayRetry && TWINS_SETTLED.has(sqlState(error) ?? '')) return undefined;
    throw error;
  }
}
