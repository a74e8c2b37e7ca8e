import { createRoot } from 'solid-js';

import type { ProblemCode } from '#domain/problem.ts';
import { ApiProblem, Offline } from '#web/lib/problem.ts';

import type { AnswersOptions } from './answer-types.ts';
import { createAnswers } from './create-answers.ts';
import type { JournalAnswer, RefusedText } from './journal.ts';
import type { AnswerBatchSaved, AnswerSaved, OutgoingAnswer, SendOptions } from './types.ts';

/** Start of the time that tests see, epoch ms. */
export const T0 = Date.parse('2026-12-01T09:00:00.000Z');

/** One request that a test platform got. */
export interface Request extends SendOptions {
  readonly clientId: string;
  readonly answers: readonly OutgoingAnswer[];
}

/** A refusal as the platform words it. */
export function problem(code: ProblemCode, status: number, more: Record<string, unknown> = {}, retryAfterMs?: number): ApiProblem {
  return new ApiProblem({ code, status, title: code, detail: code, requestId: 'test', ...more }, retryAfterMs);
}

/** A platform that keeps revisions by the rules of the real one, and can be told to fail. */
export function buildPlatform() {
  const stored = new Map<string, { response: unknown; revision: number; clientId: string; clientSeq: number }>();
  const requests: Request[] = [];
  let failures: (Error | 'hang')[] = [];
  let isDown = false;

  function verdict(clientId: string, answer: OutgoingAnswer): { itemId: string; ok: true; revision: number; savedAt: string } | ApiProblem {
    const { itemId, response, clientSeq, baseRevision } = answer;
    const now = stored.get(itemId);
    const savedAt = new Date(T0 + requests.length).toISOString();
    if (now !== undefined && now.clientId === clientId && now.clientSeq === clientSeq) {
      return JSON.stringify(now.response) === JSON.stringify(response)
        ? { itemId, ok: true, revision: now.revision, savedAt }
        : problem('validation-failed', 422, { errors: [{ pointer: '/clientSeq', message: 'was used' }] });
    }
    const isNext = now === undefined || now.revision === baseRevision || (now.clientId === clientId && now.clientSeq < clientSeq);
    if (!isNext) return problem('stale-revision', 409, { current: { revision: now.revision, response: now.response, savedAt } });
    const revision = (now?.revision ?? 0) + 1;
    stored.set(itemId, { response, revision, clientId, clientSeq });
    return { itemId, ok: true, revision, savedAt };
  }

  async function answer(request: Request): Promise<void> {
    requests.push(request);
    const failure = failures.shift();
    if (failure === 'hang') return new Promise((_resolve, reject) => request.signal?.addEventListener('abort', () => reject(request.signal?.reason as Error)));
    if (failure !== undefined) throw failure;
    if (isDown) throw new Offline('nobody there');
  }

  const told = { deadlineAt: new Date(T0 + 3_600_000).toISOString(), sessionVersion: 1, serverTime: new Date(T0).toISOString() };
  return {
    stored,
    requests,
    /** Fails the next requests, one each. */
    failNext: (...next: (Error | 'hang')[]): void => void (failures = next),
    setDown: (down: boolean): void => void (isDown = down),
    /** Another device writes. */
    write(itemId: string, response: unknown): void {
      stored.set(itemId, { response, revision: (stored.get(itemId)?.revision ?? 0) + 1, clientId: 'other', clientSeq: 1 });
    },
    api: {
      async saveAnswer(_sessionId: string, clientId: string, one: OutgoingAnswer, options: SendOptions = {}): Promise<AnswerSaved> {
        await answer({ ...options, clientId, answers: [one] });
        const result = verdict(clientId, one);
        if (result instanceof ApiProblem) throw result;
        return { ...told, ...result };
      },
      async saveAnswers(_sessionId: string, clientId: string, answers: readonly OutgoingAnswer[], options: SendOptions = {}): Promise<AnswerBatchSaved> {
        await answer({ ...options, clientId, answers });
        const results = answers.map((one) => {
          const result = verdict(clientId, one);
          return result instanceof ApiProblem ? { itemId: one.itemId, ok: false as const, code: result.code, ...(result.body['current'] === undefined ? {} : { current: result.body['current'] as never }) } : result;
        });
        return { ...told, results };
      },
      probe: async (): Promise<void> => {
        if (isDown) throw new Offline('nobody there');
      },
    },
  };
}

/** A journal in memory that notes what it was given, and can be slow. */
export function buildJournal() {
  const answers: JournalAnswer[] = [];
  const refused: RefusedText[] = [];
  let gate: Promise<void> = Promise.resolve();
  return {
    answers,
    refused,
    latest: (itemId: string): JournalAnswer | undefined => answers.findLast((entry) => entry.itemId === itemId),
    /** Holds writes back. @returns lets them through */
    hold(): () => void {
      let open = (): void => undefined;
      gate = new Promise((resolve) => (open = resolve));
      return open;
    },
    writeAnswer: async (entry: JournalAnswer): Promise<void> => {
      answers.push(entry);
      await gate;
    },
    refuse: async (text: RefusedText): Promise<void> => void refused.push(text),
  };
}

/** Answers of a page with its platform and its journal. */
export function buildAnswers(options: Partial<AnswersOptions> = {}) {
  const platform = buildPlatform();
  const journal = buildJournal();
  return createRoot((dispose) => ({
    platform,
    journal,
    dispose,
    answers: createAnswers({ sessionId: 's', api: platform.api, journal, serverNowMs: () => T0, random: () => 0, ...options }),
  }));
}
