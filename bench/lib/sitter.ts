import { randomUUID } from 'node:crypto';

import type { Person } from '#bench/lib/api.ts';
import { ConnectionLostError, RawClient } from '#bench/lib/raw-client.ts';
import type { SeenItem, SessionReply } from '#bench/lib/replies.ts';
import { sleep } from '#bench/lib/sleep.ts';
import { followStream, type StreamMessage } from '#bench/lib/sse-client.ts';

/** A save that the server acknowledged. */
export interface Acknowledged {
  readonly revision: number;
  readonly json: string;
  readonly savedAtMs: number;
}

/** What the whole class tells while it sits. */
export interface ClassLog {
  readonly saveMs: number[];
  /** When each save was acknowledged, epoch ms. */
  readonly acknowledgedAtMs: number[];
  acknowledged: number;
  /** Requests that got no answer or 503 and were sent again. */
  retried: number;
  /** Longest time in which one student had something to save and got no answer, ms. */
  longestOutageMs: number;
  readonly refused: Map<string, number>;
  readonly unexpected: string[];
}

/** An empty log. */
export function createClassLog(): ClassLog {
  return { saveMs: [], acknowledgedAtMs: [], acknowledged: 0, retried: 0, longestOutageMs: 0, refused: new Map(), unexpected: [] };
}

/** One student with one open window, saving like a careful client: the same save again until there is an answer. */
export class Sitter {
  readonly person: Person;
  readonly #client: RawClient;
  readonly #log: ClassLog;
  readonly #clientId = randomUUID();
  #clientSeq = 0;
  #items: readonly SeenItem[] = [];
  #closed = false;
  #pausedUntil: Promise<void> | undefined;
  #resume: (() => void) | undefined;
  #stream: { opened: Promise<void>; close(): void } | undefined;
  /** Last acknowledged save of each item. */
  readonly acknowledged = new Map<string, Acknowledged>();
  sessionId = '';
  deadlineAtMs = 0;

  constructor(person: Person, log: ClassLog) {
    this.person = person;
    this.#client = new RawClient(person.url, person.token);
    this.#log = log;
  }

  /** Starts or resumes; tries again while the server is away. */
  async start(examId: string): Promise<void> {
    const answer = await this.#insist('POST', `/exams/${examId}/sessions`, '{}');
    if (answer.status !== 201 && answer.status !== 200) throw new Error(`the start answered ${answer.status}: ${answer.body}`);
    const { session, paper } = JSON.parse(answer.body) as SessionReply;
    this.sessionId = session.id;
    this.deadlineAtMs = Date.parse(session.deadlineAt);
    this.#items = paper.sections.flatMap((section) => section.items);
  }

  /** Follows the stream of the session; a pause stops the typing, as the covered paper would. */
  follow(onMessage: (sitter: Sitter, message: StreamMessage) => void): Promise<void> {
    this.#stream = followStream(`${this.person.url}/api/v1/sessions/${this.sessionId}/stream`, () => this.person.token, (message) => {
      if (message.event === 'paused') this.#pausedUntil = new Promise((resolve) => (this.#resume = resolve));
      if (message.event === 'resumed') this.#goOn();
      if (message.event === 'closed') {
        this.#closed = true;
        this.#goOn();
      }
      onMessage(this, message);
    });
    return this.#stream.opened;
  }

  /** Answers items until the session is closed or `stop` says so; `pauseMs` between two saves. */
  async sit(pauseMs: () => number, stop: () => boolean): Promise<void> {
    while (!this.#closed && !stop()) {
      await sleep(pauseMs());
      await this.#pausedUntil;
      if (!this.#closed && !stop()) await this.saveOne();
    }
  }

  /** Saves a new answer to a random item; returns false once the server says that it is over. */
  async saveOne(): Promise<boolean> {
    const item = this.#items[Math.floor(Math.random() * this.#items.length)]!;
    const response = JSON.stringify(responseTo(item));
    const seq = (this.#clientSeq += 1);
    const base = this.acknowledged.get(item.id)?.revision ?? 0;
    const body = `{"response":${response},"clientId":"${this.#clientId}","clientSeq":${seq},"baseRevision":${base}}`;
    const began = performance.now();
    const reply = await this.#insist('PUT', `/sessions/${this.sessionId}/answers/${item.id}`, body);
    const took = performance.now() - began;
    if (reply.status === 200) {
      const saved = JSON.parse(reply.body) as { revision: number; savedAt: string; deadlineAt: string };
      this.#log.saveMs.push(took);
      this.#log.acknowledged += 1;
      this.#log.acknowledgedAtMs.push(Date.now());
      this.deadlineAtMs = Date.parse(saved.deadlineAt);
      this.acknowledged.set(item.id, { revision: saved.revision, json: response, savedAtMs: Date.parse(saved.savedAt) });
      return true;
    }
    return this.#refused(reply);
  }

  /** Hands in. */
  async submit(): Promise<void> {
    const reply = await this.#insist('POST', `/sessions/${this.sessionId}/submit`, '{}');
    if (reply.status === 200) this.#closed = true;
    else this.#refused(reply);
  }

  /** Hands in with a new answer to every item, in one request. */
  async handInAll(): Promise<void> {
    const answers = this.#items.map((item) => ({ itemId: item.id, response: responseTo(item), clientSeq: (this.#clientSeq += 1), baseRevision: 0 }));
    const reply = await this.#insist('POST', `/sessions/${this.sessionId}/submit`, JSON.stringify({ clientId: this.#clientId, answers }));
    if (reply.status !== 200) throw new Error(`the hand-in answered ${reply.status}: ${reply.body}`);
    this.#closed = true;
  }

  leave(): void {
    this.#stream?.close();
    this.#client.close();
  }

  #goOn(): void {
    this.#resume?.();
    this.#pausedUntil = undefined;
  }

  #refused(reply: { status: number; body: string }): boolean {
    const code = reply.body.startsWith('{') ? String((JSON.parse(reply.body) as { code?: string }).code) : `status ${reply.status}`;
    this.#log.refused.set(code, (this.#log.refused.get(code) ?? 0) + 1);
    if (code === 'session-closed' || code === 'deadline-passed') {
      this.#closed = true;
      return false;
    }
    if (code !== 'session-paused') this.#log.unexpected.push(`${reply.status} ${reply.body.slice(0, 300)}`);
    return true;
  }

  /** The same request until there is an answer: what a client does whose journal holds the save. */
  async #insist(method: string, path: string, body: string): Promise<{ status: number; body: string }> {
    const began = performance.now();
    const key = method === 'POST' ? `Idempotency-Key: ${randomUUID()}\r\n` : '';
    for (let attempt = 0; ; attempt += 1) {
      try {
        const reply = await this.#client.request(method, `/api/v1${path}`, body, key, 5_000);
        if (reply.status === 401 && (await this.person.renew())) this.#client.useToken(this.person.token);
        else if (reply.status !== 503 && reply.status !== 502 && reply.status !== 500) {
          if (attempt > 0) this.#log.longestOutageMs = Math.max(this.#log.longestOutageMs, performance.now() - began);
          return reply;
        }
      } catch (error) {
        if (!(error instanceof ConnectionLostError)) throw error;
      }
      if (performance.now() - began > 120_000) throw new Error(`${method} ${path} got no answer for two minutes`);
      this.#log.retried += 1;
      await sleep(Math.min(100 * 2 ** attempt, 1_000) * (0.5 + Math.random()));
    }
  }
}

function responseTo(item: SeenItem): unknown {
  const options = item.options ?? [];
  const option = options[Math.floor(Math.random() * Math.max(1, options.length))]?.id;
  switch (item.type) {
    case 'single-choice': return { optionId: option };
    case 'multiple-choice': return { optionIds: options.filter(() => Math.random() < 0.5).map(({ id }) => id) };
    case 'true-false': return { value: Math.random() < 0.5 };
    case 'numeric': return { value: String(Math.floor(Math.random() * 100)) };
    case 'essay': return { text: `A thought at ${Date.now()}`, format: 'plain' };
    case 'short-text': return { text: `answer ${Math.floor(Math.random() * 1000)}` };
    default: return null;
  }
}
