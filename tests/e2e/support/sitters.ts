import { randomUUID } from 'node:crypto';

import type { Person } from '#bench/lib/api.ts';
import { createClassLog, Sitter } from '#bench/lib/sitter.ts';

import { type Account, asPerson } from './school.ts';

/** A student who sits over HTTP: an open stream, saves, and the page's acknowledgements, without a browser. */
export interface Desk {
  readonly account: Account;
  readonly person: Person;
  readonly sitter: Sitter;
  /** Kinds of the events that the stream brought, in their order. */
  readonly seen: string[];
  /** Says that the page shows the newest version of the session. */
  acknowledge(): Promise<void>;
  askForHelp(reason: string): Promise<void>;
  leave(): void;
}

/** Starts a session for each student and keeps their streams open. */
export function sitDown(examId: string, accounts: readonly Account[]): Promise<Desk[]> {
  return Promise.all(accounts.map((account) => open(examId, account)));
}

async function open(examId: string, account: Account): Promise<Desk> {
  const person = await asPerson(account);
  const sitter = new Sitter(person, createClassLog());
  const seen: string[] = [];
  await sitter.start(examId);
  let version = 1;
  await sitter.follow((_sitter, { event, data }) => {
    seen.push(event);
    const known = data['sessionVersion'] ?? data['version'];
    if (typeof known === 'number') version = Math.max(version, known);
  });
  return {
    account, person, sitter, seen,
    acknowledge: () => person.call('POST', `/sessions/${sitter.sessionId}/acknowledgements`, { sessionVersion: version }),
    askForHelp: (reason) => person.call('POST', `/sessions/${sitter.sessionId}/help-requests`, { reason }, { 'Idempotency-Key': randomUUID() }),
    leave() {
      sitter.leave();
      person.close();
    },
  };
}
