import { randomUUID } from 'node:crypto';

import type { Caller, TestReply } from '#tests/support/caller.ts';

/** One open window of a student: what it last knew of each item goes with its saves. */
export interface Tab {
  readonly clientId: string;
  /** Saves a response; what the server says about the item, accepted or stale, is what the tab knows afterwards. */
  save(itemId: string, response: unknown): Promise<TestReply>;
  /** The body of the next save, for tests that send it themselves, perhaps often. */
  next(itemId: string, response: unknown): SaveBody;
  /** Takes note of a revision. */
  learn(itemId: string, revision: number): void;
}

/** Body of a save. */
export interface SaveBody {
  readonly response: unknown;
  readonly clientId: string;
  readonly clientSeq: number;
  readonly baseRevision: number;
}

/** Opens a window that knows the answers it was given by the server, none unless told. */
export function openTab(caller: Caller, sessionId: string, answers: readonly { itemId: string; revision: number }[] = []): Tab {
  const clientId = randomUUID();
  const known = new Map(answers.map(({ itemId, revision }) => [itemId, revision]));
  let clientSeq = 0;

  function next(itemId: string, response: unknown): SaveBody {
    return { response, clientId, clientSeq: (clientSeq += 1), baseRevision: known.get(itemId) ?? 0 };
  }

  return {
    clientId,
    next,
    learn: (itemId, revision) => void known.set(itemId, revision),
    async save(itemId, response) {
      const reply = await caller.put(`/sessions/${sessionId}/answers/${itemId}`, next(itemId, response));
      const revision = (reply.status === 200 ? reply.body.revision : reply.body.current?.revision) as number | undefined;
      if (revision !== undefined) known.set(itemId, revision);
      return reply;
    },
  };
}

/** A short text as a response. */
export function text(value: string): { text: string } {
  return { text: value };
}

/** An essay as a response. */
export function essay(value: string): { text: string; format: string } {
  return { text: value, format: 'plain' };
}
