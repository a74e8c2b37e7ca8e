import { ANSWER_BATCH_LIMIT, RESPONSE_LIMIT_BYTES } from '#contracts/answers.ts';
import type { FieldError } from '#domain/problem.ts';

/** One save as it was asked for; `json` is the text that is stored. */
export interface AskedSave {
  readonly itemId: string;
  readonly response: unknown;
  readonly json: string;
  readonly clientSeq: number;
  readonly baseRevision: number | null;
}

/** A read body: what was asked, or every wrong field. */
export type ReadResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly FieldError[]; readonly tooLarge?: boolean };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SAVE_FIELDS = new Set(['response', 'clientId', 'clientSeq', 'baseRevision']);
const BATCH_FIELDS = new Set(['clientId', 'answers']);
const BATCH_ITEM_FIELDS = new Set(['itemId', 'response', 'clientSeq', 'baseRevision']);
const MAX_REVISION = 2_147_483_647;

/** Tells a canonical UUID. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/**
 * Reads the body of one save. By hand, and in step with `answerSaveSchema`: a schema costs a third of the whole save.
 * @param itemId the item in the path
 */
export function readSave(body: unknown, itemId: string): ReadResult<{ save: AskedSave; clientId: string | null }> {
  if (!isRecord(body)) return { ok: false, errors: [{ pointer: '', message: 'must be an object' }] };
  const errors: FieldError[] = [];
  refuseUnknown(body, SAVE_FIELDS, '', errors);
  const clientId = readClientId(body, errors);
  const save = readOne(body, itemId, '', errors);
  if (errors.length > 0) return { ok: false, errors };
  return isTooLong(save.json) ? tooLarge('/response') : { ok: true, value: { save, clientId } };
}

/** Reads the body of a batch; of one item the last counts. */
export function readBatch(body: unknown): ReadResult<{ saves: AskedSave[]; clientId: string | null }> {
  if (!isRecord(body)) return { ok: false, errors: [{ pointer: '', message: 'must be an object' }] };
  const errors: FieldError[] = [];
  refuseUnknown(body, BATCH_FIELDS, '', errors);
  const clientId = readClientId(body, errors);
  const saves = readAnswers(body['answers'], errors);
  if (errors.length > 0) return { ok: false, errors };
  const long = saves.findIndex((save) => isTooLong(save.json));
  if (long >= 0) return tooLarge(`/answers/${long}/response`);
  return { ok: true, value: { saves: [...new Map(saves.map((save) => [save.itemId, save])).values()], clientId } };
}

function readAnswers(answers: unknown, errors: FieldError[]): AskedSave[] {
  if (!Array.isArray(answers) || answers.length === 0 || answers.length > ANSWER_BATCH_LIMIT) {
    errors.push({ pointer: '/answers', message: `must be a list of 1 to ${ANSWER_BATCH_LIMIT} answers` });
    return [];
  }
  return answers.flatMap((answer: unknown, index) => {
    const at = `/answers/${index}`;
    if (!isRecord(answer)) {
      errors.push({ pointer: at, message: 'must be an object' });
      return [];
    }
    refuseUnknown(answer, BATCH_ITEM_FIELDS, at, errors);
    const itemId = answer['itemId'];
    if (!isUuid(itemId)) errors.push({ pointer: `${at}/itemId`, message: 'must be a UUID' });
    return [readOne(answer, isUuid(itemId) ? itemId.toLowerCase() : '', at, errors)];
  });
}

function readOne(body: Record<string, unknown>, itemId: string, at: string, errors: FieldError[]): AskedSave {
  const response = body['response'];
  const clientSeq = body['clientSeq'];
  const baseRevision = body['baseRevision'] ?? null;
  if (response === undefined) errors.push({ pointer: `${at}/response`, message: 'is required; null clears the answer' });
  if (!isCount(clientSeq, Number.MAX_SAFE_INTEGER)) errors.push({ pointer: `${at}/clientSeq`, message: 'must be a whole number, 0 or more' });
  if (baseRevision !== null && !isCount(baseRevision, MAX_REVISION)) errors.push({ pointer: `${at}/baseRevision`, message: 'must be a whole number, 0 or more' });
  return {
    itemId,
    response: response ?? null,
    json: JSON.stringify(response ?? null),
    clientSeq: clientSeq as number,
    baseRevision: baseRevision as number | null,
  };
}

function readClientId(body: Record<string, unknown>, errors: FieldError[]): string | null {
  const clientId = body['clientId'] ?? null;
  if (clientId === null) return null;
  if (isUuid(clientId)) return clientId.toLowerCase();
  errors.push({ pointer: '/clientId', message: 'must be a UUID' });
  return null;
}

function refuseUnknown(body: Record<string, unknown>, known: ReadonlySet<string>, at: string, errors: FieldError[]): void {
  for (const name in body) {
    if (!known.has(name)) errors.push({ pointer: `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, message: 'unknown field' });
  }
}

function isTooLong(json: string): boolean {
  return json.length > RESPONSE_LIMIT_BYTES / 4 && Buffer.byteLength(json) > RESPONSE_LIMIT_BYTES;
}

function tooLarge(pointer: string): ReadResult<never> {
  return { ok: false, tooLarge: true, errors: [{ pointer, message: `may have at most ${RESPONSE_LIMIT_BYTES / 1024} KiB` }] };
}

function isCount(value: unknown, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
