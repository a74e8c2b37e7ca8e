import { hasIllFormedText } from '#domain/text.ts';
import type pg from 'pg';

import type { Queryable } from '../connection.ts';
import { EXPLAIN, SAVE } from './answer-sql.ts';
import type { AnswerInput, AnswerRefusal, AnswerVerdict } from './answer-types.ts';

const UUID_LENGTH = 36;

type SavedRow = [n: number, revision: number, savedAtMs: number, deadlineAtMs: number, sessionVersion: number];
type ExplainedRow = [
  n: number, verdict: AnswerRefusal | 'saved-before' | null, revision: number | null, stored: unknown, savedAtMs: number | null,
  firstRevision: number | null, firstSavedAtMs: number | null, deadlineAtMs: number | null, version: number | null,
];

/** Runs one of the two statements and answers rows as arrays in column order. */
type Run = <Row extends unknown[]>(name: string, text: string, values: string[]) => Promise<Row[]>;

/** Runs them as named prepared statements of one connection. */
export function preparedOn(client: pg.ClientBase): Run {
  return async <Row extends unknown[]>(name: string, text: string, values: string[]) =>
    (await client.query<Row>({ name, text, values, rowMode: 'array' })).rows;
}

/**
 * Saves answers inside a transaction that has locked their session already. One that the database could not store is refused here:
 * an error would end the transaction. Of one item the last counts, and the earlier ones share its verdict.
 */
export async function saveInTransaction(tx: Queryable, inputs: readonly AnswerInput[]): Promise<AnswerVerdict[]> {
  const run: Run = async <Row extends unknown[]>(_name: string, text: string, values: string[]) =>
    (await tx.query<Record<string, unknown>>(text, values)).rows.map((row) => Object.values(row) as Row);
  const byItem = new Map(inputs.filter(isStorable).map((input) => [input.itemId.toLowerCase(), input]));
  const storable = [...byItem.values()];
  const saved = storable.length === 0 ? [] : await saveBatch(run, storable);
  const verdicts = new Map(storable.map((input, index) => [input.itemId.toLowerCase(), saved[index]]));
  return inputs.map(({ itemId }) => {
    if (!verdicts.has(itemId.toLowerCase())) return { ok: false, itemId, code: 'validation-failed' };
    return verdicts.get(itemId.toLowerCase()) ?? { ok: false, itemId, code: 'unavailable' };
  });
}

function isStorable(input: AnswerInput): boolean {
  return hasSoundIds(input) && !hasIllFormedText(input.response);
}

/**
 * Saves a batch in one statement and says of each input what became of it.
 * @param inputs at most one per (session, item)
 * @returns verdicts in the order of the inputs; undefined where somebody holds the session, so that it has to be tried again
 */
export async function saveBatch(run: Run, inputs: readonly AnswerInput[]): Promise<(AnswerVerdict | undefined)[]> {
  const verdicts = new Array<AnswerVerdict | undefined>(inputs.length);
  const saved = await run<SavedRow>('save-answers', SAVE, toParameters(inputs));
  for (const [n, revision, savedAtMs, deadlineAtMs, sessionVersion] of saved) {
    verdicts[n - 1] = { ok: true, itemId: (inputs[n - 1] as AnswerInput).itemId, revision, savedAtMs, deadlineAtMs, sessionVersion };
  }
  if (saved.length < inputs.length) await explainRest(run, inputs, verdicts);
  return verdicts;
}

async function explainRest(run: Run, inputs: readonly AnswerInput[], verdicts: (AnswerVerdict | undefined)[]): Promise<void> {
  const rest: number[] = [];
  for (let index = 0; index < inputs.length; index += 1) if (verdicts[index] === undefined) rest.push(index);
  const subset = rest.map((index) => inputs[index] as AnswerInput);
  const explained = await run<ExplainedRow>('explain-answers', EXPLAIN, toParameters(subset));
  for (const row of explained) {
    const index = rest[row[0] - 1] as number;
    verdicts[index] = toVerdict((inputs[index] as AnswerInput).itemId, row);
  }
}

function toVerdict(itemId: string, row: ExplainedRow): AnswerVerdict | undefined {
  const [, verdict, revision, response, savedAtMs, firstRevision, firstSavedAtMs, deadlineAtMs, version] = row;
  if (verdict === null) return undefined;
  if (verdict === 'saved-before') {
    return {
      ok: true, itemId, revision: firstRevision as number, savedAtMs: firstSavedAtMs as number,
      deadlineAtMs: deadlineAtMs as number, sessionVersion: version as number,
    };
  }
  if (verdict !== 'stale-revision') return { ok: false, itemId, code: verdict };
  return { ok: false, itemId, code: verdict, current: { revision: revision as number, response, savedAtMs: savedAtMs as number } };
}

/** Tells whether the ids of an input can stand in an array literal; anything else has not passed the contract. */
export function hasSoundIds(input: AnswerInput): boolean {
  return input.sessionId.length === UUID_LENGTH && input.itemId.length === UUID_LENGTH
    && (input.clientId === null || input.clientId.length === UUID_LENGTH);
}

/**
 * The six parameters of the statements as literals, built by hand: ids and numbers need no escaping, and responses go as one JSON
 * array. A wrong id fails the statement (class 22), it can not shift the others: two ids do not fit into the length of one.
 */
function toParameters(inputs: readonly AnswerInput[]): string[] {
  let sessions = '{';
  let items = '{';
  let clients = '{';
  let seqs = '{';
  let bases = '{';
  let responses = '[';
  let comma = '';
  for (const input of inputs) {
    sessions += comma + input.sessionId;
    items += comma + input.itemId;
    clients += comma + (input.clientId ?? 'NULL');
    seqs += comma + String(input.clientSeq);
    bases += comma + String(input.baseRevision ?? 'NULL');
    responses += comma + (input.responseJson ?? JSON.stringify(input.response ?? null));
    comma = ',';
  }
  return [`${sessions}}`, `${items}}`, `${clients}}`, `${seqs}}`, `${bases}}`, `${responses}]`];
}
