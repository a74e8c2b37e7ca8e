import { ApiProblem } from '#web/lib/problem.ts';

import type { CurrentAnswer } from './types.ts';

/** Why nothing gets through at the moment. */
export type LinkTrouble = 'offline' | 'server' | 'signed-out';

/** Why a session takes nothing. */
export type SessionRefusal = 'session-paused' | 'session-closed' | 'deadline-passed' | 'not-found';

/** What a failed save means for the text on the screen. */
export type SaveFailure =
  /** Nothing is decided: the same save again. */
  | { readonly kind: 'later'; readonly why: LinkTrouble; readonly retryAfterMs: number }
  /** Another window or device was there first. */
  | { readonly kind: 'conflict'; readonly current: CurrentAnswer | null }
  /** The whole session takes nothing now. */
  | { readonly kind: 'session'; readonly code: SessionRefusal }
  /** This text can not be taken as it is. */
  | { readonly kind: 'item'; readonly code: string; readonly detail: string; readonly errors: readonly { pointer: string; message: string }[] };

const OF_SESSION: ReadonlySet<string> = new Set(['session-paused', 'session-closed', 'deadline-passed', 'not-found']);
const OF_ITEM: ReadonlySet<string> = new Set(['validation-failed', 'payload-too-large', 'item-locked']);

/** Judges what a save threw. */
export function judge(error: unknown): SaveFailure {
  // no answer at all, or one that took too long
  if (!(error instanceof ApiProblem)) return { kind: 'later', why: 'offline', retryAfterMs: 0 };
  if (error.code === 'stale-revision') return { kind: 'conflict', current: currentOf(error) };
  if (OF_SESSION.has(error.code)) return { kind: 'session', code: error.code as never };
  if (OF_ITEM.has(error.code)) return { kind: 'item', code: error.code, detail: error.detail, errors: error.errors };
  const why = error.code === 'unauthenticated' || error.code === 'forbidden' ? 'signed-out' : 'server';
  return { kind: 'later', why, retryAfterMs: error.retryAfterMs ?? 0 };
}

/** Judges one verdict of a batch by its code. */
export function judgeCode(code: string, current?: CurrentAnswer): SaveFailure {
  if (code === 'stale-revision') return { kind: 'conflict', current: current ?? null };
  if (OF_SESSION.has(code)) return { kind: 'session', code: code as never };
  if (OF_ITEM.has(code)) return { kind: 'item', code, detail: '', errors: [] };
  return { kind: 'later', why: 'server', retryAfterMs: 0 };
}

function currentOf(error: ApiProblem): CurrentAnswer | null {
  const current = error.body['current'];
  return typeof current === 'object' && current !== null && 'revision' in current ? (current as CurrentAnswer) : null;
}
