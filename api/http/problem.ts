import { PROBLEMS } from '#contracts/problems.ts';
import { sqlState } from '#db/connection.ts';
import { Refusal, type FieldError, type ProblemCode } from '#domain/problem.ts';
import type { z } from 'zod';

/** A problem ready to be sent. */
export interface ProblemReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Builds the body of a refusal (RFC 9457). */
export function problemOf(refusal: Refusal, request: { path: string; requestId: string }): ProblemReply {
  const { status, title } = PROBLEMS[refusal.code];
  const retryAfter = refusal.extra['retryAfterSeconds'];
  const { retryAfterSeconds: _dropped, ...extra } = refusal.extra;
  return {
    status,
    headers: typeof retryAfter === 'number' ? { 'Retry-After': String(Math.ceil(retryAfter)) } : {},
    body: {
      type: `/docs/problems#${refusal.code}`,
      title,
      status,
      detail: refusal.message,
      instance: request.path,
      code: refusal.code,
      requestId: request.requestId,
      ...(refusal.errors === undefined ? {} : { errors: refusal.errors }),
      ...extra,
    },
  };
}

/** What an unexpected error means to a client, by its class or code, never by its message; undefined: a fault of ours. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const state = sqlState(error);
  if (state !== undefined) return refusalOfSqlState(state);
  if (isConnectionLoss(error)) return unavailable();
  return undefined;
}

/** All issues of a schema as pointers. */
export function fieldErrors(error: z.ZodError, prefix = ''): FieldError[] {
  return error.issues.flatMap((issue) => {
    const base = prefix + issue.path.map((part) => `/${escapePointer(String(part))}`).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ pointer: `${base}/${escapePointer(key)}`, message: 'unknown field' }));
    }
    return [{ pointer: base, message: issue.message }];
  });
}

/** A refusal of wrong fields. */
export function invalid(errors: readonly FieldError[], detail = 'Some fields are wrong; each is named in errors.'): Refusal {
  return new Refusal('validation-failed', detail, { errors });
}

function refusalOfSqlState(state: string): Refusal | undefined {
  const problem = SQL_PROBLEMS[state] ?? SQL_PROBLEMS[state.slice(0, 2)];
  if (problem === undefined) return undefined;
  return new Refusal(problem.code, problem.detail, problem.code === 'unavailable' ? { extra: { retryAfterSeconds: 1 } } : {});
}

const SQL_PROBLEMS: Readonly<Record<string, { code: ProblemCode; detail: string }>> = {
  '23503': { code: 'state-conflict', detail: 'Something that this belongs to was removed meanwhile. Load it again.' },
  '23505': { code: 'already-exists', detail: 'Something with the same identity exists already.' },
  '40P01': { code: 'unavailable', detail: 'Too much happened at once. Send it again.' },
  '40001': { code: 'unavailable', detail: 'Too much happened at once. Send it again.' },
  '55P03': { code: 'unavailable', detail: 'The row is in use. Send it again.' },
  '57014': { code: 'unavailable', detail: 'The database took too long. Send it again.' },
  '25P03': { code: 'unavailable', detail: 'The database took too long. Send it again.' },
  '25P04': { code: 'unavailable', detail: 'The database took too long. Send it again.' },
  '08': { code: 'unavailable', detail: 'The database can not be reached. Send it again in a moment.' },
  '53': { code: 'unavailable', detail: 'The database is at its limit. Send it again in a moment.' },
  '57': { code: 'unavailable', detail: 'The database is restarting. Send it again in a moment.' },
};

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);

function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'KnexTimeoutError') return true;
  if ('code' in error && typeof error.code === 'string') return CONNECTION_CODES.has(error.code);
  // node-postgres gives these two no code
  return error.message === 'timeout exceeded when trying to connect' || error.message.startsWith('Connection terminated');
}

function unavailable(): Refusal {
  return new Refusal('unavailable', 'The database can not be reached. Send it again in a moment.', { extra: { retryAfterSeconds: 1 } });
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
