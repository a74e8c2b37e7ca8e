import { randomUUID } from 'node:crypto';

import { RawClient } from '#bench/lib/raw-client.ts';
import type { LoginReply } from '#bench/lib/replies.ts';
import type { Account } from '#bench/lib/stack.ts';

/** The API refused something that has to work for the run to mean anything. */
export class UnexpectedReplyError extends Error {
  override readonly name = 'UnexpectedReplyError';
}

/** One logged-in person of a script. */
export class Person {
  readonly url: string;
  readonly id: string;
  readonly #client: RawClient;
  readonly #account: Pick<Account, 'email' | 'password'> | undefined;
  #token: string;

  /** @param account to log in again with, once the token has ended */
  constructor(url: string, token: string, id: string, account?: Pick<Account, 'email' | 'password'>) {
    this.url = url;
    this.id = id;
    this.#token = token;
    this.#account = account;
    this.#client = new RawClient(url, token);
  }

  get token(): string {
    return this.#token;
  }

  /** Logs in again; false for somebody whose password is not known. */
  async renew(): Promise<boolean> {
    if (this.#account === undefined) return false;
    const again = await logIn(this.url, this.#account);
    again.close();
    this.#token = again.token;
    this.#client.useToken(again.token);
    return true;
  }

  /** Calls `/api/v1` + path. @throws UnexpectedReplyError unless the reply is 2xx */
  async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const { status, body: answer } = await this.tryCall<T>(method, path, body, headers);
    if (status >= 300) throw new UnexpectedReplyError(`${method} ${path} answered ${status}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The same, with whatever status. */
  async tryCall<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; body: T }> {
    const all = { ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}), ...headers };
    const text = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const reply = await this.#client.json<T>(method, `/api/v1${path}`, body, text);
    if (reply.status !== 401 || !(await this.renew())) return reply;
    return this.#client.json<T>(method, `/api/v1${path}`, body, text);
  }

  close(): void {
    this.#client.close();
  }
}

/** Logs in over HTTP. */
export async function logIn(url: string, account: Pick<Account, 'email' | 'password'>): Promise<Person> {
  const client = new RawClient(url);
  try {
    const reply = await client.json<LoginReply>('POST', '/api/v1/auth/login', { email: account.email, password: account.password });
    if (reply.status !== 200) throw new UnexpectedReplyError(`the log-in of ${account.email} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return new Person(url, reply.body.accessToken, reply.body.user.id, account);
  } finally {
    client.close();
  }
}

/** The account of a role. */
export function accountOf(accounts: readonly Account[], role: string): Account {
  const account = accounts.find((candidate) => candidate.role === role);
  if (account === undefined) throw new Error(`the stack has no account for the role ${role}`);
  return account;
}
